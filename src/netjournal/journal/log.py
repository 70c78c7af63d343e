"""`log`: one interaction, understood from one line and its options, in one transaction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import capture, dates, kinds, misnamed, text
from netjournal.errors import UsageError
from netjournal.journal import people
from netjournal.journal.followups import keep_followups, make_promises, read_promises
from netjournal.journal.logged import Logged, receipt
from netjournal.journal.misread import logged_before, misread
from netjournal.journal.outcomes import introduce, introduced_names, link_opportunity
from netjournal.journal.touches import repeated
from netjournal.journal.who import Who, resolve
from netjournal.journal.words import LogWords
from netjournal.reports import find
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from datetime import date

    from netjournal.domain.capture import Promise
    from netjournal.domain.words import Direction, Owner
    from netjournal.store.unit_of_work import UnitOfWork


class _Plan(NamedTuple):
    """One interaction, checked and looked up, ready to be written."""

    on: date
    kind: str
    direction: Direction
    who: Who
    objectives: tuple[int, ...]
    none_on_purpose: bool
    topics: tuple[str, ...]
    summary: str | None
    promises: tuple[tuple[Owner, Promise], ...]


def log(uow: UnitOfWork, words: LogWords) -> Logged:
    """Write one interaction. Raises UsageError, NotFoundError, AmbiguousError and ConflictError."""
    plan = _understood(uow, words)
    interaction_id = _write(uow, words, plan)
    remarks = misread(uow, words, plan.kind, plan.summary, plan.who)
    remarks += make_promises(uow, words, plan.promises, plan.who.ids, plan.objectives, interaction_id)
    introduce(uow, words, plan.who.named, interaction_id)
    closed = keep_followups(uow, words.done, remarks)
    linked = link_opportunity(uow, words.opportunity, plan.who.ids, plan.objectives, plan.on, interaction_id)
    remarks = [*logged_before(uow, interaction_id), *remarks]
    return receipt(uow, interaction_id, plan.who.created, remarks, closed, linked)


def _understood(uow: UnitOfWork, words: LogWords) -> _Plan:
    kind = kinds.kind_required(words.kind) if words.kind is not None else None
    introduced = introduced_names(words)
    is_past_day = partial(dates.accepts, today=uow.today, mode="past")
    said = capture.read(words.text, is_past_day, kind=kind, others_named=bool(words.who or words.guests or introduced))
    kind = said.kind or kind or ("intro" if words.intro else kinds.DEFAULT_KIND)
    on = words.day(said, uow.today) or uow.today
    broadcast = kinds.DEPTH_OF_KIND[kind] == "broadcast"
    if broadcast and (words.who or words.guests or introduced or said.mentions or said.groups):
        raise UsageError(
            f"A broadcast ({kind}) reaches everyone, so it takes no `--with` and no `@`.",
            "Log an answer to it as a message or a chat of its own.",
        )
    who, plain = (Who((), (), {}), True) if broadcast else resolve(uow, words, said, introduced)
    if not who.ids and not broadcast and kind != "event":
        raise UsageError("Who was it with?", misnamed.mend_nobody(words.text, is_past_day))
    _check_guests(words, who)
    keys, none_on_purpose = words.stated(said)
    summary = said.plain_summary if plain else said.summary
    direction = words.direction or said.direction or kinds.default_direction(kind)
    return _Plan(
        on,
        kind,
        direction,
        who,
        tuple(dict.fromkeys(find.objective(uow.read, key) for key in keys)),
        none_on_purpose,
        tuple(dict.fromkeys(text.topic(word) for word in (*said.topics, *words.topics))),
        text.line(summary, "The summary") if summary else None,
        (*read_promises(words, uow.today), *_guests_promises(uow, words, who)),
    )


def _check_guests(words: LogWords, who: Who) -> None:
    """Each line of an evening is about one of those who were there. Raises UsageError."""
    for guest in words.guests:
        if who.named[guest.who] not in who.ids:
            raise UsageError(f"Line {guest.line} is about '{guest.who}', whom `--except` leaves out.")


def _guests_promises(uow: UnitOfWork, words: LogWords, who: Who) -> list[tuple[Owner, Promise]]:
    """What was promised to each guest of an evening, and by each."""
    handles = name_queries.handles_of(uow.read, who.ids)
    made: list[tuple[Owner, Promise]] = []
    for guest in words.guests:
        to = LogWords(mine=guest.promises, theirs=guest.theirs)
        made += [(o, p._replace(mention=handles[who.named[guest.who]])) for o, p in read_promises(to, uow.today)]
    return made


def _write(uow: UnitOfWork, words: LogWords, plan: _Plan) -> int:
    shared = repeated(plan.on, plan.kind, plan.direction, len(plan.who.ids))
    interaction_id = uow.add_record(
        "interaction",
        **shared,
        summary=plan.summary,
        note=text.note(words.note) if words.note else None,
        minutes=None if words.minutes is None else text.minutes(words.minutes),
        gave=text.line(words.gave, "What you gave") if words.gave else None,
        got=text.line(words.got, "What you got") if words.got else None,
        none_on_purpose=int(plan.none_on_purpose),
        no_reply=int(words.no_reply),
    )
    for contact_id in plan.who.ids:
        uow.add("touch", contact_id=contact_id, interaction_id=interaction_id, **shared)
    for guest in words.guests:
        contact_id = plan.who.named[guest.who]
        if guest.note is not None:
            note = text.note(guest.note, f"The note on line {guest.line}")
            uow.add("touch_note", contact_id=contact_id, interaction_id=interaction_id, note=note)
        people.link_topics(uow, contact_id, guest.topics)
        for topic in dict.fromkeys(map(text.topic, guest.topics)):
            uow.add("touch_topic", interaction_id=interaction_id, contact_id=contact_id, topic=topic)
    for objective_id in plan.objectives:
        uow.add("support", interaction_id=interaction_id, objective_id=objective_id)
    for topic in plan.topics:
        uow.add("interaction_topic", interaction_id=interaction_id, topic=topic)
    people.bring_back(uow, plan.who.ids)
    return interaction_id
