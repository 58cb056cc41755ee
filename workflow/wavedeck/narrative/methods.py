"""What an appendix says of a study: its settings and tests, and what its questions and names stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wavedeck.figures.formats import format_number
from wavedeck.figures.methods import tests_of
from wavedeck.narrative.placed import analysis_of
from wavedeck.narrative.reader import Reader, refuse_other
from wavedeck.narrative.truths import AGAINST
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question
from wavedeck.study.errors import NarrativeError, did_you_mean

PERCENT = 100.0
LOOP = "{loop}"
#: Share that a setting of this name is printed as: the level of tests as the certainty it leaves.
_AS_PERCENT: Mapping[str, Callable[[float], float]] = {
    "level": lambda value: PERCENT * (1 - value),
    "confidence": lambda value: PERCENT * value,
}


@dataclass(frozen=True)
class Methods:
    """Settings, counts of tests, questions and names of one report."""

    narrator: Reader

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        printed = (self.setting, self.effective_base, self.tests_done, self.marks_expected, self.marks_found)
        named = (self.declares, self.question, self.items_of, self.kind_label, self.members, self.described)
        return {function.__name__: function for function in (*printed, *named)}

    def setting(self, path: str) -> str:
        """Print a number that the study declares: ``setting('tests.minimum_base')``.

        The level of the tests prints as the certainty it leaves, 95%; a confidence as a percentage.
        """
        value, name = self._declared(path), path.rpartition(".")[2]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NarrativeError(f"setting '{path}' is {value!r}, no number")
        share = _AS_PERCENT.get(name)
        number = share(value) if share else float(value)
        if round(number, 6) != round(number):
            raise NarrativeError(f"setting '{path}' is {value!r}, no whole number; only those can be printed")
        text = format_number(number, 0, self.narrator.language) + ("%" if share else "")
        return self.narrator.printed(text, f"study/{path}", "constant")

    def declares(self, path: str, value: object) -> bool:
        """Tell whether the study declares this value: ``declares('tests.correction', 'none')``."""
        return bool(self._declared(path) == value)

    def effective_base(self, address: str, wave: WaveRef = 0) -> str:
        """Print the answers that a figure rests on, less what weighting costs (Kish)."""
        figure = self.narrator.shown_figure(address, wave)
        if figure.effective_base is None:
            why = "the study has a rule of disclosure, under which effective bases are not published"
            none = f"it is a {figure.statistic}"
            disclosing = self.narrator.study.settings.suppression.disclosure is not None
            raise NarrativeError(f"'{figure.address}' has no effective base: {why if disclosing else none}")
        text = format_number(figure.effective_base, 0, self.narrator.language)
        return self.narrator.printed(text, figure.address, "effective_base")

    def tests_done(self, part: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Print how many figures of a part were tested against the previous wave, or the rest."""
        return self._counted("tests", part, against, wave)

    def marks_expected(self, part: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Print how many marks those tests would give if nothing differed and nothing were corrected."""
        return self._counted("expected_by_chance", part, against, wave)

    def marks_found(self, part: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Print how many marks those tests gave."""
        return self._counted("marks", part, against, wave)

    def question(self, stem: str) -> str:
        """Return the question behind an indicator as it was asked: ``question('vr/overall_mark')``."""
        first = next((one for one in self._asked(stem) if one.question), None)
        if first is None:
            raise NarrativeError(f"'{stem}' rests on no question with a text")
        text = self._text(first.question or {})
        if LOOP not in text:
            return self._named(text)
        entries = self.narrator.study.codebook.loops[self._loop(first)]
        return self._named(text.replace(LOOP, " / ".join(self._text(one.label) for one in entries.values())))

    def items_of(self, stem: str, kind: str = "") -> list[str]:
        """Return the labels of the items of an indicator that this wave asked, or those of one kind."""
        found = [one for one in self._asked(stem) if one.item and kind in ("", one.kind)]
        return list(dict.fromkeys(self._named(self._text(one.label)) for one in found))

    def kind_label(self, stem: str, kind: str) -> str:
        """Return what an analysis calls a kind of its drivers: ``kind_label('vr/aspects', 'H')``."""
        kinds = analysis_of(self.narrator.study, stem)[2].kinds
        if kind not in kinds:
            raise NarrativeError(f"analysis '{stem}' has no kind '{kind}'{did_you_mean(kind, kinds)}")
        return self._text(kinds[kind])

    def members(self, name: str) -> list[str]:
        """Return the labels of the categories in a net: ``members('contact_channel.telephone')``."""
        indicator, _, net = name.partition(".")
        nets = getattr(self.narrator.labels.spec(indicator), "nets", {})
        if net not in nets:
            raise NarrativeError(f"indicator '{indicator}' has no net '{net}'{did_you_mean(net, nets)}")
        labels = self.narrator.labels
        return [self._named(labels.category(indicator, one)) for one in nets[net].categories]

    def described(self, group: str) -> str:
        """Return the long label of a group, or its label where it has no other."""
        return self._named(self.narrator.labels.group(group, long=True))

    def _counted(self, what: str, part: str, against: str, wave: WaveRef) -> str:
        own = self.narrator
        if part not in own.study.settings.parts:
            raise NarrativeError(f"unknown part '{part}'{did_you_mean(part, own.study.settings.parts)}")
        refuse_other("against", against, AGAINST)
        name = resolve_wave(own.study, own.wave, wave)
        items, level = own.store.comparisons.values(), own.study.settings.tests.level
        counts = tests_of(items, own.store.figures, part=part, wave=name, level=level)
        if not counts.get(against, {}).get("tests"):
            raise NarrativeError(f"nothing of part '{part}' in wave {name} was tested against '{against}'")
        text = format_number(counts[against][what], 0, own.language)
        return own.printed(text, f"{part}/{name}/{against}.{what}", "method")

    def _declared(self, path: str) -> Any:
        study = self.narrator.study
        value: Any = {**study.settings.model_dump(), "impact": study.impact.model_dump()}
        for key in path.split("."):
            if not isinstance(value, Mapping) or key not in value:
                hint = did_you_mean(key, value) if isinstance(value, Mapping) else ""
                raise NarrativeError(f"the study has no setting '{path}'{hint}")
            value = value[key]
        return value

    def _asked(self, stem: str) -> list[Question]:
        """Return the questions of an indicator that a part was asked in this wave."""
        part, _, indicator = stem.partition("/")
        own = self.narrator
        if part not in own.study.settings.parts or not indicator:
            raise NarrativeError(f"'{stem}' is not 'part/indicator'")
        variables = {one.variable for one in own.labels.questions(indicator)}
        asked = own.study.codebook.questions(part, own.wave)
        return [one for one in asked if one.variable in variables]

    def _loop(self, question: Question) -> str:
        return self.narrator.study.codebook.variables[question.variable].loop or ""

    def _text(self, text: Mapping[str, str]) -> str:
        return text_in(dict(text), self.narrator.language)

    def _named(self, text: str) -> str:
        self.narrator.names.add(text)
        return text
