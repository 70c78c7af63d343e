"""What bad input gets: its exit code, one sentence on stderr with the mend, nothing on stdout, the journal unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

REFUSED: dict[int, list[list[str]]] = {
    2: [
        ["log"],
        ["log", "coffee"],
        ["log", "coffee about nothing"],
        ["log", "dana-whitfield", "-k", "picnic"],
        ["log", "dana-whitfield", "--direction", "sideways"],
        ["log", "dana-whitfield", "--minutes", "0"],
        ["log", "dana-whitfield", "--minutes", "10081"],
        ["log", "dana-whitfield", "--minutes", "x"],
        ["log", "dana-whitfield", "--on", "tomorrow"],
        ["log", "tomorrow: dana-whitfield"],
        ["log", "yesterday: dana-whitfield", "--on", "today"],
        ["log", "05/06/2026: dana-whitfield"],
        ["log", "2026-02-30: dana-whitfield"],
        ["log", "dana-whitfield +none +speaking"],
        ["log", "dana-whitfield +none", "-o", "speaking"],
        ["log", "dana-whitfield +speaking", "-o", "none"],
        ["log", "dana-whitfield", "-t", "two words"],
        ["log", "dana-whitfield", "-n", "\u200b"],
        ["log", "dana-whitfield", "-n", "x" * 100_001],
        ["log", "dana-whitfield about " + "x" * 2_001],
        ["log", "dana-whitfield", "--next", "by friday"],
        ["log", "dana-whitfield", "--next", "send it by yesterday"],
        ["log", "dana-whitfield", "--next", "send it by 05/06/2027"],
        ["log", "dana-whitfield", "--next", "send it by 2027-02-30"],
        ["log", "dana-whitfield", "--by", "friday"],
        ["log", "dana-whitfield", "--next", "a", "--next", "b", "--by", "friday"],
        ["log", "dana-whitfield", "--next", "a by friday", "--by", "friday"],
        ["log", "dana-whitfield", "--next", "a @dana-whitfield @priya-nair"],
        ["log", "dana-whitfield", "--to", "priya-nair"],
        ["log", "dana-whitfield", "--via", "priya-nair"],
        ["log", "--intro", "dana-whitfield", "--to", "dana-whitfield"],
        ["log", "--intro", "dana-whitfield", "--via", "dana-whitfield"],
        ["log", "--intro", "dana-whitfield", "--to", "priya-nair", "--via", "priya-nair"],
        ["log", "--intro", "group:Tuesday table"],
        ["log", "dana-whitfield", "--except", "priya-nair"],
        ["log", "post: hello", "-w", "dana-whitfield"],
        ["log", "post: thanks to @dana-whitfield"],
        ["log", "talk about x", "--intro", "dana-whitfield"],
        ["log", "dana-whitfield", "--done", "x"],
        ["log", "dana-whitfield", "-w", " @ Acme"],
        ["contact", "add", ""],
        ["contact", "add", "\u200b\u200d"],
        ["contact", "add", "x" * 10_000],
        ["contact", "add", "Zed", "--email", "nobody"],
        ["contact", "add", "Zed", "--birthday", "31 June"],
        ["contact", "add", "Zed", "--every", "often"],
        ["contact", "add", "Zed", "--every", "0d"],
        ["contact", "add", "Zed", "-t", "two words"],
        ["contact", "edit", "dana-whitfield", "--name", ""],
        ["contact", "edit", "dana-whitfield", "--introduced-by", "dana-whitfield"],
        ["circle", "add", "zed", "--every", "x"],
        ["circle", "add", "zed"],
        ["circle", "add", "", "--every", "1y"],
        ["objective", "add", ""],
        ["objective", "add", "Zed", "--by", "yesterday"],
        ["objective", "add", "Zed", "--by", "2026-02-30"],
        ["keep"],
        ["keep", "priya-nair"],
        ["keep", "--circle", "inner"],
        ["keep", "priya-nair", "--every", ""],
        ["keep", "priya-nair", "--every", "1y", "--last", "tomorrow"],
        ["keep", "priya-nair", "--every", "1y", "--last", ""],
        ["import"],
        ["import", "linkedin"],
        # Empty variables in a script.
        ["import", ""],
        ["--db", "", "due"],
        ["amend", ""],
        ["interaction", "delete", "x"],
        ["due", "--within", ""],
        ["due", "--within", "soon"],
        ["review", "--since", "tomorrow"],
        ["review", "--since", "0d"],
        ["export", "--as", "xml"],
        ["snooze", "priya-nair", "yesterday"],
        ["nothing"],
        ["contact"],
    ],
    3: [
        ["log", "nobody"],
        ["log", "coffee with Nobody Here about x"],
        ["log", "@nobody about x"],
        ["log", "dana-whitfield +nothing"],
        ["log", "dana-whitfield", "-w", "nobody"],
        ["log", "dana-whitfield", "-w", "group:nothing"],
        ["log", "dana-whitfield", "--next", "send it @nobody"],
        ["log", "dana-whitfield", "--done", "99"],
        ["log", "Zed Zedson", "--new", "--circle", "nothing"],
        ["log", "dana-whitfield", "--circle", "nothing"],
        # A first name needs somebody tracked: this one was only imported.
        ["log", "Max"],
        ["log", "Max", "--new"],
        ["contact", "show", "nobody"],
        ["contact", "edit", "nobody", "--note", "x"],
        ["contact", "add", "Zed", "--circle", "nothing"],
        ["contact", "add", "Zed", "-o", "nothing"],
        ["contact", "add", "Zed", "--introduced-by", "nobody"],
        ["circle", "edit", "nothing", "--every", "1y"],
        ["objective", "show", "nothing"],
        ["objective", "edit", "nothing", "--why", "x"],
        ["objective", "add", "Zed", "--client", "nobody"],
        ["keep", "nobody", "--circle", "inner"],
        ["keep", "priya-nair", "nobody", "--circle", "inner"],
        ["keep", "priya-nair", "--circle", "nothing"],
        ["interaction", "show", "99"],
        ["interaction", "delete", "99"],
        ["timeline", "nobody"],
        ["due", "-o", ""],
        ["due", "--client", ""],
        ["due", "--circle", ""],
        ["due", "--group", ""],
        # An empty variable in a script must not hand over everything.
        ["export", "--client", ""],
        ["export", "--who", ""],
        ["timeline", "dana-whitfield", "--client", ""],
        ["next", "--client", ""],
    ],
    4: [
        ["contact", "add", "Dana Whitfield"],
        ["contact", "add", "Zed", "--handle", "priya-nair"],
        ["circle", "add", "INNER", "--every", "1y"],
        ["circle", "edit", "outer", "--name", "inner"],
        ["group", "add", "tuesday TABLE"],
        ["objective", "add", "Zed", "--key", "speaking"],
        ["objective", "add", "platform ROLE"],
        ["opportunity", "add", "staff sre"],
        ["opportunity", "add", "Staff SRE", "--org", "Acme Inc", "-o", "platform-role"],
        ["objective", "edit", "platform-role", "--key", "speaking"],
    ],
    7: [["import", "missing.csv"], ["import", "linkedin", "missing.csv"]],
}
CASES = [(code, command) for code, commands in REFUSED.items() for command in commands]


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path(environment["NETJ_DB"])
    story.tell(netj, path)
    return path


@rows(("code", "command"), CASES)
def test_bad_input_is_one_sentence_and_changes_nothing(netj: Netj, told: Path, code: int, command: list[str]) -> None:
    before = told.read_bytes()
    ended = netj(command)
    assert ended[:2] == (code, "")
    first, *more = ended.stderr.splitlines()
    assert first.startswith("netj: ")
    assert first.endswith((".", "?"))
    assert all(line.startswith("  ") for line in more)
    assert "Traceback" not in ended.stderr
    assert "internal error" not in ended.stderr
    assert told.read_bytes() == before


@rows(
    ("again", "mend", "another"),
    [
        ("contact add 'dana whitfield'", "netj contact edit dana-whitfield", "--handle dana-2"),
        ("contact add 'dana whitfield'", "somebody else, give --org or --handle.", "--org Globex"),
        ("contact add 'Priya Nair'", "somebody else, give --handle.", "--handle priya-2"),
        ("group add 'tuesday TABLE'", 'netj group edit "tuesday TABLE"', None),
        ("objective add 'platform ROLE'", "netj objective edit platform-role", "--key lead"),
        ("objective add 'Platform role' --client dana", None, None),
        ("opportunity add 'staff SRE'", "netj opportunity move 1", "--org Globex"),
        ("opportunity add 'Staff SRE' --through priya", None, None),
        ("opportunity add 'Staff SRE' -o speaking", None, None),
    ],
)
def test_what_is_there_already_is_named_and_another_is_made_on_purpose(
    netj: Netj, again: str, mend: str | None, another: str | None
) -> None:
    ended = netj(again)
    assert (ended.code == 4) is (mend is not None), ended.stderr
    assert (mend or "") in ended.stderr
    if another is not None:
        assert netj(f"{again} {another}").ok
    if mend is None or another is not None:
        assert netj("undo").ok


@rows("typed", ["2026-02-30", "31.12.2026", "", "99999-01-01"])
@rows(
    "command",
    [
        ["log", "dana-whitfield", "--on"],
        ["keep", "priya-nair", "--every", "1y", "--last"],
        ["log", "dana-whitfield", "--next", "x", "--by"],
        ["interaction", "list", "--since"],
        ["interaction", "list", "--until"],
        ["export", "--since"],
        ["search", "hiring", "--since"],
    ],
)
def test_a_day_that_is_none_is_refused_with_the_forms_there_are(netj: Netj, command: list[str], typed: str) -> None:
    code, out, err = netj([*command, typed])
    assert (code, out) == (2, "")
    assert "2026-11-13, 13 Nov, 13 Nov 2026, yesterday" in " ".join(err.split())


def test_a_promise_kept_twice_is_a_conflict(netj: Netj) -> None:
    assert netj("log dana-whitfield --done 1").code == 0
    before = netj("export").stdout
    for command in ("done 1", "amend --done 1"):
        assert netj(command).code == 4
        assert netj("export").stdout == before


def test_a_journal_that_is_none_is_exit_5_for_readers_and_writers(netj: Netj, told: Path) -> None:
    for content in (b"not a journal\n" * 100, b"\x00\xff" * 5000):
        told.write_bytes(content)
        for command in ("due", "export", "contact list", "log dana", "undo", "import linkedin -"):
            code, out, err = netj(command, stdin=story.CONNECTIONS)
            assert (code, out) == (5, "")
            assert err.startswith("netj: ")
        assert told.read_bytes() == content


def test_a_wrong_setting_is_exit_6(netj: Netj, environment: dict[str, str], told: Path) -> None:
    before = told.read_bytes()
    Path(environment["NETJ_CONFIG"]).write_text("capacity = 'many'\n")
    for command in ("due", "log dana-whitfield", "contact list"):
        code, out, err = netj(command)
        assert (code, out) == (6, "")
        assert "capacity" in err
    assert told.read_bytes() == before


def test_every_step_of_a_command_that_fails_is_taken_back(netj: Netj, told: Path) -> None:
    before = told.read_bytes()
    # Each fails after rows were written: a contact, a touch, a promise.
    for command in (
        "log 'coffee with Zed Zedson' --new --done 99",
        "log dana-whitfield --next 'send it @nobody'",
        "log --intro 'Zed Zedson' --via 'Zed Zedson' --new",
        "contact add Zed -o speaking -o nothing",
        "objective add Zed --org Newcorp --client nobody",
        "keep priya-nair max-frank --circle inner -o nothing",
    ):
        assert netj(command).code in (2, 3)
        assert told.read_bytes() == before
    assert netj("undo -f json").rows[0]["command"].startswith("import")
