"""What a look back makes of two periods of equal length: purpose, ties, promises, and what to suggest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal.domain import purpose
from netjournal.domain.dates import show_days
from netjournal.domain.health import DORMANT_DAYS
from netjournal.domain.naming import listed, near_day
from netjournal.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

DEFAULT_DAYS: Final = 30
#: The source of what was typed; every other source is an import.
TYPED_HERE: Final = "log"

#: Whether a touch supports an objective. `imported`: it came from a file and states nothing.
Support = Literal["stated", "implied", "unsaid", "none", "imported"]
#: What a contact's touches in a period were: the first ever, some more, or the first after a year of silence.
Tie = Literal["new", "kept", "revived"]
TIES: Final[tuple[Tie, ...]] = ("new", "kept", "revived")
#: Contact health in words, and where it says too little: grown once and silent for a year, or no touch yet.
Band = Literal["lively", "steady", "quiet", "dormant", "untouched"]
BANDS: Final[tuple[Band, ...]] = ("lively", "steady", "quiet", "dormant", "untouched")
#: As much health as a conversation held today.
LIVELY: Final = 1.0
#: As much health as a conversation held half a year ago.
STEADY: Final = 0.25
#: A touch older than so many half-lives has under 0.4 % of its weight left: no band hangs on it.
BAND_HALF_LIVES: Final = 8
#: A silence of so many days ends as a revived tie.
REVIVED_DAYS: Final = DORMANT_DAYS

Kept = Literal["on_time", "late", "open"]
KEPT: Final[tuple[Kept, ...]] = ("on_time", "late", "open")

MOST_SUGGESTIONS: Final = 3
#: Interactions that state nothing are named, the newest so many.
MOST_SILENT: Final = 3
#: With fewer touches a share says nothing.
FEWEST_FOR_SHARE: Final = 5


class Span(NamedTuple):
    """Days from the first to the last, both in it."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.until - self.since).days + 1


def span(days: int, today: date) -> Span:
    """The last so many days, today among them. Raises UsageError where the calendar has no such days before it."""
    # Twice: the period before is as long.
    if 2 * days >= today.toordinal():
        raise UsageError(f"{show_days(days)} is longer than a look back can be.", "Say for instance --since 90d.")
    return Span(today - timedelta(days=days - 1), today)


def before(now: Span) -> Span:
    """The equally long period that ends on the day before a span."""
    return Span(now.since - timedelta(days=now.days), now.since - timedelta(days=1))


def support_of(stated: bool, implied: bool, none_on_purpose: bool, source: str) -> Support:
    """How the touches of one interaction stand to a purpose: what was said of it comes before where it came from."""
    if stated:
        return "stated"
    if none_on_purpose:
        return "none"
    if source != TYPED_HERE:
        return "imported"
    return "implied" if implied else "unsaid"


def purposeful_share(stated: int, implied: int, unsaid: int) -> float | None:
    """Stated ÷ (stated + implied + unsaid) in touches, 0..1 rounded to 3 decimals; None without a touch."""
    touches = stated + implied + unsaid
    return round(stated / touches, 3) if touches else None


def tie(first_on: date, touched_before_on: date | None) -> Tie:
    """What the first touch of a period made of a tie; `touched_before_on` is the newest touch before it."""
    if touched_before_on is None:
        return "new"
    return "revived" if (first_on - touched_before_on).days >= REVIVED_DAYS else "kept"


def band(health: float, *, touched: bool, dormant: bool) -> Band:
    """Contact health in a word; `touched` says that there was a touch at all."""
    if not touched:
        return "untouched"
    if dormant:
        return "dormant"
    if health >= LIVELY:
        return "lively"
    return "steady" if health >= STEADY else "quiet"


def kept(status: str, opened_on: date, closed_on: date | None, by: date, period: Span) -> Kept | None:
    """What became of a promise in a period, or None if it has no part in it.

    Kept on its day or before, kept after it, or open at the period's end. A dropped one is open until that day.
    """
    if status == "done" and closed_on is not None and period.since <= closed_on <= period.until:
        return "on_time" if closed_on <= by else "late"
    if opened_on <= period.until and (closed_on is None or closed_on > period.until):
        return "open"
    return None


class ObjectiveState(NamedTuple):
    """An active objective as the rules of suggestions see it."""

    key: str
    gaps: tuple[str, ...]
    neglected: bool
    days_since: int | None
    #: Handles of those who support it and whose tie has grown and lain still for a year.
    dormant: tuple[str, ...]


class Late(NamedTuple):
    """My open promises past their day: how many there are, and the oldest."""

    promises: int
    number: int
    text: str
    whom: str | None
    by: date


class Silent(NamedTuple):
    """One interaction that states nothing, and the objective that it implies."""

    number: int
    on: date
    who: tuple[str, ...]
    implied: str | None


class Told(NamedTuple):
    """Touches by what was said of their purpose, and interactions that state nothing: a few, what to mend first first."""

    stated: int
    implied: int
    unsaid: int
    silent: tuple[Silent, ...] = ()


class Suggestion(NamedTuple):
    """One thing to do: the rule it comes from, what it is about, why, and the command to run."""

    rule: str
    objective: str | None
    why: str
    command: str


#: Each gap of an objective with its rule and the command that mends it, what matters most first.
_MENDS: Final = (
    (purpose.NOBODY_HELPS, "nobody-helping", "netj keep WHO -o {key}"),
    (purpose.NO_NEXT_STEP, "no-next-step", "netj followup add TEXT --for {key}"),
    (purpose.EXPOSURE_ALONE, "exposure-alone", "netj log 'coffee with WHO about WHAT +{key}'"),
    (purpose.ONLY_MESSAGES, "only-messages", "netj log 'call WHO about WHAT +{key}'"),
    (purpose.ONE_ORGANIZATION, "one-organization", "netj objective show {key}"),
)


def suggestions(
    objectives: Sequence[ObjectiveState], late: Late | None, purpose_told: Told, today: date
) -> tuple[Suggestion, ...]:
    """At most three things to do, each by one rule, and at most one for an objective.

    `objectives` come in the order in which they matter.
    """
    found: list[Suggestion] = []
    if late is not None:
        found.append(_past(late, today))
    found += _quiet(objectives)
    found += _lacking(objectives)
    found += _dormant(objectives)
    silent = purpose_told.implied + purpose_told.unsaid
    if purpose_told.stated < silent and purpose_told.stated + silent >= FEWEST_FOR_SHARE:
        found.append(_unsaid(objectives, purpose_told, today))
    told: set[str | None] = set()
    chosen = []
    for suggestion in found:
        if suggestion.objective is None or suggestion.objective not in told:
            told.add(suggestion.objective)
            chosen.append(suggestion)
    return tuple(chosen[:MOST_SUGGESTIONS])


def _past(late: Late, today: date) -> Suggestion:
    whom = f"to {late.whom} " if late.whom else ""
    which = f"{whom}for {near_day(late.by, today)}: {late.text}"
    why = (
        f"a promise of yours is past its day, {which}"
        if late.promises == 1
        else f"{late.promises} promises of yours are past their day, the oldest {which}"
    )
    return Suggestion("promise-past-its-day", None, why, f"netj done {late.number}")


def _unsaid(objectives: Sequence[ObjectiveState], told: Told, today: date) -> Suggestion:
    """The touches that do not say what they are for: those met last by number, day and who."""
    silent = told.implied + told.unsaid
    why = f"{silent} of {told.stated + silent} touches do not say what they are for"
    if told.silent:
        named = [f"{one.number} with {listed(one.who)} on {near_day(one.on, today)}" for one in told.silent]
        why += f": interaction {', '.join(named)}"
    number = f" {told.silent[0].number}" if told.silent else ""
    implied = told.silent[0].implied if told.silent else None
    only = objectives[0].key if len(objectives) == 1 else "KEY"
    return Suggestion("purpose-unsaid", None, why, f"netj amend{number} +{implied or only}")


def _quiet(objectives: Iterable[ObjectiveState]) -> list[Suggestion]:
    found = []
    for objective in objectives:
        if objective.neglected and purpose.NOBODY_HELPS not in objective.gaps:
            quiet = (
                "has had no touch yet"
                if objective.days_since is None
                else f"was last touched {objective.days_since} days ago"
            )
            command = f"netj due --all --for {objective.key}"
            found.append(
                Suggestion("neglected", objective.key, f"+{objective.key} {quiet} and has no next step", command)
            )
    return found


def _lacking(objectives: Collection[ObjectiveState]) -> list[Suggestion]:
    return [
        Suggestion(
            rule, objective.key, f"+{objective.key}: {purpose.PLAINLY.get(gap, gap)}", command.format(key=objective.key)
        )
        for gap, rule, command in _MENDS
        for objective in objectives
        if gap in objective.gaps
    ]


def _dormant(objectives: Iterable[ObjectiveState]) -> list[Suggestion]:
    return [
        Suggestion(
            "dormant-tie",
            objective.key,
            f"+{objective.key}: {objective.dormant[0]} knows you well, and you have not spoken for a year",
            f"netj prep {objective.dormant[0]}",
        )
        for objective in objectives
        if objective.dormant
    ]
