"""Cells that a spreadsheet would run as formulas, marked so that it does not and unmarked without loss.

The characters are those of ASVS 1.2.10 and OWASP's page on CSV injection, and the mark itself: without it, taking
the mark off would be ambiguous.
"""

from __future__ import annotations

from typing import Final

MARK: Final = "'"
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", MARK)


def guard(cell: str) -> str:
    """A cell with one `'` before it where a spreadsheet could take it for more than text."""
    return MARK + cell if cell.startswith(_BEGINNINGS) else cell


def unguard(cell: str) -> str:
    """What `guard` was given."""
    return cell[1:] if is_guarded(cell) else cell


def is_guarded(cell: str) -> bool:
    """Whether a cell can have come from `guard`."""
    return cell.startswith(MARK) and cell.startswith(_BEGINNINGS, 1)
