"""`log`: one interaction, understood from one line and its options, in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain import capture, dates, kinds, text
from netjournal.domain.words import Direction, Handle, Key, Prose, Uid
from netjournal.errors import ConflictError, NotFoundError, UsageError
from netjournal.journal.who import Who, named_in, resolve
from netjournal.reports import find
from netjournal.reports.clock import clock
from netjournal.reports.interactions import interaction_rows
from netjournal.reports.promises import NOTHING, promised, spelled
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import followups as followup_queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import opportunities as opportunity_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.domain.capture import Promise
    from netjournal.store.unit_of_work import UnitOfWork

#: A promise without a day is for so many days from today.
PROMISE_DAYS: Final = 7


class LogWords(NamedTuple):
    """What `log` was told, as typed; `order` settles `05/06/2026`."""

    text: str = ""
    who: Sequence[str] = ()
    without: Sequence[str] = ()
    kind: str | None = None
    on: str | None = None
    objectives: Sequence[str] = ()
    topics: Sequence[str] = ()
    note: str | None = None
    direction: Direction | None = None
    minutes: int | None = None
    gave: str | None = None
    got: str | None = None
    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    by: str | None = None
    done: Sequence[str] = ()
    no_reply: bool = False
    intro: str | None = None
    to: str | None = None
    via: str | None = None
    opportunity: str | None = None
    new: bool = False
    circle: str | None = None
    order: str | None = None


class Logged(NamedTuple):
    """The receipt: what was understood."""

    uid: Uid
    id: int
    on: date
    kind: str
    direction: Direction
    summary: Prose | None
    contacts: tuple[Handle, ...]
    objectives: tuple[Key, ...]
    implied: Key | None
    topics: tuple[str, ...]
    created: tuple[Handle, ...]
    promises: tuple[Prose, ...]
    next_due: tuple[str, ...]
    names: tuple[Prose, ...]
    note: Prose | None
    exposure: bool
    #: What was assumed and is worth a word: days not said, people reached rather than touched.
    remarks: tuple[Prose, ...]


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
    mine: tuple[Promise, ...]
    theirs: tuple[Promise, ...]


def log(uow: UnitOfWork, words: LogWords) -> Logged:
    """Write one interaction. Raises UsageError, NotFoundError, AmbiguousError and ConflictError."""
    plan = _understood(uow, words)
    interaction_id = _write(uow, words, plan)
    remarks = _promises(uow, words, plan, interaction_id)
    _introduce(uow, words, plan, interaction_id)
    for typed in words.done:
        close_followup(uow, find.number(typed, "a promise"))
    if words.opportunity is not None:
        _opportunity(uow, words.opportunity, plan, interaction_id)
    return receipt(uow, interaction_id, plan.who.created, remarks)


def _understood(uow: UnitOfWork, words: LogWords) -> _Plan:
    kind = kinds.kind_named(words.kind) if words.kind is not None else None
    if words.kind is not None and kind is None:
        raise UsageError(f"'{words.kind}' is not a kind of interaction.", "Kinds: " + ", ".join(kinds.KINDS) + ".")
    introduced = tuple(name for name in (words.intro, words.to, words.via) if name)
    if (words.to or words.via) and not words.intro:
        raise UsageError("`--to` and `--via` say more of an introduction.", "Name who was introduced with `--intro`.")

    def is_past_day(phrase: str) -> bool:
        return dates.accepts(phrase, uow.today, "past")

    said = capture.read(words.text, is_past_day, kind=kind, others_named=bool(words.who or introduced))
    kind = said.kind or kind or ("intro" if words.intro else kinds.DEFAULT_KIND)
    on = _day(words, said, uow.today)
    broadcast = kinds.DEPTH_OF_KIND[kind] == "broadcast"
    if broadcast and (words.who or introduced):
        raise UsageError(
            f"A broadcast ({kind}) reaches everyone, so it takes no `--with`.",
            "Log an answer to it as a message or a chat of its own.",
        )
    who, plain = (Who((), (), {}), True) if broadcast else resolve(uow, words, said, introduced)
    if not who.ids and not broadcast and kind != "event":
        raise UsageError(
            "Who was it with?", 'Say it as in `netj log "coffee with Dana about hiring"`, or with `--with NAME`.'
        )
    named = dict.fromkeys(find.objective(uow.read, key) for key in (*said.objectives, *_stated(words)))
    none = said.none_on_purpose or capture.NONE in words.objectives
    if none and named:
        raise UsageError(
            "`+none` says that no objective was meant, but another is named too.", "Leave one of them out."
        )
    summary = said.plain_summary if plain else said.summary
    direction = words.direction or kinds.default_direction(kind)
    return _Plan(
        on,
        kind,
        direction,
        who,
        tuple(named),
        none,
        tuple(dict.fromkeys(text.topic(word) for word in (*said.topics, *words.topics))),
        text.line(summary, "The summary") if summary else None,
        tuple(_promise(phrase, uow.today) for phrase in words.mine),
        tuple(_promise(phrase, uow.today) for phrase in words.theirs),
    )


def _stated(words: LogWords) -> list[str]:
    return [key for key in words.objectives if key != capture.NONE]


def _day(words: LogWords, said: capture.Capture, today: date) -> date:
    given = [
        dates.read_past_day(phrase, today, order=words.order) for phrase in (words.on, said.day) if phrase is not None
    ]
    if len(set(given)) > 1:
        raise UsageError("`--on` and the day at the start of the text are not the same.", "Leave one of them out.")
    return given[0] if given else today


def _promise(phrase: str, today: date) -> Promise:
    promise = capture.read_promise(phrase, lambda said: dates.accepts(said, today, "future"))
    return promise._replace(text=text.line(promise.text, "A promise"))


def _write(uow: UnitOfWork, words: LogWords, plan: _Plan) -> int:
    exposure = int(kinds.is_exposure(plan.kind, plan.direction, len(plan.who.ids)))
    interaction_id = uow.add_record(
        "interaction",
        on_day=plan.on.isoformat(),
        kind=plan.kind,
        direction=plan.direction,
        exposure=exposure,
        summary=plan.summary,
        note=text.note(words.note) if words.note else None,
        minutes=_minutes(words.minutes),
        gave=text.line(words.gave, "What you gave") if words.gave else None,
        got=text.line(words.got, "What you got") if words.got else None,
        none_on_purpose=int(plan.none_on_purpose),
        no_reply=int(words.no_reply),
    )
    for contact_id in plan.who.ids:
        uow.add(
            "touch",
            contact_id=contact_id,
            interaction_id=interaction_id,
            on_day=plan.on.isoformat(),
            exposure=exposure,
        )
    for objective_id in plan.objectives:
        uow.add("support", interaction_id=interaction_id, objective_id=objective_id)
    for topic in plan.topics:
        uow.add("interaction_topic", interaction_id=interaction_id, topic=topic)
    if plan.who.ids:
        # Whoever is logged again is no longer put away.
        archived = contact_queries.archived(uow.read, plan.who.ids)
        if archived:
            uow.change("contact", {"id": tuple(archived)}, archived_on=None)
    return interaction_id


def _minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 1 <= minutes <= 10080:
        raise UsageError("`--minutes` is between 1 and 10080, which is a week.")
    return minutes


def _promises(uow: UnitOfWork, words: LogWords, plan: _Plan, interaction_id: int) -> list[str]:
    """Write the promises made; return what was assumed of them."""
    made = [("me", p) for p in plan.mine] + [("them", p) for p in plan.theirs]
    undated = [p for _, p in made if p.day is None]
    if words.by is not None and len(undated) != 1:
        raise UsageError(
            "`--by` gives its day to exactly one promise without a day.",
            "End each promise with its own: `… by friday`.",
        )
    remarks = []
    for owner, promise in made:
        day = promise.day or words.by
        if day is None:
            by = uow.today + timedelta(days=PROMISE_DAYS)
            remarks.append(f"No day was said for '{promise.text}', so it is for {dates.show_day(by)}.")
        else:
            by = dates.read_future_day(day, uow.today, order=words.order)
        uow.add_record(
            "followup",
            text=promise.text,
            owner=owner,
            by_day=by.isoformat(),
            contact_id=_promised_to(uow, promise, plan),
            objective_id=plan.objectives[0] if len(plan.objectives) == 1 else None,
            interaction_id=interaction_id,
            opened_on=uow.today.isoformat(),
        )
    if len(plan.who.ids) > 1 and any(p.mention is None for _, p in made):
        remarks.append('A promise is with one person where it names them: `--next "send the deck @dana"`.')
    return remarks


def _promised_to(uow: UnitOfWork, promise: Promise, plan: _Plan) -> int | None:
    if promise.mention is not None:
        return named_in(uow.read, promise.mention)
    return plan.who.ids[0] if len(plan.who.ids) == 1 else None


def _introduce(uow: UnitOfWork, words: LogWords, plan: _Plan, interaction_id: int) -> None:
    if words.intro is None:
        return
    by_name = plan.who.named
    contact_id, via = by_name[words.intro], by_name[words.via] if words.via else None
    to = by_name[words.to] if words.to else None
    if contact_id == to:
        raise UsageError("Nobody can be introduced to themselves.")
    uow.add("introduction", interaction_id=interaction_id, contact_id=contact_id, to_contact_id=to, via_contact_id=via)
    if via is not None:
        uow.add_record(
            "followup",
            text="thank them for the introduction",
            owner="me",
            by_day=(uow.today + timedelta(days=PROMISE_DAYS)).isoformat(),
            contact_id=via,
            interaction_id=interaction_id,
            opened_on=uow.today.isoformat(),
        )
        if to is None and contact_queries.details(uow.read, contact_id).introduced_by is None:
            uow.change("contact", {"id": contact_id}, introduced_by_id=via)


def _opportunity(uow: UnitOfWork, title: str, plan: _Plan, interaction_id: int) -> None:
    """Link to the open opportunity of that title, or make one."""
    shown = text.name(title, "The opportunity's title")
    opportunity_id = opportunity_queries.open_with_title(uow.read, shown)
    if opportunity_id is None:
        through = plan.who.ids[0] if plan.who.ids else None
        work = contact_queries.affiliations(uow.read, plan.who.ids[:1]).get(through or 0, [])
        opportunity_id = uow.add_record(
            "opportunity",
            title=shown,
            organization_id=next((a.organization_id for a in work if a.until is None), None),
            through_id=through,
            objective_id=plan.objectives[0] if len(plan.objectives) == 1 else None,
            direction="in",
            stage="lead",
            opened_on=plan.on.isoformat(),
        )
    uow.add("opportunity_interaction", opportunity_id=opportunity_id, interaction_id=interaction_id)


def close_followup(uow: UnitOfWork, followup_id: int) -> None:
    """Mark a promise done. Raises NotFoundError, and ConflictError for one that is closed already."""
    found = followup_queries.followup(uow.read, followup_id)
    if found is None:
        raise NotFoundError(
            f"There is no promise {followup_id}.", "`netj due` and `netj contact show` list open promises."
        )
    if found.status != "open":
        raise ConflictError(f"Promise {followup_id} is {found.status} already.")
    uow.change("followup", {"id": followup_id}, status="done", closed_on=uow.today.isoformat())


def receipt(uow: UnitOfWork, interaction_id: int, created: Sequence[int], remarks: Sequence[str]) -> Logged:
    """What was understood: read back from what was written."""
    (facts,) = interaction_queries.interactions_by_id(uow.read, [interaction_id])
    (row,) = interaction_rows(uow.read, [facts])
    people = interaction_queries.participants(uow.read, [interaction_id]).get(interaction_id, [])
    ids = [p.contact_id for p in people]
    open_promises = followup_queries.open_followups(uow.read)
    made_here = followup_queries.made_in(uow.read, interaction_id)
    with_them = [f for f in open_promises if f.contact_id in ids or f.id in made_here]
    known = contact_queries.contacts_by_id(uow.read, ids)
    by_contact = promised(open_promises, uow.today)
    next_due = []
    for person in people:
        now = clock(known[person.contact_id], uow.today, by_contact.get(person.contact_id, NOTHING).ahead)
        if now.due_on is not None:
            next_due.append(f"{person.handle} {now.due_on.isoformat()}")
    if facts.exposure and ids:
        remarks = [*remarks, "One message to so many is exposure: it moves nobody's next day."]
    handles = name_queries.handles_of(uow.read, created)
    return Logged(
        row.uid,
        row.id,
        row.on,
        row.kind,
        row.direction,
        row.summary,
        row.contacts,
        row.objectives,
        row.implied,
        row.topics,
        tuple(Handle(handles[i]) for i in created),
        tuple(Prose(spelled(f)) for f in with_them),
        tuple(next_due),
        row.names,
        row.note,
        bool(facts.exposure),
        tuple(Prose(r) for r in remarks),
    )
