"""Row keys that scripts rely on: their names and order are a contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from netjournal.reports.meanings import MEANINGS
from netjournal.reports.own_meanings import OWN_MEANINGS
from netjournal.reports.schema import ANSWERS, row_of
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

#: The contract's own words: the first keys of each answer, in this order; more may follow.
CONTRACT = {
    "due, next": "type, uid, contact, name, why, organization, standing, due_on, days_since, days_late, lateness, "
    "every_days, latest_days, last_on, last_kind, last_summary, objectives, followups, signals, waiting, score",
    "log, amend": "uid, id, on, kind, direction, summary, contacts, objectives, implied, topics, created, promises, next_due",
    "contact list": "uid, contact, name, organization, title, circle, every_days, standing, last_on, due_on, touch_count, "
    "objectives, topics, emails, archived",
    "interaction list, timeline": "uid, id, on, kind, depth, direction, summary, note, contacts, names, objectives, implied, "
    "topics, minutes, gave, got, source",
    "objective list": "uid, key, title, why, client, status, by, touch_count_30d, touch_count_90d, exposure_count, "
    "contact_count, organization_count, grown_count, last_on, neglected, gaps",
    "followup list": "uid, id, text, owner, by, contact, name, objective, status, days_late",
    "opportunity list": "uid, id, title, organization, stage, direction, through, objective, origin, opened_on, closed_on, "
    "touches_before",
    "org list": "uid, organization, contact_count, former_count, touch_count, last_on",
    "search": "uid, id, type, on, contacts, title, snippet, rank",
    "import": "source, read, created, updated, unchanged, skipped, signals, warnings",
}
KEYS = {answer: keys.split(", ") for names, keys in CONTRACT.items() for answer in names.split(", ")}

#: A command that gives each answer on the story's journal.
COMMANDS = {
    "due": "due --explain",
    "next": "next",
    "plan": "plan",
    "prep": "prep dana-whitfield",
    "log": "log dana-whitfield",
    "amend": "amend --note x",
    "contact list": "contact list",
    "contact show": "contact show dana-whitfield",
    "contact delete": "contact delete max-frank --yes",
    "org list": "org list",
    "org show": "org show acme",
    "group list": "group list",
    "circle list": "circle list",
    "objective list": "objective list",
    "objective show": "objective show speaking",
    "followup list": "followup list",
    "opportunity list": "opportunity list",
    "topic list": "topic list",
    "topic show": "topic show sre",
    "interaction list": "interaction list",
    "search": "search hiring",
    "timeline": "timeline dana-whitfield",
    "review": "review",
    "review chart": "review --chart",
    "import": "import linkedin - --dry-run",
    "undo": "undo",
    "changes": "changes",
    "changes of one": "changes dana-whitfield",
    "forget": "forget max-frank --dry-run",
    "backup": "backup",
    "doctor": "doctor",
    "config list": "config list",
    "schema": "schema due",
    "answers": "schema",
}
#: Other commands that give an answer of the table.
ALSO = {
    "contact list": ["keep priya-nair --every 2w", "snooze priya-nair tomorrow", "contact archive priya-nair"],
    "contact show": ["contact add Zed", "contact edit dana-whitfield --note x"],
    "circle list": ["circle add press --every 1y", "circle edit mentors --every 7w"],
    "objective show": ["objective add Zed", "objective edit speaking --why x"],
    "interaction list": ["interaction show 1", "interaction delete 1"],
    "timeline": ["timeline +platform-role"],
    "followup list": ["followup add zed --with priya-nair", "followup done 1", "done 1"],
    "opportunity list": [
        "opportunity add Zed",
        "opportunity show 1",
        "opportunity move 1 offer",
        "opportunity close 1 won",
    ],
    "log": ["log 'coffee with Zed' --new"],
}
PAIRS = [*COMMANDS.items(), *((answer, command) for answer, commands in ALSO.items() for command in commands)]


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


@rows(("answer", "command"), PAIRS)
def test_the_keys_printed_are_those_of_the_schema_which_begin_as_the_contract_says(
    netj: Netj, environment: dict[str, str], answer: str, command: str
) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))
    schema = [row["key"] for row in netj(f"schema '{answer}' -f json").rows]
    found = netj(f"{command} -f json", stdin=story.CONNECTIONS).rows
    assert found, "the story has no row for it"
    for row in found:
        # Only `due --explain` gives the terms.
        assert [*row, *(["terms"] if answer == "next" else [])] == schema
    assert schema[: len(KEYS.get(answer, []))] == KEYS.get(answer, [])


@rows("answer", KEYS)
def test_every_answer_of_the_contract_that_exists_is_covered(answer: str) -> None:
    assert answer in COMMANDS
    assert answer in ANSWERS


def test_every_answer_has_a_command_here() -> None:
    assert set(ANSWERS) - set(COMMANDS) <= LATER


#: Answers that another test file proves.
LATER = {"config list", "demo", "undo refused", "backup verify", "restore", "doctor salvage"}


def test_every_meaning_is_that_of_a_key_and_differs_from_the_general_one() -> None:
    fields = {row.__name__: {field.removesuffix("_") for field in row._fields} for row in map(row_of, ANSWERS)}
    assert set(MEANINGS) == set().union(*fields.values())
    assert [(r, k) for r, own in OWN_MEANINGS.items() for k in own.keys() - fields.get(r, set())] == []
    assert [(r, k) for r, own in OWN_MEANINGS.items() for k, told in own.items() if told == MEANINGS[k]] == []


@rows("answer", ANSWERS)
def test_the_schema_says_what_each_key_means(netj: Netj, answer: str) -> None:
    keys = netj(["schema", answer, "-f", "json"]).rows
    assert all(row["meaning"] and row["type"] for row in keys)
    assert len({row["key"] for row in keys}) == len(keys)
    assert netj(["schema", answer.replace(" ", "-")]).code == 0
    assert netj(["schema", *answer.split()]).code == 0


@rows("answer", [a for a in COMMANDS if a not in ("amend", "log", "contact delete", "undo", "import")])
def test_what_the_schema_says_may_not_be_null_never_is(netj: Netj, answer: str) -> None:
    schema = {row["key"]: row for row in netj(f"schema '{answer}' -f json").rows}
    text = dict.fromkeys(("text", "day", "uid", "key", "handle"), str)
    kinds: dict[str, Any] = {**text, "integer": int, "number": (int, float), "boolean": bool}
    for row in netj(f"{COMMANDS[answer]} -f json").rows:
        for key, value in row.items():
            said = schema[key]
            assert value is not None or said["null"], key
            if value is not None and said["type"] in kinds:
                assert isinstance(value, kinds[said["type"]]), key
            if said["type"].startswith("list of "):
                assert isinstance(value, list), key


def test_no_schema_of_that_name_is_exit_3_and_lists_them(netj: Netj) -> None:
    ended = netj("schema nothing")
    assert (ended.code, ended.stdout) == (3, "")
    assert "contact list" in ended.stderr
