"""The documented records of an export are the records of an export: the same types, the same keys, in the same order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netjournal.reports.export import TYPES
from netjournal.reports.records import RECORDS

if TYPE_CHECKING:
    from conftest import Netj

CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Lena,Ortiz,https://www.linkedin.com/in/lena,lena@example.com,Acme,Recruiter,15 Jan 2024
"""

#: At least one record of each type, one of a contact with everything and one with nothing.
COMMANDS: tuple[list[str], ...] = (
    ["objective", "add", "Platform role", "--why", "lead again", "-t", "sre", "--org", "Acme"],
    ["contact", "add", "Dana Whitfield", "--org", "Acme", "--circle", "inner", "-o", "platform-role", "--email", "d@x.org"],
    ["contact", "add", "Bo"],
    ["group", "add", "Tuesday table", "--with", "dana-whitfield"],
    ["log", "2026-10-01: coffee with Dana about hiring #hiring", "--next", "send the deck by today", "--opportunity", "Role"],
    ["log", "post: On being on call #sre +platform-role"],
    ["import", "linkedin", "-"],
)  # fmt: skip


@pytest.fixture
def records(netj: Netj) -> list[dict[str, object]]:
    for command in COMMANDS:
        netj(command, stdin=CONNECTIONS).ok  # noqa: B018  # it asserts
    moved = CONNECTIONS.replace("Recruiter", "Head")
    assert netj(["import", "linkedin", "-"], stdin=moved).ok
    return [json.loads(line) for line in netj("export").ok.stdout.splitlines()]


def test_every_record_has_the_documented_keys_in_their_order(records: list[dict[str, object]]) -> None:
    assert [record for record in records if list(record) != list(RECORDS[str(record["type"])])] == []
    # In the order of the document, and each type at least once.
    assert list(dict.fromkeys(record["type"] for record in records)) == list(RECORDS)


def test_every_type_that_can_be_asked_for_is_documented() -> None:
    assert ("netjournal", *TYPES) == tuple(RECORDS)
    assert all(meaning for keys in RECORDS.values() for meaning in keys.values())
    assert all(next(iter(keys)) == "type" for keys in RECORDS.values())


def test_the_header_of_a_table_is_that_of_its_records(netj: Netj, environment: dict[str, str]) -> None:
    assert not Path(environment["NETJ_DB"]).exists()
    for kind in TYPES:
        line, *_ = netj(f"export --as csv --type {kind}").ok.stdout.splitlines()
        told = [key for key in RECORDS[kind] if key != "sources"]
        at = told.index("affiliations") if "affiliations" in told else len(told)
        assert line.split(",") == [*told[:at], *(["organization", "title"] if at < len(told) else []), *told[at:]]
