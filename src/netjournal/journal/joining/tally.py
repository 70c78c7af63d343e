"""What a joining counts and says: records by type and handle, key or short uid, never by what is written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.domain.words import Prose
from netjournal.journal.importing.plan import Imported
from netjournal.journal.joining.canon import WORD_OF

if TYPE_CHECKING:
    from netjournal.interchange.records import Remark, Skipped
    from netjournal.store.queries.export_interactions import Record
    from netjournal.store.queries.joining import Gone

#: Records named one by one in each sort of warning.
_NAMED: Final = 20


class Joined(NamedTuple):
    """The receipt of a joining, and what the reader could not use or doubted."""

    receipt: Imported
    left_out: tuple[Skipped | Remark, ...]


class Tally:
    """Counts and warnings of one joining."""

    def __init__(self) -> None:
        self.created = self.updated = self.unchanged = self.skipped = self.signals = 0
        self.left_out: list[Skipped | Remark] = []
        #: Into an empty journal nothing differs, whatever its starting circles say.
        self.is_quiet = False
        self._texts: dict[str, list[str]] = {"newer": [], "back": [], "lost": [], "names": [], "nobody": []}
        self._counts = dict.fromkeys(self._texts, 0)

    def _warn(self, sort: str, text: str) -> None:
        self._counts[sort] += 1
        if self._counts[sort] <= _NAMED:
            self._texts[sort].append(text)

    def differs(self, called: str, *, file_holds: bool) -> None:
        """Two versions of one record that say different things."""
        held = "the file's newer version was taken" if file_holds else "the newer version here was kept"
        if not self.is_quiet:
            self._warn("newer", f"{called}: the two differ, {held}")

    def back(self, called: str, gone: Gone) -> None:
        """A record of the file that was here once."""
        self._warn(
            "back", f"{called}: deleted here on {gone.on} ({gone.command}), back from the file, which has it still"
        )

    def one_now(self, uid: str, kept: str) -> None:
        """Two organizations of this journal that the file knows as one."""
        self._warn("names", f"organization {uid[:8]}: the file knows it as {kept[:8]}, so the two are one now")

    def lost(self, kind: str, record: Record) -> None:
        """A record of the file that refers to others which are neither in it nor here."""
        self._warn("lost", f"{called(kind, record)}: it refers to records that are neither in the file nor here")

    def namesake(self, handle: str, other: str) -> None:
        """A new contact of whom only the name is that of one here."""
        text = f"contact {handle}: same name as {other}, taken as another contact"
        self._warn("names", f"{text}; `netj contact merge {other} {handle}` joins them if it is one")

    def named_anew(self, kind: str, identity: int) -> None:
        """A record whose name another one has here."""
        merge = "; `netj org merge` makes one of two" if kind == "organization" else ""
        self._warn("names", f"{kind} {identity}: another {kind} here has its name, so a number was added{merge}")

    def nobody(self, kind: str, record: Record) -> None:
        """A record that belongs to nobody known, so that it cannot be stored."""
        self.skipped += 1
        self._warn("nobody", f"{called(kind, record)}: it belongs to nobody in the file or here, skipped")

    def joined(self) -> Joined:
        """The receipt."""
        warnings = []
        for sort, texts in self._texts.items():
            more = self._counts[sort] - len(texts)
            warnings += [*texts, *([f"{more:,} more of these"] if more else [])]
        skipped = self.skipped + sum(hasattr(item, "reason") for item in self.left_out)
        receipt = Imported(
            source="netjournal",
            read=self.created + self.updated + self.unchanged + skipped,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            skipped=skipped,
            signals=self.signals,
            warnings=tuple(map(Prose, warnings)),
        )
        return Joined(receipt, tuple(self.left_out))


def called(kind: str, record: Record) -> str:
    """How a record is named to the user: by its handle, key, or the beginning of its uid."""
    word = WORD_OF.get(kind)
    return f"{kind} {record[word] if word else record['uid'][:8]}"
