"""`netj undo`: step by step back to the beginning, and forward again by doing something new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def path(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


def test_undo_walks_back_through_a_whole_story(netj: Netj) -> None:
    exports = []
    for command in story.COMMANDS:
        exports.append(netj("export").ok.stdout)
        assert netj(command, stdin=story.CONNECTIONS).ok
    for command, before in zip(reversed(story.COMMANDS), reversed(exports), strict=True):
        (receipt,) = netj("undo -f json").rows
        assert receipt["command"].split()[0] == command[0]
        assert receipt["on"] == "2026-11-23"
        assert receipt["change_count"] > 0
        # The very first made the journal, which now has a uid.
        assert netj("export").ok.stdout.split("\n", 1)[1] == before.split("\n", 1)[1]
    assert netj("undo")[:2] == (3, "")


def test_after_an_undo_a_new_action_is_what_the_next_undo_takes(netj: Netj) -> None:
    for name in ("Ann", "Bob"):
        assert netj(["contact", "add", name]).ok
    assert netj("undo").ok
    assert netj("contact add Cy").ok
    assert netj("undo -f json").rows[0]["action"] == 4
    assert netj("undo -f json").rows[0]["action"] == 1
    assert netj("contact list -f json").rows == []
    assert netj("undo").code == 3


def test_what_changed_nothing_is_no_step(netj: Netj) -> None:
    assert netj("contact add Ann").ok
    before = netj("export").ok.stdout
    assert netj("contact edit ann --name Ann").ok
    assert netj("log nobody").code == 3
    assert netj("due").ok
    assert netj("import linkedin - --dry-run", stdin=story.CONNECTIONS).ok
    assert netj("export").ok.stdout == before
    assert netj("undo -f json").rows[0]["command"] == "contact add"


def test_there_is_nothing_to_undo_in_a_new_journal(netj: Netj) -> None:
    code, out, err = netj("undo")
    assert (code, out) == (3, "")
    assert err == "netj: There is nothing to undo.\n"


def test_redo_puts_back_what_was_undone_until_something_new_is_done(netj: Netj) -> None:
    for name in ("Ann", "Bob"):
        assert netj(["contact", "add", name]).ok
    both = netj("export").ok.stdout
    assert netj("undo").ok
    assert netj("undo").ok
    assert netj("redo -f json").rows == [
        {
            "action": 1,
            "command": "contact add",
            "on": "2026-11-23",
            "change_count": 1,
            "records": ["contact ann"],
            "state": "done",
        }
    ]
    assert netj("redo").ok
    assert netj("export").ok.stdout == both
    assert netj("redo")[0] == 3
    # What was put back can be taken away again.
    assert netj("undo -f json").rows[0]["action"] == 2
    assert netj("contact add Cy").ok
    code, out, err = netj("redo")
    assert (code, out) == (3, "")
    assert err.startswith("netj: There is nothing to redo.\n")


def test_a_chosen_action_is_undone_while_later_ones_stand(netj: Netj) -> None:
    for command in (["contact", "add", "Ann"], ["contact", "add", "Bob"], ["contact", "edit", "bob", "--note", "x"]):
        assert netj(command).ok
    assert netj("undo 1 -f json").rows[0]["action"] == 1
    assert [row["contact"] for row in netj("contact list -f json").rows] == ["bob"]
    assert netj("undo 1")[0] == 4
    assert netj("undo 4")[0] == 4
    assert netj("undo 99")[0] == 3
    assert netj("undo soon")[0] == 2
    assert netj("redo").ok
    assert [row["contact"] for row in netj("contact list -f json").rows] == ["ann", "bob"]


def test_what_was_changed_since_is_not_undone_and_both_versions_are_shown(netj: Netj) -> None:
    assert netj(["contact", "add", "Ann", "--note", "old words"]).ok
    assert netj(["contact", "edit", "ann", "--note", "new words", "--location", "Oslo"]).ok
    before = netj("export").ok.stdout
    refused = netj("undo 1 -f json")
    assert refused.code == 4
    assert json.loads(refused.stdout) == [
        {"record": "contact ann", "field": "location", "then": None, "now": "Oslo"},
        {"record": "contact ann", "field": "note", "then": "old words", "now": "new words"},
    ]
    # The fields of either answer may be asked for: which it will be is not known before.
    assert netj("undo 1 --fields record,now --no-header -f tsv").stdout.split("\n")[0] == "contact ann\tOslo"
    assert netj("undo 1 --fields command -f json").stdout == refused.stdout
    assert netj("undo 1 --fields rcord").code == 2
    # The words are the answer; the message that goes to a log is not.
    assert "words" not in refused.stderr
    assert netj("export").ok.stdout == before


def test_a_record_whose_parts_alone_were_changed_since_shows_them(netj: Netj) -> None:
    assert netj("contact add Ann --location Oslo").ok
    assert netj("contact edit ann --location Bergen").ok
    assert netj("contact edit ann --email ann@example.com").ok
    refused = netj("undo 2 -f json")
    assert refused.code == 4
    assert json.loads(refused.stdout) == [
        {"record": "contact ann", "field": "address kind", "then": None, "now": "email"},
        {"record": "contact ann", "field": "address value", "then": None, "now": "ann@example.com"},
    ]


def test_a_kind_that_was_changed_since_is_shown_once_however_many_took_part(netj: Netj) -> None:
    assert netj("log --new 'coffee with Ana One, Bob Two about x'").ok
    assert netj("amend 1 --kind call").ok
    assert netj("amend 1 --kind meal").ok
    refused = netj("undo 2 -f json")
    assert refused.code == 4
    assert json.loads(refused.stdout) == [{"record": "interaction 1", "field": "kind", "then": "call", "now": "meal"}]


def test_a_receipt_names_what_was_taken_away_and_what_was_put_back(netj: Netj) -> None:
    assert netj("log 'coffee with Ann Lee about x' --new --next 'send y'").ok
    assert netj("contact delete ann-lee --yes").ok
    for back in ("undo", "undo", "redo", "undo"):
        (row,) = netj(f"{back} --fields records -f json").rows
        assert sorted(row["records"]) == ["contact ann-lee", "followup 1", "interaction 1"]
    assert netj("undo --fields record").code == 3


def test_changes_says_what_each_action_did_and_what_stands(netj: Netj) -> None:
    assert netj(["log", "coffee with Ann Lee about x", "--new"]).ok
    assert netj(["contact", "add", "Bob"]).ok
    assert netj("undo").ok
    assert netj("redo").ok
    assert netj("undo").ok
    rows = netj("changes -f json").rows
    assert [(r["action"], r["command"], r["state"], r["undoes"]) for r in rows] == [
        (5, "undo", "undo", 2),
        (4, "redo", "redo", 3),
        (3, "undo", "undo", 2),
        (2, "contact add", "undone", None),
        (1, "log", "done", None),
    ]
    assert rows[-1]["changed"] == ["contact ann-lee", "interaction 1"]
    assert [r["action"] for r in netj("changes --limit 2 -f json").rows] == [5, 4]


def test_changes_of_one_record_is_its_past_value_by_value(netj: Netj) -> None:
    assert netj(["contact", "add", "Ann", "--email", "ann@example.com", "--org", "Acme"]).ok
    assert netj(["contact", "edit", "ann", "--location", "Oslo", "--org", "Globex"]).ok
    assert netj(["log", "coffee with Ann"]).ok
    rows = netj("changes ann -f json").rows
    told = {(r["action"], r["what"], r["field"], r["before"], r["after"]) for r in rows}
    assert (1, "address", "value", None, "ann@example.com") in told
    assert (1, "affiliation", "organization", None, "Acme") in told
    assert (2, "contact", "location", None, "Oslo") in told
    assert (2, "affiliation", "until", None, "2026-11-23") in told
    assert {r["action"] for r in rows} == {1, 2}
    assert netj("changes 1 -f json").rows[0]["action"] == 3
    assert netj("changes nobody").code == 3


def test_a_receipt_says_what_the_action_is_now(netj: Netj) -> None:
    assert netj("contact add Ann").ok
    assert [netj(f"{command} -f json").rows[0]["state"] for command in ("undo", "redo", "undo 1")] == [
        "undone",
        "done",
        "undone",
    ]


def test_in_a_narrow_terminal_changes_keep_command_and_state(netj: Netj) -> None:
    assert netj("contact add Ann").ok
    shown = netj("changes -f table", env={"COLUMNS": "40"}).ok.stdout.splitlines()
    assert shown[0].split() == ["action", "command", "state", "changed"]
    assert netj("contact add Bo --handle bartholomea-andreassen").ok
    shown = netj("changes -f table", env={"COLUMNS": "40"}).ok.stdout.splitlines()
    assert shown[4].strip() == "contact bartholomea-andreassen"
    shown = netj("changes bo -f table", env={"COLUMNS": "40"}).ok.stdout.splitlines()
    assert shown[0].split() == ["action", "command", "field", "before"]
    # What has no room is told below its value, and what stands beside it not a second time.
    assert {line.strip() for line in shown if line.startswith("  on ")} == {"on 2026-11-23"}
