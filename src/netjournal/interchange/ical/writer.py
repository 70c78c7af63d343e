"""Due days and follow-ups as a calendar that other programs show: all-day events with an alarm, or tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.interchange.characters import CONTROLS, newlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import icalendar

#: Nine o'clock of the day.
_ALARM: Final = timedelta(hours=9)
#: 1 is the highest and 9 the lowest: a promise comes before a due day.
_PRIORITY: Final = {"followup": 4, "due": 5}
_BREAKS: Final = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def write_calendar(
    items: Iterable[Mapping[str, Any]], file: IO[bytes], *, uid: str, stamp: str, todo: bool = False
) -> None:
    """Write the items as one calendar: events, or with `todo` tasks, which Outlook and Google leave out on import.

    `uid` is the journal's, `stamp` the instant of writing. An item has `uid`, `kind` ("due" or "followup"), `title`,
    `day`, `description`, `categories`, `sequence`, `changed_at` and `done`; days and instants are ISO texts.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//netjournal//netjournal//EN")
    begin, end = calendar.to_ical().split(b"END:VCALENDAR")
    file.write(begin)
    written = _instant(stamp)
    for item in items:
        file.write((_todo if todo else _event)(item, uid, written).to_ical())
    file.write(b"END:VCALENDAR" + end)


def _event(item: Mapping[str, Any], journal: str, stamp: datetime) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    day = _common(event, item, journal, stamp)
    event.add("dtstart", day)
    event.add("dtend", date.fromordinal(min(day.toordinal() + 1, date.max.toordinal())))
    event.add("transp", "TRANSPARENT")
    if not item["done"]:
        event.add_component(_alarm(item, {}))
    return event


def _todo(item: Mapping[str, Any], journal: str, stamp: datetime) -> icalendar.Todo:
    import icalendar

    todo = icalendar.Todo()
    todo.add("due", _common(todo, item, journal, stamp))
    todo.add("priority", _PRIORITY.get(item["kind"], 5))
    if item["done"]:
        todo.add("status", "COMPLETED")
        todo.add("completed", _instant(item["changed_at"]))
        todo.add("percent-complete", 100)
    else:
        todo.add("status", "NEEDS-ACTION")
        # A task without a start has only its end to count from.
        todo.add_component(_alarm(item, {"RELATED": "END"}))
    return todo


def _common(component: icalendar.Component, item: Mapping[str, Any], journal: str, stamp: datetime) -> date:
    component.add("uid", f"{item['uid']}@{journal}")
    component.add("dtstamp", stamp)
    component.add("last-modified", _instant(item["changed_at"]))
    component.add("sequence", item["sequence"])
    component.add("summary", " ".join(_clean(item["title"]).split()))
    if item["description"]:
        component.add("description", _clean(item["description"]))
    if item["categories"]:
        component.add("categories", [_clean(category) for category in item["categories"]])
    return date.fromisoformat(item["day"])


def _alarm(item: Mapping[str, Any], parameters: dict[str, str]) -> icalendar.Alarm:
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", " ".join(_clean(item["title"]).split()))
    alarm.add("trigger", _ALARM, parameters)
    return alarm


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _clean(text: str) -> str:
    """A text without what some readers take for the end of its line."""
    text = newlines(text).translate(_BREAKS).translate(CONTROLS)
    return text.encode("utf-8", "replace").decode("utf-8")
