"""The figures of a look back that are of no single objective."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from netjournal.domain import review as rules
from netjournal.domain.opportunities import ORIGINS
from netjournal.reports.review.rows import row
from netjournal.store.queries import review as queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from netjournal.domain.review import Sort, Span
    from netjournal.reports.opportunities import OpportunityRow
    from netjournal.reports.review.moments import Moment
    from netjournal.reports.review.rows import ReviewRow
    from netjournal.store.connection import ReadConnection
    from netjournal.store.queries.review import PromiseFacts

#: A period and the one before it.
Two = tuple[list["Moment"], list["Moment"]]


def overall(connection: ReadConnection, two: Two) -> list[ReviewRow]:
    """Touches, and with whom."""
    people = [_people(moments) for moments in two]
    work = queries.organizations_now(connection, people[0] | people[1])
    places = [{g for who in theirs for g in work.get(who, ())} for theirs in people]
    return [
        row("overall", "touches", *(sum(counts(moments).values()) for moments in two), "touches"),
        row("overall", "contacts", *map(len, people), "contacts"),
        row("overall", "organizations", *map(len, places), "organizations"),
        row("overall", "exposure", *(sum(m.exposure for m in moments) for moments in two), "interactions"),
    ]


def purpose(two: Two, *, whole: bool) -> list[ReviewRow]:
    """What touches were for; of a part of the journal that is one objective's or another's there is no share."""
    sorts: tuple[Sort, ...] = ("stated", "implied", "unsaid", "none", "imported")
    told = [counts(moments) for moments in two]
    shares = [rules.purposeful_share(c["stated"], c["implied"], c["unsaid"]) for c in told] if whole else []
    rows = [row("purpose", "purposeful_share", *shares, "share")] if whole else []
    return rows + [
        row("purpose", sort, *(c[sort] for c in told), "touches")
        for sort in (sorts if whole else ("stated", "implied", "imported"))
    ]


def exchange(two: Two) -> list[ReviewRow]:
    """In how many interactions something was given, or got."""
    return [
        row("exchange", "gave", *(sum(m.gave for m in moments) for moments in two), "interactions"),
        row("exchange", "got", *(sum(m.got for m in moments) for moments in two), "interactions"),
    ]


def ties(connection: ReadConnection, two: Two, before: Span) -> list[ReviewRow]:
    """How many ties are new, kept or revived."""
    firsts = [_first_days(moments) for moments in two]
    lasts = _last_days(two[1])
    older = queries.newest_before(connection, {*firsts[0], *firsts[1]}, before.since.isoformat())
    # What is known of a contact before each period: of the later one, the earlier one too.
    known = ({**older, **lasts}, older)
    told = [
        Counter(rules.tie(date.fromisoformat(on), _day(past.get(who))) for who, on in first.items())
        for first, past in zip(firsts, known, strict=True)
    ]
    return [row("ties", word, *(c[word] for c in told), "contacts") for word in rules.TIES]


def promises(found: Collection[PromiseFacts], now: Span, before: Span) -> list[ReviewRow]:
    """Promises kept on their day, kept late, and open at the end: mine, then theirs."""
    rows = []
    for owner, whose in (("me", "mine"), ("them", "theirs")):
        told = [Counter(_kept(p, period) for p in found if p.owner == owner) for period in (now, before)]
        rows += [row("promises", f"{whose}_{word}", *(c[word] for c in told), "promises") for word in rules.KEPT]
    return rows


def late(found: Iterable[PromiseFacts], today: date) -> list[int]:
    """The numbers of my open promises past their day, the oldest first."""
    return [p.id for p in found if p.status == "open" and p.owner == "me" and p.by_day < today.isoformat()]


def opportunities(found: Sequence[OpportunityRow], now: Span, before: Span) -> list[ReviewRow]:
    """How many came up from where, and how many touches came before each of them."""
    two = [[o for o in found if period.since <= o.opened_on <= period.until] for period in (now, before)]
    rows = [
        row("opportunities", origin, *(sum(o.origin == origin for o in some) for some in two), "opportunities")
        for origin in ORIGINS
    ]
    return rows + [
        row("opportunity", o.origin, o.touches_before, None, "touches", subject=o.objective, text=o.title)
        for o in two[0]
    ]


def counts(moments: Iterable[Moment]) -> Counter[Sort]:
    """Touches by what was said of their purpose."""
    found: Counter[Sort] = Counter()
    for moment in moments:
        if not moment.exposure:
            found[moment.sort] += len(moment.contacts)
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


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _kept(promise: PromiseFacts, period: Span) -> rules.Kept | None:
    return rules.kept(
        promise.status,
        date.fromisoformat(promise.opened_on),
        _day(promise.closed_on),
        date.fromisoformat(promise.by_day),
        period,
    )
