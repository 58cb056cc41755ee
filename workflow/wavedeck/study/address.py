"""Addresses: the names of figures, stable between waves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wavedeck.study.errors import ConfigError

_NAME = r"[a-z0-9][a-z0-9_]*"
_ADDRESS = re.compile(
    rf"^(?P<part>{_NAME})/(?P<indicator>{_NAME})(@(?P<item>{_NAME}))?(\.(?P<category>{_NAME}))?"
    rf"/(?P<group>{_NAME}(\*{_NAME})*)/(?P<wave>[A-Za-z0-9][A-Za-z0-9_-]*)$"
)


@dataclass(frozen=True, order=True)
class Address:
    """The name of a figure: ``<part>/<indicator>[@<item>][.<category>]/<group>/<wave>``.

    >>> str(Address.parse("vr/preferred_channel.telephone/all/2013"))
    'vr/preferred_channel.telephone/all/2013'
    """

    part: str
    indicator: str
    item: str
    category: str
    group: str
    wave: str

    def __str__(self) -> str:
        """Return the address as written in stores, ledgers and templates."""
        item = f"@{self.item}" if self.item else ""
        category = f".{self.category}" if self.category else ""
        return f"{self.part}/{self.indicator}{item}{category}/{self.group}/{self.wave}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address from its text.

        Raises
        ------
        ConfigError
            When the text does not have the form of an address.
        """
        match = _ADDRESS.match(text)
        if match is None:
            raise ConfigError(
                f"'{text}' is not an address; write <part>/<indicator>[@<item>][.<category>]/<group>/<wave>, "
                "e.g. 'vr/overall_mark/asylum/2013'"
            )
        return cls(**{name: match[name] or "" for name in cls.__dataclass_fields__})

    def at(self, wave: str) -> Address:
        """Return the address of the same figure in another wave."""
        return replace(self, wave=wave)
