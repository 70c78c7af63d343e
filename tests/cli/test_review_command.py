"""`netj review`: a page on a terminal, rows for a script, and a drawing that needs neither colour nor blocks."""

from __future__ import annotations

import io
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from netjournal.render.chart import ASCII, BLOCKS, draw_heat, draw_sparks
from netjournal.render.page import Page
from netjournal.reports.review.page import page
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


def test_a_terminal_gets_a_page_with_the_answer_first_and_a_pipe_gets_rows(netj: Netj) -> None:
    lines = netj("review", tty=True).ok.stdout.splitlines()
    assert lines[0] == "Sun 25 Oct 2026 to Mon 23 Nov 2026, 30 days"
    assert lines[1] == "3 touches with 2 people at 1 organization; 1 with 1 in the 30 days before."
    assert netj("review").ok.stdout.startswith("section\tsubject\tfigure\tvalue\tbefore\tunit\ttext\tcommand\nspan\t")


@rows("columns", [24, 40, 60, 80, 120])
@rows("command", ["review", "review --chart"])
def test_no_line_is_wider_than_the_terminal_nor_ends_in_blanks(netj: Netj, columns: int, command: str) -> None:
    told = netj(command, tty=True, env={"COLUMNS": str(columns)}).ok.stdout
    assert max(map(len, told.splitlines())) <= columns
    assert "platform-role" in told
    if command == "review":
        assert [line for line in told.splitlines() if line != line.rstrip()] == []


def test_every_figure_of_an_objective_is_there_on_a_narrow_terminal_too(netj: Netj) -> None:
    told = netj("review", tty=True, env={"COLUMNS": "40"}).ok.stdout.split("+platform-role\n")[1]
    assert [line.split() for line in told.splitlines()[:3]] == [
        ["touches", "0", "(1)"],
        ["people", "0", "(1)"],
        ["orgs", "0", "(1)"],
    ]


def test_a_quiet_time_is_told_kindly_and_shortly(netj: Netj) -> None:
    told = netj("review --since 1d", tty=True, env={"NETJ_TODAY": "2026-11-30"}).ok.stdout
    assert told.splitlines()[1] == "A quiet time, and that is fine: people will be glad to hear from you."
    for word in ("overdue", "failed", "should", "only 0", "neglect"):
        assert word not in told.split("If you like")[0].casefold()


def test_a_missing_journal_is_a_quiet_time(netj: Netj, tmp_path: Path) -> None:
    env = {"NETJ_DB": str(tmp_path / "none.db")}
    told = netj("review", tty=True, env=env).ok.stdout
    assert told.splitlines()[1].startswith("A quiet time, and that is fine")
    assert len(told.splitlines()) == 2
    assert netj("review --chart", tty=True, env=env).ok.stdout.startswith("Touches by day")
    assert not (tmp_path / "none.db").exists()


def test_since_takes_a_time_or_a_day_and_nothing_else(netj: Netj) -> None:
    assert netj("review --since 2w -f json").rows[0]["text"] == "2026-11-10 to 2026-11-23"
    assert netj("review --since 2026-11-10 -f json").rows[0]["text"] == "2026-11-10 to 2026-11-23"
    assert netj("review --since today -f json").rows[0]["value"] == 1
    for wrong in ("2026-12-01", "soon", "0d", "05/06/2026"):
        assert netj(f"review --since {wrong}").code == 2, wrong


@rows("command", ["review --with-notes", "review --client dana --chart --with-notes"])
def test_notes_are_for_the_page_of_a_client(netj: Netj, command: str) -> None:
    told = netj(command)
    assert told.code == 2
    assert "netj: " in told.stderr


def test_every_suggested_command_is_one_that_runs(netj: Netj) -> None:
    netj("objective add Lonely").ok  # noqa: B018  # it must succeed
    netj("log 'post: to all +lonely'").ok  # noqa: B018
    found = [r for r in netj("review -f json").rows if r["section"] == "suggestion"]
    found += [r for r in netj("review -f json", env={"NETJ_TODAY": "2026-12-30"}).rows if r["section"] == "suggestion"]
    assert {r["figure"] for r in found} >= {"nobody-helping", "promise-past-its-day"}
    for suggestion in found:
        words = {"WHO": "priya-nair", "TEXT": "'write it up'", "WHAT": "work", "KEY": "speaking"}
        command = suggestion["command"].removeprefix("netj ")
        for placeholder, word in words.items():
            command = command.replace(placeholder, word)
        told = netj(shlex.split(command))
        assert told.code == 0, (command, told.stderr)


def test_suggestions_name_the_promise_and_the_interactions_they_are_about(netj: Netj, tmp_path: Path) -> None:
    def do(*commands: str) -> None:
        for command in commands:
            assert netj(f"--db {tmp_path / 'own.db'} {command}").ok, command

    do(
        "objective add Writing",
        "log 'coffee with Ann Ott' --new --next 'send the deck by tomorrow'",
        "log '2026-11-20: call Bo Lind' --new",
        "log '2026-11-21: email Cy Voss +none' --new",
        "log '2026-11-19: event' -w 'Ann Ott' -w 'Bo Lind' -w 'Di Falk' --new",
        "contact edit di-falk -o writing",
        "log '2026-11-22: chat with Di Falk'",
    )
    ended = netj(f"--db {tmp_path / 'own.db'} review -f json", env={"NETJ_TODAY": "2026-11-26"})
    told = {r["figure"]: (r["text"], r["command"]) for r in ended.rows if r["section"] == "suggestion"}
    assert told["promise-past-its-day"] == (
        "a promise of yours is past its day, to Ann Ott for Tue 24 Nov: send the deck",
        "netj done 1",
    )
    assert told["purpose-unsaid"] == (
        "6 of 6 touches do not say what they are for: interaction 1 with Ann Ott on Mon 23 Nov, "
        "2 with Bo Lind on Fri 20 Nov, 5 with Di Falk on Sun 22 Nov",
        "netj amend 1 +writing",
    )


def test_an_objective_added_lately_is_told_what_it_lacks_not_that_it_is_neglected(netj: Netj, tmp_path: Path) -> None:
    def told(day: str) -> list[str]:
        rows = netj(f"--db {tmp_path / 'own.db'} review -f json", env={"NETJ_TODAY": day}).rows
        return [row["figure"] for row in rows if row["section"] == "suggestion"]

    netj(f"--db {tmp_path / 'own.db'} objective add Speaking").ok  # noqa: B018  # it must succeed
    netj(f"--db {tmp_path / 'own.db'} contact add 'Ann Ott' -o speaking").ok  # noqa: B018
    assert told("2026-11-23") == told("2026-12-22") == ["no-next-step"]
    assert told("2026-12-23") == ["neglected"]


def test_a_chart_gives_every_day_and_week_of_the_year_as_rows(netj: Netj) -> None:
    rows = netj("review --chart -f json").rows
    assert list(rows[0]) == ["series", "name", "unit", "on", "touch_count"]
    days = [r for r in rows if r["unit"] == "day"]
    assert (days[0]["on"], days[-1]["on"], len(days)) == ("2025-11-24", "2026-11-23", 365)
    assert sum(r["touch_count"] for r in days) == 4
    weeks = [r for r in rows if (r["series"], r["name"]) == ("objective", "platform-role")]
    assert [(r["on"], r["touch_count"]) for r in weeks if r["touch_count"]] == [("2026-09-28", 1)]
    assert len(netj("review --chart --since 10d -f json").rows) < 60
    drawn = netj("review --chart --since 10d", tty=True).ok.stdout
    assert "Drawn are the newest" not in drawn


def test_a_drawing_says_with_figures_and_shapes_what_colour_would(netj: Netj) -> None:
    told = netj("review --chart", tty=True).ok.stdout
    assert "\x1b" not in told
    tuesday = next(line for line in told.splitlines() if line.startswith("Tue"))
    assert tuesday.split()[-1] == "1"
    assert "· 0  ░ 1  a day" in told


def _drawn(encoding: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="")
    drawing = Page(out)
    weeks = 53
    levels = [[(week + day) % 5 for week in range(weeks)] for day in range(7)]
    months = ["Jan" if week % 5 == 0 else "" for week in range(weeks)]
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    draw_heat(drawing, out, "Touches", names, levels, [7] * 7, months, ["1", "2", "3", "4"])
    draw_sparks(drawing, out, "Circles", ["in\x1b[31mner", "ö"], [[week % 9 for week in range(weeks)]] * 2, [12, 3])
    out.flush()
    out.seek(0)
    return out.read()


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_an_ascii_stream_gets_a_drawing_in_ascii_of_the_same_shape(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, plain = _drawn("utf-8", columns, monkeypatch), _drawn("ascii", columns, monkeypatch)
    assert plain.isascii()
    assert "\x1b[31m" not in blocks
    assert [len(line) for line in blocks.splitlines()][:9] == [len(line) for line in plain.splitlines()][:9]
    monday = blocks.splitlines()[2][4:]
    table = str.maketrans(dict(zip(BLOCKS.heat, ASCII.heat, strict=True)))
    assert monday.translate(table) == plain.splitlines()[2][4:]


def test_marks_are_as_many_and_all_different() -> None:
    for marks in (BLOCKS, ASCII):
        assert len(set(marks.heat)) == len(marks.heat) == 5
        assert len(set(marks.bars)) == len(marks.bars) == 9


def test_stored_words_cannot_move_the_cursor_on_the_page(netj: Netj) -> None:
    netj(["opportunity", "add", "A \x1b[2J\nrole\u202e", "-o", "platform-role"]).ok  # noqa: B018
    told = netj("review", tty=True).ok.stdout
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert page.__doc__
