"""What `due` is derived from: gathered once, narrowed by SQL to a superset of what will be listed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import purpose, replies, rhythm
from netjournal.domain.score import ObjectiveFacts
from netjournal.domain.words import Key
from netjournal.reports.clock import day
from netjournal.reports.signals import SIGNAL_DAYS, birthday_endings, birthday_signal
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import due as queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import objectives as objective_queries
from netjournal.store.queries.followups import open_followups, open_for_objectives

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import ContactFacts
    from netjournal.store.queries.followups import FollowupFacts
    from netjournal.store.queries.objectives import ObjectiveFacts as StoredObjective
    from netjournal.store.queries.scope import Scope


class Wanted(NamedTuple):
    """What `due` was asked for; ids of what the filters name."""

    within_days: int = 0
    objective_id: int | None = None
    client_id: int | None = None
    circle_id: int | None = None
    group_id: int | None = None
    hidden: bool = False
    everyone: bool = False
    drifting: bool = False
    signals: bool = False


class ActiveObjective(NamedTuple):
    """An active objective, as a row names it and as the score sees it, and whose it is: a client's id, or None."""

    id: int
    key: Key
    facts: ObjectiveFacts
    client_id: int | None


class DueFacts(NamedTuple):
    """Facts for one answer; maps are by contact id."""

    contacts: tuple[ContactFacts, ...]
    followups: tuple[FollowupFacts, ...]
    replies: Mapping[int, int]
    signals: Mapping[int, tuple[str, ...]]
    drifting: Mapping[int, int]
    #: Active objectives by contact: those linked, and those that the newest touch states.
    links: Mapping[int, tuple[int, ...]]
    #: Active objectives by their ids.
    objectives: Mapping[int, ActiveObjective]
    #: Contacts that every filter keeps; None where there is no filter.
    chosen: frozenset[int] | None
    #: The objective named by the filter, whose supporters by log count as much as those linked.
    objective_id: int | None
    client_id: int | None
    #: Whether the filter is by objective or client alone, so that promises without a contact can pass it.
    by_purpose: bool
    #: With a client: the records that may be told of. A page that is handed over holds nobody else's.
    scope: Scope | None = None

    def objectives_of(self, contact_id: int) -> tuple[ObjectiveFacts, ...]:
        """The active objectives of a contact, as the score sees them: linked, or stated by the newest touch."""
        return tuple(objective.facts for objective in self._linked(contact_id))

    def _linked(self, contact_id: int) -> list[ActiveObjective]:
        """The active objectives of a contact; with a client only theirs."""
        linked = (self.objectives[o] for o in self.links.get(contact_id, ()))
        return [found for found in linked if self.client_id in (None, found.client_id)]

    def objectives_of_promise(self, promise: FollowupFacts) -> tuple[ObjectiveFacts, ...]:
        """The active objective of a promise, as the score sees it."""
        found = self.objectives.get(promise.objective_id or 0)
        return (found.facts,) if found else ()

    def keys_of(self, contact_id: int | None, promise: FollowupFacts | None) -> tuple[Key, ...]:
        """The objectives a row names: a promise's own, else those its contact is linked to and the one asked for."""
        if promise is not None:
            return (Key(promise.objective),) if promise.objective else ()
        found = {objective.key for objective in self._linked(contact_id or 0)}
        asked = self.objectives.get(self.objective_id or 0)
        if asked is not None and self.client_id in (None, asked.client_id):
            found.add(asked.key)
        return tuple(sorted(found))

    def _is_theirs(self, promise: FollowupFacts) -> bool:
        """Whether a promise in scope also passes the other filters: by its contact, or by purpose alone."""
        return promise.contact_id in (self.chosen or ()) or (
            self.by_purpose and self.objective_id in (None, promise.objective_id)
        )

    def chooses(self, promise: FollowupFacts) -> bool:
        """Whether a promise passes the filters: by its contact, or by an objective of its own."""
        if self.scope is not None:
            return promise.uid in self.scope.followups and (self.chosen is None or self._is_theirs(promise))
        if self.chosen is None or promise.contact_id in self.chosen:
            return True
        if not self.by_purpose or promise.objective_id is None:
            return False
        found = self.objectives.get(promise.objective_id)
        return promise.objective_id == self.objective_id or (
            self.client_id is not None and found is not None and found.client_id == self.client_id
        )


def gather(connection: ReadConnection, wanted: Wanted, today: date) -> DueFacts:
    """Fetch what `due` needs for one answer."""
    followups = tuple(promises_in_view(connection))
    contacts = {c.id: c for c in _clocked(connection, wanted, today)}
    replies = _replies(connection, today)
    signals = signals_in_force(connection, today)
    drifting = _drifting(connection, today) if wanted.drifting else {}
    # A list of its own has nobody else: of them the rest is not asked.
    listed = drifting if wanted.drifting else signals if wanted.signals else replies
    also = listed.keys() - contacts.keys()
    contacts |= {i: c for i, c in contact_queries.contacts_by_id(connection, also).items() if c.archived_on is None}
    active = objective_queries.active_objectives(connection)
    by_contact = linked_objectives(connection) if active else {}
    neglected = neglected_objectives(connection, active, by_contact, today)
    if wanted.client_id is not None:
        replies = _replies_for(connection, wanted.client_id, replies, contacts, by_contact)
    if active:
        # What the newest touch was for is why one is in touch, linked or not.
        newest = {c.id: c.touched_on for c in contacts.values() if c.touched_on}
        known = {o.id for o in active}
        for contact_id, objective_id in objective_queries.stated_newest(connection, newest):
            if objective_id in known and objective_id not in by_contact.get(contact_id, ()):
                by_contact.setdefault(contact_id, []).append(objective_id)
    return DueFacts(
        tuple(contacts.values()),
        followups,
        replies,
        signals,
        drifting,
        {c: tuple(sorted(o)) for c, o in by_contact.items()},
        by_id(active, neglected),
        chosen_contacts(connection, wanted),
        wanted.objective_id,
        wanted.client_id,
        wanted.circle_id is None and wanted.group_id is None,
        scope_of(connection, wanted.client_id),
    )


def linked_objectives(connection: ReadConnection) -> dict[int, list[int]]:
    """The active objectives that each contact is linked to."""
    found: dict[int, list[int]] = {}
    for contact_id, objective_id in objective_queries.links(connection):
        found.setdefault(contact_id, []).append(objective_id)
    return found


def by_id(active: Iterable[StoredObjective], neglected: Collection[int]) -> dict[int, ActiveObjective]:
    """Active objectives by their ids."""
    return {
        o.id: ActiveObjective(o.id, Key(o.key), ObjectiveFacts(day(o.by_day), o.id in neglected), o.client_id)
        for o in active
    }


def scope_of(connection: ReadConnection, client_id: int | None) -> Scope | None:
    """The records that may be told of with a client; None without one."""
    if client_id is None:
        return None
    from netjournal.store.queries.scope import of_client

    return of_client(connection, client_id)


def promises_in_view(connection: ReadConnection) -> list[FollowupFacts]:
    """Open promises, but for those with contacts that were put away."""
    found = open_followups(connection)
    gone = set(contact_queries.archived(connection, {f.contact_id for f in found if f.contact_id is not None}))
    return [f for f in found if f.contact_id not in gone] if gone else found


def _clocked(connection: ReadConnection, wanted: Wanted, today: date) -> list[ContactFacts]:
    """Contacts with a cadence that may be listed."""
    if wanted.signals or wanted.drifting:
        return []
    if wanted.everyone:
        return queries.tracked(connection)
    horizon = today + timedelta(days=wanted.within_days)
    newest = {every: (horizon - timedelta(days=every)).isoformat() for every in queries.cadences(connection)}
    found = queries.tracked_until(connection, newest, horizon.isoformat())
    return found + (queries.hidden(connection, today.isoformat()) if wanted.hidden else [])


def _replies(connection: ReadConnection, today: date) -> dict[int, int]:
    since = (today - timedelta(days=replies.REPLY_UNTIL)).isoformat()
    until = (today - timedelta(days=replies.REPLY_FROM)).isoformat()
    found = {}
    for contact_id, spoken in interaction_queries.newest_inbound(connection, since, until).items():
        age = replies.reply_age(day(spoken[0].on_day), spoken, today)
        if age is not None:
            found[contact_id] = age
    return found


def _replies_for(
    connection: ReadConnection,
    client_id: int,
    replies: Mapping[int, int],
    contacts: Mapping[int, ContactFacts],
    links: Mapping[int, Collection[int]],
) -> dict[int, int]:
    """The replies owed but for those in somebody else's matter: what they wrote states or implies it."""
    own = {o.id for o in objective_queries.objectives(connection) if o.client_id == client_id}
    stated: dict[int, set[int]] = {}
    newest = {i: on for i in replies if i in contacts and (on := contacts[i].touched_on)}
    for contact_id, objective_id in objective_queries.stated_newest(connection, newest):
        stated.setdefault(contact_id, set()).add(objective_id)
    alone = {i: set(links[i]) for i in replies if len(links.get(i, ())) == 1}
    matter = {i: stated.get(i) or alone.get(i) for i in replies}
    return {i: age for i, age in replies.items() if not (about := matter[i]) or not own.isdisjoint(about)}


def signals_in_force(connection: ReadConnection, today: date) -> dict[int, tuple[str, ...]]:
    """What came from outside in the last 30 days and no touch has ended."""
    found: dict[int, list[str]] = {}
    since = today - timedelta(days=SIGNAL_DAYS)
    for contact_id, _, text in queries.job_signals(connection, since.isoformat()):
        found.setdefault(contact_id, []).append(text)
    for contact_id, birthday, touched_on in queries.birthdays(connection, birthday_endings(today)):
        signal = birthday_signal(birthday, touched_on, today)
        if signal is not None:
            found.setdefault(contact_id, []).append(signal)
    return {contact_id: tuple(texts) for contact_id, texts in found.items()}


def _drifting(connection: ReadConnection, today: date) -> dict[int, int]:
    """Days of silence of contacts without a cadence that are quiet for longer than they usually are."""
    until = (today - timedelta(days=rhythm.SHORTEST_SILENCE_DAYS)).isoformat()
    # Many thousands of touches fall on a few thousand days.
    known: dict[str, date] = {}
    newest: defaultdict[int, list[date]] = defaultdict(list)
    for contact_id, on in queries.quiet_touch_days(connection, until, rhythm.NEWEST_DAYS):
        newest[contact_id].append(known.get(on) or known.setdefault(on, date.fromisoformat(on)))
    return {i: (today - max(days)).days for i, days in newest.items() if rhythm.is_drifting(days, today)}


def neglected_objectives(
    connection: ReadConnection,
    active: Collection[StoredObjective],
    links: Mapping[int, Collection[int]],
    today: date,
) -> set[int]:
    """The active objectives with no touch in 30 days, stated or implied, and no open promise."""
    since = (today - timedelta(days=purpose.NEGLECT_DAYS - 1)).isoformat()
    quiet = {o.id for o in active}
    if quiet:
        quiet -= {objective_id for objective_id, _ in open_for_objectives(connection)}
    if quiet:
        for objective_id, _ in objective_queries.recent_stated_days(connection, since):
            quiet.discard(objective_id)
            if not quiet:
                break
    if quiet:
        people: dict[int, set[int]] = {}
        for interaction_id, _, _, _, contact_id in objective_queries.unsaid_touches_of_linked(connection, since):
            people.setdefault(interaction_id, set()).update(links.get(contact_id, ()))
        quiet -= {next(iter(keys)) for keys in people.values() if len(keys) == 1}
    return quiet


def chosen_contacts(connection: ReadConnection, wanted: Wanted) -> frozenset[int] | None:
    """The contacts that every filter keeps; None where there is no filter."""
    sets = [
        queries.members(connection, what, value)
        for what, value in (("circle", wanted.circle_id), ("group", wanted.group_id), ("client", wanted.client_id))
        if value is not None
    ]
    if wanted.objective_id is not None:
        sets.append(objective_queries.supporting_contacts(connection, wanted.objective_id))
    return frozenset(set.intersection(*sets)) if sets else None
