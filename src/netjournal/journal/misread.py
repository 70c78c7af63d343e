"""Remarks of `log`: what it may have understood otherwise than it was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.domain import evening, kinds, misnamed, names, naming, text
from netjournal.reports import find
from netjournal.store.queries import circles as circle_queries
from netjournal.store.queries import contacts as contact_queries
from netjournal.store.queries import interactions as interaction_queries
from netjournal.store.queries import names as name_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.journal.who import Who
    from netjournal.journal.words import LogWords
    from netjournal.store.unit_of_work import UnitOfWork

#: Of so many people who may be known by another name each is told.
_MOST_NAMESAKES: Final = 5
#: What is said of a call that nobody took.
_UNREACHED: Final = re.compile(
    r"(?:no (?:answer|reply|response)|(?:left (?:a |him a |her a |them a )?)?(?:voice ?mail|mailbox)|left (?:a )?message"
    r"|(?:did not|didn['’]t) (?:answer|pick up|reach)|(?:nobody|no one) (?:answered|picked up|there))\b",
    re.IGNORECASE,
)
#: Where names that were kept as a summary end.
_ABOUT: Final = re.compile(r"\s(?:about|re)\s|:\s")
#: What a kind is followed by, and hardly ever another word that begins a summary.
_AFTER_KIND: Final = ("about", "re", "with", "at", "in", "on", "today", "yesterday", "again")


def misread(uow: UnitOfWork, words: LogWords, kind: str, summary: str | None, who: Who) -> list[str]:
    """What may have been meant otherwise than it was understood, each as a sentence with its mend."""
    said = [*_unmarked(words), *_meant_as_theirs(words), *circle_of_nobody(uow, words, who)]
    return [*said, *_in_summary(uow, words, kind, summary, who), *namesakes(uow, who)]


def namesakes(uow: UnitOfWork, who: Who) -> list[str]:
    """Who was made new and may be somebody known, and who was found by the beginning of a name."""
    begun = [(typed, who.named[typed]) for typed in who.begun]
    near = {i for ids in who.near.values() for i in ids}
    handles = name_queries.handles_of(uow.read, {*who.near, *near, *who.learned, *(i for _, i in begun)})
    said = [
        f"'{typed}' is taken for {handles[i]}, whose name only begins so; "
        f"for somebody new: `netj undo`, then `netj contact add {text.in_shell(typed.partition(' @')[0])}`."
        for typed, i in begun
    ]
    said += [
        f"{handles[i]} works at {org} from now on, as the @ says; if that is where you met: `netj contact edit "
        f"{handles[i]} --org ''`."
        for i, org in who.learned.items()
    ]
    for made, ids in who.near.items():
        first, *others = sorted(handles[i] for i in ids)
        known = naming.listed([first, *others])
        said.append(
            f"{handles[made]} is made new beside {known}. If they are one: `netj contact merge {first} {handles[made]}`."
        )
    more = len(said) - _MOST_NAMESAKES
    return said if more <= 1 else [*said[:_MOST_NAMESAKES], f"So with {more} more: `netj contact list --untracked`."]


def logged_before(uow: UnitOfWork, interaction_id: int) -> list[str]:
    """That the same talk may be there already: of the same people, kind and day, and about nothing else."""
    (fact,) = interaction_queries.interactions_by_id(uow.read, [interaction_id])
    for there in interaction_queries.interactions_like(uow.read, interaction_id):
        said = {(f.summary or "").casefold() for f in (fact, there)}
        # Of messages there are several on a day; a call that is logged anew with more to it is the same.
        if len(said) == 1 or ("" in said and kinds.DEPTH_OF_KIND[fact.kind] == "conversation"):
            return [f"#{there.id} is the same kind with the same people on that day. If it is this one: `netj undo`."]
    return []


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
        f": `netj keep {' '.join(others)} --circle {text.in_shell(words.circle)}` puts them into it" if others else ""
    )
    return [f"`--circle` is for new contacts, and nobody new was here{mend}."]


def _unmarked(words: LogWords) -> list[str]:
    """The lines of an evening that went into its note, and look like somebody met."""
    found = [name for line in words.loose if (name := evening.unmarked(line)) is not None]
    if words.new and not (found or words.guests):
        # People were expected, and every line may be one of them.
        others = [evening.unmarked(line, capitals=False) for line in words.loose]
        found = [] if None in others else [name for name in others if name]
    if not found:
        return []
    lines = "1 line went" if len(found) == 1 else f"{len(found)} lines went"
    listed = ", ".join(f"'{name}'" for name in found[:4]) + (", …" if len(found) > 4 else "")
    return [
        f"{lines} into the note of this one interaction, and touched nobody: {listed}. "
        f"Somebody met is `- NAME: what was said` below the first line; to log it again: `netj undo`."
    ]


def _meant_as_theirs(words: LogWords) -> list[str]:
    """The promises of an evening that are kept as mine, and begin as if they were theirs."""
    found = [(g.line, p, them) for g in words.guests for p in g.promises if (them := evening.meant_as_theirs(p))]
    return [
        f"Line {line}: '{promise}' is kept as what you promised. What they promised is `> they: {them}`; to log it again: "
        "`netj undo`."
        for line, promise, them in found
    ]


def _in_summary(uow: UnitOfWork, words: LogWords, kind: str, summary: str | None, who: Who) -> list[str]:
    """What was kept as a summary, and may have been meant as a kind or as somebody's name."""
    if not summary:
        return []
    first = summary.split()[0].strip(",;:")
    meant = _kind(words, summary, first) if kind == kinds.DEFAULT_KIND and words.kind is None else None
    if kind in ("call", "video") and _UNREACHED.match(summary):
        return ["A call that nobody took is a message, which waits for an answer: `netj amend --kind message`."]
    if meant is not None:
        return [f"'{first}' is kept as what it was about; for the kind: `netj amend --kind {meant}`."]
    if kind == "event" and not who.ids:
        return _behind_the_colon(uow, words, summary)
    title = _title(words, summary)
    if title is not None:
        handle = name_queries.handles_of(uow.read, who.ids)[who.ids[-1]]
        return [
            f"Names end at the first comma, so '{title}' went into what it was about. As a title: "
            f'`netj contact edit {handle} --title {text.in_shell(title)}`; `-w "NAME @ ORG, TITLE"` says it at once.'
        ]
    others = _after_the_comma(uow, words, summary, who)
    if not others:
        return []
    return [
        f"Names end at the first comma, so {_quoted(others)} went into what it was about. If they were there too: "
        f"`{_adding(uow, others, _about(summary, others))}`."
    ]


def _kind(words: LogWords, summary: str, first: str) -> str | None:
    """The kind that the first word of a summary may have been meant as: misspelt, or in the place of another."""
    meant = kinds.kind_meant(first)
    if meant is not None or re.search(rf"\b(?:about|re):? {re.escape(first)}", words.text):
        return meant
    goes_on = summary.split()[1:2]
    kind = kinds.kind_named(first)
    is_broadcast = kind is not None and kinds.DEPTH_OF_KIND[kind] == "broadcast"
    return None if is_broadcast or (goes_on and goes_on[0] not in _AFTER_KIND) else kind


def _behind_the_colon(uow: UnitOfWork, words: LogWords, summary: str) -> list[str]:
    """Who an event of which nobody was named may have been with."""
    known = name_queries.known_contacts(uow.read)
    named = [n for n in misnamed.named_behind(summary) if n != n.lower() or names.find(n, known).ids]
    if not named:
        return ["Nobody was named, so `--new` made nobody: `netj amend --with NAME --new` does."] if words.new else []
    return [
        "Nobody was named: behind the colon all is what it was called. "
        f"If {_quoted(named)} {'was' if len(named) == 1 else 'were'} there: `{_adding(uow, named)}`."
    ]


def _quoted(who: Sequence[str]) -> str:
    return naming.listed([f"'{name}'" for name in who])


def _about(summary: str, others: Sequence[str]) -> str:
    """What stands behind the names of a summary, as the new summary that `amend` is given; empty where it is no such."""
    stretch, *about = _ABOUT.split(summary, maxsplit=1)
    for name in others:
        stretch = stretch.replace(name, "", 1)
    only_names = not re.sub(r"\b(?:and|cc)\b", "", stretch).strip(" ,&:")
    return about[0] if only_names and about and about[0][:1].isalpha() and ":" not in about[0] else ""


def _adding(uow: UnitOfWork, who: Sequence[str], summary: str = "") -> str:
    """The command that adds people to the last interaction, and leaves them out of what it was about."""
    known = name_queries.known_contacts(uow.read)
    new = "" if all(names.find(name, known).ids for name in who) else " --new"
    said = f"{text.in_shell(summary)} " if summary else ""
    return f"netj amend {said}" + " ".join(f"--with {text.in_shell(name)}" for name in who) + new


def _title(words: LogWords, summary: str) -> str | None:
    """What stands behind `NAME @ ORG,` and is written like a title."""
    title = re.split(r"\s(?:about|re)\s|[:,;]", summary, maxsplit=1)[0].strip()
    behind = re.search(rf" @ ?[^,:]+, {re.escape(title)}", " ".join(words.text.split())) if title else None
    said = title.split()
    return title if behind and len(said) <= 4 and all(word[0].isupper() for word in said) else None


def _after_the_comma(uow: UnitOfWork, words: LogWords, summary: str, who: Who) -> list[str]:
    """Who may have been there too: written like names up to an `about`, or the name of one person known here."""
    stretch, *about = _ABOUT.split(summary, maxsplit=1)
    pieces = [piece.strip() for piece in re.split(r",(?: and)?\s|\sand\s|\s&\s", stretch) if piece.strip()]
    pieces = [piece.removeprefix("cc ") for piece in pieces if not names.is_degree(piece)]
    if not pieces or not re.search(rf", ?(?:cc )?{re.escape(pieces[0])}", " ".join(words.text.split())):
        return []
    like_names = all(misnamed.could_be_name(p) and all(w[0].isupper() for w in p.split()) for p in pieces)
    if like_names and (about or (words.new and (len(pieces) > 1 or " " in pieces[0]))):
        return pieces
    known = name_queries.known_contacts(uow.read)
    found = [names.find(piece, known, bare_needs_tracked=" " not in piece).ids for piece in pieces[:9]]
    there = [len(ids) == 1 and ids[0] not in who.ids for ids in found]
    if all(there):
        return pieces
    return pieces[:1] if there[0] and " " in pieces[0] else []
