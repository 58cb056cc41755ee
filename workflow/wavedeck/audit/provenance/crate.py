"""The run that made a report, described as a Workflow Run RO-Crate."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from rocrate.model import ContextEntity, File  # type: ignore[import-untyped]
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

from wavedeck.audit.provenance.checksums import FileSum
from wavedeck.audit.provenance.inputs import OF_PERSONS
from wavedeck.audit.provenance.manifest import MANIFEST, plain_text
from wavedeck.audit.provenance.media import media_type, part_of_report

WORKFLOW = "workflow/Snakefile"
CRATE_VERSION = "1.1"
_PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
_SLOT = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"
_BIOSCHEMAS_WORKFLOW = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
# Those of Bioschemas as RO-Crate 1.1 means them; later versions of its context moved them.
_TERMS = {
    "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
    "ComputationalWorkflow": "https://bioschemas.org/ComputationalWorkflow",
    "FormalParameter": "https://bioschemas.org/FormalParameter",
    "input": "https://bioschemas.org/ComputationalWorkflow#input",
    "output": "https://bioschemas.org/ComputationalWorkflow#output",
}
_MIT = "https://spdx.org/licenses/MIT"
_PROGRAMS = {
    "python": ("Python", "https://www.python.org/"),
    "libreoffice": ("LibreOffice", "https://www.libreoffice.org/"),
    "poppler": ("Poppler", "https://poppler.freedesktop.org/"),
}
_WORKFLOW_TEXT = (
    "Snakemake workflow that makes a survey report out of raw files. The rules that it includes and its "
    f"library belong to the program; {MANIFEST} names their commit and digest."
)
_UNTIMED = "Dates are those of the study: the run is not timed, so that the same input gives the same bytes."


def crate_text(
    about: Mapping[str, Any],
    *,
    inputs: Iterable[tuple[str, FileSum]],
    report: Iterable[FileSum],
    code: Mapping[str, Any],
    software: Mapping[str, Any],
) -> str:
    """Return the text of ro-crate-metadata.json; the same things give the same text.

    Parameters
    ----------
    about
        The study, as `described` gives it.
    inputs, report
        What the report rests on, by kind, and what was delivered.
    code, software
        What made it.
    """
    crate = _Crate(about)
    crate.describe_root()
    given = [*crate.inputs(inputs), *crate.values()]
    made = crate.delivered(report)
    crate.describe_workflow(code, needs=crate.programs(software))
    crate.describe_run(given, made)
    text = json.dumps(crate.own.metadata.generate(), indent=1, ensure_ascii=False, sort_keys=True)
    return text + "\n"


class _Crate:
    """A crate while it is being filled; nothing is fetched and every id is given."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        self.about = about
        self.own = ROCrate(version=CRATE_VERSION)
        self.own.metadata.extra_terms.update(_TERMS)
        self.slots: dict[str, dict[str, ContextEntity]] = {"input": {}, "output": {}}

    def describe_root(self) -> None:
        """Say what the folder is, whose, and when it was published."""
        about, root = self.about, self.own.root_dataset
        made_up = " Its respondents are made up." if about["made_up_respondents"] else ""
        self.own.name = f"{self._text('title')}, {about['wave']}"
        self.own.description = (
            f"Report of wave {about['wave']} of the study {about['study']}, with every figure in it and what "
            f"it was made of.{made_up}"
        )
        self.own.datePublished = about["published"]
        self.own.publisher = self._named("#agency", "Organization", self._text("author"))
        self.own.creator = self.own.publisher
        self.own.license = self._rights()
        root["inLanguage"] = list(about["languages"])
        if commissioner := self._text("commissioner"):
            root["funder"] = self._named("#commissioner", "Organization", commissioner)

    def inputs(self, inputs: Iterable[tuple[str, FileSum]]) -> list[ContextEntity | File]:
        """Describe each file that the report rests on; it stays inside, so its checksum is its name."""
        found: dict[str, File] = {}
        for kind, one in inputs:
            if one.sha256 not in found:
                source = _by_key(one) if kind in OF_PERSONS else _by_content(one)
                found[one.sha256] = self._file(one, kind, "input", source=source)
        return list(found.values())

    def values(self) -> list[ContextEntity]:
        """Describe which study and wave was asked for."""
        found = []
        for name in ("study", "wave"):
            value = self._named(f"#value-{name}", "PropertyValue", name, value=self.about[name])
            self._fill(value, name, "input", kind="Text")
            found.append(value)
        return found

    def delivered(self, report: Iterable[FileSum]) -> list[File]:
        """Describe each delivered file, and the manifest, which holds the checksum of this crate."""
        made = [
            self._file(one, part_of_report(one.path), "output", dest_path=one.path)
            for one in report
            if one.path != WORKFLOW
        ]
        text = "Checksums of all that the report rests on and of all that was delivered."
        properties = {"name": MANIFEST, "description": text, "encodingFormat": media_type(MANIFEST)}
        manifest = self.own.add(File(self.own, dest_path=MANIFEST, properties=properties))
        self._fill(manifest, "manifest", "output")
        return [*made, manifest]

    def programs(self, software: Mapping[str, Any]) -> list[ContextEntity]:
        """Describe the programs and packages that the workflow needs, with their versions."""
        there = [(*_PROGRAMS[key], software[key]) for key in _PROGRAMS if software[key]]
        packages = software["packages"].items()
        there += [(name, f"pkg:pypi/{name}@{number}", number) for name, number in packages]
        return [
            self._named(url, "SoftwareApplication", name, softwareVersion=number, url=url)
            for name, url, number in there
        ]

    def describe_workflow(self, code: Mapping[str, Any], *, needs: list[ContextEntity]) -> None:
        """Describe the workflow, which is the crate's main entity."""
        about = {"name": "wavedeck", "description": _WORKFLOW_TEXT, "version": code["version"]}
        flow = self.own.add_workflow(dest_path=WORKFLOW, properties=about, main=True, lang="snakemake")
        flow["license"] = self._named(_MIT, "CreativeWork", "MIT License", url=_MIT)
        flow["conformsTo"] = {"@id": _BIOSCHEMAS_WORKFLOW}
        flow["identifier"] = [f"{key}:{code[key]}" for key in ("commit", "digest") if code[key]]
        flow["softwareRequirements"] = needs
        flow["input"] = list(self.slots["input"].values())
        flow["output"] = list(self.slots["output"].values())
        profiles = [self._profile(url, name) for url, name in _PROFILES.items()]
        self.own.root_dataset["conformsTo"] = profiles

    def describe_run(self, given: list[ContextEntity | File], made: list[File]) -> None:
        """Describe the run: what the workflow made of what, for whom."""
        properties = {
            "name": f"Build of {self.about['study']} {self.about['wave']}",
            "description": _UNTIMED,
            "endTime": self.about["published"],
            "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
        }
        flow = self.own.mainEntity
        run = self.own.add_action(flow, identifier="#run", object=given, result=made, properties=properties)
        run["agent"] = self.own.publisher
        self.own.root_dataset["mentions"] = run

    def _text(self, key: str) -> str:
        return plain_text(self.about[key], self.about["languages"][0])

    def _named(self, identifier: str, kind: str, name: str, **more: Any) -> ContextEntity:
        entity = ContextEntity(self.own, identifier, properties={"@type": kind, "name": name, **more})
        self.own.add(entity)
        return entity

    def _profile(self, url: str, name: str) -> ContextEntity:
        return self._named(url, "CreativeWork", name, version=url.rpartition("/")[2])

    def _rights(self) -> ContextEntity:
        holders = " and ".join(filter(None, (self._text("author"), self._text("commissioner"))))
        text = f"What may be done with this report is for {holders} to say; this file grants nothing."
        return self._named("#rights", "CreativeWork", "Rights", description=text)

    def _file(self, one: FileSum, what: str, side: str, **where: str) -> File:
        plain = {"contentSize": str(one.size), "sha256": one.sha256}
        properties = {
            "name": one.path,
            "description": what,
            **({} if what in OF_PERSONS else plain),
            "encodingFormat": media_type(one.path),
        }
        file = File(self.own, properties=properties, **where)
        self.own.add(file)
        self._fill(file, what, side)
        return file

    def _fill(self, value: ContextEntity | File, what: str, side: str, *, kind: str = "File") -> None:
        """Say which of the workflow's inputs or outputs something is."""
        slots = self.slots[side]
        if what not in slots:
            more = {"additionalType": kind, "valueRequired": True, "conformsTo": {"@id": _SLOT}}
            slots[what] = self._named(f"#{side}-{what.replace(' ', '-')}", "FormalParameter", what, **more)
        slots[what].append_to("workExample", value)
        value["exampleOfWork"] = slots[what]


def _by_key(one: FileSum) -> str:
    """Return the name of a file that names respondents: its keyed checksum, as the manifest has it."""
    return f"urn:hmac-sha256:{one.sha256}"


def _by_content(one: FileSum) -> str:
    """Return the name of a file by its content, as RFC 6920 writes it.

    >>> _by_content(FileSum("a.txt", "00" * 32))
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    digest = base64.urlsafe_b64encode(bytes.fromhex(one.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
