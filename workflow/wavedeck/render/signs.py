"""Signs that stand for, or behind, a figure by its state."""

from __future__ import annotations

#: What is printed instead of a value, or beside it (low base), per state of a figure.
SIGNS = {
    "not_asked": "–",
    "not_comparable": "≠",
    "empty": "·",
    "failed": "!",
    "suppressed": "*",
    "low_base": "°",
}
VISIBLE = frozenset({"shown", "low_base"})
