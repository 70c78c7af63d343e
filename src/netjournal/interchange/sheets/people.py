"""Rows of any address book made into people: one door, whatever the columns were called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.domain.counts import counted
from netjournal.interchange import tabular
from netjournal.interchange.characters import newlines
from netjournal.interchange.reasons import ASSUMED
from netjournal.interchange.records import Person, Remark, Skipped
from netjournal.interchange.sheets import days, table, values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from netjournal.interchange.records import Item, Options

NOBODY: Final = "no person in it"
UNTITLED: Final = "untitled"
DOUBTFUL: Final = "a value in it holds lines that look like rows: is a quote not closed?"

#: The values of one row by field, in the order of their columns, none blank.
Found = dict[str, list[str]]


#: Columns that are named where nothing is read of them, and characters of each name.
_NAMED: Final = 8
_NAME_LENGTH: Final = 40


class Tally:
    """What is told once, at the end of a file."""

    def __init__(self, headers: Sequence[str], unread: Collection[int], mend: str = "") -> None:
        self._headers = headers
        #: Columns that nothing is read of, until a value is seen in one.
        self._unread = set(unread)
        self._lost: set[int] = set()
        self._mend = mend
        self.labels = 0

    def look(self, cells: list[str]) -> None:
        """Note which of the columns that are not read hold something."""
        seen = {at for at in self._unread if at < len(cells) and cells[at].strip()}
        self._unread -= seen
        self._lost |= seen

    def remarks(self) -> Iterator[Remark]:
        """What was left out."""
        if lost := sorted(self._lost):
            count = "1 column that holds values is" if len(lost) == 1 else f"{len(lost)} columns that hold values are"
            named = [self._called(at) for at in lost[:_NAMED]] + (["…"] if len(lost) > _NAMED else [])
            yield Remark(0, f"{count} not read: {', '.join(named)}{self._mend}")
        if self.labels:
            yield Remark(0, f"{counted(self.labels, 'label')} cannot be a topic and left out")

    def _called(self, at: int) -> str:
        header = values.one_line(self._headers[at])
        if not header:
            return f"column {at + 1}"
        return f"'{header if len(header) <= _NAME_LENGTH else header[: _NAME_LENGTH - 1] + '…'}'"


def read_sheet(
    sheet: table.Sheet,
    unread: Collection[int],
    collect: Callable[[list[str]], Found],
    options: Options,
    mend: str = "",
) -> Iterator[Item]:
    """The people of a table: `collect` gives the values of a row, `unread` are the columns that it does not look at.

    `mend` says how those would be read.
    """
    tally = Tally(sheet.headers, unread, mend)
    if sheet.assumed:
        yield Remark(0, ASSUMED)
    for row in sheet.rows():
        if isinstance(row, tabular.Fault):
            yield tabular.skipped(row)
            continue
        if row.doubtful:
            yield Remark(row.line, DOUBTFUL)
        tally.look(row.cells)
        yield from items(row.line, collect([_clean(cell) for cell in row.cells]), options, tally)
    yield from tally.remarks()


def items(line: int, found: Found, options: Options, tally: Tally) -> Iterator[Item]:
    """One row as a person and what is doubted of it, or why it is none.

    A row without a name is named by its first address, else by its number, unless it tells of a company.
    """
    emails, bad_emails = values.emails(found.get("email", ()))
    phones, bad_phones = values.phones(found.get("phone", ()))
    urls, bad_urls = values.urls(found.get("url", ()))
    companies = [values.one_line(name) for cell in found.get("company", ()) for name in values.related(cell)]
    called, comma = _name(found)
    name = called
    if not name and not companies:
        name = next(iter(emails or phones), "")
    if not name:
        yield Skipped(line, UNTITLED if set(found) == {"untitled"} else NOBODY)
        return
    if comma:
        yield Remark(line, "its name holds a comma and is kept as it is")
    for bad, what in ((bad_emails, "e-mail address"), (bad_phones, "phone number"), (bad_urls, "link")):
        if bad:
            yield Remark(line, f"its {what} cannot be used")
    if len(set(companies)) > 1:
        yield Remark(line, "it has several organizations: the first is taken")
    topics, bad_topics = values.topics(map(values.titles, found.get("topics", ())))
    tally.labels += bad_topics
    birthday, why_not = days.birthday(_first(found, "birthday"), options.order)
    if why_not:
        yield Remark(line, f"its birthday {why_not}")
    connected_on, why_not = days.day(_first(found, "connected_on"), options.order)
    if why_not:
        yield Remark(line, f"its day of connection {why_not}")
    company = companies[0] if companies else None
    aliases = dict.fromkeys(alias for cell in found.get("alias", ()) for alias in _several(cell) if alias != name)
    yield Person(
        line,
        values.external_id(name, emails, urls, company, phones),
        name,
        urls=tuple(urls),
        emails=tuple(emails),
        company=company,
        title=values.one_line(values.titles(_first(found, "title"))) or None,
        connected_on=connected_on,
        phones=tuple(phones),
        aliases=tuple(aliases),
        location=values.one_line(values.titles(_first(found, "location"))) or None,
        birthday=birthday,
        note=_note(found),
        topics=tuple(topics),
    )


def _clean(cell: str) -> str:
    return tabular.clean(newlines(cell))


def _name(found: Found) -> tuple[str, bool]:
    """What a row calls its person, and whether a comma in that is doubtful.

    A column `name` counts before the parts of a name, and those before what a program shows (`display`), which it made.
    """
    parts = [values.one_line(" ".join(found.get(part, ()))) for part in ("first", "middle", "last")]
    if "name" in found:
        return values.turned(values.one_line(values.titles(found["name"][0])))
    if any(parts):
        return " ".join(filter(None, parts)), False
    return values.one_line(_first(found, "display")), False


def _first(found: Found, field: str) -> str:
    return found[field][0] if field in found else ""


def _several(cell: str) -> list[str]:
    return [alias for part in cell.replace(values.JOINED, ";").split(";") if (alias := values.one_line(part))]


def _note(found: Found) -> str | None:
    met = [f"Met: {values.one_line(cell)}" for cell in found.get("met", ())]
    return "\n".join([*found.get("note", ()), *met]) or None
