"""What all models of study files share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

ANY_LANGUAGE = "*"
LANGUAGE_TAGS = {"en": "en-GB", "nl": "nl-NL", "de": "de-DE", "fr": "fr-FR"}


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlacedError(ValueError):
    """What is wrong between the keys of one model, each with the keys it is about.

    Parameters
    ----------
    problems
        Path of keys, from the model on, and the message.
    """

    def __init__(self, problems: Sequence[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(message for _, message in problems))
        self.problems = tuple(problems)


def refuse_twice(name: str, ids: Sequence[str]) -> None:
    """Refuse a list of entries of which two have the same id.

    Raises
    ------
    PlacedError
        Naming each entry whose id was used before it.
    """
    again = [(i, entry) for i, entry in enumerate(ids) if entry in ids[:i]]
    if again:
        message = "id '{0}' stands twice under {1}; give each an id of its own"
        raise PlacedError([((name, i, "id"), message.format(entry, name)) for i, entry in again])


def _as_local_text(value: object) -> object:
    return {ANY_LANGUAGE: value} if isinstance(value, str) else value


LocalText = Annotated[
    dict[str, str],
    BeforeValidator(_as_local_text),
    Field(min_length=1, description="One text for every language, or one per language code."),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ]
        }
    ),
]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]
StudyName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
WaveName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*(\*[a-z0-9][a-z0-9_]*)*$")]


def text_in(text: dict[str, str], language: str) -> str:
    """Return the text in one language; the text for every language stands in for it.

    Raises
    ------
    KeyError
        When the text has neither; `load_study` checks this beforehand.
    """
    return text[language] if language in text else text[ANY_LANGUAGE]


def language_tag(language: str) -> str:
    """Return the tag that file formats want for a language.

    >>> language_tag("nl")
    'nl-NL'
    """
    return LANGUAGE_TAGS.get(language, language)
