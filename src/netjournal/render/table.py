"""Rows as a table for a terminal: Rich for a screenful, plain columns beyond, cards where fields must all fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from netjournal.render.card import write_card
from netjournal.render.cells import LOOKS, Typed, shown, style_of
from netjournal.render.console import draw, fold, make_console, terminal_text
from netjournal.render.plain import emit, is_unicode
from netjournal.render.width import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from netjournal.render.plain import Value

#: Rich takes 0.19 ms a row: a longer table is set in plain text.
MOST_RICH_ROWS: Final = 200
#: Who and what: these columns stay where others are left out for want of room.
VITAL: Final = frozenset(
    {"name", "with", "contacts", "through", "last_contact"}
    | {"title", "text", "about", "summary", "why", "told", "changed", "records", "before", "after"}
)
#: When: these stay too, where there is room once the rest is tightened.
DAYS: Final = frozenset({"on", "by", "day"})
#: Cells that a word of text may ask for before it is broken.
_LONGEST_WORD: Final = 12
#: Two cells between columns; the last keeps the one after it.
_GAP: Final = 2


class _Column(NamedTuple):
    name: str
    label: str
    kind: str
    texts: list[str]
    least: int
    wished: int


def write_table(
    rows: Sequence[Sequence[Value]],
    names: Sequence[str],
    kinds: Sequence[str],
    out: TextIO,
    *,
    header: bool,
    title: str | None,
    whole: bool,
) -> None:
    """Write a table no line of which is wider than the terminal, and no text of which is cut.

    Where it does not fit, columns are left out from the right, those that say who and what last; or with `whole` each
    row becomes a card.
    """
    if not rows:
        return
    console = make_console(out)
    columns = [
        _measured(name, kind, [row[n] for row in rows], out)
        for n, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    # Lists are told from the left: who it is about comes first, and may take what it needs.
    columns[0] = columns[0]._replace(least=min(columns[0].wished, max(columns[0].least, console.width * 2 // 3)))
    rich = len(rows) <= MOST_RICH_ROWS
    if title:
        _write_title(console, out, title)
    if whole and _least_width(columns) > console.width:
        for n, row in enumerate(rows):
            if n:
                emit(out, "\n")
            labels = [column.label for column in columns]
            pairs = [(label, Typed(value, kind)) for label, value, kind in zip(labels, row, kinds, strict=True)]
            write_card(pairs, out, console, rich=rich)
        return
    columns = _fitting(columns, console.width)
    widths = _widths(columns, console.width)
    if rich:
        places = [names.index(column.name) for column in columns]
        told = [[row[place] for place in places] for row in rows]
        draw(console, out, _rich_table(columns, widths, told, header=header, unicode=is_unicode(out)))
    else:
        _write_plain(columns, widths, console, out, header=header)


def _fitting(columns: Sequence[_Column], width: int) -> list[_Column]:
    """The columns that fit: the rightmost go first, then days, and those that say who and what last of all."""
    kept = _without(columns, VITAL | DAYS, width)
    if _least_width(kept) > width:
        kept = _without([_tightened(column) for column in kept], VITAL, width)
    return _without(kept, frozenset(), width)


def _without(columns: Sequence[_Column], staying: frozenset[str], width: int) -> list[_Column]:
    """The columns without as many, from the right, as it takes to fit; the first one and those named stay."""
    kept = list(columns)
    while _least_width(kept) > width and (spare := [c for c in kept[1:] if c.name not in staying]):
        kept.remove(spare[-1])
    return kept


def _tightened(column: _Column) -> _Column:
    """A column in no more cells than its words need; a longer one is broken, but for what is copied."""
    if not LOOKS[column.kind].least:
        return column
    longest = max((cells_of(word) for text in (column.label, *column.texts) for word in text.split()), default=1)
    whole = column.kind in ("Handle", "Key", "references")
    return column._replace(least=min(column.least, longest if whole else min(longest, _LONGEST_WORD)))


def _measured(name: str, kind: str, values: Sequence[Value], out: TextIO) -> _Column:
    label = name.replace("_", " ")
    texts = [terminal_text(shown(value, kind), out) for value in values]
    wished = max(map(cells_of, (label, *texts)))
    least = LOOKS[kind].least
    longest_word = max(map(len, label.split()))
    return _Column(name, label, kind, texts, max(min(wished, least), longest_word) if least else wished, wished)


def _least_width(columns: Sequence[_Column]) -> int:
    return sum(column.least + _GAP for column in columns) - 1


def _widths(columns: Sequence[_Column], width: int) -> list[int]:
    """Each column's share of the width: what it needs, then the rest in turn to those that wish for more."""
    widths = [min(column.least, width - _GAP + 1) for column in columns]
    spare = width - sum(widths) - _GAP * len(columns) + 1
    while spare > 0:
        hungry = [n for n, column in enumerate(columns) if widths[n] < column.wished]
        if not hungry:
            break
        share = max(spare // len(hungry), 1)
        for n in hungry:
            more = min(share, columns[n].wished - widths[n], spare)
            widths[n] += more
            spare -= more
    return widths


def _rich_table(
    columns: Sequence[_Column], widths: Sequence[int], rows: Sequence[Sequence[Value]], *, header: bool, unicode: bool
) -> Table:
    from rich.box import SIMPLE_HEAD, Box
    from rich.table import Table
    from rich.text import Text

    # Rich's own fallback in ASCII draws vertical lines.
    box = SIMPLE_HEAD if unicode else Box(str(SIMPLE_HEAD).replace("─", "-"), ascii=True)
    table = Table(box=box, show_header=header, show_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        right = LOOKS[column.kind].right
        table.add_column(Text(column.label, "bold"), width=width, justify="right" if right else "left", overflow="fold")
    for n, row in enumerate(rows):
        cells = [
            Text(column.texts[n], style_of(value, column.kind)) for column, value in zip(columns, row, strict=False)
        ]
        table.add_row(*cells)
    return table


def _write_plain(
    columns: Sequence[_Column], widths: Sequence[int], console: Console, out: TextIO, *, header: bool
) -> None:
    rights = [LOOKS[column.kind].right for column in columns]
    if header:
        _write_row([column.label for column in columns], widths, rights, console, out)
        total = sum(widths) + _GAP * len(columns) - 1
        emit(out, ("─" if is_unicode(out) else "-") * total + "\n")
    for texts in zip(*[column.texts for column in columns], strict=True):
        _write_row(texts, widths, rights, console, out)


def _write_row(
    texts: Sequence[str], widths: Sequence[int], rights: Sequence[bool], console: Console, out: TextIO
) -> None:
    folded = [fold(console, text, width) for text, width in zip(texts, widths, strict=True)]
    for n in range(max(map(len, folded))):
        cells = []
        for lines, width, right in zip(folded, widths, rights, strict=True):
            text = lines[n] if n < len(lines) else ""
            blanks = " " * (width - cells_of(text))
            cells.append(blanks + text if right else text + blanks)
        emit(out, (" " * _GAP).join(cells).rstrip(" ") + "\n")


def _write_title(console: Console, out: TextIO, title: str) -> None:
    from rich.text import Text

    draw(console, out, Text(terminal_text(title, out), "bold", overflow="fold"))
