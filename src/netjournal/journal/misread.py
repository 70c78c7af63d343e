"""Remarks of `log`: what it may have understood otherwise than it was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netjournal.domain import capture, evening, kinds, names, text
from netjournal.reports import find
from netjournal.store.queries import circles as circle_queries
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from netjournal.journal.who import Who
    from netjournal.journal.words import LogWords
    from netjournal.store.unit_of_work import UnitOfWork


def misread(uow: UnitOfWork, words: LogWords, kind: str, summary: str | None, who: Who) -> list[str]:
    """What may have been meant otherwise than it was understood, each as a sentence with its mend."""
    return [*_unmarked(words, who), *circle_of_nobody(uow, words, who), *_in_summary(uow, words, kind, summary, who)]


def circle_of_nobody(uow: UnitOfWork, words: LogWords, who: Who) -> list[str]:
    """A circle that was named where nobody was made, with the command that gives it. Raises NotFoundError for none."""
    if words.circle is None or who.created:
        return []
    circle_id = find.circle(uow.read, words.circle)
    (circle,) = [c.name for c in circle_queries.circles(uow.read) if c.id == circle_id]
    facts = contact_queries.contacts_by_id(uow.read, who.ids)
    others = [facts[i].handle for i in who.ids if facts[i].circle != circle]
    if who.ids and not others:
        return []
    mend = (
        f": `netj keep {' '.join(others)} --circle {text.in_shell(words.circle)}` gives it to those" if others else ""
    )
    return [f"`--circle` is for new contacts, and nobody new was here{mend}."]


def _unmarked(words: LogWords, who: Who) -> list[str]:
    """The lines of an evening that went into its note, and look like somebody met."""
    found = [name for line in words.loose if (name := evening.unmarked(line)) is not None]
    if not found:
        return []
    lines = "1 line went" if len(found) == 1 else f"{len(found)} lines went"
    listed = ", ".join(f"'{name}'" for name in found[:4]) + (", …" if len(found) > 4 else "")
    return [
        f"{lines} into the note of this one interaction with {len(who.ids)}, made nobody and touched nobody: {listed}. "
        f"Somebody met is `- NAME: what was said` below the first line; to log it again: `netj undo`."
    ]


def _in_summary(uow: UnitOfWork, words: LogWords, kind: str, summary: str | None, who: Who) -> list[str]:
    """What was kept as a summary, and may have been meant as a kind or as somebody's name."""
    if not summary:
        return []
    first = summary.split()[0].strip(",;:")
    meant = kinds.kind_meant(first) if kind == kinds.DEFAULT_KIND and words.kind is None else None
    if meant is not None:
        return [f"'{first}' is kept as what it was about; for the kind: `netj amend --kind {meant}`."]
    title = _title(words, summary)
    if title is not None:
        handle = name_queries.handles_of(uow.read, who.ids)[who.ids[-1]]
        return [
            f"Names end at the first comma, so '{title}' went into what it was about. As a title: "
            f'`netj contact edit {handle} --title "{title}"`; `-w "NAME @ ORG, TITLE"` says it at once.'
        ]
    others = _after_the_comma(uow, words, summary, who)
    if not others:
        return []
    listed, options = " and ".join(f"'{name}'" for name in others), " ".join(f'--with "{name}"' for name in others)
    return [
        f"Names end at the first comma, so {listed} went into what it was about. If they were there too: "
        f"`netj amend {options}`."
    ]


def _title(words: LogWords, summary: str) -> str | None:
    """What stands behind `NAME @ ORG,` and is written like a title."""
    title = re.split(r"\s(?:about|re)\s|[:,;]", summary, maxsplit=1)[0].strip()
    behind = re.search(rf" @ ?[^,:]+, {re.escape(title)}", " ".join(words.text.split())) if title else None
    said = title.split()
    return title if behind and len(said) <= 4 and all(word[0].isupper() for word in said) else None


def _after_the_comma(uow: UnitOfWork, words: LogWords, summary: str, who: Who) -> list[str]:
    """Who may have been there too: written like names up to an `about`, or the name of one person known here."""
    stretch, *about = re.split(r"\s(?:about|re)\s", summary, maxsplit=1)
    pieces = [piece.strip() for piece in re.split(r",|\sand\s", stretch)]
    if f", {pieces[0]}" not in " ".join(words.text.split()):
        return []
    if about and all(
        piece and capture.could_be_name(piece) and all(w[0].isupper() for w in piece.split()) for piece in pieces
    ):
        return pieces
    if " " not in pieces[0]:
        return []
    found = names.find(pieces[0], name_queries.known_contacts(uow.read)).ids
    return pieces[:1] if len(found) == 1 and found[0] not in who.ids else []
