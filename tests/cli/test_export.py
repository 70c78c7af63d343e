"""`netj export`: everything, in a stable order, and never more than was asked for."""

from __future__ import annotations

import errno
import json
import stat
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from netjournal import store
from netjournal.store.tables import TABLES

if TYPE_CHECKING:
    from conftest import Netj
    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"

#: The record itself, and copies that follow from other columns of it.
DERIVED = {
    *("id", "name_key", "alias_key", "value_key", "position"),
    *("touch.on_day", "touch.exposure", "interaction.exposure", "contact_method.kind"),
}
#: Values that a CHECK limits to some words or a range.
CHOSEN: dict[str, Any] = {
    "contact.handle": "handle-of-the-contact",
    "contact.birthday": "--07-19",
    "contact.every_days": 1111,
    "contact.latest_days": 2222,
    "circle.every_days": 3333,
    "circle.latest_days": 4444,
    "contact_method.kind": "email",
    "objective.key": "key-of-the-objective",
    "objective.status": "achieved",
    "interaction.kind": "letter",
    "interaction.direction": "in",
    "interaction.minutes": 1379,
    "followup.owner": "them",
    "followup.status": "dropped",
    "opportunity.direction": "out",
    "opportunity.stage": "offer",
    "opportunity.origin": "introduction",
    "signal.kind": "job",
}


class Everything:
    """One row in every table with a value in every column; each value can be told from all others."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.days = (TODAY - timedelta(days=n) for n in range(5000, 9000))
        self.ids: dict[str, int] = {}
        self.values: dict[str, Any] = {}
        for name in TABLES:
            if name not in ("journal", "action", "change"):
                self.add(name)

    def add(self, table: str) -> None:
        values = {
            column: self.value(table, column)
            for column in TABLES[table].model_fields
            if column not in ("id", "uid", "exposure")
        }
        if "exposure" in TABLES[table].model_fields:
            values["exposure"] = 0
        if table == "touch":
            values |= {column: self.values[f"interaction.{column}"] for column in ("on_day", "kind", "direction")}
        if "uid" in TABLES[table].model_fields:
            values["uid"] = f"{len(self.ids):032x}"
            values.pop("changed_at")
            self.ids[table] = self.uow.add_record(table, **values)
        else:
            self.ids[table] = self.uow.add(table, **values)
        self.values |= {f"{table}.{column}": value for column, value in values.items()}

    def value(self, table: str, column: str) -> Any:
        if f"{table}.{column}" in CHOSEN:
            return CHOSEN[f"{table}.{column}"]
        if column.endswith("_id") and column != "external_id":
            return self.reference(table, column)
        if column.endswith(("_on", "_day", "_until")) or column in ("since", "until"):
            return next(self.days).isoformat()
        if column in ("paused", "never", "none_on_purpose", "no_reply"):
            return 1
        return 0 if column == "position" else f"the {column} of the {table}"

    def reference(self, table: str, column: str) -> int | None:
        target = {"client": "contact", "through": "contact", "group": "contact_group"}.get(column.removesuffix("_id"))
        target = target or column.removesuffix("_id")
        if column in ("introduced_by_id", "to_contact_id", "via_contact_id"):
            # A second contact, so that nobody was introduced to themselves.
            added = f"{column} of the {table}"
            uid = f"{len(self.ids) + 100 + len(column):032x}"
            return self.uow.add_record(
                "contact", uid=uid, handle=column.replace("_", "-"), name=added, name_key=added, added_on="2020-01-01"
            )
        return self.ids[target]


@pytest.fixture(autouse=True)
def path(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_column_of_every_table_is_in_the_export(netj: Netj, path: Path) -> None:
    with store.writing(path, "fill", TODAY, NOW) as uow:
        made = Everything(uow)
    text = netj("export").ok.stdout
    missing = [
        column
        for column, value in made.values.items()
        if not {column, column.split(".")[1]} & DERIVED
        and not (column.endswith("_id") and not column.endswith("external_id"))
        and value != 1
        and json.dumps(value) not in text
    ]
    assert missing == []
    by_type = {
        r["type"]: r
        for r in records(text)
        if r.get("contact") not in ("introduced-by-id", "to-contact-id", "via-contact-id")
    }
    contact, meeting, goal = by_type["contact"], by_type["interaction"], by_type["objective"]
    assert (contact["paused"], contact["never"], meeting["none_on_purpose"], meeting["no_reply"]) == (True,) * 4
    uid = {kind: record["uid"] for kind, record in by_type.items()}
    others = {r["contact"]: r["uid"] for r in records(text) if r["type"] == "contact"}
    assert contact["introduced_by_uid"] == others["introduced-by-id"]
    assert contact["circle_uid"] == next(r["uid"] for r in records(text) if r.get("every_days") == 3333)
    assert contact["objective_uids"] == [uid["objective"]]
    assert contact["affiliations"][0]["organization_uid"] == uid["organization"] == goal["organization_uids"][0]
    assert goal["client_uid"] == uid["contact"]
    assert by_type["group"]["contact_uids"] == [uid["contact"]] == meeting["contact_uids"]
    assert meeting["touch_notes"] == {uid["contact"]: "the note of the touch_note"}
    assert meeting["objective_uids"] == [uid["objective"]]
    assert meeting["introductions"] == [
        {"contact_uid": uid["contact"], "to_uid": others["to-contact-id"], "via_uid": others["via-contact-id"]}
    ]
    promise, chance = by_type["followup"], by_type["opportunity"]
    assert (promise["contact_uid"], promise["objective_uid"], promise["interaction_uid"]) == (
        uid["contact"], uid["objective"], uid["interaction"],
    )  # fmt: skip
    assert (chance["organization_uid"], chance["through_uid"], chance["objective_uid"], chance["interaction_uids"]) == (
        uid["organization"], uid["contact"], uid["objective"], [uid["interaction"]],
    )  # fmt: skip
    assert by_type["signal"]["contact_uid"] == uid["contact"]


def test_the_first_line_says_what_the_file_is_and_each_record_has_type_and_uid(netj: Netj, path: Path) -> None:
    story.tell(netj, path)
    head, *rest = records(netj("export").ok.stdout)
    assert list(head) == ["type", "format_version", "uid"]
    assert (head["type"], head["format_version"]) == ("netjournal", "1.0")
    assert all(list(record)[:2] == ["type", "uid"] for record in rest)
    assert len({(r["type"], r["uid"]) for r in rest}) == len(rest)
    # Of one type together, and by uid in each; interactions by day before.
    kinds = list(dict.fromkeys(r["type"] for r in rest))
    assert rest == sorted(
        rest, key=lambda r: (kinds.index(r["type"]), r["on"] if r["type"] == "interaction" else "", r["uid"])
    )


def test_what_is_logged_next_comes_after_what_there_was(netj: Netj, path: Path) -> None:
    story.tell(netj, path)
    before = [line for line in netj("export").ok.stdout.splitlines() if f'"on": "{TODAY}"' not in line]
    before = before[: 1 + max(n for n, line in enumerate(before) if '"type": "interaction"' in line)]
    for n in range(5):
        assert netj(["log", f"coffee with @priya about plan {n}"]).ok
    after = netj("export").ok.stdout.splitlines()
    assert after[: len(before)] == before
    new = [json.loads(line) for line in after[len(before) :]][:5]
    assert [(r["type"], r["on"]) for r in new] == [("interaction", TODAY.isoformat())] * 5
    assert [r["uid"] for r in new] == sorted(r["uid"] for r in new)


def test_two_exports_are_the_same_bytes_in_every_way_out(netj: Netj, path: Path, tmp_path: Path) -> None:
    story.tell(netj, path)
    text = netj("export").ok.stdout
    assert netj("export").ok.stdout == text
    assert netj("export", tty=True).ok.stdout == text
    target = tmp_path / "out.ndjson"
    assert netj(f"export --to {target}").ok.stdout == ""
    assert target.read_text() == text
    assert text.isascii()
    assert json.loads(netj("export --as json").ok.stdout) == records(text)
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_file_is_replaced_only_by_force(netj: Netj, path: Path, tmp_path: Path) -> None:
    story.tell(netj, path)
    target = tmp_path / "out.ndjson"
    target.write_text("mine")
    code, out, _ = netj(f"export --to {target}")
    assert (code, out, target.read_text()) == (4, "", "mine")
    assert netj(f"export --to {target} --force").code == 0
    assert target.read_text() == netj("export").stdout
    assert netj(f"export --to {tmp_path}").code == 4
    assert netj(f"export --to {tmp_path / 'none' / 'x'}").code == 9
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_a_stick_without_links_takes_an_export_too(netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", link)
    target = tmp_path / "out.ndjson"
    assert netj(f"export --to {target}").code == 0
    assert target.read_text() == netj("export").stdout
    assert netj(f"export --to {target}").code == 4
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_a_missing_journal_exports_as_an_empty_one_and_is_not_made(netj: Netj, path: Path) -> None:
    head, *rest = records(netj("export").ok.stdout)
    assert head == {"type": "netjournal", "format_version": "1.0", "uid": None}
    assert {r["type"] for r in rest} == {"circle"}
    assert not path.exists()


def test_names_are_exact_whatever_they_hold(netj: Netj, path: Path) -> None:
    name = "\x1b[2J[red]Zoë\u202e :bomb: \N{PILE OF POO}"
    assert netj(["contact", "add", name]).ok
    text = netj("export").ok.stdout
    assert text.isascii()
    assert "\x1b" not in text
    assert [r["name"] for r in records(text) if r["type"] == "contact"] == [name]
