"""Due days and promises for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netjournal.reports.contacts_list import Filters, contact_list
from netjournal.reports.export import exported
from netjournal.reports.followups import FollowupFilters, followup_list
from netjournal.store.queries.actions import newest_action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from netjournal.reports.export import Part
    from netjournal.store.connection import ReadConnection

Entry = dict[str, Any]


def agenda(connection: ReadConnection, part: Part, today: date, now: str) -> Iterator[Entry]:
    """The days on which contacts fall due and promises are to be kept, and the promises that were kept.

    A day that is past shows today, as nobody is reminded in the past. `sequence` grows with every change of the
    journal and with the days. `now` is the instant of asking.
    """
    # A span of days is one of the calendar's own days here, not of the days on which records were made.
    chosen = part._replace(types=("contact", "followup"), since=None, until=None)
    # The export's own words on which objectives may be named: a client's calendar names nobody else's.
    wanted = {record["uid"]: _keys(record) for record in exported(connection, chosen)}
    sequence = newest_action(connection) + today.toordinal()
    for entry in (*_due(connection, today), *_promises(connection, today)):
        if entry["uid"] in wanted and (part.since or "") <= entry["day"] <= (part.until or "9999"):
            named = [key for key in entry["categories"] if key in wanted[entry["uid"]]]
            yield {**entry, "categories": named, "sequence": sequence, "changed_at": now}


def _keys(record: Mapping[str, Any]) -> tuple[str, ...]:
    return (*record.get("objectives", ()), *filter(None, [record.get("objective")]))


def _due(connection: ReadConnection, today: date) -> Iterator[Entry]:
    for row in contact_list(connection, Filters(), today):
        if row.due_on is not None and row.standing not in ("paused", "snoozed"):
            yield _entry(row.uid, "due", f"{row.name} is due", max(row.due_on, today), row.objectives)


def _promises(connection: ReadConnection, today: date) -> Iterator[Entry]:
    for promise in followup_list(connection, FollowupFilters(everything=True), today):
        if promise.status == "dropped":
            continue
        done = promise.status == "done"
        title = promise.text + (f" ({promise.name})" if promise.name else "")
        if promise.owner == "them":
            title = f"{promise.name or 'They'} promised: {promise.text}"
        keys = (promise.objective,) if promise.objective else ()
        yield _entry(promise.uid, "followup", title, promise.by if done else max(promise.by, today), keys, done=done)


def _entry(uid: str, kind: str, title: str, day: date, objectives: Sequence[str], *, done: bool = False) -> Entry:
    # No notes: a calendar is often somebody else's computer.
    return {
        "uid": uid,
        "kind": kind,
        "title": title,
        "day": day.isoformat(),
        "description": None,
        "categories": list(objectives),
        "done": done,
    }
