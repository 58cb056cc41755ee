"""Models of verbatims.yaml: coded open answers, and the rules by which quotes are chosen."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from wavedeck.study.base import GroupName, Identifier, LocalText, Strict, WaveName

Tone = Literal["positive", "negative", "neutral"]
Base = Literal["coded", "answered", "asked"]
PatternName = Literal["email", "phone", "url", "date", "postcode", "long_number"]
ALL_PATTERNS: tuple[PatternName, ...] = ("email", "url", "date", "phone", "postcode", "long_number")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


def _all_patterns() -> list[PatternName]:
    return list(ALL_PATTERNS)


class VerbatimFile(Strict):
    """A CSV file that coders or editors deliver beside the raw data."""

    file: str = Field(description="Path from the study folder's root; `{wave}` stands for the wave.")
    waves: list[WaveName] | None = Field(None, description="Waves that have it; all if left out.")
    delimiter: str | None = Field(None, description="Sniffed when left out.")
    encoding: str | None = Field(None, description="utf-8 when left out.")

    def path(self, wave: str) -> str:
        """Return the path of a wave's file, empty where the wave has none."""
        return self.file.replace("{wave}", wave) if self.waves is None or wave in self.waves else ""


class PartFiles(Strict):
    """The files of one part."""

    coding: VerbatimFile | None = Field(None, description="Codes: respondent, variable, code, coder.")
    cleared: VerbatimFile | None = Field(
        None, description="Texts that may be quoted: respondent, variable, cleared, language, text."
    )


class Frame(Strict):
    """What a code frame says beyond the labels in the codebook."""

    base: Base = Field(
        "coded",
        description="Who counts in shares: who got a code, who gave an answer, or all who were asked.",
    )
    definitions: dict[Identifier, LocalText] = Field(
        default_factory=dict, description="Category -> what belongs in it, in words."
    )
    tones: dict[Identifier, Tone] = Field(default_factory=dict, description="Category -> its tone.")


class Redaction(Strict):
    """What is taken out of cleared texts, in case an editor overlooked it."""

    patterns: list[PatternName] = Field(default_factory=_all_patterns, description="Built-in patterns.")
    own: dict[Identifier, Pattern] = Field(
        default_factory=dict, description="Regular expressions of the study, by name."
    )
    names: list[str] = Field(default_factory=list, description="Words taken out, whatever their case.")
    mark: str = Field("[…]", description="What stands in their place.")
    digits: int = Field(
        3, ge=0, description="A text that keeps more digits in a row than this is not quoted."
    )


class Choice(Strict):
    """Some quotes with the label of one group."""

    group: GroupName = Field(description="Group they are taken from and labelled with.")
    count: int = Field(1, ge=1, description="How many.")
    otherwise: GroupName | None = Field(
        None, description="Label where the group is below its minimum base; left out: no quote then."
    )
    codes: list[Identifier] = Field(
        default_factory=list, description="Only answers with one of these codes; needs a code frame."
    )
    tone: Tone | None = Field(None, description="Only answers with a code of this tone, and none against it.")
    language: str | None = Field(
        None,
        description="Only answers given in this language, printed so in every deck; left out: "
        "answers with a text in each language of the study.",
    )


class QuoteSelection(Strict):
    """A rule that chooses quotes among cleared answers to one open question."""

    part: Identifier = Field(description="Part it is about.")
    variable: Identifier = Field(description="The open question.")
    waves: list[WaveName] | None = Field(
        None, description="Waves that have it; all with cleared texts if left out."
    )
    seed: int = Field(1, description="Another seed gives another order.")
    minimum_length: int = Field(20, ge=1, description="Shortest text, in characters.")
    maximum_length: int = Field(240, ge=1, description="Longest text, in characters.")
    choices: list[Choice] = Field(min_length=1, description="In the order printed.")


class Verbatims(Strict):
    """verbatims.yaml: files of coders and editors, code frames, redaction, selections of quotes."""

    files: dict[Identifier, PartFiles] = Field(default_factory=dict, description="Part -> its files.")
    frames: dict[Identifier, Frame] = Field(
        default_factory=dict, description="Coded variable of the codebook (`coded_from`) -> its code frame."
    )
    redaction: Redaction = Field(default_factory=Redaction, description="What is taken out of quotes.")
    selections: dict[Identifier, QuoteSelection] = Field(
        default_factory=dict, description="Name -> rule; slides name it."
    )

    def coding(self, part: str, wave: str) -> VerbatimFile | None:
        """Return the coding file of a part and wave, where there is one."""
        files = self.files.get(part)
        found = files.coding if files else None
        return found if found and found.path(wave) else None

    def cleared(self, part: str, wave: str) -> VerbatimFile | None:
        """Return the file of cleared texts of a part and wave, where there is one."""
        files = self.files.get(part)
        found = files.cleared if files else None
        return found if found and found.path(wave) else None

    def base(self, variable: str) -> Base:
        """Return who counts in the shares of a coded variable."""
        return self.frames[variable].base if variable in self.frames else "coded"

    def selections_in(self, wave: str) -> dict[str, QuoteSelection]:
        """Return the selections that a wave has."""
        return {
            name: one
            for name, one in self.selections.items()
            if (one.waves is None or wave in one.waves) and self.cleared(one.part, wave)
        }
