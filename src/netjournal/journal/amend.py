"""`amend`: change the last, or a named, interaction with the options of `log`."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain import capture, dates, kinds, misnamed, text
from netjournal.errors import UsageError
from netjournal.journal import people
from netjournal.journal.followups import close_followups, make_promises, read_promises
from netjournal.journal.logged import receipt
from netjournal.journal.misread import circle_of_nobody, namesakes
from netjournal.journal.outcomes import introduce, introduced_names, link_opportunity
from netjournal.journal.touches import settle_exposure
from netjournal.journal.who import resolve
from netjournal.journal.words import LogWords
from netjournal.reports import find
from netjournal.reports.interactions import stored_interaction
from netjournal.store.queries import interactions as queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.domain.capture import Capture
    from netjournal.journal.logged import Logged
    from netjournal.store.queries.interactions import InteractionFacts
    from netjournal.store.unit_of_work import UnitOfWork


#: Where the topics of an interaction stand: those of the whole, and those of what came up with one of its people.
_TOPICS: Final = ("interaction_topic", "touch_topic")


class AmendWords(NamedTuple):
    """What `amend` was told: log's words, and what to take away."""

    words: LogWords
    number: str | None = None
    #: Keys, #topics to remove.
    remove: Sequence[str] = ()


def amend(uow: UnitOfWork, amended: AmendWords) -> Logged:
    """Change an interaction. Raises UsageError, NotFoundError, AmbiguousError and ConflictError."""
    words = amended.words
    fact = stored_interaction(uow.read, amended.number)
    said = _said(uow, amended)
    values = _values(uow, words, said, fact)
    kind = values.get("kind", fact.kind)
    broadcast = kinds.DEPTH_OF_KIND[kind] == "broadcast"
    introduced = introduced_names(words)
    if broadcast and (
        words.who or said.mentions or said.groups or introduced or queries.participants(uow.read, [fact.id])
    ):
        raise UsageError(f"A broadcast ({kind}) reaches everyone, so it takes no `--with`.")
    who, _ = resolve(uow, words._replace(without=()), said, introduced)
    _change_people(uow, fact, who.ids, words.without)
    people.bring_back(uow, who.ids)
    _change_objectives(uow, fact.id, words, said, amended.remove, values)
    uow.change("interaction", {"id": fact.id}, **values)
    settle_exposure(uow, [fact.id])
    there = [p.contact_id for p in queries.participants(uow.read, [fact.id]).get(fact.id, ())]
    if not there and not broadcast and kind != "event":
        raise UsageError("That leaves nobody who took part.", "`netj interaction delete` deletes the whole.")
    stated = queries.stated_ids(uow.read, fact.id)
    remarks = circle_of_nobody(uow, words, who)
    remarks += make_promises(uow, words, read_promises(words, uow.today), there, stated, fact.id)
    introduce(uow, words, who.named, fact.id)
    closed = tuple(row.id for row in close_followups(uow, words.done, "done"))
    on = date.fromisoformat(values.get("on_day", fact.on_day))
    linked = link_opportunity(uow, words.opportunity, there, stated, on, fact.id)
    return receipt(uow, fact.id, who.created, [*namesakes(uow, who), *remarks], closed, linked)


def _said(uow: UnitOfWork, amended: AmendWords) -> Capture:
    """The text's day and marks; its other words are the new summary, never names. Raises UsageError for a day alone."""
    words = amended.words
    is_past_day = partial(dates.accepts, today=uow.today, mode="past")
    _refuse_bare_day(amended, uow.today)
    said = capture.read(words.text, is_past_day, kind=kinds.DEFAULT_KIND, others_named=True)
    summary = None if capture.is_marks_alone(words.text, is_past_day) else said.plain_summary
    return said._replace(names=(), names_required=False, summary=summary)


def _refuse_bare_day(amended: AmendWords, today: date) -> None:
    """Refuse a text that is a day and nothing more: it would replace the summary. Raises UsageError."""
    whole = " ".join(amended.words.text.split())
    day = whole.removesuffix(":")
    if not dates.accepts(day, today, mode="past"):
        if misnamed.could_be_day(day):
            dates.read_past_day(day, today, order=amended.words.order)
    elif day == whole:
        command = f"netj amend {amended.number} " if amended.number else "netj amend "
        raise UsageError(
            f"'{day}' may be the day or the new summary.",
            f"The day: `{command}{text.in_shell(f'{day}:')}`; the summary: `{command}{text.in_shell(f'about {day}')}`.",
        )


def _values(uow: UnitOfWork, words: LogWords, said: Capture, fact: InteractionFacts) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if words.kind is not None:
        kind = kinds.kind_required(words.kind)
        values["kind"] = kind
        # A direction that was only ever the kind's own changes with the kind.
        if fact.direction == kinds.default_direction(fact.kind):
            values["direction"] = kinds.default_direction(kind)
    if words.direction is not None:
        values["direction"] = words.direction
    on = words.day(said, uow.today)
    if on is not None:
        values["on_day"] = on.isoformat()
    if said.summary:
        values["summary"] = text.line(said.summary, "The summary")
    if words.note is not None:
        values["note"] = text.note(words.note) if words.note else None
    for column, given, what in (("gave", words.gave, "What you gave"), ("got", words.got, "What you got")):
        if given is not None:
            values[column] = text.line(given, what) if given else None
    if words.minutes is not None:
        values["minutes"] = text.minutes(words.minutes)
    if words.no_reply:
        values["no_reply"] = 1
    return values


def _change_people(uow: UnitOfWork, fact: InteractionFacts, added: Sequence[int], without: Sequence[str]) -> None:
    there = {p.contact_id for p in queries.participants(uow.read, [fact.id]).get(fact.id, ())}
    known = name_queries.known_contacts(uow.read) if without else []
    for typed in without:
        contact_id = find.contact_to_change(uow.read, typed, known)
        if contact_id not in there:
            raise UsageError(f"'{typed}' was not there anyway.")
        uow.remove("touch", contact_id=contact_id, interaction_id=fact.id)
        there.discard(contact_id)
    for contact_id in added:
        if contact_id not in there:
            uow.add(
                "touch",
                contact_id=contact_id,
                interaction_id=fact.id,
                on_day=fact.on_day,
                exposure=fact.exposure,
                kind=fact.kind,
                direction=fact.direction,
            )


def _change_objectives(
    uow: UnitOfWork, interaction_id: int, words: LogWords, said: Capture, remove: Sequence[str], values: dict[str, Any]
) -> None:
    for typed in remove:
        if typed.startswith("#"):
            topic = text.topic(typed)
            if not sum([uow.remove(table, interaction_id=interaction_id, topic=topic) for table in _TOPICS]):
                raise UsageError(f"'{typed}' is not a topic of that interaction.")
        elif typed.removeprefix("+") == capture.NONE:
            values["none_on_purpose"] = 0
        elif not uow.remove("support", interaction_id=interaction_id, objective_id=find.objective(uow.read, typed)):
            raise UsageError(f"'{typed}' is not stated by that interaction.", "Implied objectives go with `+none`.")
    keys, none_on_purpose = words.stated(said)
    stated = set(queries.stated_ids(uow.read, interaction_id))
    topics = set(queries.interaction_topics(uow.read, [interaction_id]).get(interaction_id, ()))
    if none_on_purpose:
        uow.remove("support", interaction_id=interaction_id)
        values["none_on_purpose"] = 1
    for key in keys:
        objective_id = find.objective(uow.read, key)
        values["none_on_purpose"] = 0
        if objective_id not in stated:
            uow.add("support", interaction_id=interaction_id, objective_id=objective_id)
            stated.add(objective_id)
    for word in (*said.topics, *words.topics):
        topic = text.topic(word)
        if topic not in topics:
            uow.add("interaction_topic", interaction_id=interaction_id, topic=topic)
            topics.add(topic)
