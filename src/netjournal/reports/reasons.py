"""Why somebody is in `due` or on a day of `plan`, in words; silence is told as days, never as a reproach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.reports.signals import BIRTHDAY_TODAY, birthday_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.reports.due import Draft
    from netjournal.reports.promises import Promised
    from netjournal.store.queries.followups import FollowupFacts


#: What a contact's reasons say of promises, which have rows of their own.
MY_PROMISE: Final = "your promise is due"
THEIR_PROMISE: Final = "their promise is past its day"
#: What stands where a name would, of a promise with nobody.
NOBODY_NAMED: Final = "(nobody named)"
#: How the reason of a promise begins.
_MINE: Final = "you promised"
_THEIRS: Final = "they promised"


class Under(NamedTuple):
    """Under which day a reason is read: on today's own, days are counted from it; on any other each is named."""

    today: date
    on: date

    @property
    def counts(self) -> bool:
        """Whether to count: 3 days ago, in 2 days."""
        return self.on == self.today

    def named(self, day: date) -> str:
        """A day by its name, `Fri 4 Dec`."""
        from netjournal.domain.naming import near_day

        return near_day(day, self.today)

    def ago(self, days: int) -> str:
        """A day that was so many days before today."""
        return f"{counted(days, 'day')} ago" if self.counts else f"on {self.named(self.today - timedelta(days=days))}"

    def lasting(self, days: int) -> str:
        """A time that is so many days long by today."""
        return (
            f"for {counted(days, 'day')}" if self.counts else f"since {self.named(self.today - timedelta(days=days))}"
        )


def of_promise(promise: FollowupFacts, under: Under) -> str:
    """A promise as a reason: whose it is, its day, and what was promised."""
    by = date.fromisoformat(promise.by_day)
    late = (under.today - by).days
    who = _MINE if promise.owner == "me" else _THEIRS
    if not under.counts:
        return f"{who} for {under.named(by)}: {promise.text}"
    if late == 0:
        return f"{who} for today: {promise.text}"
    when = under.ago(late) if late > 0 else f"in {counted(-late, 'day')}"
    return f"{who}, due {when}: {promise.text}"


def of_whom(why: str, name: str | None) -> str:
    """The reason of a promise as a sentence of its own, which says to whom or by whom."""
    if why.startswith(_MINE):
        return f"You promised{f' {name}' if name else ''}{why.removeprefix(_MINE)}"
    return f"{name or 'They'} promised{why.removeprefix(_THEIRS)}"


def of_contact(draft: Draft, waiting: int | None, with_them: Promised, signals: Sequence[str], under: Under) -> str:
    """The reasons of a contact, the weightiest first."""
    reasons: list[str] = []
    ahead: list[str] = []
    now = draft.clock
    if now is not None and now.due_on is not None:
        late = (under.today - now.due_on).days
        if draft.standing == "snoozed" and draft.facts is not None:
            reasons.append(_snoozed(draft.facts.snoozed_until, under))
        elif draft.standing == "paused":
            reasons.append("paused until `netj snooze WHO off`")
        elif draft.standing == "planned" and with_them.next_mine:
            reasons.append(of_promise(with_them.next_mine, under))
        elif late >= 0:
            reasons.append(_due(now.due_on, late, under))
        else:
            # No reason by itself: it comes after those there are.
            ahead.append(f"due in {counted(-late, 'day')}" if under.counts else f"due on {under.named(now.due_on)}")
        if now.last_on is None:
            ahead.append("no touch yet")
    if draft.reply_age is not None:
        reasons.append(f"wrote to you {under.ago(draft.reply_age)}")
    if with_them.mine_late is not None:
        reasons.append(MY_PROMISE)
    if with_them.theirs_late is not None:
        reasons.append(THEIR_PROMISE)
    if draft.drifting is not None:
        reasons.append(f"quiet for {counted(draft.drifting, 'day')}, longer than usual")
    for signal in signals:
        is_today = signal == BIRTHDAY_TODAY and not under.counts
        reasons.append(birthday_on(under.today, under.today) if is_today else signal)
    if waiting is not None:
        reasons.append(f"no answer {under.lasting(waiting)}")
    # Beside a reason, a day that is far ahead is none.
    return "; ".join([*reasons, *([] if reasons and draft.standing == "on-track" else ahead)])


def _due(due_on: date, late: int, under: Under) -> str:
    if not under.counts:
        return f"due since {under.named(due_on)}"
    return f"{counted(late, 'day')} past due" if late else "due today"


def _snoozed(until: str | None, under: Under) -> str:
    return f"snoozed until {until if under.counts or until is None else under.named(date.fromisoformat(until))}"
