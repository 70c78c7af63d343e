"""The look back as a page for a person: the answer first, then its figures; warm, and never a reproach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.domain.dates import show_day
from netjournal.domain.purpose import PLAINLY
from netjournal.domain.review import BANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.reports.review.look import Review
    from netjournal.reports.review.rows import ReviewRow


class Part(NamedTuple):
    """A part of the page: a title, lines of text, and figures under a header, the first column being what they are of."""

    title: str | None
    lines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()


#: What a figure is called on the page, under its group.
_GROUPS: Final = (
    (
        "Touches",
        ("overall", "touches"),
        (
            ("people", "contacts"),
            ("organizations", "organizations"),
            ("meetings with you", "with_client"),
            ("introductions", "introductions"),
        ),
    ),
    ("Posts and talks", ("overall", "exposure"), ()),
    (
        "Purpose",
        ("purpose", None),
        (
            ("purposeful share", "purposeful_share"),
            ("stated", "stated"),
            ("implied", "implied"),
            ("unsaid", "unsaid"),
            ("none on purpose", "none"),
            ("imported, apart", "imported"),
        ),
    ),
    ("Ties", ("ties", None), (("new", "new"), ("kept", "kept"), ("revived", "revived"))),
    ("Given and got", ("exchange", None), (("you gave", "gave"), ("you got", "got"))),
    (
        "Your promises",
        ("promises", None),
        (("kept on time", "mine_on_time"), ("kept later", "mine_late"), ("open", "mine_open")),
    ),
    (
        "Your own promises",
        ("promises", None),
        (("kept on time", "client_on_time"), ("kept later", "client_late"), ("open", "client_open")),
    ),
    (
        "Their promises",
        ("promises", None),
        (("kept on time", "theirs_on_time"), ("kept later", "theirs_late"), ("open", "theirs_open")),
    ),
    (
        "Opportunities",
        ("opportunities", None),
        (
            ("through relationships", "relationship"),
            ("through introductions", "introduction"),
            ("through posts and talks", "exposure"),
            ("out of the cold", "cold"),
        ),
    ),
)
#: What is called otherwise on a page that a client reads.
_TO_A_CLIENT: Final = {
    "people": "other people",
    "Your promises": "Promises on your behalf",
    "Their promises": "Promises of others",
    "you gave": "given",
    "you got": "received",
}
_OBJECTIVE: Final = ("touches", "contacts", "organizations", "exposure", "grown")
_OBJECTIVES_HEADER: Final = ("", "touches", "people", "orgs", "posts", "grown", "last")


def page(review: Review) -> tuple[Part, ...]:
    """The parts of the page, in their order; what has nothing to tell is left out."""
    figures = {(r.section, r.figure): r for r in review.rows if r.section not in ("objective", "gap", "suggestion")}
    span = f"{show_day(review.now.since)} to {show_day(review.now.until)}, {_count(review.now.days, 'day')}"
    title = span if review.client is None else f"For {review.client}: {span}"
    if not review.pursued and review.client is not None:
        # That nothing happened would be said of whoever is met every week for somebody else.
        return (Part(title, ("Nothing is pursued on their behalf.",)),)
    parts = [
        Part(title, tuple(_answer(review, figures))),
        _pursued(review),
        *_objectives(review),
        _in_all(review, figures),
    ]
    parts += [_opportunities(review), _suggestions(review), _notes(review)]
    return tuple(part for part in parts if part.lines or part.cells)


def _answer(review: Review, figures: dict[tuple[str, str], ReviewRow]) -> Iterable[str]:
    """What matters most, in a few sentences."""
    touches, people = figures["overall", "touches"], figures["overall", "contacts"]
    if not touches.value:
        yield _quiet(review, touches)
        return
    organizations = int(figures["overall", "organizations"].value or 0)
    where = f" at {_count(organizations, 'organization')}" if organizations else ""
    days = _count(review.before.days, "day")
    if review.client is None:
        yield (
            f"{_count(touches.value, 'touch')} with {_count(people.value, 'person')}{where}; "
            f"{int(touches.before or 0)} with {int(people.before or 0)} in the {days} before."
        )
    else:
        met, made = figures["overall", "with_client"].value, figures["overall", "introductions"].value
        # What they came for: one introduction is two touches, which would be read as two events.
        events = ((made, _count(made, "introduction")), (met, f"{_count(met, 'meeting')} with you"))
        others = _count(people.value, "other person") if people.value else "nobody else yet"
        yield (
            f"{_count(touches.value, 'touch')} for you, with {others}{where}"
            + "".join(f"; {event}" for count, event in events if count)
            + ". "
            + f"In the {days} before: {int(touches.before or 0)}, with {int(people.before or 0)}."
        )
    top = next((r for r in review.rows if r.section == "objective" and r.figure == "touches" and r.value), None)
    if top is not None and top.value != touches.value:
        yield f"+{top.subject} had the most of them: {int(top.value or 0)}."
    ties = [(word, int(figures["ties", word].value or 0)) for word in ("new", "revived")]
    told = [_count(count, f"{word} tie") for word, count in ties if count]
    if told:
        yield f"{' and '.join(told)}."
    came = [(origin, int(r.value or 0)) for (section, origin), r in figures.items() if section == "opportunities"]
    if total := sum(count for _, count in came):
        known = sum(count for origin, count in came if origin in ("relationship", "introduction"))
        some = "" if known == total else f"{known} of them "
        through = f", {some}through people you know" if known and review.client is None else ""
        yield f"{_count(total, 'opportunity')} came up{through}."


def _quiet(review: Review, touches: ReviewRow) -> str:
    days = _count(review.now.days, "day")
    if review.client is not None:
        return f"A quiet time: no touch in these {days}."
    if touches.before:
        return f"A quiet time, and that is fine: no touch in these {days}, {int(touches.before)} in those before."
    return "A quiet time, and that is fine: people will be glad to hear from you."


def _pursued(review: Review) -> Part:
    """On a page to hand over: what was pursued, in words."""
    if review.client is None:
        return Part(None)
    by = {r.subject: r for r in review.rows if r.figure == "days_left"}
    lines = []
    for told in review.rows:
        if told.section == "objective" and told.figure == "touches":
            day = by.get(told.subject)
            until = f", by {show_day(date.fromisoformat(str(day.text)))}" if day is not None else ""
            lines.append(f"{told.text} (+{told.subject}){until}")
    return Part("What it was for", tuple(lines))


def _objectives(review: Review) -> Iterable[Part]:
    """A line of figures for each objective, then its ties and gaps in words."""
    keys = list(dict.fromkeys(str(r.subject) for r in review.rows if r.section == "objective"))
    by_key = {(str(r.subject), r.figure): r for r in review.rows if r.section == "objective"}
    cells, lines = [], []
    for key in keys:
        last = by_key[key, "days_since"].text
        cells.append((f"+{key}", *(_beside(by_key.get((key, figure))) for figure in _OBJECTIVE), last or "-"))
        ties = [f"{int(r.value)} {word}" for word in BANDS if (r := by_key.get((key, word))) and r.value]
        gaps = [r.text or "" for r in review.rows if r.section == "gap" and r.subject == key]
        told = [*([", ".join(ties)] if ties else []), *(PLAINLY.get(gap, gap) for gap in gaps)]
        if told:
            lines.append(f"+{key}: {'; '.join(told)}")
    if cells:
        yield Part("Objectives (in brackets: the period before)", (), _OBJECTIVES_HEADER, tuple(cells))
        yield Part("Their ties, by contact health, and what is missing", tuple(lines))


def _in_all(review: Review, figures: dict[tuple[str, str], ReviewRow]) -> Part:
    """Every other figure, beside that of the period before; lines of nothing are left out."""
    cells: list[tuple[str, ...]] = []
    called = {} if review.client is None else _TO_A_CLIENT
    for title, (section, head), below in _GROUPS:
        rows = [(label, figures.get((section, figure))) for label, figure in below]
        told = [
            (f"  {called.get(label, label)}", *_pair(r)) for label, r in rows if r is not None and (r.value or r.before)
        ]
        first = figures.get((section, head)) if head else None
        if told or (first is not None and (first.value or first.before)):
            cells += [(called.get(title, title), *(_pair(first) if first is not None else ("", ""))), *told]
    return Part("In all", (), ("", "now", "before"), tuple(cells)) if cells else Part(None)


def _opportunities(review: Review) -> Part:
    lines = []
    for told in review.rows:
        if told.section == "opportunity":
            aim = f" (+{told.subject})" if told.subject else ""
            lines.append(f"{told.text}{aim}: {told.figure}, {_count(told.value, 'touch')} before")
    return Part("What came up", tuple(lines))


def _suggestions(review: Review) -> Part:
    lines: list[str] = []
    for told in review.rows:
        if told.section == "suggestion":
            lines += [f"{told.text} ({told.figure})", f"  {told.command}"]
    return Part("If you like", tuple(lines))


def _notes(review: Review) -> Part:
    return Part("Notes", tuple(r.text or "" for r in review.rows if r.section == "note"))


def _pair(told: ReviewRow) -> tuple[str, str]:
    return _shown(told.value, told.unit), _shown(told.before, told.unit)


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:.0%}" if unit == "share" else str(int(value))


def _beside(told: ReviewRow | None) -> str:
    """A figure with the one before it in brackets; nothing in both is told as nothing."""
    if told is None or not (told.value or told.before):
        return "-"
    return f"{int(told.value or 0)} ({int(told.before or 0)})"


def _count(value: float | None, noun: str) -> str:
    return counted(int(value or 0), noun)
