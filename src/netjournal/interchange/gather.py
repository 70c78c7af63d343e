"""All items of some files, checked and sorted by what they are, with one voice for what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.interchange import checks
from netjournal.interchange.formats import reader
from netjournal.interchange.records import Interaction, Person, Promise, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from netjournal.interchange.records import Guest, Item, Options
    from netjournal.interchange.sources import Source

#: Wrong items, and remarks on single lines, that are told one by one; of more, the count.
_MOST_TOLD: Final = 100


class Gathered(NamedTuple):
    """What some files hold; `read` = people + interactions + promises + skipped."""

    source: str
    people: tuple[Person, ...]
    interactions: tuple[Interaction, ...]
    promises: tuple[Promise, ...]
    read: int
    skipped: int
    #: What was left out or doubted and why; never a value of the file, at most a header.
    notes: tuple[str, ...]
    #: The items that are wrong, not merely of no use: with `--strict` they stop the import.
    bad: tuple[str, ...]


def gather(
    sources: Sequence[Source], name: str, options: Options, known: Callable[[Guest], bool] | None = None
) -> Gathered:
    """Read sources of one format. Raises InputFileError.

    With `known`, an interaction with nobody it is true of is not even kept: a mailbox holds far more strangers'
    mail than memory should.
    """
    gathering = _Gathering(options, known)
    read = reader(name).read
    for source in sources:
        gathering.take(read(source, options), source.name if len(sources) > 1 else None)
    return gathering.gathered(name)


class _Gathering:
    """The items taken so far, by what they are, and the reasons of those left out."""

    def __init__(self, options: Options, known: Callable[[Guest], bool] | None) -> None:
        self.options = options
        self.known = known
        self.people: list[Person] = []
        self.interactions: list[Interaction] = []
        self.promises: list[Promise] = []
        self.reasons: dict[str, int] = {}
        #: Each remark (text, line, the file of the line), and the files it was made of.
        self.remarks: dict[tuple[str, int, str | None], list[str]] = {}
        self.bad: list[str] = []
        self.read = 0
        self.unknown = 0
        self.strangers: set[int] = set()

    def take(self, items: Iterable[Item], file: str | None) -> None:
        for item in items:
            if isinstance(item, Remark):
                self._remark(item, file)
                continue
            self.read += 1
            match item:
                case Person():
                    self._keep(checks.person(item, self.options.me), self.people, file)
                case Interaction():
                    self._keep(checks.interaction(item, self.options), self.interactions, file)
                case Promise():
                    self._keep(checks.promise(item), self.promises, file)
                case Skipped():
                    self._skip(item, file)

    def _keep(self, item: Item, kept: list[Any], file: str | None) -> None:
        if isinstance(item, Skipped):
            self._skip(item, file)
        elif isinstance(item, Interaction) and self.known is not None and not any(map(self.known, item.guests)):
            self.unknown += 1
            # Only counted: their addresses are nobody's business here.
            self.strangers.update(hash(keys) for guest in item.guests if (keys := guest.emails or guest.urls))
        else:
            kept.append(item)

    def _skip(self, item: Skipped, file: str | None) -> None:
        if item.bad:
            self.bad.append(f"{_place(item.line, file)}{item.reason}")
        else:
            self.reasons[item.reason] = self.reasons.get(item.reason, 0) + 1

    def _remark(self, item: Remark, file: str | None) -> None:
        # What is true of whole files is told once for all of them.
        files = self.remarks.setdefault((item.text, item.line, file if item.line else None), [])
        if file is not None and file not in files:
            files.append(file)

    def _remarks(self) -> Iterator[str]:
        count = 0
        for (text, line, _), files in self.remarks.items():
            count += line > 0
            if not line or count <= _MOST_TOLD:
                yield f"{_place(line, _named(files))}{text}"
        if count > _MOST_TOLD:
            yield f"{count - _MOST_TOLD:,} more of these"

    def gathered(self, name: str) -> Gathered:
        """All that was taken."""
        notes = [f"{count:,} skipped: {reason}" for reason, count in self.reasons.items()]
        if self.unknown:
            who = (
                f" ({counted(len(self.strangers), 'stranger')}; --new makes contacts of them)" if self.strangers else ""
            )
            notes.append(f"{self.unknown:,} skipped: with nobody known here{who}")
        notes += [f"{said}, skipped" for said in self.bad[:_MOST_TOLD]]
        if len(self.bad) > _MOST_TOLD:
            notes.append(f"{len(self.bad) - _MOST_TOLD:,} more items are wrong, skipped")
        return Gathered(
            name,
            tuple(self.people),
            tuple(self.interactions),
            tuple(self.promises),
            self.read,
            sum(self.reasons.values()) + self.unknown + len(self.bad),
            (*notes, *self._remarks()),
            tuple(said[0].upper() + said[1:] for said in self.bad),
        )


def _named(files: Sequence[str]) -> str | None:
    """The files that something is true of, in few words; None where there is one file alone."""
    if len(files) < 2:
        return next(iter(files), None)
    return f"{files[0]} and {counted(len(files) - 1, 'other file')}"


def _place(line: int, file: str | None) -> str:
    where = f"line {line}: " if line else ""
    return f"{file}: {where}" if file else where
