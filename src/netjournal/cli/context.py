"""What one invocation knows: its day, settings, journal and terminal, each looked up when first asked for."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

from netjournal import clock, config, errors
from netjournal.cli.stderr import is_tty, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path
    from typing import NamedTuple, TextIO

    import typer

    from netjournal.store.connection import ReadConnection
    from netjournal.store.unit_of_work import UnitOfWork


#: Bytes of a journal whose upgrade, with its backup, takes over two seconds.
_LONG_UPGRADE = 32 << 20


class Session:
    """One invocation of `netj`: commands find it with `session_of(ctx)`."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self.environ = environ
        #: What --db named, if it was given.
        self.db: str | None = None
        #: Whether a transaction was begun: then the day's first backup may be due.
        self.wrote = False
        #: Whether the journal was asked for anything.
        self.has_read = False
        #: Where answers go while they are held back; None: to stdout.
        self._held: TextIO | None = None

    @cached_property
    def today(self) -> date:
        """The user's day; raises UsageError if NETJ_TODAY is not one."""
        return clock.today(self.environ)

    @cached_property
    def now(self) -> str:
        """The instant of this invocation in UTC, one for all that it writes."""
        return clock.now(self.environ)

    @cached_property
    def config(self) -> config.Config:
        """The settings; raises ConfigError if one cannot be used."""
        return config.load(self.environ)

    @property
    def date_order(self) -> str | None:
        """Which of two numbers is the day (`dmy` or `mdy`), or None where that is refused as ambiguous."""
        return self.config.text("date_order") or None

    @cached_property
    def journal_path(self) -> Path:
        """Where the journal is, whether or not there is one yet."""
        return config.journal_path(self.db, self.environ)

    def reading(self) -> AbstractContextManager[ReadConnection]:
        """The journal for one consistent answer; close it before anything is shown or asked."""
        from netjournal import store

        self.has_read = True
        self._tell_of_upgrade()
        return store.reading(self.journal_path)

    def writing(self, command: str) -> AbstractContextManager[UnitOfWork]:
        """One transaction and one step of undo, called `command` in the list of changes."""
        from netjournal import store

        self.wrote = True
        self._tell_of_upgrade()
        return store.writing(self.journal_path, command, self.today, self.now)

    def _tell_of_upgrade(self) -> None:
        """Say beforehand why opening a large journal of an earlier schema takes so long."""
        from netjournal.store.sqlite.opener import SCHEMA_VERSION, upgrade_ahead

        if (ahead := upgrade_ahead(self.journal_path, fewest=_LONG_UPGRADE)) is not None:
            version, size = ahead
            tell(
                f"The journal ({size / 1e6:,.0f} MB) is upgraded from schema {version} to {SCHEMA_VERSION}, once and "
                "after a backup. This takes a while."
            )

    def back_up(self, reason: str) -> None:
        """Make a backup; where it cannot be made, say so and go on: no note is ever held up by it.

        Raises BusyError where another process holds the journal.
        """
        from netjournal.store.sqlite.backup import back_up

        try:
            back_up(self.journal_path, reason, self.today, keep=self.config.number("backup.keep"))
        except errors.BusyError:
            # Whoever holds the journal would hold up the write as well: once is long enough to wait.
            raise
        except (errors.NetjError, OSError) as error:
            cause = error.sentence if isinstance(error, errors.NetjError) else error.strerror
            tell(f"No backup was made: {cause}")

    def finish(self) -> None:
        """After the receipt of the day's first write: its backup."""
        if self.wrote:
            sys.stdout.flush()
            from netjournal.store.sqlite.backup import DAILY, needs_daily

            if needs_daily(self.journal_path, self.today):
                try:
                    self.back_up(DAILY)
                except errors.BusyError as error:
                    # What was written is written: this backup can wait for the next write.
                    tell(f"No backup was made: {error.sentence}")

    def remark_on_missing(self) -> None:
        """Say that a journal that was named is not there, if only that was read: its name may hold a slip.

        In the platform's own place nothing is said: there is no name to mistype, and bare `netj` tells how to begin.
        """
        named_by = "--db" if self.db else "NETJ_DB" if self.environ.get("NETJ_DB") else None
        if named_by and self.has_read and not self.wrote and not os.path.exists(self.journal_path):
            tell(f"There is no journal yet at {self.journal_path}, which {named_by} names.")

    @cached_property
    def is_terminal(self) -> bool:
        """Whether answers are read by a person: stdout is a terminal."""
        return is_tty(sys.stdout)

    @cached_property
    def can_ask(self) -> bool:
        """Whether a question would be seen and could be answered: stdin and stderr are terminals."""
        return is_tty(sys.stdin) and is_tty(sys.stderr)

    def format(self, option: str | None = None) -> str:
        """The format for rows: option, else the setting, else a table on a terminal and tsv in a pipe."""
        return option or self.config.text("format") or ("table" if self.is_terminal else "tsv")

    def is_view(self, format: str | None, fields: str | None) -> bool:
        """Whether the answer is a view for a person (a table, card or page), not rows for a script."""
        return self.format(format) == "table" and not fields

    def shown_count(self, format: str | None) -> int | None:
        """How many rows are shown where nobody said: `capacity` on a bare terminal, all (None) for a format or pipe."""
        is_bare = format is None and self.is_terminal and self.format() == "table"
        return self.config.number("capacity") if is_bare else None

    def check_output(self, row_type: type[NamedTuple], *, format: str | None = None, fields: str | None = None) -> None:
        """Refuse a wrong --fields or setting before anything is written: for commands that show a receipt.

        Raises UsageError and ConfigError as `emit` does.
        """
        from netjournal.render.show import pick_fields

        pick_fields(row_type, fields)
        self.format(format)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold back what is emitted until the block ends, so that a long answer can be shown row by row as it is read.

        As in `with session.held(), session.reading() as connection:`, which closes the journal before the first byte
        is shown. An answer that fails half way shows nothing.
        """
        from netjournal.cli.held import Held

        held = Held(sys.stdout)
        self._held = cast("TextIO", held)
        try:
            yield
            held.show()
        finally:
            self._held = None
            held.close()

    def emit(
        self,
        rows: Iterable[tuple[Any, ...]],
        row_type: type[NamedTuple],
        *,
        format: str | None = None,
        fields: str | None = None,
        header: bool = True,
        columns: Sequence[str] | None = None,
    ) -> None:
        """Show rows on stdout; `fields` is what --fields gave, `columns` what a table shows without it.

        Raises UsageError for a field that the row has not, ConfigError for a setting that cannot be used.
        """
        from netjournal.render.show import pick_fields, show

        picked = pick_fields(row_type, fields)
        out = self._held or sys.stdout
        show(rows, row_type, self.format(format), out, fields=picked, header=header, columns=columns)

    def show_card(
        self,
        row: tuple[Any, ...],
        row_type: type[NamedTuple],
        *,
        format: str | None = None,
        fields: str | None = None,
        header: bool = True,
    ) -> None:
        """Show one record: a card of what it holds on a terminal, else the row."""
        if not self.is_view(format, fields):
            self.emit((row,), row_type, format=format, fields=fields, header=header)
            return
        from netjournal.render.card import card, row_pairs, telling_fields

        card(row_pairs(row, row_type, telling_fields(row, row_type)), sys.stdout)

    def hint(self, text: str) -> None:
        """Say something beside the answer, on stderr."""
        tell(text)

    def ask(
        self, question: str, *, choices: Sequence[str] = (), told: Sequence[str] = (), default: str | None = None
    ) -> str:
        """The answer to a question on stderr: free text, or one of the choices by number, name or unique prefix.

        `told` says more of the first choices, one by one. An empty answer gives the default; without one the question
        is put again. Raises UsageError where nobody can be asked, EOFError when the input ends.
        """
        if not self.can_ask:
            raise errors.UsageError("This needs an answer, and there is no terminal to ask on.")
        for number, (choice, more) in enumerate(zip_longest(choices, told, fillvalue=""), start=1):
            tell(f"  {number}  {choice}  {more}".rstrip())
        while True:
            tell(question, end=" ")
            line = sys.stdin.readline()
            if not line:
                raise EOFError
            answer = _answer(line.strip(), choices, default)
            if answer is not None:
                return answer
            if choices:
                tell("Answer with a number, or the beginning of one of these; Ctrl-C leaves all as it is.")

    def ask_whether(self, question: str) -> bool:
        """Whether the answer to a question is yes; anything that is neither yes nor no puts it again."""
        while True:
            typed = self.ask(f"{question} [y/n]").casefold()
            if typed and ("yes".startswith(typed) or "no".startswith(typed)):
                return "yes".startswith(typed)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before something is taken away; raises KeyboardInterrupt on no, UsageError where nobody can be asked."""
        if yes:
            return
        if not self.can_ask:
            raise errors.UsageError(
                "This takes something away, and there is no terminal to ask on.", "Say it with --yes."
            )
        if not self.ask_whether(question):
            tell("Nothing was changed.")
            raise KeyboardInterrupt


def session_of(ctx: typer.Context) -> Session:
    """The session that a command's context carries."""
    session = ctx.find_root().obj
    assert isinstance(session, Session)
    return session


def _answer(typed: str, choices: Sequence[str], default: str | None) -> str | None:
    if not typed:
        return default
    if not choices or typed in choices:
        return typed
    if typed.isascii() and typed.isdecimal():
        number = int(typed) if len(typed) < 5 else 0
        return choices[number - 1] if 1 <= number <= len(choices) else None
    begun = [choice for choice in choices if choice.casefold().startswith(typed.casefold())]
    return begun[0] if len(begun) == 1 else None
