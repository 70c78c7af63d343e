"""The row of every answer, and what each of its keys means: what `netj schema` prints and the docs are made from."""

from __future__ import annotations

import typing
from importlib import import_module
from typing import Any, Final, NamedTuple

from netjournal.errors import NotFoundError
from netjournal.reports.meanings import MEANINGS
from netjournal.reports.own_meanings import OWN_MEANINGS

#: Every answer: the module and class of its row, and the commands that give it.
ANSWERS: Final = {
    "due": ("netjournal.reports.due", "DueRow", "netj due"),
    "next": ("netjournal.reports.due", "DueRow", "netj next"),
    "plan": ("netjournal.reports.plan", "PlanRow", "netj plan"),
    "prep": ("netjournal.reports.prep.row", "PrepRow", "netj prep"),
    "log": ("netjournal.journal.logged", "Logged", "netj log"),
    "amend": ("netjournal.journal.logged", "Logged", "netj amend"),
    "contact list": (
        "netjournal.reports.contacts",
        "ContactRow",
        "netj contact list, rename, archive; netj keep, snooze; netj group show",
    ),
    "contact show": ("netjournal.reports.contacts", "ContactDetailRow", "netj contact show, add, edit, merge"),
    "contact delete": ("netjournal.journal.contacts", "Deleted", "netj contact delete"),
    "org list": ("netjournal.reports.organizations", "OrganizationRow", "netj org list, rename, merge"),
    "org show": ("netjournal.reports.organizations", "OrganizationDetailRow", "netj org show"),
    "group list": ("netjournal.reports.groups", "GroupRow", "netj group list, add, edit, delete"),
    "circle list": ("netjournal.reports.circles", "CircleRow", "netj circle list, add, edit, remove"),
    "objective list": ("netjournal.reports.objectives", "ObjectiveRow", "netj objective list"),
    "objective show": (
        "netjournal.reports.objectives",
        "ObjectiveDetailRow",
        "netj objective show, add, edit, pause, resume, achieve, drop",
    ),
    "followup list": (
        "netjournal.reports.followups",
        "FollowupRow",
        "netj followup list, add, edit, done, drop; netj done",
    ),
    "opportunity list": (
        "netjournal.reports.opportunities",
        "OpportunityRow",
        "netj opportunity list, show, add, move, close",
    ),
    "topic list": ("netjournal.reports.topics", "TopicRow", "netj topic list"),
    "topic show": ("netjournal.reports.topics", "TopicContactRow", "netj topic show"),
    "interaction list": ("netjournal.reports.interactions", "InteractionRow", "netj interaction list, show, delete"),
    "search": ("netjournal.reports.search", "SearchRow", "netj search"),
    "timeline": ("netjournal.reports.interactions", "InteractionRow", "netj timeline"),
    "review": ("netjournal.reports.review.rows", "ReviewRow", "netj review"),
    "review chart": ("netjournal.reports.review.rows", "ChartRow", "netj review --chart"),
    "import": ("netjournal.journal.importing.plan", "Imported", "netj import"),
    "undo": ("netjournal.journal.undo", "Undone", "netj undo, redo"),
    "undo refused": ("netjournal.journal.undo", "ConflictRow", "netj undo (where later changes stand in the way)"),
    "changes": ("netjournal.reports.changes", "ActionRow", "netj changes"),
    "changes of one": ("netjournal.reports.changes", "ChangeRow", "netj changes WHO"),
    "forget": ("netjournal.journal.forget", "Forgotten", "netj forget"),
    "backup": ("netjournal.store.backups", "BackupRow", "netj backup, backup list"),
    "backup verify": ("netjournal.store.backups", "VerifiedRow", "netj backup verify"),
    "restore": ("netjournal.store.backups", "RestoredRow", "netj restore"),
    "doctor": ("netjournal.store.checkup", "CheckRow", "netj doctor"),
    "doctor salvage": ("netjournal.store.checkup", "SalvagedRow", "netj doctor --salvage"),
    "config list": ("netjournal.config", "SettingRow", "netj config list"),
    "demo": ("netjournal.journal.story", "Told", "netj demo"),
    "schema": ("netjournal.reports.schema", "FieldRow", "netj schema NAME"),
    "answers": ("netjournal.reports.schema", "AnswerRow", "netj schema"),
}


class AnswerRow(NamedTuple):
    """One answer."""

    name: str
    command: str
    key_count: int


class FieldRow(NamedTuple):
    """One key of an answer; `null` says whether it may be absent."""

    key: str
    type: str
    null: bool
    meaning: str


def row_of(name: str) -> type[NamedTuple]:
    """The row class of an answer. Raises NotFoundError with the answers there are."""
    wanted = " ".join(name.replace("-", " ").split())
    if wanted not in ANSWERS:
        raise NotFoundError(f"There is no answer '{name}'.", "There are: " + ", ".join(ANSWERS) + ".")
    module, row, _ = ANSWERS[wanted]
    found: type[NamedTuple] = getattr(import_module(module), row)
    return found


def answers() -> tuple[AnswerRow, ...]:
    """Every answer."""
    return tuple(AnswerRow(name, command, len(row_of(name)._fields)) for name, (_, _, command) in ANSWERS.items())


def keys_of(name: str) -> tuple[FieldRow, ...]:
    """The keys of one answer, in their order."""
    row = row_of(name)
    hints = typing.get_type_hints(row)
    meanings = {**MEANINGS, **OWN_MEANINGS.get(row.__name__, {})}
    return tuple(
        FieldRow(field.removesuffix("_"), *_type(hints[field]), meanings[field.removesuffix("_")])
        for field in row._fields
    )


def _type(hint: Any) -> tuple[str, bool]:
    """A JSON type with what it holds, and whether it may be null."""
    options = (
        [part for part in typing.get_args(hint) if part is not type(None)]
        if type(None) in typing.get_args(hint)
        else []
    )
    if options:
        return _type(options[0])[0], True
    origin = typing.get_origin(hint)
    if origin is tuple:
        return f"list of {_type(typing.get_args(hint)[0])[0]}", False
    if origin is dict:
        return "object of numbers", False
    if origin is typing.Literal:
        return " | ".join(typing.get_args(hint)), False
    base = getattr(hint, "__supertype__", hint)
    names = {str: "text", int: "integer", float: "number", bool: "boolean"}
    named = {"Handle": "handle", "Key": "key", "Uid": "uid"}.get(getattr(hint, "__name__", ""))
    return named or names.get(base, "day"), False
