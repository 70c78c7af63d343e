"""What an import would change, in words: for `--dry-run`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from netjournal.journal.importing.news import told_work
from netjournal.store.queries.contacts import contacts_by_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netjournal.journal.importing.attaching import Attached
    from netjournal.journal.importing.news import Change
    from netjournal.journal.importing.plan import Plan
    from netjournal.store.connection import ReadConnection

#: Lines of each sort that are shown; of more, the count.
_SHOWN: Final = 5
#: How a column that is filled is told, where not by its name and value.
_SAID: Final = {"connected_on": "connected on {}", "note": "a note", "met": "how you met"}


def foreseen(connection: ReadConnection, planned: Plan) -> Iterator[str]:
    """A line for each of the first contacts that would change, and be made, and of what would be added to the log."""
    made = [change for change in planned.changes if change.is_new]
    changed = [change for change in planned.changes if not change.is_new]
    happened = planned.attachments.attached
    shown = [change.contact_id for change in changed[:_SHOWN]]
    shown += [identity for one in happened[:_SHOWN] for identity in one.contact_ids if identity > 0]
    names = {change.contact_id: change.person.name for change in made}
    names.update((identity, facts.name) for identity, facts in contacts_by_id(connection, shown).items())
    yield from _few((_news(each, names[each.contact_id]) for each in changed), len(changed), "contacts that change")
    yield from _few((f"new: {_worker(change)}" for change in made), len(made), "new contacts")
    yield from _few((_happened(one, names) for one in happened), len(happened), "in the log")
    more = planned.attachments.promised
    promised = (f"new promise by {one.item.by}: {one.item.text}" for one in more)
    yield from _few(promised, len(more), "promises")


def _few(lines: Iterator[str], count: int, sort: str) -> Iterator[str]:
    yield from (line.replace("\n", " ") for line in islice(lines, _SHOWN))
    if count > _SHOWN:
        yield f"and {count - _SHOWN:,} more {sort}"


def _worker(change: Change) -> str:
    return ", ".join(part for part in (change.person.name, told_work(change.person)) if part)


def _news(change: Change, name: str) -> str:
    """What would be added to a contact; ids by which a source knows them are no news to the user."""
    work = {"known": None, "moves": f"new role: {told_work(change.person)}"}.get(change.work, told_work(change.person))
    told = [work, *(f"{kind} {value}" for kind, value in change.methods)]
    told += [f"also called {alias}" for alias in change.aliases] + [f"#{topic}" for topic in change.topics]
    told += [_SAID.get(field, f"{field} {{}}").format(value) for field, value in change.values.items()]
    told.append("what else the card says" if change.rest is not None else None)
    return f"{name}: {'; '.join(filter(None, told)) or f'is {change.person.name} of the file'}"


def _happened(one: Attached, names: Mapping[int, str]) -> str:
    item, who = one.item, ", ".join(names[contact_id] for contact_id in one.contact_ids)
    said = f": {item.summary}" if item.summary else ""
    return f"{'new' if one.joins is None else 'logged here already'}: {item.on} {item.kind} with {who}{said}"
