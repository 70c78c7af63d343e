"""The only place that asks what day or what time it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The environment variable that pins the day.
PIN = "NETJ_TODAY"


def today(environ: Mapping[str, str] = os.environ) -> date:
    """The user's own calendar day: the one NETJ_TODAY pins, else the local day of the system clock.

    Raises UsageError if NETJ_TODAY holds anything but a day such as 2026-11-23.
    """
    return _pinned(environ) or date.today()


def now(environ: Mapping[str, str] = os.environ) -> str:
    """The instant in UTC as YYYY-MM-DDTHH:MM:SSZ; a pinned day keeps the real time of day.

    Raises UsageError as `today` does.
    """
    instant = datetime.now(UTC)
    day = _pinned(environ) or instant.date()
    return f"{day.isoformat()}T{instant:%H:%M:%S}Z"


def _pinned(environ: Mapping[str, str]) -> date | None:
    text = environ.get(PIN)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also reads 20261123 and 2026-W48-1, which say nothing to most people.
    if day is None or day.isoformat() != text:
        raise UsageError(f"The environment variable {PIN} is not a day.", f"Write it as in {PIN}=2026-11-23.")
    return day
