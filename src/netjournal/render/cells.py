"""How a value looks in a cell, decided by the type its field is declared with: the one table of styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from netjournal.domain import words
from netjournal.render.plain import flat

if TYPE_CHECKING:
    from netjournal.render.plain import Value


class Look(NamedTuple):
    """A cell's style, its side, and the fewest cells it can be read in (0: never less than its longest text)."""

    style: str = ""
    right: bool = False
    least: int = 0


LOOKS: Final = {
    "str": Look(least=12),
    "Prose": Look(least=20),
    "Handle": Look("dim", least=24),
    "Key": Look("dim", least=24),
    "Uid": Look("dim"),
    "date": Look(),
    "bool": Look(),
    "int": Look(right=True),
    "float": Look(right=True),
    "Standing": Look(),
    "Direction": Look(),
    "Depth": Look(),
    "Owner": Look(),
    "list": Look(least=12),
    "references": Look("dim", least=14),
    "promises": Look(least=12),
    "terms": Look(least=16),
}

#: Three colours in all, and always beside the word itself.
STANDING_STYLES: Final = {
    "overdue": "red",
    "due": "yellow",
    "on-track": "green",
    "planned": "green",
    "untracked": "dim",
    "snoozed": "dim",
    "paused": "dim",
}

#: Digits of a uid that a table shows.
SHORT_UID: Final = 8
NO_DAY: Final = "-"


class Typed(NamedTuple):
    """A value with the name of its type in `LOOKS`, where the value alone does not tell (`Handle`, `Standing`)."""

    value: Value
    kind: str


def kinds(row_type: type[NamedTuple]) -> tuple[str, ...]:
    """The name in `LOOKS` for each field of a row type."""
    notes: dict[str, object] = {}
    for cls in reversed(row_type.__mro__):
        notes.update(getattr(cls, "__annotations__", {}))
    return tuple([kind_of(notes.get(name, "str")) for name in row_type._fields])


def kind_of(note: object) -> str:
    """The name in `LOOKS` for an annotation, whether evaluated or still text; an unknown one is plain text."""
    if isinstance(note, str):
        return _kind_spelt(note)
    if (forward := getattr(note, "__forward_arg__", None)) is not None:
        return _kind_spelt(forward)
    for name in ("Standing", "Direction", "Depth", "Owner"):
        if note == getattr(words, name):  # evaluated, a literal has lost its name
            return name
    arguments = get_args(note)
    if type(None) in arguments:
        return kind_of(next(part for part in arguments if part is not type(None)))
    return _kind_spelt(str(note) if arguments else getattr(note, "__name__", ""))


def kind_of_value(value: Value) -> str:
    """The name in `LOOKS` for a bare value: what its own type says."""
    if isinstance(value, tuple):
        return "list"
    if isinstance(value, dict):
        return "terms"
    name = type(value).__name__
    return name if name in LOOKS else "str"


def text_of(value: Value, kind: str) -> str:
    """A value as people read it; not yet sanitised. Floats to 3 decimals, lists by `, `, absent empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(
            [f"{name} {term:.3f}" if isinstance(term, float) else f"{name} {term}" for name, term in value.items()]
        )
    if kind == "Uid" and isinstance(value, str):
        return value[:SHORT_UID]
    return flat(value)


def style_of(value: Value, kind: str) -> str:
    """The style of a value: a standing has its own, absent is dim, the rest have their type's."""
    if value is None:
        return "dim"
    if kind == "Standing" and isinstance(value, str):
        return STANDING_STYLES.get(value, "")
    return LOOKS[kind].style


def shown(value: Value, kind: str) -> str:
    """A value as a terminal's cell shows it: an absent day as a dash, never as a reproach; not yet sanitised."""
    return NO_DAY if value is None and kind == "date" else text_of(value, kind)


def _kind_spelt(note: str) -> str:
    text = note.replace(" ", "").removesuffix("|None").removeprefix("None|")
    outer, _, inner = text.partition("[")
    outer = outer.rpartition(".")[2]
    if outer == "Optional":
        return _kind_spelt(inner.removesuffix("]"))
    if outer == "dict":
        return "terms"
    if outer == "tuple":
        item = inner.partition(",")[0].rpartition(".")[2]
        return "references" if item in ("Handle", "Key", "Uid") else "promises" if item == "Promise" else "list"
    return outer if outer in LOOKS else "str"
