"""Measure the figures of record 0016: `python docs/decisions/measure_formats.py`, in a checkout with the dev extras."""

from __future__ import annotations

import mailbox
import sys
import tempfile
from contextlib import closing
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import vobject  # type: ignore[import-untyped]  # it has no types
from dateutil import rrule
from icalendar import vRecur
from measure import cpu, say, took

from netjournal.interchange.ical import rules
from netjournal.interchange.mail.mbox import split
from netjournal.interchange.records import Options, Person
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.vcard import read as read_cards

DAY = date(2026, 11, 23)
#: What address books write although a comma should be escaped.
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Doe, Jane\r\nN:Doe;Jane;;;\r\nNOTE:a, b; c\r\nEND:VCARD\r\n"
MESSAGE = "From a@example.com Tue Nov 03 08:15:00 2026\nFrom: a@example.com\nTo: b@example.com\nSubject: {0}\n\n{1}\n\n"


def imports(home: Path) -> None:
    """What icalendar costs a process that needs it."""
    for code in ("pass", "import icalendar", "import vobject", "import email.policy, mailbox", "import dateutil.rrule"):
        say(f'python -c "{code}"', cpu([sys.executable, "-c", code], home))


def cards() -> None:
    """One card with commas that are not escaped, by vobject and here."""
    theirs = vobject.readOne(CARD)
    (ours,) = (item for item in read_cards(from_bytes(CARD.encode()), Options(DAY)) if isinstance(item, Person))
    print(f"vobject: {theirs.fn.value!r}, {theirs.note.value!r}; here: {ours.name!r}, {ours.note!r}")  # noqa: T201


def series() -> None:
    """A year of two rules, one of every weekday and one that never has a day, counted from 2000."""
    start = datetime(2000, 1, 3, 9)  # noqa: DTZ001  # rules know no zone
    first = date(2025, 11, 23)
    for text in ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"):
        rule = rules.parsed(vRecur.from_ical(text), start, lambda until: until)
        theirs = rrule.rrulestr(text, dtstart=start)
        window = (datetime.combine(first, time()), datetime.combine(DAY, time.max))
        say(f"{text}: here", took(lambda r=rule: list(rules.starts(r, start, first, DAY, rules.Steps())), 5))  # type: ignore[misc]
        say(f"{text}: dateutil", took(partial(theirs.between, *window, inc=True), 1))


def mail(home: Path) -> None:
    """How many messages two with a line `From here on` in a body are, and 20,000 messages of 10 kB."""
    path = home / "two.mbox"
    path.write_text(MESSAGE.format("one", "Hello.\n\nFrom here on all is well.") + MESSAGE.format("two", "Bye."))
    say("2 messages: by mailbox", _by_mailbox(path), "messages")
    say("2 messages: here", _here(path), "messages")
    path = home / "many.mbox"
    body = "\n".join(["x" * 70] * 144)
    with path.open("w") as file:
        file.writelines(MESSAGE.format(number, body) for number in range(20_000))
    say("20,000 messages", path.stat().st_size / 1e6, "MB")
    say("their headers: by mailbox", took(lambda: _by_mailbox(path), 1))
    say("their headers: here", took(lambda: _here(path), 3))


def _by_mailbox(path: Path) -> int:
    with closing(mailbox.mbox(path)) as box:
        return sum(1 for message in box if len(message.keys()) >= 0)


def _here(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in split(file))


def main() -> None:
    """Measure all of it, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        imports(home)
        cards()
        series()
        mail(home)


if __name__ == "__main__":
    main()
