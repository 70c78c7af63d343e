"""One record as aligned labels and values, and plain lines, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from netjournal.render.cells import Typed, kind_of_value, shown, style_of
from netjournal.render.console import draw, hung, make_console, terminal_text
from netjournal.render.plain import emit, field_names
from netjournal.render.width import cells_of, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NamedTuple

    from rich.console import Console

    from netjournal.render.plain import Value

    Pairs = Sequence[tuple[str, Value | Typed]]

_GAP: Final = 2
#: What is longer in a list is a sentence.
_PHRASE: Final = 30
#: With less than this beside the labels, values stand below them.
_LEAST_ROOM: Final = 16


def card(pairs: Pairs, out: TextIO) -> None:
    """Write one record as `label  value` lines; a value keeps its line ends and wraps under its own column."""
    write_card(pairs, out, make_console(out), rich=True)


def row_pairs(row: tuple[Any, ...], row_type: type[NamedTuple], fields: Sequence[str] | None = None) -> Pairs:
    """A row as the labels and typed values of its card; `fields` chooses and orders."""
    from netjournal.render.cells import kinds

    names = field_names(row_type)
    typed = dict(zip(names, map(Typed, row, kinds(row_type)), strict=True))
    return [(name.replace("_", " "), typed[name]) for name in fields or names]


def telling_fields(row: tuple[Any, ...], row_type: type[NamedTuple]) -> list[str]:
    """The fields of a row that say something: nothing absent, empty, none or no, and no uid, which is for scripts."""
    # No count of 0 either, which is equal to False: a card tells what there is.
    return [f for f, value in zip(row_type._fields, row, strict=True) if value not in (None, (), False) and f != "uid"]


def write_lines(texts: Sequence[str], out: TextIO) -> None:
    """Write each text as one harmless line, which on a terminal goes on further in where it is too long."""
    width = width_of(out) if out.isatty() else None
    for text in texts:
        line = terminal_text(text, out)
        # Rich would cost as much as the rest of it.
        emit(out, (line if width is None else "\n".join(wrapped(line, width, _GAP))) + "\n")


def _told(typed: Typed) -> str:
    """A value as a card tells it: a list of whole sentences, or of what holds commas, has a line for each."""
    if typed.kind == "promises" and isinstance(typed.value, tuple):
        return "\n".join(map(promise_told, typed.value))
    if isinstance(typed.value, tuple) and any("," in str(item) or len(str(item)) > _PHRASE for item in typed.value):
        return "\n".join(shown(item, typed.kind) for item in typed.value)
    return shown(*typed)


def promise_told(spelled: object, name_day: Callable[[str], str] = str) -> str:
    """A promise as people say it, its number last: commands take that."""
    number, owner, day, text = str(spelled).split(" ", 3)
    return f"{'you' if owner == 'me' else 'they'}, by {name_day(day)}: {text} [{number}]"


def write_card(pairs: Pairs, out: TextIO, console: Console, *, rich: bool) -> None:
    """Write a card to a console that was made for `out`; without `rich` it is the same text, unstyled."""
    labels = [terminal_text(label, out) for label, _ in pairs]
    indent = max(map(cells_of, labels), default=0) + _GAP
    beside = console.width - indent >= _LEAST_ROOM
    if not beside:
        indent = _GAP
    laid: list[tuple[str, str, str]] = []
    for label, (_, value) in zip(labels, pairs, strict=True):
        typed = value if isinstance(value, Typed) else Typed(value, kind_of_value(value))
        text = terminal_text(_told(typed), out, newline="\n")
        starts = [label + " " * (indent - cells_of(label))] if beside else []
        laid += [] if beside else [(label, "", "")]
        room = console.width - indent
        # Of a value of several lines, what is broken goes on further in.
        pieces = text.split("\n")
        for line in [line for piece in pieces for line in hung(console, piece, room, _GAP if pieces[1:] else 0)]:
            laid.append((starts.pop() if starts else " " * indent, line, style_of(*typed)))
    if rich:
        from rich.text import Text

        draw(console, out, *[Text.assemble((start, "dim"), (line, style)) for start, line, style in laid])
    else:
        emit(out, "".join([start + line + "\n" for start, line, _ in laid]))
