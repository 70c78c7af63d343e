"""Figures that explain themselves: the terms of a score or of contact health, and their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def total(terms: Mapping[str, float]) -> float:
    """The sum of terms that are rounded to 3 decimals, exact to 3 decimals."""
    # Whole thousandths: adding the floats could show 3.4999999999999996.
    return sum(round(1000 * term) for term in terms.values()) / 1000
