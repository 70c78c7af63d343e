"""The figures of a look back that are of no single objective."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from netjournal.domain import review as rules
from netjournal.domain.kinds import DEPTH_OF_KIND
from netjournal.domain.opportunities import ORIGINS
from netjournal.reports.clock import day
from netjournal.reports.review.rows import both, row
from netjournal.store.queries import ties as tie_queries
from netjournal.store.queries.contacts import contacts_by_id
from netjournal.store.queries.followups import followup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from netjournal.domain.review import Span, Support
    from netjournal.reports.opportunities import OpportunityRow
    from netjournal.reports.review.moments import Moment
    from netjournal.reports.review.rows import ReviewRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.review import PromiseFacts

#: A period and the one before it.
Two = tuple[list["Moment"], list["Moment"]]
#: Touches of each by what was said of their purpose.
Supports = tuple["Counter[Support]", "Counter[Support]"]


def overall(work: Mapping[int, Sequence[int]], two: Two, supports: Supports) -> list[ReviewRow]:
    """Touches, and with whom; `work` is where each works now."""
    people = _people(two[0]), _people(two[1])

    def places(who: set[int]) -> int:
        return len({organization for one in who for organization in work.get(one, ())})

    return [
        row("overall", "touches", both(lambda c: sum(c.values()), supports), "touches"),
        row("overall", "contacts", both(len, people), "contacts"),
        row("overall", "organizations", both(places, people), "organizations"),
        row("overall", "exposure", both(lambda moments: sum(m.exposure for m in moments), two), "interactions"),
    ]


def with_client(connection: ReadConnection, client_id: int, two: Two) -> list[ReviewRow]:
    """How many conversations the client took part in for whom the page is, and how many introductions of theirs.

    A mail or an introduction is no meeting, and an introduction is one, however many touches it is.
    """
    from netjournal.store.queries.introductions import introductions

    def met(moments: list[Moment]) -> int:
        return sum(client_id in m.contacts and DEPTH_OF_KIND[m.kind] == "conversation" for m in moments)

    made_in = Counter(found.interaction_id for found in introductions(connection, client_id))

    def made(moments: list[Moment]) -> int:
        return sum(made_in[m.id] for m in moments)

    return [
        row("overall", "with_client", both(met, two), "interactions"),
        row("overall", "introductions", both(made, two), "introductions"),
    ]


def purpose(supports: Supports, *, whole: bool) -> list[ReviewRow]:
    """What touches were for; a client's page has no share: what nobody said anything of is not theirs to see."""
    words: tuple[Support, ...] = ("stated", "implied", "unsaid", "none", "imported")
    rows = []
    if whole:
        now, before = (rules.purposeful_share(c["stated"], c["implied"], c["unsaid"]) for c in supports)
        rows.append(row("purpose", "purposeful_share", (now, before), "share"))
    told = words if whole else ("stated", "implied", "imported")
    return rows + [row("purpose", word, (supports[0][word], supports[1][word]), "touches") for word in told]


def exchange(two: Two) -> list[ReviewRow]:
    """In how many interactions something was given, or got."""
    return [
        row("exchange", "gave", both(lambda moments: sum(m.gave for m in moments), two), "interactions"),
        row("exchange", "got", both(lambda moments: sum(m.got for m in moments), two), "interactions"),
    ]


def ties(connection: ReadConnection, two: Two, now: Span, before: Span, *, whole: bool) -> list[ReviewRow]:
    """How many ties are new, kept or revived; whatever the touches before were for."""
    firsts = _first_days(two[0]), _first_days(two[1])
    older = tie_queries.newest_before(connection, {*firsts[0], *firsts[1]}, before.since.isoformat())
    # The whole of the earlier period was read already; of a client only what was for them.
    known = _last_days(two[1]) if whole else tie_queries.newest_before(connection, firsts[0], now.since.isoformat())
    told = _ties(firsts[0], {**older, **known}), _ties(firsts[1], older)
    return [row("ties", word, (told[0][word], told[1][word]), "contacts") for word in rules.TIES]


def promises(found: Collection[PromiseFacts], client_id: int | None, now: Span, before: Span) -> list[ReviewRow]:
    """Promises kept on their day, kept late, and open at the end: mine, those of a client whose page it is, theirs."""
    rows = []
    for whose in ("mine", "theirs") if client_id is None else ("mine", "client", "theirs"):
        told = [Counter(_kept(p, period) for p in found if _whose(p, client_id) == whose) for period in (now, before)]
        rows += [row("promises", f"{whose}_{word}", (told[0][word], told[1][word]), "promises") for word in rules.KEPT]
    return rows


def _whose(promise: PromiseFacts, client_id: int | None) -> str:
    if promise.owner == "me":
        return "mine"
    return "theirs" if client_id is None or promise.contact_id != client_id else "client"


def late(connection: ReadConnection, found: Iterable[PromiseFacts], today: date) -> rules.Late | None:
    """My open promises past their day, if there are any."""
    past = [p for p in found if p.status == "open" and p.owner == "me" and p.by_day < today.isoformat()]
    oldest = followup(connection, past[0].id) if past else None
    if oldest is None:
        return None
    return rules.Late(len(past), oldest.id, oldest.text, oldest.name, date.fromisoformat(oldest.by_day))


def silent(connection: ReadConnection, moments: Iterable[Moment], keys: Mapping[int, str]) -> tuple[rules.Silent, ...]:
    """The newest interactions that state nothing: those that imply nothing either first."""
    found = [m for m in moments if m.support in ("unsaid", "implied") and m.contacts and not m.exposure]
    found.sort(key=lambda m: (m.support == "unsaid", m.on, m.id), reverse=True)
    found = found[: rules.MOST_SILENT]
    people = contacts_by_id(connection, {who for m in found for who in m.contacts})
    return tuple(
        rules.Silent(
            m.id,
            date.fromisoformat(m.on),
            tuple(people[who].name for who in m.contacts),
            next((keys[o] for o in m.objectives if m.support == "implied"), None),
        )
        for m in found
    )


def opportunities(found: Sequence[OpportunityRow], now: Span, before: Span) -> list[ReviewRow]:
    """How many came up from where, and how many touches came before each of them."""
    some = _opened(found, now), _opened(found, before)
    rows = []
    for origin in ORIGINS:
        counted = [sum(o.origin == origin for o in opened) for opened in some]
        rows.append(row("opportunities", origin, (counted[0], counted[1]), "opportunities"))
    return rows + [
        row("opportunity", o.origin, (o.touches_before, None), "touches", subject=o.objective, text=o.title)
        for o in some[0]
    ]


def counts(moments: Iterable[Moment]) -> Counter[Support]:
    """Touches by what was said of their purpose."""
    found: Counter[Support] = Counter()
    for moment in moments:
        if not moment.exposure:
            found[moment.support] += len(moment.contacts)
    return found


def _people(moments: Iterable[Moment]) -> set[int]:
    return {who for m in moments if not m.exposure for who in m.contacts}


def _first_days(moments: Iterable[Moment]) -> dict[int, str]:
    found: dict[int, str] = {}
    for moment in moments:
        for who in moment.contacts if not moment.exposure else ():
            found.setdefault(who, moment.on)
    return found


def _last_days(moments: Iterable[Moment]) -> dict[int, str]:
    return {who: m.on for m in moments if not m.exposure for who in m.contacts}


def _ties(firsts: Mapping[int, str], past: Mapping[int, str]) -> Counter[rules.Tie]:
    # Thousands of ties share few days.
    days = {on: date.fromisoformat(on) for on in {*firsts.values(), *(past[who] for who in firsts if who in past)}}
    return Counter(rules.tie(days[on], days.get(past.get(who, ""))) for who, on in firsts.items())


def _opened(found: Iterable[OpportunityRow], period: Span) -> list[OpportunityRow]:
    return [o for o in found if period.since <= o.opened_on <= period.until]


def _kept(promise: PromiseFacts, period: Span) -> rules.Kept | None:
    return rules.kept(
        promise.status,
        date.fromisoformat(promise.opened_on),
        day(promise.closed_on),
        date.fromisoformat(promise.by_day),
        period,
    )
