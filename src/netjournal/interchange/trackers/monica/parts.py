"""What hangs on a contact of Monica: calls, conversations, activities, tasks and reminders, each as an item."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from netjournal.interchange.reasons import FUTURE
from netjournal.interchange.records import Guest, Interaction, Promise, Skipped
from netjournal.interchange.trackers import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from netjournal.domain.words import Direction
    from netjournal.interchange.records import Item

_ID_LIMIT: Final = 200
_UNITS: Final = {"week": 7, "day": 1}


def properties(value: dict[str, Any]) -> dict[str, Any]:
    """What a record says of itself."""
    found = value.get("properties")
    return found if isinstance(found, dict) else {}


def identity(value: dict[str, Any]) -> str:
    """The uuid of a record, empty if it has none."""
    uuid = text(value.get("uuid"))
    return uuid if len(uuid) <= _ID_LIMIT else sentences.digest(uuid)


def text(value: Any) -> str:
    """A text without blanks around it, empty if it is none."""
    return value.strip() if isinstance(value, str) else ""


def texts(value: dict[str, Any]) -> list[str]:
    """The texts of a record and of its messages, which tell it from others where it has no uuid."""
    said = properties(value)
    messages = said.get("messages")
    inner = [properties(m) or m for m in messages if isinstance(m, dict)] if isinstance(messages, list) else []
    return [
        f"{key}={text}" for part in (said, *inner) for key, text in sorted(part.items()) if isinstance(text, str | bool)
    ]


def name(said: dict[str, Any]) -> str:
    """What a contact is called: its names, else its nickname, else its company; empty if it has none."""
    whole = " ".join(part for key in ("first_name", "middle_name", "last_name") if (part := text(said.get(key))))
    return whole or text(said.get("nickname")) or text(said.get("company"))


def call(number: int, key: str, value: dict[str, Any], guest: Guest, today: date) -> Item:
    """A call: whoever rang, two people spoke."""
    said = properties(value)
    return _happened(number, key, said.get("called_at"), today, ("call", "mutual"), guest, text(said.get("content")))


def activity(number: int, key: str, value: dict[str, Any], guest: Guest, today: date) -> Item:
    """An activity, its kind by the words of its summary."""
    said = properties(value)
    told = text(said.get("summary")) or text(said.get("name"))
    more = text(said.get("description")) or text(said.get("note"))
    item = _happened(
        number, key, said.get("happened_at"), today, sentences.kind_of(told, guests=True), guest, told or more
    )
    if isinstance(item, Interaction) and told and more:
        return item._replace(note="\n\n".join(part for part in (item.note, more) if part))
    return item


def conversation(number: int, key: str, value: dict[str, Any], guest: Guest, today: date) -> Item:
    """A conversation in writing, its messages in the note; one way if only one side wrote."""
    said = properties(value)
    messages = said.get("messages")
    told = [properties(m) or m for m in messages if isinstance(m, dict)] if isinstance(messages, list) else []
    mine = {bool(message.get("written_by_me")) for message in told}
    way: Direction = "mutual" if len(mine) != 1 else "out" if True in mine else "in"
    lines = [
        f"{'Me' if m.get('written_by_me') else 'Them'}: {words}" for m in told if (words := text(m.get("content")))
    ]
    first = lines[0].split(": ", 1)[1] if lines else ""
    item = _happened(number, key, said.get("happened_at"), today, ("message", way), guest, first)
    if isinstance(item, Interaction) and len(lines) > 1:
        return item._replace(note="\n".join(lines))
    return item


def _happened(
    number: int, key: str, stamp: Any, today: date, what: tuple[str, Direction], guest: Guest, told: str
) -> Item:
    day = sentences.day_of(stamp)
    if day is None:
        return Skipped(number, sentences.NO_DAY, bad=True)
    if day > today:
        return Skipped(number, FUTURE)
    summary, note = sentences.headline(told)
    return Interaction(number, key, day, *what, (guest,), summary, note)


def task(number: int, key: str, value: dict[str, Any], guest: Guest, today: date) -> Item:
    """A task; Monica gives it no day, so an open one is for today."""
    said = properties(value)
    title = text(said.get("title")) or text(said.get("description"))
    if not title:
        return Skipped(number, "a task without words", bad=True)
    done = None
    if said.get("completed") is True:
        done = sentences.day_of(said.get("completed_at")) or sentences.day_of(value.get("updated_at")) or today
        done = min(done, today)
    return Promise(number, key, title, done or today, guest, done)


def reminder(number: int, key: str, value: dict[str, Any], guest: Guest, today: date) -> Item:
    """A reminder; of one that repeats within the year the next day counts."""
    said = properties(value)
    title = text(said.get("title")) or text(said.get("description"))
    if said.get("inactive") is True:
        return Skipped(number, "a reminder that is switched off")
    often = text(said.get("frequency_type")).casefold()
    if often.startswith("year"):
        return Skipped(number, "a yearly reminder")
    day = sentences.day_of(said.get("initial_date"))
    if day is None or not title:
        return Skipped(number, sentences.NO_DAY if day is None else "a reminder without words", bad=True)
    return Promise(number, key, title, _next(day, often, said.get("frequency_number"), today), guest)


def _next(day: date, often: str, every: Any, today: date) -> date:
    """The first day from today on of a series, or its only one."""
    count = every if isinstance(every, int) and 0 < every <= 1000 else 1
    if day >= today:
        return day
    if often in _UNITS:
        step = count * _UNITS[often]
        return day + timedelta(days=-(-(today - day).days // step) * step)
    if often == "month":
        months = (today.year - day.year) * 12 + today.month - day.month
        steps = months // count
        while (found := _months_on(day, steps * count)) < today:
            steps += 1
        return found
    return day


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return date(year, month + 1, 28)


READERS: Final[dict[str, Callable[[int, str, dict[str, Any], Guest, date], Item]]] = {
    "call": call,
    "conversation": conversation,
    "task": task,
    "reminder": reminder,
}
