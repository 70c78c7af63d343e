"""Who comes first: a score that is the plain sum of named terms, and can therefore explain itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.replies import REPLY_FROM, REPLY_UNTIL

if TYPE_CHECKING:
    from datetime import date


class Weights(NamedTuple):
    """What each term counts for at most."""

    lateness: float
    promise: float
    reply: float
    objective: float
    signal: float


WEIGHTS: Final = Weights(lateness=4.0, promise=6.0, reply=2.5, objective=2.0, signal=0.5)

#: A promise this many days late counts in full.
LATE_DAYS: Final = 14
#: A target day is felt from this many days before it.
TARGET_DAYS: Final = 180


class ObjectiveFacts(NamedTuple):
    """What of an active objective bears on the people linked to it: its target day, and whether it is neglected."""

    by: date | None
    neglected: bool


class Pressure(NamedTuple):
    """Everything that speaks for contacting someone today; the defaults are nothing at all.

    `lateness` is in cadences (0 without one). The promises are days late: mine 0 or more, theirs 1 or more, None
    without one. `reply_age_days` is the age of an unanswered message, 2 to 30, None without one.
    """

    lateness: float = 0.0
    my_promise_days_late: int | None = None
    their_promise_days_late: int | None = None
    reply_age_days: int | None = None
    objectives: tuple[ObjectiveFacts, ...] = ()
    signals: int = 0


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole))


def _lateness_value(lateness: float) -> float:
    """L/(1+L), half on the due day: grows for ever but never drowns the other terms, so old debts keep an order."""
    late = max(0.0, lateness)
    return late / (1 + late)


def _promise_value(mine: int | None, theirs: int | None) -> float:
    """A word given weighs from its day, and more each day for two weeks; asking after theirs is worth half of mine."""
    kept = 0.0 if mine is None else 0.6 + 0.4 * _share(mine, LATE_DAYS)
    asked = 0.0 if theirs is None else 0.5 * (0.6 + 0.4 * _share(theirs, LATE_DAYS))
    return max(kept, asked)


def _reply_value(age_days: int | None) -> float:
    """Someone is waiting: half at once, the rest as the message ages to the day after which an answer is odd."""
    return 0.0 if age_days is None else 0.5 + 0.5 * _share(age_days - REPLY_FROM, REPLY_UNTIL - REPLY_FROM)


def objective_value(objective: ObjectiveFacts, today: date) -> float:
    """Helping at all is a quarter, a near target day up to a half, neglect the last quarter."""
    nearness = 0.0 if objective.by is None else _share(TARGET_DAYS - (objective.by - today).days, TARGET_DAYS)
    return 0.25 + 0.5 * nearness + 0.25 * objective.neglected


def _signal_value(signals: int) -> float:
    """News is a reason to write; a second piece of news is the same reason."""
    return 1.0 if signals > 0 else 0.0


def terms(pressure: Pressure, today: date, weights: Weights = WEIGHTS) -> dict[str, float]:
    """The contribution of each term, weight times a value of 0..1, rounded to 3 decimals, always in the same order.

    Of several objectives the most pressing one counts: one touch cannot be about all of them. Other `weights` than
    those of the product are for the study of what they do.
    """
    objective = max((objective_value(facts, today) for facts in pressure.objectives), default=0.0)
    promise = _promise_value(pressure.my_promise_days_late, pressure.their_promise_days_late)
    return {
        "lateness": round(weights.lateness * _lateness_value(pressure.lateness), 3),
        "promise": round(weights.promise * promise, 3),
        "reply": round(weights.reply * _reply_value(pressure.reply_age_days), 3),
        "objective": round(weights.objective * objective, 3),
        "signal": round(weights.signal * _signal_value(pressure.signals), 3),
    }


def sort_key(score: float, name_key: str, handle: str, uid: str) -> tuple[float, str, str, str]:
    """The key that puts the most urgent first, and equals by name, then handle, then uid."""
    return (-score, name_key, handle, uid)
