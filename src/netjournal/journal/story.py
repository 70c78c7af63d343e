"""A year told line by line, each as on its own day: what `demo` writes, by the functions that every command uses."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.journal import contacts, groups, objectives, opportunities
from netjournal.journal.log import log
from netjournal.journal.objectives import ObjectiveWords
from netjournal.journal.opportunities import OpportunityWords
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords
from netjournal.reports import find
from netjournal.store.queries import followups as followup_queries
from netjournal.store.queries import opportunities as opportunity_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.store.unit_of_work import UnitOfWork

#: Fields that hold a list.
_LISTS: Final = frozenset(("alias", "email", "asks", "mine", "objectives", "organizations", "theirs", "topics", "who"))
#: Fields that hold a day, as so many days from the story's end.
_DAYS: Final = frozenset(("by", "until", "birthday"))
#: Columns of a row of weekdays on which nobody meets: Saturday and Sunday go to the Friday before.
_FRIDAY: Final = 4


class Line(NamedTuple):
    """One line: its day (from the story's end, below 0 before it), its verb, its text and what else was said."""

    day: int
    verb: str
    text: str
    said: Mapping[str, str]


def read_lines(text: str) -> tuple[Line, ...]:
    """A story as written: `DAY | VERB | TEXT | FIELD=VALUE ...`, with blank lines and `#` remarks between."""
    lines = []
    for row in text.splitlines():
        if row and not row.startswith("#"):
            day, verb, what, *said = row.split(" | ")
            lines.append(
                Line(int(day), verb, what, {name: value for name, _, value in (s.partition("=") for s in said)})
            )
    return tuple(lines)


class Told(NamedTuple):
    """The receipt of a story; `followup_count` is of open promises."""

    path: str
    since: date
    contact_count: int
    interaction_count: int
    objective_count: int
    followup_count: int


def tell(uow: UnitOfWork, lines: Sequence[Line], end: date, path: str) -> Told:
    """Write a story whose last day is `end` into the journal at `path`; the unit of work lives through its days.

    Told on one day it is the same to the byte, but for the time of the telling.
    """
    uids = map(_uid, itertools.count())
    uow.new_uid = lambda: next(uids)
    for line in lines:
        uow.today = _weekday(end + timedelta(days=line.day))
        _VERBS[line.verb](uow, line.text, _values(line.said, end))
    uow.today = end
    count = Counter(line.verb for line in lines)
    since = _weekday(end + timedelta(days=lines[0].day))
    promises = len(followup_queries.open_followups(uow.read))
    return Told(path, since, count["contact"], count["log"], count["objective"], promises)


def _uid(number: int) -> str:
    """The same uids in every telling: they settle ties. Of version 4, as all others are."""
    digits = hashlib.blake2b(f"netjournal {number}".encode(), digest_size=16).hexdigest()
    return f"{digits[:12]}4{digits[13:16]}8{digits[17:]}"


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - _FRIDAY, 0))


def _values(said: Mapping[str, str], end: date) -> dict[str, Any]:
    """What a line says, as values of the words of a command."""
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name in _DAYS:
            values[name] = (end + timedelta(days=int(value))).isoformat()
        elif name in _LISTS:
            values[name] = tuple(value.split(";"))
        else:
            values[name] = value
    return values


def _contact(uow: UnitOfWork, name: str, said: dict[str, Any]) -> None:
    if "birthday" in said:
        said["birthday"] = f"--{said['birthday'][5:]}"
    contacts.add_contact(uow, ContactWords(name, **said))


def _objective(uow: UnitOfWork, title: str, said: dict[str, Any]) -> None:
    by = date.fromisoformat(said.pop("by")) if "by" in said else None
    objectives.add_objective(uow, ObjectiveWords(title, by=by, **said))


def _achieve(uow: UnitOfWork, key: str, said: dict[str, Any]) -> None:
    objectives.set_status(uow, key, "achieved", said["outcome"])


def _log(uow: UnitOfWork, text: str, said: dict[str, Any]) -> None:
    kept = said.pop("keeps", None)
    done = [str(f.id) for f in followup_queries.open_followups(uow.read) if f.text == kept][:1]
    for name, as_typed in (("minutes", int), ("no_reply", bool)):
        if name in said:
            said[name] = as_typed(said[name])
    log(uow, LogWords(text, done=done, **said))


def _group(uow: UnitOfWork, name: str, said: dict[str, Any]) -> None:
    groups.add_group(uow, name, said["who"])


def _snooze(uow: UnitOfWork, who: str, said: dict[str, Any]) -> None:
    contacts.snooze(uow, who, said["until"], None)


def _move(uow: UnitOfWork, title: str, said: dict[str, Any]) -> None:
    opportunities.move_opportunity(uow, _opportunity(uow, title), said["stage"], OpportunityWords())


def _close(uow: UnitOfWork, title: str, said: dict[str, Any]) -> None:
    opportunities.close_opportunity(uow, _opportunity(uow, title), said["ending"], None, OpportunityWords())


def _opportunity(uow: UnitOfWork, title: str) -> str:
    return str(opportunity_queries.open_with_title(uow.read, title)[0].id)


def _job(uow: UnitOfWork, who: str, said: dict[str, Any]) -> None:
    """Another job, and the signal that an import makes of it."""
    contacts.edit_contact(uow, who, ContactWords(**said))
    uow.add_record(
        "signal",
        contact_id=find.contact_to_change(uow.read, who),
        kind="job",
        text=f"new role: {said['title']} at {said['org']}",
        on_day=uow.today.isoformat(),
        source="demo",
    )


_VERBS: Final = {
    "contact": _contact,
    "objective": _objective,
    "achieve": _achieve,
    "log": _log,
    "group": _group,
    "snooze": _snooze,
    "move": _move,
    "close": _close,
    "job": _job,
}
