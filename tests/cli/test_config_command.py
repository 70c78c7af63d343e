"""`netj config` and `netj db path`: settings read, changed one line at a time, and edited whole."""

from __future__ import annotations

import shlex
import stat
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netjournal import config, configfile
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj, Spawn


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


# --- list, get, path


def test_the_list_says_of_each_setting_its_value_and_where_that_comes_from(netj: Netj, file: Path) -> None:
    file.write_text('capacity = 4\n[me]\nemails = ["a@x.example", "b@x.example"]\n')
    rows = netj("config list -f json", env={"NETJ_BACKUP_KEEP": "3", "NETJ_FORMAT": "json"}).rows
    assert [row["name"] for row in rows] == [setting.name for setting in config.SETTINGS]
    assert list(rows[0]) == ["name", "value", "source", "type", "help"]
    told = {row["name"]: (row["value"], row["source"]) for row in rows}
    assert told["capacity"] == ("4", "file")
    assert told["me.emails"] == ("a@x.example,b@x.example", "file")
    assert told["backup.keep"] == ("3", "environment")
    assert told["date_order"] == ("", "default")
    assert told["health.half_life"] == ("90", "default")


def test_a_bare_value_is_printed_as_set_takes_it(netj: Netj, file: Path) -> None:
    netj("config set me.emails 'a@x.example, b@x.example'").ok  # noqa: B018
    assert netj("config get me.emails").ok.stdout == "a@x.example,b@x.example\n"
    assert netj("config get capacity").ok.stdout == "10\n"
    assert netj("config get format").ok.stdout == "\n"


def test_a_value_is_exact_for_a_program_and_harmless_on_a_terminal(netj: Netj, file: Path) -> None:
    file.write_text('me.urls = ["x\\u001b[2J"]\n')
    assert netj("config get me.urls").ok.stdout == "x\x1b[2J\n"
    assert netj("config get me.urls", tty=True).ok.stdout == "x\\x1b[2J\n"
    assert "\x1b" not in netj("config list", tty=True).ok.stdout


def test_paths_are_printed_whether_or_not_there_is_anything(netj: Netj, file: Path, tmp_path: Path) -> None:
    assert netj("config path").ok.stdout == f"{file}\n"
    assert netj("db path").ok.stdout == f"{tmp_path / 'journal.db'}\n"
    assert netj("--db other.db db path").ok.stdout == "other.db\n"
    assert list(tmp_path.iterdir()) == []


@rows("command", ["get capcity", "set capcity 4", "set CAPACITY 4", "set capcity ''"])
def test_an_unknown_key_that_is_typed_is_exit_2_with_the_nearest(netj: Netj, file: Path, command: str) -> None:
    code, out, err = netj(f"config {command}")
    assert (code, out) == (2, "")
    assert err.startswith("netj: There is no setting ")
    assert "Did you mean 'capacity'?" in err or "Known settings: capacity," in err
    assert not file.exists()


@rows("command", ["list", "get capacity", "set capacity 5", "set capacity ''"])
def test_an_unknown_key_in_the_file_is_exit_6_and_the_file_stays(netj: Netj, file: Path, command: str) -> None:
    file.write_text("capcity = 4\n")
    code, out, err = netj(f"config {command}")
    assert (code, out) == (6, "")
    assert "Did you mean 'capacity'?" in err
    assert file.read_text() == "capcity = 4\n"


def test_config_and_db_take_no_part_in_the_prefixes_of_nouns(netj: Netj) -> None:
    assert netj("con list").code == 0
    for typed in ("conf list", "d path"):
        assert netj(typed).code == 2
    assert netj("db").stderr.startswith("netj: Missing command.")
    assert netj("db pth").code == 2


# --- set


def test_set_makes_a_private_file_in_a_private_folder(spawn: Spawn, tmp_path: Path) -> None:
    path = tmp_path / "new" / "place" / "config.toml"
    assert spawn("config set capacity 4", env={"NETJ_CONFIG": str(path)}) == (0, "", "")
    assert path.read_text() == "capacity = 4\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


@rows(
    ("name", "typed"),
    [
        ("capacity", "0"),
        ("capacity", "many"),
        ("format", "xml"),
        ("date_order", "ymd"),
        ("health.half_life", "3 fortnights"),
        ("backup.keep", "-1"),
        ("backup.keep", "²"),
    ],
)
def test_a_wrong_value_is_refused_before_anything_is_written(netj: Netj, file: Path, name: str, typed: str) -> None:
    code, out, err = netj(["config", "set", "--", name, typed])
    assert (code, out) == (2, "")
    assert f"'{name}' must be" in err
    assert not file.exists()


def test_every_setting_can_be_set_read_back_and_put_back(netj: Netj, file: Path) -> None:
    typed = {"int": "7", "days": "6w", "list": "a,b\"c'\\d", "choice": None, "str": "x"}
    for setting in config.SETTINGS:
        value = typed[setting.type] or setting.choices[-1]
        netj(["config", "set", setting.name, value]).ok  # noqa: B018
        assert netj(["config", "get", setting.name]).ok.stdout == ("42\n" if value == "6w" else f"{value}\n")
        assert tomllib.loads(file.read_text())
    for setting in config.SETTINGS:
        netj(["config", "set", setting.name, ""]).ok  # noqa: B018
    assert file.read_text() == ""


def test_a_value_that_the_environment_hides_is_set_with_a_word(netj: Netj, file: Path) -> None:
    answer = netj("config set capacity 4", env={"NETJ_CAPACITY": "7"}).ok
    assert answer.stdout == ""
    assert answer.stderr == "NETJ_CAPACITY is set in the environment, and comes before the file.\n"
    assert file.read_text() == "capacity = 4\n"


def test_set_mends_a_wrong_value_in_the_file(netj: Netj, file: Path) -> None:
    file.write_text("capacity = 'many'\n")
    assert netj("config set capacity 4").code == 0
    assert netj("config get capacity").ok.stdout == "4\n"


@rows(
    ("text", "name"),
    [
        ("backup = {keep = 3}\n", "backup.keep"),
        ("me = {urls = ['x']}\n", "me.emails"),
        ("me.emails = [\n  'a', # work\n  'b',\n]\n", "me.emails"),
        ("[[me]]\n", "me.emails"),
    ],
)
def test_what_cannot_be_changed_for_certain_is_refused_with_the_mend(
    netj: Netj, file: Path, text: str, name: str
) -> None:
    file.write_text(text)
    code, out, err = netj(f"config set {name} 4")
    assert (code, out) == (6, "")
    assert str(file) in err
    assert file.read_text() == text


def test_a_file_that_another_line_breaks_is_not_written(netj: Netj, file: Path) -> None:
    file.write_text("format = 'xml'\n")
    code, _, err = netj("config set capacity 4")
    assert code == 6
    assert "'format'" in err
    assert file.read_text() == "format = 'xml'\n"


@rows("text", ["capacity = \n", "[me\n", "capacity = 4\ncapacity = 5\n", "\ufeffcapacity = 4\n"])
def test_a_broken_file_is_refused_and_stays(netj: Netj, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert netj("config set capacity 4").code == 6
    assert file.read_text(encoding="utf-8") == text


def test_a_link_stays_a_link(netj: Netj, file: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "netj.toml"
    real.write_text("capacity = 4\n")
    file.symlink_to(real)
    netj("config set capacity 5").ok  # noqa: B018
    assert file.is_symlink()
    assert real.read_text() == "capacity = 5\n"


def test_a_folder_that_is_a_file_is_exit_9(netj: Netj, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert netj("config set capacity 4", env={"NETJ_CONFIG": str(tmp_path / "x" / "config.toml")}).code == 9


# --- edit


def editor(tmp_path: Path, does: str) -> dict[str, str]:
    """An environment whose editor does something to `path`."""
    script = tmp_path / "editor.py"
    script.write_text(f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{does}\n", encoding="utf-8")
    return {"EDITOR": f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"}


def test_edit_begins_with_a_template_and_keeps_what_was_written(netj: Netj, file: Path, tmp_path: Path) -> None:
    append = editor(tmp_path, "path.write_text(path.read_text() + 'capacity = 4\\n')")
    assert netj("config edit", env=append).code == 0
    assert file.read_text() == configfile.template() + "capacity = 4\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = editor(tmp_path, "path.write_text(path.read_text().replace('capacity = 4', 'capacity = 6'))")
    netj("config edit", env=again).ok  # noqa: B018
    assert netj("config get capacity").ok.stdout == "6\n"
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("written", ["capacity = \n", "capcity = 4\n", "capacity = 0\n"])
def test_a_broken_draft_is_not_taken_but_kept_and_named(netj: Netj, file: Path, tmp_path: Path, written: str) -> None:
    file.write_text("capacity = 4\n")
    code, out, err = netj("config edit", env=editor(tmp_path, f"path.write_text({written!r})"))
    assert (code, out) == (6, "")
    assert file.read_text() == "capacity = 4\n"
    (draft,) = drafts(tmp_path)
    assert str(draft) in err
    assert draft.read_text() == written


def test_an_editor_that_changes_nothing_or_fails_makes_no_file(netj: Netj, file: Path, tmp_path: Path) -> None:
    assert netj("config edit", env=editor(tmp_path, "")).code != 0
    assert netj("config edit", env=editor(tmp_path, "path.write_text('capacity = 4'); sys.exit(3)")).code != 0
    assert not file.exists()
    assert drafts(tmp_path) == []


def test_a_broken_file_can_be_edited_whole(netj: Netj, file: Path, tmp_path: Path) -> None:
    file.write_text("capcity = [\n")
    netj("config edit", env=editor(tmp_path, "path.write_text('capacity = 4\\n')")).ok  # noqa: B018
    assert file.read_text() == "capacity = 4\n"


def drafts(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("netj-*") if path.is_file()]
