"""One way from typed rows to every format: the same rows and the same fields in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TextIO

from netjournal.errors import UsageError
from netjournal.render.plain import field_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NamedTuple

FORMATS: Final = ("table", "json", "ndjson", "csv", "tsv", "md")

#: Headings of tables and cards that are made for the eye, with the fields that they are told from: the first that a row
#: has is meant.
_HEADINGS: Final = {
    "with": ("contacts", "contact"),
    "about": ("summary",),
    "supports": ("objectives",),
    "for": ("objectives", "objective"),
    "lately": ("touch_count_30d",),
    "day": ("on", "by"),
}


def show(
    rows: Iterable[tuple[Any, ...]],
    row_type: type[NamedTuple],
    format: str,  # noqa: A002
    out: TextIO,
    *,
    fields: Sequence[str] | None = None,
    header: bool = True,
    columns: Sequence[str] | None = None,
    title: str | None = None,
) -> None:
    """Write rows in a format of `FORMATS`, one by one but for a table; `fields` chooses and orders what each row gives.

    Without `fields` a table shows `columns`, as many as its width allows, and the other formats every field.
    An empty table writes nothing: what to say instead is prose, and the caller's. `title` is the table's alone.
    """
    names = field_names(row_type)
    wanted = fields or (columns if format == "table" else None) or names
    places = [names.index(name) for name in wanted]
    chosen = rows if tuple(wanted) == names else ([row[place] for place in places] for row in rows)
    if format in ("table", "md"):
        from netjournal.render.cells import kinds

        every = kinds(row_type)
        looks = [every[place] for place in places]
        if format == "md":
            from netjournal.render.markdown import write_markdown

            write_markdown(chosen, wanted, looks, out, header=header)
        else:
            from netjournal.render.table import write_table

            # Its columns are as wide as their longest value.
            write_table(tuple(chosen), wanted, looks, out, header=header, title=title, whole=fields is not None)
        return
    from netjournal.render.machine import WRITERS

    WRITERS[format](chosen, wanted, out, header=header)


def pick_fields(row_type: type[NamedTuple], text: str | None) -> tuple[str, ...] | None:
    """The fields that `--fields a,b,c` names, each once; None when nothing was asked for.

    Raises UsageError that names the nearest field and lists all.
    """
    if text is None:
        return None
    names = field_names(row_type)
    typed = [part.strip() for part in text.split(",")]
    picked = dict.fromkeys(part for part in typed if part)
    every = "Fields: " + ", ".join(names)
    if not picked:
        raise UsageError("--fields names no field.", hint=every)
    for name in picked:
        if name not in names:
            raise UsageError(_no_such_field(name, names), hint=every)
    return tuple(picked)


def _no_such_field(name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    typed = name.lower().replace("-", "_").replace(" ", "_")
    told = [field for field in _HEADINGS.get(typed, ()) if field in names]
    if told:
        return f"The heading '{name}' is told from the field '{told[0]}'."
    nearest = get_close_matches(typed, names, n=1, cutoff=0.5)
    return f"There is no field '{name}'" + (f"; the nearest is '{nearest[0]}'." if nearest else ".")
