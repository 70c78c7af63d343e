"""The Typer group that builds only the command that was named."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer._click import Context as _Context
from typer._click import HelpFormatter as _HelpFormatter
from typer._click.exceptions import UsageError as _UsageError
from typer.core import TyperGroup
from typer.main import get_command, get_group

from netjournal import errors
from netjournal.cli import context, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer._click import Command, Context, HelpFormatter

#: Below this many cells the names of options leave more room to what they mean.
_NARROW: Final = 60


class _Formatter(_HelpFormatter):
    """Help whose second column keeps two thirds of a narrow terminal."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        from netjournal.render.width import width_of

        # The base class takes 50 cells for the least, where a terminal of 40 breaks its lines within words.
        narrow = width_of(sys.stdout) - 2
        super().__init__(indent_increment, narrow if width is None and 0 < narrow < _NARROW else width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called, in a narrow terminal on one line where it fits."""
        if self.width >= _NARROW:
            super().write_usage(prog, args, prefix)
        else:
            from netjournal.render.width import wrapped

            self.write("\n".join(wrapped(f"Usage: {prog} {args}", self.width, hang=2)) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they mean, in two columns, neither broken within a word."""
        if self.width >= _NARROW:
            super().write_dl(rows, col_max, col_spacing)
            return
        from netjournal.render.width import wrapped

        col_max = self.width // 3
        first = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        # What stands behind a line of \b is taken as it is: the base class would break options at their hyphens.
        broken = [
            (
                self._broken_at_bars(name),
                "\b\n"
                + "\n".join(piece for line in said.split("\n") for piece in wrapped(line, self.width - first - 2)),
            )
            for name, said in rows
        ]
        super().write_dl(broken, col_max, col_spacing)

    def _broken_at_bars(self, name: str) -> str:
        """An option with its choices, a new line before those that have no room."""
        lead = " " * (self.current_indent + len(name) - len(name.rpartition(" ")[2]))
        line, *choices = name.split("|")
        lines = [line]
        for choice in choices:
            if len(lines[-1]) + len(choice) + 2 > self.width - self.current_indent * (len(lines) == 1):
                lines[-1] += "|"
                lines.append(lead + choice)
            else:
                lines[-1] += f"|{choice}"
        return "\n".join(lines)


class HelpContext(_Context):
    """The context of every command here."""

    formatter_class = _Formatter


class Commands(Mapping[str, "Command"]):
    """All commands by name; one is imported and built when it is asked for, and kept."""

    def __init__(self, table: Mapping[str, tree.Entry]) -> None:
        self.table = table
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            self._built[name] = _build(name, self.table[name])
        return self._built[name]

    def __contains__(self, name: object) -> bool:
        return name in self.table

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


def _build(name: str, entry: tree.Entry) -> Command:
    app = import_module(entry.module).app
    # Rich help takes two and a half times as long as plain help.
    app.rich_markup_mode = None
    # A noun that has only one verb yet is still a group.
    command = get_group(app) if tree.has_verbs(entry) else get_command(app)
    command.name = name
    _prepare_help(command)
    return command


def _prepare_help(command: Any) -> None:
    """Name what each option takes by the option's own word, where nothing else was said: `--topic TOPIC`."""
    command.context_class = HelpContext
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.metavar is None and not parameter.is_flag:
            parameter.metavar = max(parameter.opts, key=len).lstrip("-").upper()
    for verb in getattr(command, "commands", {}).values():
        # In a list of verbs each has its whole sentence, where the base class would cut it short.
        verb.short_help = (verb.help or "").partition("\n")[0]
        _prepare_help(verb)


class LazyGroup(TyperGroup):
    """The top of the command tree: help from the table, nouns by unique prefix."""

    table: Mapping[str, tree.Entry]
    context_class = HelpContext

    def adopt(self, table: Mapping[str, tree.Entry]) -> None:
        """Take these commands, without loading any."""
        self.table = table
        self.commands = Commands(table)  # type: ignore[assignment]  # read only: nothing is added later

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002  # as the base class has it
        """The names of all commands, none of them loaded."""
        return list(self.table)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002  # as the base class has it
        """Print the page that the table gives, without loading a command."""
        from netjournal.render.width import width_of

        formatter.write(tree.help_page(self.table, width_of(sys.stdout)))

    def resolve_command(
        self,
        ctx: Context,  # noqa: ARG002  # as the base class has it
        args: list[str],
    ) -> tuple[str | None, Command | None, list[str]]:
        """The command that was named, in full or (nouns) by a unique prefix.

        Raises UsageError for a name that is no command or is several.
        """
        typed, *rest = args
        name = typed if typed in self.table else self._noun(typed)
        return name, self.commands[name], rest

    def _noun(self, typed: str) -> str:
        match tree.nouns_for(typed, self.table) if typed else []:
            case [noun]:
                return noun
            case []:
                close = tree.close_to(typed, self.table)
                meant = f" Did you mean {', '.join(map(repr, close))}?" if close else ""
                raise errors.UsageError(f"No such command {typed!r}.{meant}", "Try 'netj --help'.")
            case several:
                raise errors.UsageError(f"{typed!r} could be {' or '.join(several)}.", "Type one more letter.")


_root = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@_root.callback(invoke_without_command=True)
def _globals(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option("--db", metavar="FILE", help="The journal to use.")] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version.")] = False,
    verbose: Annotated[bool, typer.Option("-v", help="With --version: of the schema, SQLite and Python too.")] = False,
) -> None:
    if db == "":
        # An empty variable in a script must not be one's own journal.
        raise errors.UsageError("--db names no file.", "Name one, or leave --db out.")
    context.session_of(ctx).db = db
    if version:
        typer.echo(tree.versions() if verbose else tree.version())
        raise typer.Exit
    if verbose:
        raise errors.UsageError("-v says more of --version, and of nothing else.", "Try 'netj --version -v'.")
    if ctx.invoked_subcommand is None:
        from netjournal.cli.today import show_today

        show_today(context.session_of(ctx))


def group(table: Mapping[str, tree.Entry]) -> LazyGroup:
    """The command group over a table of commands, none of them loaded."""
    built = get_group(_root)
    assert isinstance(built, LazyGroup)
    built.adopt(table)
    return built


def invoke(table: Mapping[str, tree.Entry], argv: list[str], session: context.Session) -> int:
    """Run one command line to its exit code; errors pass through to the boundary.

    Where a name means several contacts and somebody can be asked, the command is run again with the handle chosen:
    whatever it had begun is taken back by then, and nothing is open while the question stands.
    """
    while True:
        try:
            return _invoke_once(table, argv, session)
        except errors.AmbiguousError as error:
            typed = error.typed
            # Where the same word stands twice, nobody knows which of them is the name.
            if typed is None or argv.count(typed) != 1 or not session.can_ask:
                raise
            from netjournal.cli.whom import ask_whom

            handle = ask_whom(session, f"Who is '{typed}'?", error.candidates)
            argv = [handle if word == typed else word for word in argv]


def _invoke_once(table: Mapping[str, tree.Entry], argv: list[str], session: context.Session) -> int:
    extra: dict[str, Any] = {"obj": session}
    try:
        top = group(table)
        with top.make_context("netj", argv, **extra) as ctx:
            try:
                top.invoke(ctx)
                session.finish()
                session.remark_on_missing()
            except errors.NetjError:
                session.remark_on_missing()
                raise
            except _UsageError as error:
                # The option parser does not say which command it was at.
                if error.ctx is None and (name := ctx.invoked_subcommand):
                    error.ctx = typer.Context(top.commands[name], info_name=name, parent=ctx)
                    verbs: Mapping[str, Command] = getattr(top.commands[name], "commands", {})
                    if verb := next((word for word in argv if word in verbs), None):
                        error.ctx = typer.Context(verbs[verb], info_name=verb, parent=error.ctx)
                raise
    except typer.Exit as leaving:
        return leaving.exit_code
    return 0
