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
    | {
        "title",
        "text",
        "about",
        "summary",
        "why",
        "terms",
        "told",
        "command",
        "state",
        "field",
        "changed",
        "records",
        "before",
        "after",
        "status",
        "client",
    }
)
#: When: these stay too, where there is room once the rest is tightened.
DAYS: Final = frozenset({"on", "by", "day"})
#: Kinds of which each word is a handle or a key.
_COPIED: Final = frozenset({"Handle", "Key", "references"})
#: Cells that a word of text may ask for before it is broken.
_LONGEST_WORD: Final = 12
#: Two cells between columns; the last keeps the one after it.
_GAP: Final = 2


class _Column(NamedTuple):
    name: str
    label: str
    kind: str
    values: Sequence[Value]
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
        _measured(name, kind, [row[n] for row in rows], out, console.width)
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
    kept = _fitting(columns, console.width)
    widths = _widths(kept, console.width)
    if below := _squeezed(columns, kept, widths):
        beside = _fitting([column for column in columns if column.name != below.name], console.width)
        told = {column.name for column in (*beside, below)}
        rest = [column for column in columns if column.name in VITAL | DAYS and column.name not in told]
        _write_stacked(beside, below, rest, console, out, header=header, rich=rich)
    elif rich:
        draw(console, out, _rich_table(kept, widths, header=header, unicode=is_unicode(out)))
    else:
        _write_plain(kept, widths, console, out, header=header)


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
    """A column of text in no more cells than its words need; a longer word is broken, but not what is copied."""
    if not LOOKS[column.kind].least or column.kind in _COPIED:
        return column
    longest = max((cells_of(word) for text in (column.label, *column.texts) for word in text.split()), default=1)
    return column._replace(least=min(column.least, longest, _LONGEST_WORD))


def _measured(name: str, kind: str, values: Sequence[Value], out: TextIO, width: int) -> _Column:
    label = name.replace("_", " ")
    texts = [terminal_text(shown(value, kind), out) for value in values]
    wished = max(map(cells_of, (label, *texts)))
    least = LOOKS[kind].least
    if least:
        words = label.split()
        if kind in _COPIED:
            # A key that is broken cannot be copied: it may take half of a line.
            words += [word for text in texts for word in text.split()]
            least = 0
        longest_word = max(map(cells_of, words))
        least = max(min(wished, least), min(longest_word, max(width // 2, len(label))))
    return _Column(name, label, kind, values, texts, least or wished, wished)


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


def _squeezed(columns: Sequence[_Column], kept: Sequence[_Column], widths: Sequence[int]) -> _Column | None:
    """The longest text after the first column, where one has no room to be read in or a vital column none at all."""
    room = {column.name: width for column, width in zip(kept, widths, strict=True)}
    prose = [c for c in columns[1:] if c.kind == "Prose" and (c.name in VITAL or c.name in room)]
    # Where nothing else is told, what a row lists is its text.
    told = prose or [c for c in columns[1:] if c.kind == "list" and c.name in VITAL]
    least = LOOKS["Prose"].least
    if (
        all(room.get(c.name, 0) >= min(c.wished, least) for c in told)
        and VITAL & {c.name for c in columns} <= room.keys()
    ):
        return None
    return max(told, key=lambda column: column.wished, default=None)


def _write_stacked(
    columns: Sequence[_Column],
    below: _Column,
    rest: Sequence[_Column],
    console: Console,
    out: TextIO,
    *,
    header: bool,
    rich: bool,
) -> None:
    """Write each row, and under it, further in, the text that had no room beside the rest; the labels likewise.

    `rest` are those who had no room either, though they say who, what or when: each value is told with its label.
    """
    widths = _widths(columns, console.width)
    rights = [LOOKS[column.kind].right for column in columns]
    indent = " " * (widths[0] + _GAP if widths[0] <= _GAP else _GAP)
    lines: list[list[tuple[str, str]]] = []

    def add(texts: Sequence[str], styles: Sequence[str], *beneath: tuple[str, str]) -> None:
        lines.extend([list(zip(cells, styles, strict=True)) for cells in _cells(texts, widths, rights, console)])
        for text, style in beneath:
            lines.extend(
                [[(indent + line, style)] for line in fold(console, text, console.width - len(indent)) if line]
            )

    if header:
        add([column.label for column in columns], ["bold"] * len(columns), (below.label, "bold"))
        lines.append([(("─" if is_unicode(out) else "-") * console.width, "")])
    for n, beneath in enumerate(below.texts):
        styles = [style_of(column.values[n], column.kind) for column in columns]
        told = ", ".join([f"{c.label} {c.texts[n]}" for c in rest if c.values[n] not in (None, (), "")])
        add(
            [column.texts[n] for column in columns],
            styles,
            (beneath, style_of(below.values[n], below.kind)),
            (told, "dim"),
        )
    if rich:
        from rich.text import Text

        draw(console, out, *[Text.assemble(*line) for line in lines])
    else:
        emit(out, "".join(["".join([text for text, _ in line]).rstrip(" ") + "\n" for line in lines]))


def _rich_table(columns: Sequence[_Column], widths: Sequence[int], *, header: bool, unicode: bool) -> Table:
    from rich.box import SIMPLE_HEAD, Box
    from rich.table import Table
    from rich.text import Text

    # Rich's own fallback in ASCII draws vertical lines.
    box = SIMPLE_HEAD if unicode else Box(str(SIMPLE_HEAD).replace("─", "-"), ascii=True)
    table = Table(box=box, show_header=header, show_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        right = LOOKS[column.kind].right
        table.add_column(Text(column.label, "bold"), width=width, justify="right" if right else "left", overflow="fold")
    for n in range(len(columns[0].texts)):
        table.add_row(*[Text(column.texts[n], style_of(column.values[n], column.kind)) for column in columns])
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
    for line in _cells(texts, widths, rights, console):
        emit(out, "".join(line).rstrip(" ") + "\n")


def _cells(texts: Sequence[str], widths: Sequence[int], rights: Sequence[bool], console: Console) -> list[list[str]]:
    """The lines of a row, each as its cells filled up with blanks, the gap before them with all but the first."""
    folded = [fold(console, text, width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for n in range(max(map(len, folded))):
        cells = []
        for place, (pieces, width, right) in enumerate(zip(folded, widths, rights, strict=True)):
            text = pieces[n] if n < len(pieces) else ""
            blanks = " " * (width - cells_of(text))
            cells.append(" " * (_GAP * bool(place)) + (blanks + text if right else text + blanks))
        lines.append(cells)
    return lines


def _write_title(console: Console, out: TextIO, title: str) -> None:
    from rich.text import Text

    draw(console, out, Text(terminal_text(title, out), "bold", overflow="fold"))
