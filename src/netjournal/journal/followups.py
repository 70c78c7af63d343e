"""Promises: `followup add|done|drop`, `netj done`, and those made while logging."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import capture, dates, text
from netjournal.errors import ConflictError, NotFoundError, UsageError
from netjournal.journal.who import named_in
from netjournal.reports import find
from netjournal.reports.followups import followup_row
from netjournal.store.queries import followups as queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.domain.capture import Promise
    from netjournal.domain.words import Owner
    from netjournal.journal.words import LogWords
    from netjournal.reports.followups import FollowupRow
    from netjournal.store.unit_of_work import UnitOfWork

#: A promise without a day is for so many days from today.
PROMISE_DAYS: Final = 7
#: A day further ahead than this may be last year's, typed late: it is said.
FAR_DAYS: Final = 180
#: Words of the longest day that is looked for at the end of a promise: `the day after tomorrow`.
_LONGEST_DAY: Final = 4


class FollowupWords(NamedTuple):
    """What `followup add` and `edit` were told, as typed; None is unsaid, and '' takes whom and what for back."""

    text: str
    who: str | None = None
    by: str | None = None
    objective: str | None = None
    owner: Owner | None = None
    order: str | None = None


class Promised(NamedTuple):
    """A promise that was written, and what was assumed of it."""

    row: FollowupRow
    remark: str | None


def add_followup(uow: UnitOfWork, words: FollowupWords) -> Promised:
    """Write down a promise: `TEXT [@who] [by DATE]`, or with options. Raises UsageError, NotFoundError, AmbiguousError."""
    said = _said(words, uow.today)
    promise = _promise(said.text)
    by = _day(said.day, uow.today, words.order)
    followup_id = write_promise(
        uow,
        promise,
        words.owner or "me",
        by,
        contact_id=find.contact_to_link(uow.read, said.mention) if said.mention is not None else None,
        objective_id=find.objective(uow.read, words.objective) if words.objective else None,
    )
    remark = _remark(followup_id, promise, said.day, by, uow.today)
    return Promised(followup_row(uow.read, followup_id, uow.today), remark)


def edit_followup(uow: UnitOfWork, typed: str, words: FollowupWords) -> Promised:
    """Change an open promise: its words, its day, whom it is with, what for and whose.

    Raises UsageError, NotFoundError, AmbiguousError, and ConflictError for one that is closed.
    """
    followup_id = _open(uow, typed)
    said = _said(words, uow.today)
    values: dict[str, object] = {}
    if said.text:
        values["text"] = _promise(said.text)
    if said.day is not None:
        values["by_day"] = dates.read_future_day(said.day, uow.today, order=words.order).isoformat()
    if said.mention is not None:
        values["contact_id"] = find.contact_to_link(uow.read, said.mention) if said.mention else None
    if words.objective is not None:
        values["objective_id"] = find.objective(uow.read, words.objective) if words.objective else None
    if words.owner is not None:
        values["owner"] = words.owner
    if not values:
        raise UsageError(
            "What is to change about this promise?", f"Say its day: `netj followup edit {typed} by friday`."
        )
    uow.change("followup", {"id": followup_id}, **values)
    row = followup_row(uow.read, followup_id, uow.today)
    return Promised(row, far_ahead(followup_id, row.text, row.by, uow.today) if said.day is not None else None)


def _said(words: FollowupWords, today: date) -> Promise:
    """The promise as typed, its day and its person from the text or from options. Raises UsageError for both."""
    said = capture.read_promise(words.text, partial(dates.accepts, today=today, mode="future"))
    if words.by is not None and said.day is not None:
        raise UsageError("The text ends in a day, and `--by` gives another.", "Leave one of them out.")
    if words.who is not None and said.mention is not None:
        raise UsageError("The text names somebody, and `--with` somebody else.", "Leave one of them out.")
    day = words.by if words.by is not None else said.day
    return said._replace(day=day, mention=words.who if words.who is not None else said.mention)


def _promise(said: str) -> str:
    """The text of a promise. Raises UsageError for one that only names a day or a person."""
    if not said.strip() or said.strip() in text.PLACEHOLDERS:
        raise UsageError("What is promised?", 'Say it before its day: "send the slides @dana by friday".')
    return text.line(said, "A promise")


def _day(day: str | None, today: date, order: str | None) -> date:
    """The day of a promise, in seven days where none was said. Raises UsageError."""
    return today + timedelta(days=PROMISE_DAYS) if day is None else dates.read_future_day(day, today, order=order)


def _remark(number: int, promise: str, day: str | None, by: date, today: date) -> str | None:
    """What was assumed of the day of a promise, or may be wrong with it, and the command for another."""
    if day is not None:
        return far_ahead(number, promise, by, today)
    remark = f"No day was said for '{promise}', so it is for {dates.show_day(by)}"
    found = _day_at_end(promise, today) or _day_misspelt(promise)
    if found is None:
        return f"{remark}; `netj followup edit {number} --by DATE` gives another."
    typed, spelt = found
    rest = promise[: -len(typed)].rstrip().removesuffix(" by")
    return f"{remark}. If '{typed}' is its day: `netj followup edit {number} {text.in_shell(f'{rest} by {spelt}')}`."


def _day_at_end(promise: str, today: date) -> tuple[str, str] | None:
    """The last words of a promise that say a day without `by`, or a time to it, and how that day is written."""
    words = promise.split()
    for start in range(max(len(words) - _LONGEST_DAY, 1), len(words)):
        phrase = " ".join(words[start:])
        for spelt in (phrase, f"+{phrase}"):
            if dates.accepts(spelt, today, "future"):
                return phrase, spelt
    return None


def _day_misspelt(promise: str) -> tuple[str, str] | None:
    """A word behind the last `by` that is nearly a day, and that day."""
    before, by, word = f" {promise}".rpartition(" by ")
    meant = dates.day_meant(word) if by and before else None
    return (word, meant) if meant else None


def read_promises(words: LogWords, today: date) -> tuple[tuple[Owner, Promise], ...]:
    """The promises that were typed, mine before theirs."""
    is_day = partial(dates.accepts, today=today, mode="future")
    typed: list[tuple[Owner, str]] = [("me", phrase) for phrase in words.mine]
    typed += [("them", phrase) for phrase in words.theirs]
    read = [(owner, capture.read_promise(phrase, is_day)) for owner, phrase in typed]
    return tuple((owner, p._replace(text=_promise(p.text))) for owner, p in read)


def make_promises(
    uow: UnitOfWork,
    words: LogWords,
    made: Sequence[tuple[Owner, Promise]],
    who: Sequence[int],
    objectives: Sequence[int],
    interaction_id: int,
) -> list[str]:
    """Write the promises made; return what was assumed of them."""
    if words.by is not None and sum(p.day is None for _, p in made) != 1:
        raise UsageError(
            "`--by` gives its day to exactly one promise without a day.",
            "End each promise with its own: `… by friday`.",
        )
    remarks: list[str] = []
    for owner, promise in made:
        day = promise.day or words.by
        by = _day(day, uow.today, words.order)
        alone = who[0] if len(who) == 1 else None
        number = write_promise(
            uow,
            promise.text,
            owner,
            by,
            contact_id=named_in(uow.read, promise.mention) if promise.mention is not None else alone,
            objective_id=objectives[0] if len(objectives) == 1 else None,
            interaction_id=interaction_id,
        )
        remarks += filter(None, [_remark(number, promise.text, day, by, uow.today)])
    if len(who) > 1 and any(p.mention is None for _, p in made):
        remarks.append('A promise is with one person where it names them: `--next "send the deck @dana"`.')
    return remarks


def write_promise(uow: UnitOfWork, said: str, owner: Owner = "me", by: date | None = None, **refers: int | None) -> int:
    """Write a promise and return its id; without a day it is for seven days from today.

    `refers` are the contact_id, objective_id and interaction_id that it is about.
    """
    by = by or uow.today + timedelta(days=PROMISE_DAYS)
    opened_on = uow.today.isoformat()
    return uow.add_record("followup", text=said, owner=owner, by_day=by.isoformat(), opened_on=opened_on, **refers)


def far_ahead(number: int, promise: str, by: date, today: date) -> str | None:
    """A remark on a promise whose day is more than 180 days ahead: `by 20 nov`, typed on the 23rd, is next year's."""
    days = (by - today).days
    if days <= FAR_DAYS:
        return None
    mend = f"`netj followup edit {number} --by DATE` gives an earlier one."
    return f"'{promise}' is for {dates.show_day(by)}, {days} days ahead; {mend}"


def keep_followups(uow: UnitOfWork, typed: Sequence[str], remarks: list[str]) -> tuple[int, ...]:
    """Close what a talk kept; return what it closed. A promise that was kept before is remarked on: it is no reason to
    lose the talk. Raises UsageError, NotFoundError and ConflictError."""
    before: list[str] = []
    for word in typed:
        found = queries.followup(uow.read, find.number(word, "a promise"))
        if found is not None and found.status == "done":
            before.append(word)
            remarks.append(f"Promise {found.id} was done before: '{found.text}'.")
    return tuple(row.id for row in close_followups(uow, [word for word in typed if word not in before], "done"))


def close_followups(uow: UnitOfWork, typed: Sequence[str], status: str) -> tuple[FollowupRow, ...]:
    """Close promises as done or dropped. Raises UsageError, NotFoundError and ConflictError."""
    ids = list(dict.fromkeys(find.number(word, "a promise") for word in typed))
    for followup_id in ids:
        _open(uow, str(followup_id))
        uow.change("followup", {"id": followup_id}, status=status, closed_on=uow.today.isoformat())
    return tuple(followup_row(uow.read, followup_id, uow.today) for followup_id in ids)


def _open(uow: UnitOfWork, typed: str) -> int:
    """The id of an open promise by its number. Raises UsageError, NotFoundError and ConflictError."""
    followup_id = find.number(typed, "a promise")
    found = queries.followup(uow.read, followup_id)
    if found is None:
        raise NotFoundError(f"There is no promise {followup_id}.", "`netj followup list` shows their numbers.")
    if found.status != "open":
        raise ConflictError(f"Promise {followup_id} is {found.status} already.")
    return followup_id
