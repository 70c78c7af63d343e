"""The page of the days, durations and birthdays that may be typed, made from the table that the tests check line by line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netjournal import clock
from netjournal.domain import birthdays, dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Table = Callable[[Sequence[str], Iterable[Sequence[str]]], list[str]]

TABLE: Final = Path(__file__).resolve().parent.parent / "tests" / "domain" / "dates.tsv"


def pages(table: Table) -> dict[str, Callable[[], str]]:
    """The page by its file name, with what makes it."""
    return {"dates.md": partial(typed_dates, table)}


def typed_dates(table: Table) -> str:
    """The days that may be typed."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    modes = {"past": "what happened", "future": "what is due", "any": ""}
    good, refused = [], []
    for phrase, today, expected, mode, note in (line.split("\t") for line in lines if not line.startswith("#")):
        seen = dates.show_day(clock.today({clock.PIN: today}))
        if expected == "ERROR":
            refused.append((f"`{phrase}`", note))
        else:
            meant = dates.show_day(clock.today({clock.PIN: expected}))
            good.append((f"`{phrase}`", seen, meant, modes[mode], note))
    durations = [(f"`{text}`", str(dates.read_days(text))) for text in ("10d", "3w", "2mo", "1y", "6 weeks", "a month")]
    births = [
        (f"`{text}`", birthdays.read_birthday(text)) for text in ("1988-06-15", "15 June 1988", "15 June", "--06-15")
    ]
    return "\n".join(
        [
            "# Dates",
            "",
            "A day is typed in words or figures. The grammar is closed: what it does not hold is refused with examples,",
            "never guessed. What happened looks back (`tuesday` is the latest one, today included) and may not lie in the",
            "future; a promise looks ahead (`tuesday` is the next one, never today) and may not lie in the past. A time",
            "after the day is allowed and ignored. The test suite checks every line of this page.",
            "",
            *table(("typed", "on", "means", "only for", "note"), good),
            "",
            "`last X` is the nearest X before today; `this X` is the X of the week that holds today, and weeks begin on",
            "Monday; `next X` is the X of next week. Months and years end at the month's end: 31 January and one month is",
            "28 February. `end of june` is the last day of that month; `end of june 2027` and `end of 2027` say the year. A",
            "month alone is no day.",
            "",
            "## Refused",
            "",
            *table(("typed", "why"), refused),
            "",
            "`05/06/2026` can mean two days; it is refused unless the setting `date_order` is `dmy` or `mdy`.",
            f"Years run from {dates.FIRST_YEAR} to {dates.LAST_YEAR}.",
            "",
            "## Durations",
            "",
            "A month is 30 days and a year 365: a cadence is a pace, not a calendar.",
            "",
            *table(("typed", "days"), durations),
            "",
            "## Birthdays",
            "",
            *table(("typed", "stored"), births),
        ]
    )
