"""The row of `prep` as one screen of labels and lines, the answer first: for people, not for scripts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from netjournal.domain.counts import counted
from netjournal.domain.words import few

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from netjournal.reports.prep.row import Prepared, PrepRow

#: Characters of one interaction, and of any other item: two lines and one and a half beside the labels.
LONG: Final = 128
SHORT: Final = 96
#: Objectives, and people of an organization, that are told in full.
MOST_OBJECTIVES: Final = 3
#: Open promises of one side that are told one by one.
MOST_PROMISES: Final = 4
MOST_ON_A_SCREEN: Final = 6

Lines = list[tuple[str, str]]


def screen(found: Prepared, today: date) -> Lines:
    """The labels and texts of a screen; what there is nothing to say of has no label."""
    row, names = found.row, found.names
    if row.type == "contact":
        made = [
            ("who", [_who(row)]),
            ("how it is", [_standing(row, today)]),
            ("news", row.signals),
            ("said last", _talks(row, names, today)),
            *_promises(row, names, today),
            ("opportunity", _opportunities(row, today)),
            *_objectives(row, names, today),
            ("topics", [_topics(row)]),
            ("you gave", [_day(text, today, SHORT) for text in row.given[:1]]),
            ("you got", [_day(text, today, SHORT) for text in row.received[:1]]),
            ("health", [_health(row)]),
            ("met", [_met(row, names)]),
            ("introduced", _introductions(row, names, today)),
            ("before", row.affiliations[row.organization is not None or row.title is not None :][:2]),
            *_place(row, names, today),
            ("groups", ["; ".join(row.groups)]),
            ("note", [cut(row.note or "", LONG)]),
            ("of them", [_day(text, today, LONG) for text in row.touch_notes[:2]]),
        ]
    else:
        made = [
            ("who", [_asked(row)]),
            *_place(row, names, today),
            ("opportunity", _opportunities(row, today)),
            ("knows of it", [_called(names, handle) for handle in row.knowing]),
            ("said last", _talks(row, names, today)),
            ("found", [_hit(text, today) for text in row.hits]),
            *_objectives(row, names, today),
            ("topics", [_topics(row)]),
        ]
    lines = [(label, "\n".join(text for text in texts if text)) for label, texts in made]
    return [(label, text) for label, text in lines if text]


def cut(text: str, most: int) -> str:
    """A text on one line, cut between words where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: max(line.rfind(" ", 0, most), most // 2)] + "…"


def when(day: date, today: date) -> str:
    """A day as people count: today, 3 days ago, in 5 days."""
    days = (day - today).days
    if days == 0:
        return "today"
    count = counted(abs(days), "day")
    return f"in {count}" if days > 0 else f"{count} ago"


def _called(names: Mapping[str, str], handle: str) -> str:
    return "you" if handle == "@me" else names.get(handle, handle)


def _day(text: str, today: date, most: int) -> str:
    """`DAY TEXT` with the day as people count."""
    day, _, rest = text.partition(" ")
    return cut(f"{when(date.fromisoformat(day), today)}: {rest}", most)


def _who(row: PrepRow) -> str:
    work = " at ".join(part for part in (row.title, row.organization) if part)
    parts = (f"{row.name} ({row.contact})", work, row.location, "archived" if row.archived else "")
    return ", ".join(part for part in parts if part)


def _asked(row: PrepRow) -> str:
    if row.type == "unknown":
        return f"{row.name}: nobody you know" + (f", at {row.organization}" if row.organization else "")
    return str(row.name)


def _standing(row: PrepRow, today: date) -> str:
    parts = [str(row.standing)] if row.standing != "due" or row.due_on is None else []
    if row.due_on is not None and row.standing in ("on-track", "soon", "due", "overdue", "planned"):
        parts.append(f"due {when(row.due_on, today)}")
    if row.last_on is None:
        parts.append("no touch yet")
    else:
        parts.append(f"last {row.last_on}, {when(row.last_on, today)}")
    pace = [f"wished every {row.every_days}"] if row.every_days else []
    pace += [f"usually every {row.usual_days:g}"] if row.usual_days else []
    if pace:
        parts.append(", ".join(pace) + " days")
    return "; ".join(parts)


def _talks(row: PrepRow, names: Mapping[str, str], today: date) -> list[str]:
    """Each interaction as its day, kind, the others who took part, and its words."""
    told = []
    for text in row.talks:
        _, day, kind, who, *words = text.split(" ", 4)
        others = few([_called(names, handle) for handle in who.split(",") if handle not in ("-", row.contact)])
        whom = f" with {', '.join(others)}" if others else ""
        told.append(cut(f"{when(date.fromisoformat(day), today)}, {kind}{whom}" + ": ".join(["", *words]), LONG))
    return told


def _promises(row: PrepRow, names: Mapping[str, str], today: date) -> Iterator[tuple[str, list[str]]]:
    """The open promises with a contact, mine first; thanks say for whom."""
    introduced = {text.split(" ")[0]: text.split(" ")[2] for text in row.thanks}
    told: dict[str, list[str]] = {"me": [], "them": []}
    for text in row.followups:
        number, owner, day, words = text.split(" ", 3)
        whom = f" to {_called(names, introduced[number])}" if number in introduced else ""
        # The number is what `netj done` takes: it is never cut off.
        told[owner].append(cut(f"due {when(date.fromisoformat(day), today)}: {words}{whom}", SHORT) + f" [{number}]")
    for label, owner in (("you promised", "me"), ("they promised", "them")):
        more = len(told[owner]) - MOST_PROMISES
        yield label, [*told[owner][:MOST_PROMISES], *([f"and {more} more: `netj followup list`"] if more > 0 else [])]


def _objectives(row: PrepRow, names: Mapping[str, str], today: date) -> Iterator[tuple[str, Sequence[str]]]:
    """What it is all for: each objective with its why, what is looked for and what to ask."""
    by_key = [_keyed(texts) for texts in (row.targets, row.whys, row.sought, row.questions, row.common)]
    targets, whys, sought, questions, common = by_key
    for key in row.objectives[:MOST_OBJECTIVES]:
        target = f", by {targets[key][0]}, {when(date.fromisoformat(targets[key][0]), today)}" if key in targets else ""
        why = f": {whys[key][0]}" if key in whys else ""
        told = [cut(f"{key}{target}{why}", LONG)]
        told += [cut(f"looking for {text}", SHORT) for text in sought.get(key, ())]
        told += [cut("ask: " + " / ".join(questions[key]), LONG)] if key in questions else []
        # The same word for whom it is for and for who helps would be read as either.
        yield "for them" if key in row.pursued else "for", told
    more = row.objectives[MOST_OBJECTIVES:]
    yield "also for", [", ".join(more)]
    could = [
        cut(f"{key} ({', '.join(common.get(key, ()))})" + (f": {whys[key][0]}" if key in whys else ""), SHORT)
        for key in row.could
    ]
    yield "could help", could[:MOST_OBJECTIVES]
    steps = []
    for text, handle in list(zip(row.next_steps, row.next_with, strict=True))[:2]:
        _, owner, day, words = text.split(" ", 3)
        whose = _called(names, handle) if handle != "-" else None
        who = (f"you to {whose}" if whose else "you") if owner == "me" else whose or "they"
        steps.append(cut(f"due {when(date.fromisoformat(day), today)}, {who}: {words}", SHORT))
    yield "next steps", steps


def _keyed(texts: Sequence[str]) -> dict[str, list[str]]:
    """Texts spelled `KEY TEXT`, by key."""
    found: dict[str, list[str]] = {}
    for text in texts:
        key, _, rest = text.partition(" ")
        found.setdefault(key, []).append(rest)
    return found


def _topics(row: PrepRow) -> str:
    shared = set(row.shared_topics)
    marked = [f"#{topic}{'*' if topic in shared else ''}" for topic in dict.fromkeys((*row.topics, *row.came_up))]
    if not marked:
        return ""
    return cut(" ".join(marked), SHORT) + (" (* of your objectives)" if shared else "")


def _health(row: PrepRow) -> str:
    # Nothing was logged yet: a figure of it would be read as a judgement.
    if row.health is None or not row.touch_count:
        return ""
    terms = ", ".join(f"{depth} {part:.2f}" for depth, part in row.health_terms.items())
    tie = "; grown tie, dormant for a year" if row.dormant else "; grown tie" if row.grown else ""
    return f"{row.health:.2f}" + (f" ({terms})" if terms else "") + tie


def _met(row: PrepRow, names: Mapping[str, str]) -> str:
    chain = [_called(names, handle) for handle in row.chain]
    through = ", whom you met through ".join(chain)
    return "; ".join(part for part in (cut(row.met or "", SHORT), f"through {through}" if chain else "") if part)


def _introductions(row: PrepRow, names: Mapping[str, str], today: date) -> list[str]:
    """The last introductions, but for the one through which they are known: that is told already."""
    known = [f" {handle} {row.contact} @me" for handle in row.chain[:1]]
    return [_introduction(text, row, names, today) for text in row.introductions if text[10:] not in known][:2]


def _introduction(text: str, row: PrepRow, names: Mapping[str, str], today: date) -> str:
    day, via, who, to = text.split(" ")
    called = [("them" if handle == row.contact else _called(names, handle)) for handle in (via, who, to)]
    by = "they" if via == row.contact else called[0]
    return f"{when(date.fromisoformat(day), today)}: {by} introduced {called[1]} to {called[2]}"


def _place(row: PrepRow, names: Mapping[str, str], today: date) -> Iterator[tuple[str, list[str]]]:
    """Whom you know at an organization, by health."""
    if row.contact_count is not None:
        people = {text.split(" ")[0]: _person(text, names, today) for text in row.people}
        for label, handles, count in (
            ("you know", row.contacts, row.contact_count),
            ("formerly", row.former, row.former_count or 0),
        ):
            told = [people[handle] for handle in handles[:MOST_ON_A_SCREEN]]
            more = [f"and {count - len(told)} more"] if count > len(told) else []
            yield label, [*told, *more]
        if not row.contact_count and not row.former_count:
            yield "you know", ["nobody there"]


def _opportunities(row: PrepRow, today: date) -> list[str]:
    """What came up: open ones first, then the newest."""
    told = []
    for text in row.opportunities[:3]:
        number, stage, day, title = text.split(" ", 3)
        # The day is not that of the stage: it came up then.
        told.append(f"{cut(title, SHORT)}: {stage}, came up {when(date.fromisoformat(day), today)} [{number}]")
    return told


def _person(text: str, names: Mapping[str, str], today: date) -> str:
    handle, health, day, *title = text.split(" ", 3)
    last = "no touch yet" if day == "-" else f"health {float(health):.2f}, last {when(date.fromisoformat(day), today)}"
    return ", ".join((_called(names, handle), *title, last))


def _hit(text: str, today: date) -> str:
    kind, _, day, words = text.split(" ", 3)
    return cut(f"{kind}" + (f", {when(date.fromisoformat(day), today)}" if day != "-" else "") + f": {words}", LONG)
