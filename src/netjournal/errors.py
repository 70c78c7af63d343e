"""Every failure that is the user's to mend: one sentence, where there is one the mend, and an exit code.

Sentences may repeat what was just typed; they never hold stored values (names, notes) unless the command
asked for exactly those, as a list of candidates does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class NetjError(Exception):
    """A failure with its sentence, its mend (`hint`) and its exit code; `each` is told line by line."""

    code: ClassVar[int] = 1

    def __init__(self, sentence: str, hint: str | None = None, each: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.each = each


class UsageError(NetjError):
    """What was typed cannot be understood or is not allowed."""

    code = 2


class NotFoundError(NetjError):
    """Nothing stored answers to the name given."""

    code = 3


class UnknownNameError(NotFoundError):
    """No contact is called what was typed; `alike` are handles that may have been meant."""

    def __init__(self, sentence: str, hint: str | None, typed: str, alike: tuple[str, ...] = ()) -> None:
        super().__init__(sentence, hint)
        self.typed = typed
        self.alike = alike


class AmbiguousError(NetjError):
    """More than one record answers to the name given; `candidates` are what to type instead of `typed`."""

    code = 3

    def __init__(
        self, sentence: str, candidates: tuple[str, ...] = (), hint: str | None = None, typed: str | None = None
    ) -> None:
        super().__init__(sentence, hint)
        self.candidates = candidates
        self.typed = typed


class ConflictError(NetjError):
    """The journal already says something else (a handle taken, a row changed since)."""

    code = 4


class JournalError(NetjError):
    """The file is damaged, foreign, or newer than this program."""

    code = 5


class ConfigError(NetjError):
    """A setting, or the settings file, cannot be used."""

    code = 6


class InputFileError(NetjError):
    """A file to import cannot be read as what it should be."""

    code = 7


class BusyError(NetjError):
    """Another process has held the journal for longer than the time-out."""

    code = 8


class StorageError(NetjError):
    """The disk is full, or permission is missing."""

    code = 9


#: `due --check` found an overdue row: an answer, not a failure.
EXIT_OVERDUE = 10


def together(errors: Sequence[NetjError]) -> NetjError:
    """Several failures as one of the kind of the first, each told on a line with its mend."""
    first, *others = errors
    if not others:
        return first
    told = tuple(" ".join(filter(None, (error.sentence, *_among(error), error.hint))) for error in errors)
    kind = NotFoundError if isinstance(first, NotFoundError) else UsageError
    return kind(f"{len(errors)} lines cannot be taken as they stand.", each=told)


def _among(error: NetjError) -> tuple[str, ...]:
    return (f"{', '.join(error.candidates)}.",) if isinstance(error, AmbiguousError) and error.candidates else ()
