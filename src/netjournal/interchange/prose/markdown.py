"""One journal that a person reads, as Markdown: what for, what happened day by day, and who is who."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final

from netjournal.domain.counts import counted
from netjournal.domain.kinds import is_exposure
from netjournal.domain.names import fold
from netjournal.interchange.prose.escaping import inline, quoted
from netjournal.interchange.prose.pages import Pages
from netjournal.interchange.prose.plain import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Record = dict[str, Any]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UID: Final = 32
_HELD: Final = frozenset({"contact", "objective", "followup", "opportunity"})


class _Journal:
    """What is held of a journal: all but its interactions, of which only the days are."""

    def __init__(self) -> None:
        self.held: dict[str, list[Record]] = {kind: [] for kind in _HELD}
        self.names: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self._alike: defaultdict[str, list[Record]] = defaultdict(list)

    def take(self, record: Record) -> None:
        """Keep a record and what it is called."""
        self.held[record["type"]].append(record)
        if record["type"] == "contact":
            self._call(record)
            if record.get("told_last_on"):
                self.last[record["uid"]] = record["told_last_on"]
        elif record["type"] == "objective":
            self.titles[record["uid"]] = inline(record["title"])

    def _call(self, contact: Record) -> None:
        """Give a contact its name; several of one name are told apart by their handles."""
        alike = self._alike[fold(contact["name"])]
        alike.append(contact)
        for each in alike if len(alike) < 3 else alike[-1:]:
            handle = f" ({inline(each['contact'])})" if len(alike) > 1 else ""
            self.names[each["uid"]] = f"{inline(each['name'])}{handle}"

    def who(self, uid: str | None, handle: str | None) -> str:
        """What a contact is called, by its handle where the export leaves it out."""
        return self.names.get(uid or "") or inline(handle)

    def whom(self, record: Mapping[str, Any]) -> list[str]:
        """All who have a part in an interaction."""
        pairs = zip(record.get("contact_uids") or (), record.get("contacts") or (), strict=True)
        return [self.who(uid, handle) for uid, handle in pairs]

    def what_for(self, record: Mapping[str, Any]) -> list[str]:
        """The objectives that an interaction supports."""
        pairs = zip(record.get("objective_uids") or (), record.get("objectives") or (), strict=True)
        return [self.titles.get(uid) or inline(key) for uid, key in pairs]

    def touched(self, record: Mapping[str, Any]) -> None:
        """Keep the last day of each contact; exposure is no touch."""
        uids = record.get("contact_uids") or ()
        if is_exposure(record["kind"], record["direction"], len(uids)):
            return
        for uid in uids:
            self.last[uid] = max(self.last.get(uid, ""), record["on"])


def write_markdown(records: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Write a journal as one Markdown page; contacts and objectives must come before interactions, as exports have them.

    The newest day first: what one opens a journal for is mostly what happened lately, and what is new in the next
    export then stands at the top. Every stored text is escaped; what could act on a terminal or turn the text
    around is U+FFFD.
    """
    journal = _Journal()
    with Pages() as pages:
        for found in records:
            record = dict(found)
            if record["type"] in _HELD:
                journal.take(record)
            elif record["type"] == "interaction":
                journal.touched(record)
                # The promises made in it come later: they are found by its uid.
                uid = str(record["uid"])[:_UID].ljust(_UID)
                pages.add(date.fromisoformat(record["on"]), uid + "\n".join(_interaction(record, journal)))
        for line in _page(journal, pages):
            file.write(line.encode("utf-8", "replace") + b"\n")


def _page(journal: _Journal, pages: Pages) -> Iterator[str]:
    yield "# Networking journal"
    yield ""
    yield f"{counted(len(journal.held['contact']), 'contact')}, {counted(len(pages), 'interaction')}."
    yield from _objectives(journal)
    promises: defaultdict[str, list[Record]] = defaultdict(list)
    for promise in journal.held["followup"]:
        promises[promise.get("interaction_uid") or ""].append(promise)
    yield from _days(journal, pages, promises)
    # What is left was promised apart from any interaction that stands above.
    yield from _promises(journal, [promise for made in promises.values() for promise in made])
    yield from _opportunities(journal)
    yield from _contacts(journal)


def _objectives(journal: _Journal) -> Iterator[str]:
    objectives = sorted(journal.held["objective"], key=lambda o: (o["status"] != "active", fold(o["title"]), o["uid"]))
    if objectives:
        yield from ("", "## Objectives")
    for record in objectives:
        facts = [inline(record["status"])]
        if record.get("by"):
            facts.append(f"by {record['by']}")
        if record.get("client"):
            facts.append(f"for {journal.who(record.get('client_uid'), record['client'])}")
        yield from ("", f"### {inline(record['title'])}", "", f"*{', '.join(facts)}*{_topics(record)}")
        told = [
            *((label, record.get(key)) for label, key in (("Why", "why"), ("Looking for", "looking_for"))),
            *(("Ask", ask) for ask in record.get("asks") or ()),
            *((label, record.get(key)) for label, key in (("Done when", "done_when"), ("Outcome", "outcome"))),
        ]
        lines = [f"- {label}: {words}" for label, text in told if (words := inline(text))]
        yield from ["", *lines] if lines else ()


def _topics(record: Mapping[str, Any]) -> str:
    return "".join(f" {inline(f'#{topic}')}" for topic in record.get("topics") or ())


def _interaction(record: Mapping[str, Any], journal: _Journal) -> list[str]:
    who = listed(journal.whom(record))
    way = {"in": " from", "out": " to"}.get(record["direction"], " with")
    head = f"**{inline(record['kind']).capitalize()}**{f'{way} {who}' if who else ''}"
    summary = inline(record.get("summary"))
    minutes = f" ({record['minutes']} min)" if record.get("minutes") else ""
    lines = [f"- {head}{minutes}{f': {summary}' if summary else ''}{_topics(record)}"]
    lines += _below(quoted(record.get("note"), "  "))
    notes, topics = record.get("touch_notes") or {}, record.get("touch_topics") or {}
    for uid in sorted({**notes, **topics}, key=lambda uid: journal.names.get(uid, "")):
        name, note = journal.names.get(uid), quoted(notes.get(uid), "  ")
        about = _topics({"topics": topics.get(uid)})
        lines += _below([f"  {name}:{about}", *_below(note)] if name else note)
    told = (
        ("For", "; ".join(journal.what_for(record))),
        ("Gave", inline(record.get("gave"))),
        ("Got", inline(record.get("got"))),
    )
    return lines + _below([f"  - {label}: {words}" for label, words in told if words])


def _below(lines: list[str]) -> list[str]:
    """Lines parted from what stands above: else a paragraph would go on into them."""
    return ["", *lines] if lines else []


def _days(journal: _Journal, pages: Pages, promises: dict[str, list[Record]]) -> Iterator[str]:
    if len(pages):
        yield from ("", "## Journal")
    shown: date | None = None
    for day, text in pages.newest_first():
        if shown is None or day.year != shown.year:
            yield from ("", f"### {day.year}")
        if shown is None or (day.year, day.month) != (shown.year, shown.month):
            yield from ("", f"#### {_MONTHS[day.month - 1]} {day.year}")
        if day != shown:
            yield from ("", f"##### {_WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}")
        shown = day
        yield from ("", text[_UID:])
        made = [f"  - {_promise(journal, promise)}" for promise in promises.pop(text[:_UID].rstrip(), [])]
        # After a list the promises go on with it.
        yield from made if text.rsplit("\n", 1)[-1].startswith("  - ") else _below(made)


def _promise(journal: _Journal, record: Mapping[str, Any]) -> str:
    who = journal.who(record.get("contact_uid"), record.get("contact"))
    label = f"Promised {who}".rstrip()
    if record.get("owner") == "them":
        label = f"{who or 'They'} promised"
    status = record.get("status")
    closed = f", {inline(status)}{f' {day}' if (day := record.get('closed_on')) else ''}" if status != "open" else ""
    return f"{label}: {inline(record['text'])} (by {inline(record.get('by'))}{closed})"


def _promises(journal: _Journal, promises: list[Record]) -> Iterator[str]:
    if promises:
        yield from ("", "## Promises", "")
    for record in sorted(promises, key=lambda p: (p.get("status") != "open", p.get("by") or "", p["uid"])):
        yield f"- {_promise(journal, record)}"


def _opportunities(journal: _Journal) -> Iterator[str]:
    found = journal.held["opportunity"]
    if found:
        yield from ("", "## Opportunities")
    for record in sorted(found, key=lambda o: (o.get("opened_on") or "", o["uid"]), reverse=True):
        through = journal.who(record.get("through_uid"), record.get("through"))
        facts = [
            *([f"at {inline(record['organization'])}"] if record.get("organization") else []),
            *([f"through {through}"] if through else []),
            inline(record.get("stage")),
            *([f"opened {record['opened_on']}"] if record.get("opened_on") else []),
            *([f"closed {record['closed_on']}"] if record.get("closed_on") else []),
        ]
        yield from ("", f"- **{inline(record['title'])}**: {', '.join(fact for fact in facts if fact)}")
        yield from _below(quoted(record.get("note"), "  "))


def _contacts(journal: _Journal) -> Iterator[str]:
    contacts = sorted(journal.held["contact"], key=lambda c: (fold(c["name"]), c["uid"]))
    if contacts:
        yield from ("", "## Contacts")
    for record in contacts:
        yield from ("", f"### {journal.names[record['uid']]}")
        facts = [*_work(record), *([inline(record["location"])] if record.get("location") else [])]
        if record["uid"] in journal.last:
            facts.append(f"last on {journal.last[record['uid']]}")
        if record.get("archived_on"):
            facts.append(f"archived {record['archived_on']}")
        line = f"{'; '.join(facts)}{_topics(record)}".strip()
        yield from _below([line] if line else [])
        yield from _below(quoted(record.get("note")))


def _work(record: Mapping[str, Any]) -> list[str]:
    """Where somebody works now, with the title; of those who left, where they worked last."""
    work = record.get("affiliations") or ()
    now = [place for place in work if not place.get("until")]
    said = []
    for place in now or work[-1:]:
        title, name = inline(place.get("title")), inline(place.get("organization"))
        whole = f"{title} at {name}" if title and name else title or name
        said += [whole if now else f"until {place['until']} {whole}"] if whole else []
    return said
