"""Birthdays as signals: one rule for `due` and `prep`, 29 February included."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

#: A signal ends after this many days.
SIGNAL_DAYS: Final = 30
#: The signal of a birthday on its own day.
BIRTHDAY_TODAY: Final = "birthday today"


def birthday_endings(today: date) -> set[str]:
    """Each `MM-DD` on which a birthday may end that is a signal today: a superset, for the store."""
    days = [today - timedelta(days=n) for n in range(SIGNAL_DAYS + 1)]
    endings = {f"{day.month:02}-{day.day:02}" for day in days}
    # In a common year the 29th of February is kept on the 28th.
    return endings | {"02-29"} if "02-28" in endings else endings


def birthday_signal(stored: str, touched_on: str | None, today: date) -> str | None:
    """The signal of a stored birthday, or None: it lasts 30 days, or until a touch on the day or after it."""
    from netjournal.domain import birthdays

    on = birthdays.birthday_on(stored, today.year)
    if on > today:
        on = birthdays.birthday_on(stored, today.year - 1)
    if (today - on).days > SIGNAL_DAYS or (touched_on is not None and touched_on >= on.isoformat()):
        return None
    return BIRTHDAY_TODAY if on == today else birthday_on(on, today)


def birthday_on(on: date, today: date) -> str:
    """The signal of a birthday on another day."""
    from netjournal.domain.naming import near_day

    return f"birthday on {near_day(on, today)}"
