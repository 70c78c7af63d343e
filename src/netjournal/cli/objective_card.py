"""One objective on a terminal: what done looks like, how long is left, and how it goes, in one card."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from netjournal.reports.objectives import ObjectiveDetailRow

if TYPE_CHECKING:
    from netjournal.cli.context import Session

#: What the card tells first, under its title, and in words of its own.
FIRST = ("key", "title", "why", "done_when", "by", "status")
TOLD = (
    *FIRST,
    "days_left",
    "progress",
    "exposure_count",
    "grown_count",
    "touch_count_30d",
    "touch_count_90d",
    "neglected",
)


def show_objective(
    session: Session, row: ObjectiveDetailRow, format: str | None, fields: str | None, *, header: bool
) -> None:
    """Show an objective: a card on a terminal, else the row."""
    if not session.is_view(format, fields):
        session.emit((row,), ObjectiveDetailRow, format=format, fields=fields, header=header)
        return
    from netjournal.domain.counts import counted
    from netjournal.render.card import card, row_pairs, telling_fields
    from netjournal.reports.objectives import lately

    has = telling_fields(row, ObjectiveDetailRow)
    first = [field for field in FIRST if field in has]
    rest = [field for field in has if field not in TOLD]
    total = sum(row.progress)
    # The list below has one line for both.
    apart = ", two people at once are two" if total > 1 else ""
    pairs = [
        *row_pairs(row, ObjectiveDetailRow, first),
        *([("days left", row.days_left)] if row.days_left is not None else []),
        ("progress", f"{_sparkline(row.progress)} {counted(total, 'touch')} in 12 weeks{apart}"),
        *([("lately", lately(row, session.today))] if row.neglected else []),
        ("seen, known", f"{counted(row.exposure_count, 'broadcast')}, {counted(row.grown_count, 'grown tie')}"),
        *row_pairs(row, ObjectiveDetailRow, rest),
    ]
    card(pairs, sys.stdout)


def _sparkline(counts: tuple[int, ...]) -> str:
    """One character a week, this week last; nothing has a mark of its own, or the line would have no beginning."""
    from netjournal.domain.chart import bars
    from netjournal.render.chart import marks
    from netjournal.render.plain import is_unicode

    drawn = marks(sys.stdout).bars
    nothing = "·" if is_unicode(sys.stdout) else "_"
    return "".join([drawn[height] if height else nothing for height in bars(counts)])
