"""The command tree: names, help, version, global options, and commands that are built only when named."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, NamedTuple

import pytest
import typer

from netjournal import __version__
from netjournal.cli import tree
from netjournal.cli.context import Session, session_of
from netjournal.cli.lazy import group
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.cli.tree import TABLE, Entry
from netjournal.errors import UsageError
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Netj


class PersonRow(NamedTuple):
    contact: str
    last_on: str | None


def say_command(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument()] = None,
    on: Annotated[str, typer.Option("--on")] = "",
    rows_format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Say one thing.

    And more of it.
    """
    session = session_of(ctx)
    rows = [PersonRow(word, on or None) for word in words or []]
    session.check_output(PersonRow, format=rows_format, fields=fields)
    session.hint(f"{session.journal_path.name} {session.today}")
    session.emit(rows, PersonRow, format=rows_format, fields=fields, header=not no_header)


def fake(name: str, *verbs: str) -> None:
    app = typer.Typer(add_completion=False)
    if verbs:
        for verb in verbs:
            app.command(verb, help=f"{verb.title()} them.")(
                lambda verb=verb: typer.echo(f"{name.removeprefix('fake_')} {verb}")
            )
    else:
        app.command("whatever")(say_command)
    module = ModuleType(name)
    module.app = app  # type: ignore[attr-defined]
    sys.modules[name] = module


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    table = {
        "due": Entry("fake_due", "Daily", "Whom to contact today"),
        "say": Entry("fake_say", "Daily", "Say one thing"),
        "contact": Entry("fake_contact", "Records", "People"),
        "circle": Entry("fake_circle", "Records", "Named cadences"),
        "objective": Entry("fake_objective", "Records", "What to reach"),
        "config": Entry("fake_config", "Data", "Settings"),
    }
    monkeypatch.setattr(tree, "TABLE", table)
    fake("fake_say")
    fake("fake_contact", "list", "show")
    fake("fake_objective", "list")
    yield
    for name in [name for name in sys.modules if name.startswith("fake_")]:
        del sys.modules[name]


def test_version_is_the_same_with_and_without_typer(netj: Netj) -> None:
    assert netj("--version") == (0, f"netj {__version__}\n", "")
    assert netj("--db x.db --version") == netj("--version")


def test_help_is_the_same_page_from_every_door(netj: Netj) -> None:
    page = netj("--help").ok.stdout
    assert [netj(words).ok.stdout for words in ("-h", "--db x.db --help")] == [page] * 2
    assert all(name in page and entry.sentence in page for name, entry in TABLE.items())


@rows("columns", ["80", "200", "40"])
def test_help_is_as_wide_as_its_terminal(netj: Netj, columns: str) -> None:
    lines = netj("--help", env={"COLUMNS": columns}).ok.stdout.splitlines()
    assert max(map(len, lines)) <= int(columns)
    body = [line for line in lines if line.startswith("  ") and "[" not in line]
    assert (len(body) < len(TABLE)) == (columns != "40")


def test_help_for_thirty_five_commands_fits_one_screen() -> None:
    sizes: list[tuple[tree.Panel, int]] = [("Daily", 9), ("Records", 9), ("Looking back", 3), ("Data", 14)]
    sentence = "x" * tree.LONGEST_SENTENCE
    table = {f"{panel[:4]}{n:07}": Entry("m", panel, sentence) for panel, size in sizes for n in range(size)}
    lines = tree.help_page(table, 80).splitlines()
    assert len(lines) <= tree.SCREEN
    assert max(map(len, lines)) < 80
    assert sum(line.count(sentence) for line in lines) == 35


def test_every_sentence_fits_its_column() -> None:
    assert [entry.sentence for entry in TABLE.values() if len(entry.sentence) > tree.LONGEST_SENTENCE] == []
    assert {entry.panel for entry in TABLE.values()} <= {panel for column in tree.COLUMNS for panel in column}


def test_a_command_is_loaded_only_when_it_is_named(netj: Netj, fakes: None) -> None:
    # The module of `due` does not exist: to load it would be an error.
    assert netj("say hello -f json").rows == [{"contact": "hello", "last_on": None}]
    assert netj("due").code == 1


def test_all_names_are_known_without_loading_any(fakes: None) -> None:
    built = group(tree.TABLE)
    assert list(built.commands) == list(tree.TABLE)
    assert "due" in built.commands
    assert "dew" not in built.commands


def test_a_single_command_takes_its_name_from_the_table(netj: Netj, fakes: None) -> None:
    assert group(tree.TABLE).commands["say"].name == "say"
    for option in ("-h", "--help"):
        page = netj(["say", option]).ok.stdout
        assert page.startswith("Usage: netj say [OPTIONS]")
        assert "Say one thing." in page
        assert "-h, --help" in page


def test_a_noun_takes_a_unique_prefix(netj: Netj, fakes: None) -> None:
    assert netj("con show").ok.stdout == "contact show\n"
    assert netj("obj list").ok.stdout == "objective list\n"
    assert netj("obj --help").ok.stdout.startswith("Usage: netj objective ")


def test_a_prefix_of_two_nouns_is_refused_and_lists_them(netj: Netj, fakes: None) -> None:
    assert netj("c list") == (2, "", "netj: 'c' could be contact or circle.\n  Type one more letter.\n")


def test_a_prefix_of_a_verb_is_no_command(netj: Netj, fakes: None) -> None:
    assert netj("sa hello") == (
        2,
        "",
        "netj: No such command 'sa'. Did you mean 'say'?\n  Try 'netj --help'.\n",
    )


@rows(("typed", "meant"), [("dew", "'due'"), ("DUE", "'due'"), ("contcat", "'contact'")])
def test_a_wrong_command_suggests_the_right_one(netj: Netj, fakes: None, typed: str, meant: str) -> None:
    code, out, err = netj([typed, "x"])
    assert (code, out) == (2, "")
    assert err.startswith(f"netj: No such command '{typed}'. Did you mean {meant}")


@rows("typed", ["", "zzzz", "\x1b[2J", "-"])
def test_a_hopeless_command_is_refused_without_harm(netj: Netj, fakes: None, typed: str) -> None:
    code, out, err = netj([typed])
    assert (code, out) == (2, "")
    assert "\x1b" not in err


def test_usage_errors_are_a_sentence_and_a_hint(netj: Netj, fakes: None) -> None:
    assert netj("say --zzzz") == (2, "", "netj: No such option: --zzzz.\n  Try 'netj say --help'.\n")
    assert netj("say --field contact").stderr.startswith("netj: No such option: --field. Did you mean --fields?\n")
    assert netj("say --on") == (2, "", "netj: Option '--on' requires an argument.\n  Try 'netj say --help'.\n")
    missing, hint, _ = netj("contact").stderr.split("\n")
    assert missing == "netj: Missing command."
    assert hint.startswith("  One of: ")
    assert hint.endswith(". Try 'netj contact --help'.")
    assert netj("contact lst").stderr == (
        "netj: No such command 'lst'. Did you mean 'list'?\n  Try 'netj contact --help'.\n"
    )


def test_db_after_the_command_is_told_where_it_belongs(netj: Netj, fakes: None) -> None:
    assert "netj --db FILE COMMAND" in netj("say --db x.db").stderr


def test_db_names_the_journal(netj: Netj, fakes: None) -> None:
    assert netj("say").ok.stderr == "journal.db 2026-11-23\n"
    assert netj("--db other.db say").ok.stderr == "other.db 2026-11-23\n"


def test_a_value_may_look_negative(netj: Netj, fakes: None) -> None:
    assert netj("say x --on -3d -f json").rows == [{"contact": "x", "last_on": "-3d"}]


def test_a_wrong_format_lists_the_right_ones(netj: Netj, fakes: None) -> None:
    code, out, err = netj("say x -f xml")
    assert (code, out) == (2, "")
    assert all(f"'{name}'" in err for name in ("table", "json", "ndjson", "csv", "tsv", "md"))


def test_fields_are_chosen_and_wrong_ones_refused(netj: Netj, fakes: None) -> None:
    assert netj("say x -f csv --fields contact").ok.stdout.splitlines() == ["contact", "x"]
    assert netj("say x -f csv --fields contact --no-header").ok.stdout.splitlines() == ["x"]
    code, out, err = netj("say x --fields contcat")
    assert (code, out) == (2, "")
    assert "'contact'" in err


def test_the_format_is_option_then_setting_then_what_suits_stdout(netj: Netj, fakes: None) -> None:
    assert netj("say x").ok.stdout.startswith("contact\tlast_on")
    assert "\t" not in netj("say x", tty=True).ok.stdout
    assert netj("say x", env={"NETJ_FORMAT": "json"}).rows == [{"contact": "x", "last_on": None}]
    assert netj("say x -f csv", env={"NETJ_FORMAT": "json"}).ok.stdout.startswith("contact,last_on")


def test_a_wrong_setting_is_exit_6(netj: Netj, fakes: None) -> None:
    assert netj("say x", env={"NETJ_FORMAT": "xml"}).code == 6


def test_a_pinned_day_that_is_none_is_exit_2(netj: Netj, fakes: None) -> None:
    assert netj("say x", env={"NETJ_TODAY": "soon"}).code == 2


def asked(
    monkeypatch: pytest.MonkeyPatch, answers: str, *, choices: tuple[str, ...] = (), default: str | None = None
) -> str:
    class Terminal:
        lines = iter(answers.splitlines(keepends=True))

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return next(self.lines, "")

    session = Session({})
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    return session.ask("Which?", choices=choices, default=default)


@rows(("answers", "got"), [("2\n", "call"), ("co\n", "coffee"), ("CALL\n", "call"), ("9\nc\n\ncal\n", "call")])
def test_a_choice_is_made_by_number_or_prefix(monkeypatch: pytest.MonkeyPatch, answers: str, got: str) -> None:
    assert asked(monkeypatch, answers, choices=("coffee", "call")) == got


def test_an_empty_answer_is_the_default_and_the_end_of_input_leaves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(monkeypatch, "\n", default="skip") == "skip"
    assert asked(monkeypatch, " Dana \n") == "Dana"
    with pytest.raises(EOFError):
        asked(monkeypatch, "")
    assert capsys.readouterr().out == ""


def test_nobody_is_asked_where_there_is_no_terminal() -> None:
    with pytest.raises(UsageError):
        Session({}).ask("Which?")


def test_the_table_is_the_real_commands() -> None:
    wrong = []
    for name, entry in TABLE.items():
        try:
            import_module(entry.module)
        except ModuleNotFoundError as error:
            if error.name != entry.module:
                raise
            wrong.append(f"{name}: {entry.module} is missing")
            continue
        command = group(TABLE).commands[name]
        lines = (command.help or "").splitlines() or [""]
        if lines[0].removesuffix(".") != entry.sentence:
            wrong.append(f"{name}: help says {lines[0]!r}, the table {entry.sentence!r}")
        if any("--install-completion" in parameter.opts for parameter in command.params):
            wrong.append(f"{name}: add_completion=False is missing")
    assert wrong == []
