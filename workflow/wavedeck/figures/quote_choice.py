"""One rule that chooses quotes, at work on the cleared answers to a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wavedeck.figures.cleared import ClearedAnswer
from wavedeck.figures.quote_book import PrintedQuote
from wavedeck.intake.select import Mask
from wavedeck.study.findings import Finding
from wavedeck.study.verbatims import Choice, QuoteSelection

LOG_COLUMNS = ["selection", "file", "row", "id", "group", "label"]
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_AGAINST = {"positive": "negative", "negative": "positive"}


@dataclass
class Chooser:
    """One selection at work: candidates in their order, and those already taken.

    Attributes
    ----------
    name, selection
        The rule.
    wave, languages
        What is reported, and the languages of its decks.
    minimum
        Smallest group whose label may stand under a quote, in respondents.
    file
        File of the cleared texts, for findings.
    candidates
        Position among the responses, and the answer, in the order in which they are tried.
    masks, tones, codes
        Group, tone, code -> which respondents have it.
    """

    name: str
    selection: QuoteSelection
    wave: str
    languages: Sequence[str]
    minimum: int
    file: str
    candidates: Sequence[tuple[int, ClearedAnswer]]
    masks: Mapping[str, Mask]
    tones: Mapping[str, Mask]
    codes: Mapping[str, Mask]
    taken: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    log: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def choose(self, choice: Choice) -> Iterator[PrintedQuote]:
        """Yield the quotes of one choice, one per language of the decks."""
        label = self._label(choice)
        if label is None:
            return
        found = [pair for pair in self.candidates if self._fits(choice, *pair)]
        chosen = self._distinct(found, choice)
        if len(chosen) < choice.count:
            problem = f"only {len(chosen)} of {choice.count} quotes of group '{choice.group}' could be found"
            self.note("few_quotes", f"{problem} among the cleared answers")
        for answer in chosen:
            entry = (self.name, self.file, answer.row, answer.respondent, choice.group, label)
            self.log.append(dict(zip(LOG_COLUMNS, entry, strict=True)))
            yield from self._printed(answer, choice, label)

    def _label(self, choice: Choice) -> str | None:
        """Return the group whose label may stand under the quote, None when there is none."""
        wanted = [name for name in (choice.group, choice.otherwise) if name]
        label = next((name for name in wanted if self._is_large(name)), None)
        if label != choice.group:
            done = f"labelled '{label}' as declared" if label else "its quotes are left out"
            size, least = int(self.masks[choice.group].sum()), self.minimum
            self.note(
                "small_group", f"group '{choice.group}' has {size} respondents, fewer than {least}; {done}"
            )
        return label

    def _is_large(self, group: str) -> bool:
        return bool(self.masks[group].sum() >= self.minimum)

    def _fits(self, choice: Choice, position: int, answer: ClearedAnswer) -> bool:
        codes = [self.codes[code][position] for code in choice.codes]
        return (
            bool(self.masks[choice.group][position])
            and answer.respondent not in self.taken
            and all(self._has_length(text) for text in self._texts(choice, answer))
            and self._speaks(choice, answer)
            and (not codes or any(codes))
            and self._has_tone(choice, position)
        )

    def _has_tone(self, choice: Choice, position: int) -> bool:
        if choice.tone is None:
            return True
        against = self.tones.get(_AGAINST.get(choice.tone, ""))
        return bool(self.tones[choice.tone][position] and not (against is not None and against[position]))

    def _has_length(self, text: str) -> bool:
        return self.selection.minimum_length <= len(text) <= self.selection.maximum_length

    def _speaks(self, choice: Choice, answer: ClearedAnswer) -> bool:
        if choice.language:
            return answer.given == choice.language
        return all(language in answer.texts for language in self.languages)

    def _texts(self, choice: Choice, answer: ClearedAnswer) -> list[str]:
        wanted: Collection[str] = [choice.language] if choice.language else self.languages
        return [answer.texts[language] for language in wanted if language in answer.texts]

    def _distinct(self, found: Sequence[tuple[int, ClearedAnswer]], choice: Choice) -> list[ClearedAnswer]:
        """Return the first answers that say different things; they are taken from then on."""
        chosen: list[ClearedAnswer] = []
        for _, answer in found:
            said = {sentence for text in answer.texts.values() for sentence in _sentences(text)}
            if len(chosen) < choice.count and not said & self.said:
                self.said |= said
                self.taken.add(answer.respondent)
                chosen.append(answer)
        return chosen

    def _printed(self, answer: ClearedAnswer, choice: Choice, label: str) -> Iterator[PrintedQuote]:
        address = f"{self.selection.part}/{self.selection.variable}/{label}/{self.wave}"
        for deck in self.languages:
            language = choice.language or deck
            yield PrintedQuote(self.name, deck, language, label, address, answer.texts[language])

    def note(self, rule: str, message: str) -> None:
        """Note a finding about the selection."""
        text = f"selection '{self.name}': {message}"
        self.findings.append(Finding(severity="warning", rule=rule, file=self.file, message=text))


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text without capitals and signs at their ends.

    >>> _sentences("Too slow! And kind")
    ['too slow', 'and kind']
    """
    return [part.strip(" .,;!?…").casefold() for part in _SENTENCE_END.split(text)]
