"""Cards as a reader of their files gets them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from wavedeck.audit.cards.parts import Blocks
from wavedeck.audit.cards.public import Cards


@dataclass(frozen=True)
class Written:
    """Cards read back from JSON."""

    shared: dict[str, Any]
    cards: dict[str, dict[str, Any]]
    blocks: dict[str, Any]

    @property
    def evidence(self) -> Blocks:
        return Blocks(self.shared["evidence"], self.blocks)

    @property
    def text(self) -> str:
        return json.dumps([self.shared, list(self.cards.values()), self.blocks], ensure_ascii=False)


def written(made: Cards) -> Written:
    """Return cards as a reader of their files gets them."""
    return Written(
        _again(made.shared),
        {one["address"]: one for one in _again(made.cards)},
        _again(dict(made.blocks())),
    )


def _again(data: Any) -> Any:
    return json.loads(json.dumps(data, allow_nan=False))
