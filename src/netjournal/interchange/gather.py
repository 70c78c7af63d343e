"""All items of some files, checked and sorted by what they are, with one voice for what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.domain.counts import counted
from netjournal.interchange import checks
from netjournal.interchange.formats import reader
from netjournal.interchange.records import Interaction, Person, Promise, Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from netjournal.interchange.records import Guest, Item, Options
    from netjournal.interchange.sources import Source

#: Wrong items that are told one by one; of more, the count.
_MOST_TOLD: Final = 100


class Gathered(NamedTuple):
    """What some files hold; `read` = people + interactions + promises + skipped."""

    source: str
    people: tuple[Person, ...]
    interactions: tuple[Interaction, ...]
    promises: tuple[Promise, ...]
    read: int
    skipped: int
    #: What was left out or doubted and why; never a value of the file.
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
        self.remarks: list[str] = []
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
        said = f"{_place(item.line, file)}{item.text}"
        if said not in self.remarks:
            self.remarks.append(said)

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
            (*notes, *self.remarks),
            tuple(said[0].upper() + said[1:] for said in self.bad),
        )


def _place(line: int, file: str | None) -> str:
    where = f"line {line}: " if line else ""
    return f"{file}: {where}" if file else where
