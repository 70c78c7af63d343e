"""`objective add|edit|pause|resume|achieve|drop`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain import capture, names, text
from netjournal.errors import ConflictError, UsageError
from netjournal.journal import organizations
from netjournal.journal.followups import write_promise
from netjournal.reports import find
from netjournal.reports.objectives import helpers, objective_detail
from netjournal.reports.support import implied_interactions
from netjournal.store.queries import names as name_queries
from netjournal.store.queries import objectives as queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from netjournal.reports.objectives import ObjectiveDetailRow
    from netjournal.store.unit_of_work import UnitOfWork


class ObjectiveWords(NamedTuple):
    """What was said of an objective; None is unsaid, and an empty text clears."""

    title: str | None = None
    key: str | None = None
    why: str | None = None
    by: date | None = None
    no_day: bool = False
    looking_for: str | None = None
    asks: Sequence[str] = ()
    topics: Sequence[str] = ()
    organizations: Sequence[str] = ()
    done_when: str | None = None
    client: str | None = None


class StatusSet(NamedTuple):
    """What became of an objective, and how many interactions state it from now on that implied it before."""

    row: ObjectiveDetailRow
    stated_count: int


def add_objective(uow: UnitOfWork, words: ObjectiveWords) -> ObjectiveDetailRow:
    """Make an objective. Raises UsageError, ConflictError, NotFoundError and AmbiguousError."""
    title = text.name(words.title or "", "The title")
    taken = {key for _, key, _, _ in name_queries.objectives_named(uow.read)}
    if words.key is not None:
        key = _checked_key(words.key, taken)
    else:
        _refuse_twin(uow, title, words.client)
        # `+none` says that no objective was meant.
        key = names.free_slug(names.slug(title) or "objective", taken | {capture.NONE})
    objective_id = uow.add_record("objective", key=key, title=title, opened_on=uow.today.isoformat())
    _change(uow, objective_id, words._replace(title=None, key=None))
    return objective_detail(uow.read, objective_id, uow.today)


def _refuse_twin(uow: UnitOfWork, title: str, client: str | None) -> None:
    """Refuse a second objective of a title for the same person: mostly it is the first one, entered again."""
    client_id = find.contact_to_link(uow.read, client) if client else None
    for there in queries.objectives(uow.read):
        if names.fold(there.title) == names.fold(title) and there.client_id == client_id:
            is_active = there.status == "active"
            mend = f"edit {there.key} …` changes it" if is_active else f"resume {there.key}` takes it up again"
            raise ConflictError(
                f"There is an objective of that title already: {there.key}, {there.status}.",
                f"`netj objective {mend}; for another on purpose, give it a key with --key.",
            )


def edit_objective(uow: UnitOfWork, typed: str, words: ObjectiveWords) -> ObjectiveDetailRow:
    """Change an objective; single values replace, repeatable ones are added, '' clears."""
    objective_id = find.objective(uow.read, typed)
    text.something(words != ObjectiveWords(), "objective")
    _change(uow, objective_id, words)
    return objective_detail(uow.read, objective_id, uow.today)


def set_status(
    uow: UnitOfWork, typed: str, status: str, outcome: str | None = None, *, thank: bool = False
) -> StatusSet:
    """Say what became of an objective; `thank` promises a thank-you to each who helped.

    What implied it states it once it ends: only an active objective is implied, and its past is not to change.
    Raises ConflictError where it is that already.
    """
    objective_id = find.objective(uow.read, typed)
    now = queries.objective(uow.read, objective_id)
    if now.status == status and outcome is None:
        raise ConflictError(f"{now.key} is {status} already.")
    closed = status in ("achieved", "dropped")
    values: dict[str, object] = {"status": status, "closed_on": uow.today.isoformat() if closed else None}
    if outcome is not None:
        values["outcome"] = text.line(outcome, "The outcome")
    elif not closed:
        values["outcome"] = None
    implying = implied_interactions(uow.read, objective_id) if closed else []
    uow.add_many("support", [{"interaction_id": one, "objective_id": objective_id} for one in implying])
    uow.change("objective", {"id": objective_id}, **values)
    for contact_id, _ in helpers(uow.read, objective_id) if thank else ():
        thanks = f"thank them for helping with {now.title}"
        write_promise(uow, thanks, contact_id=contact_id, objective_id=objective_id)
    return StatusSet(objective_detail(uow.read, objective_id, uow.today), len(implying))


def _checked_key(wanted: str, taken: set[str]) -> str:
    if not names.is_slug(wanted) or wanted == capture.NONE:
        raise UsageError(f"'{wanted}' cannot be a key.", "A key is small letters, digits and hyphens: platform-role.")
    if wanted in taken:
        raise ConflictError(f"The key '{wanted}' is taken.", "Choose another with --key.")
    return wanted


def _change(uow: UnitOfWork, objective_id: int, words: ObjectiveWords) -> None:
    values: dict[str, object] = {}
    now = queries.objective(uow.read, objective_id)
    if words.title is not None:
        values["title"] = text.name(words.title, "The title")
    if words.key is not None and words.key != now.key:
        values["key"] = _checked_key(words.key, {key for _, key, _, _ in name_queries.objectives_named(uow.read)})
    for column, said, what in (
        ("why", words.why, "The why"),
        ("looking_for", words.looking_for, "What you look for"),
        ("done_when", words.done_when, "What done looks like"),
    ):
        if said is not None:
            values[column] = text.line(said, what) if said else None
    if words.by is not None or words.no_day:
        values["by_day"] = words.by.isoformat() if words.by else None
    if words.client is not None:
        values["client_id"] = find.contact_to_link(uow.read, words.client) if words.client else None
    if values or words.asks or words.topics or words.organizations:
        uow.change("objective", {"id": objective_id}, **values)
    _add_lists(uow, objective_id, words)


def _add_lists(uow: UnitOfWork, objective_id: int, words: ObjectiveWords) -> None:
    for ask in words.asks:
        if not ask:
            uow.remove("objective_ask", objective_id=objective_id)
            continue
        shown, there = text.line(ask, "The ask"), queries.asks(uow.read, objective_id)
        if shown not in there:
            uow.add("objective_ask", objective_id=objective_id, ask=shown, position=len(there))
    for word in words.topics:
        if not word:
            uow.remove("objective_topic", objective_id=objective_id)
        elif text.topic(word) not in queries.topics(uow.read, objective_id):
            uow.add("objective_topic", objective_id=objective_id, topic=text.topic(word))
    for name in words.organizations:
        if not name:
            uow.remove("objective_organization", objective_id=objective_id)
            continue
        organization_id = organizations.find_or_make(uow, name)
        if organization_id not in queries.organization_ids(uow.read, objective_id):
            uow.add("objective_organization", objective_id=objective_id, organization_id=organization_id)
