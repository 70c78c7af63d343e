"""`due --dormant`: ties that grew once and have been quiet for a year, those worth reviving first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from netjournal.domain import dormant as rules
from netjournal.domain import health, score
from netjournal.domain.counts import counted
from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTH_RANK
from netjournal.domain.terms import total
from netjournal.domain.words import Prose
from netjournal.reports.clock import clock, day, last_day
from netjournal.reports.due import Draft, Due, due_rows
from netjournal.reports.due_facts import (
    DueFacts,
    by_id,
    chosen_contacts,
    linked_objectives,
    neglected_objectives,
    promises_in_view,
    scope_of,
    signals_in_force,
)
from netjournal.reports.promises import NOTHING, promised
from netjournal.store.queries import dormant as queries
from netjournal.store.queries import objectives as objective_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netjournal.domain.words import Depth
    from netjournal.reports.due_facts import Wanted
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.contacts import ContactFacts
    from netjournal.store.queries.dormant import HelpFacts


#: So many objectives are named in a reason; the field `objectives` has all.
MOST_NAMED: Final = 2


def dormant(connection: ReadConnection, wanted: Wanted, today: date, limit: int | None = None) -> Due:
    """The dormant ties that pass the filters: those who could help an active objective first, then those with news.

    Source: Levin, Walter & Murnighan (2011), Organization Science 22(4), that reviving such ties pays.
    """
    contacts = _quiet(connection, wanted, today)
    days = _two_way_days(connection, [c.id for c in contacts])
    contacts = [c for c in contacts if health.is_dormant(health.is_grown(days.get(c.id, ())), _last(c), today)]
    helps: dict[int, list[HelpFacts]] = {}
    for shared in queries.could_help(connection, [c.id for c in contacts]):
        helps.setdefault(shared.contact_id, []).append(shared)
    facts = _facts(connection, wanted, contacts, helps, today)
    if wanted.objective_id is not None or wanted.client_id is not None:
        contacts = _serving(connection, wanted, contacts, facts)
    promises = promised(facts.followups, today)
    drafts = []
    for contact in contacts:
        now = clock(contact, today, promises.get(contact.id, NOTHING).ahead)
        signals = len(facts.signals.get(contact.id, ()))
        terms = rules.terms(rules.InFavour(facts.objectives_of(contact.id), signals, days[contact.id]), today)
        drafts.append(Draft(contact, None, now, terms, total(terms), now.standing))
    drafts.sort(key=_order)
    shown = drafts if limit is None else drafts[:limit]
    whys = [_why(d.facts, helps, facts, days, today) for d in shown if d.facts is not None]
    rows = due_rows(connection, facts, shown, promises, today)
    return Due(
        tuple(row._replace(why=Prose(why)) for row, why in zip(rows, whys, strict=True)),
        len(drafts),
        any(d.standing == "overdue" for d in drafts),
    )


def _order(draft: Draft) -> tuple[float, str, str, str]:
    assert draft.facts is not None
    return score.sort_key(draft.score, draft.facts.name_key, draft.facts.handle, draft.facts.uid)


def _last(contact: ContactFacts) -> date | None:
    return day(last_day(contact))


def _quiet(connection: ReadConnection, wanted: Wanted, today: date) -> list[ContactFacts]:
    """Whoever had no touch for a year, in the circle and group asked for; paused ones only where hidden ones are."""
    chosen = chosen_contacts(connection, wanted._replace(objective_id=None, client_id=None))
    until = (today - timedelta(days=health.DORMANT_DAYS)).isoformat()
    return [
        c
        for c in queries.quiet_contacts(connection, until)
        if (chosen is None or c.id in chosen) and (wanted.hidden or not (c.paused or _is_snoozed(c, today)))
    ]


def _serving(
    connection: ReadConnection, wanted: Wanted, contacts: Sequence[ContactFacts], facts: DueFacts
) -> list[ContactFacts]:
    """Those who supported the objective or client asked for, or could."""
    supported = chosen_contacts(connection, wanted._replace(circle_id=None, group_id=None)) or frozenset()
    sought = {
        objective_id
        for objective_id, objective in facts.objectives.items()
        if wanted.objective_id in (None, objective_id) and wanted.client_id in (None, objective.client_id)
    }
    # Whom it is for is not asked to help with it.
    own = {facts.objectives[o].client_id for o in sought}
    return [
        c for c in contacts if c.id not in own and (c.id in supported or sought.intersection(facts.links.get(c.id, ())))
    ]


def _is_snoozed(contact: ContactFacts, today: date) -> bool:
    """Whether somebody is left for later: without a cadence they have no standing that says so."""
    return contact.snoozed_until is not None and contact.snoozed_until > today.isoformat()


def _two_way_days(connection: ReadConnection, ids: Sequence[int]) -> dict[int, dict[date, Depth]]:
    """By contact: the days of two-way touches, each with the deepest of them."""
    found: dict[int, dict[date, Depth]] = {}
    for contact_id, on, kind in queries.two_way_touches(connection, ids):
        depth = DEPTH_OF_KIND[kind]
        if health.two_way("mutual", depth):
            days = found.setdefault(contact_id, {})
            before = days.get(date.fromisoformat(on))
            if before is None or DEPTH_RANK[depth] > DEPTH_RANK[before]:
                days[date.fromisoformat(on)] = depth
    return found


def _facts(
    connection: ReadConnection,
    wanted: Wanted,
    contacts: Sequence[ContactFacts],
    helps: Mapping[int, Sequence[HelpFacts]],
    today: date,
) -> DueFacts:
    """What the rows of `due` are made from, of these contacts; their objectives are those they could help."""
    active = objective_queries.active_objectives(connection)
    linked = linked_objectives(connection) if helps else {}
    neglected = neglected_objectives(connection, active, linked, today) if helps else set()
    return DueFacts(
        contacts=tuple(contacts),
        followups=tuple(promises_in_view(connection)),
        replies={},
        signals=signals_in_force(connection, today),
        drifting={},
        links={i: tuple(dict.fromkeys(h.objective_id for h in shared)) for i, shared in helps.items()},
        objectives=by_id(active, neglected),
        chosen=None,
        objective_id=wanted.objective_id,
        client_id=wanted.client_id,
        by_purpose=False,
        scope=scope_of(connection, wanted.client_id),
    )


def _why(
    contact: ContactFacts,
    helps: Mapping[int, Sequence[HelpFacts]],
    facts: DueFacts,
    days: Mapping[int, Mapping[date, Depth]],
    today: date,
) -> str:
    """What speaks for writing to them, the weightiest first; silence is told as time, never as a reproach."""
    reasons = _help(helps.get(contact.id, ()), facts, today)
    reasons.extend(facts.signals.get(contact.id, ()))
    theirs, last_on = days[contact.id], _last(contact)
    assert last_on is not None
    reasons.append(f"in touch on {len(theirs)} days over {_time((max(theirs) - min(theirs)).days)}")
    return "; ".join([*reasons, f"quiet for {_time((today - last_on).days)}"])


def _help(helps: Sequence[HelpFacts], facts: DueFacts, today: date) -> list[str]:
    """The most pressing objectives they could help, each with what makes one think so."""
    shared: dict[int, list[str]] = {}
    for found in helps:
        if facts.client_id not in (None, facts.objectives[found.objective_id].client_id):
            continue
        word = {"link": "", "organization": found.word, "topic": f"#{found.word}"}[found.kind]
        shared.setdefault(found.objective_id, []).extend([word] if word else [])
    told = sorted(
        (-score.objective_value(facts.objectives[o].facts, today), facts.objectives[o].key, words)
        for o, words in shared.items()
    )
    named = [f"{key} ({', '.join(words)})" if words else str(key) for _, key, words in told[:MOST_NAMED]]
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return [f"could help {', '.join(named)}{more}"] if named else []


def _time(days: int) -> str:
    """A span in the words one would use for it: months up to two years, then years."""
    return counted(max(days // 30, 1), "month") if days < 2 * 365 else counted(days // 365, "year")
