"""`netj export`: everything, in a stable order, and never more than was asked for."""

from __future__ import annotations

import errno
import json
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story
from columns import DERIVED, NOW, TODAY, Everything

from netjournal import store

if TYPE_CHECKING:
    from conftest import Netj


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


def test_names_are_exact_whatever_they_hold(netj: Netj) -> None:
    name = "\x1b[2J[red]Zoë\u202e :bomb: \N{PILE OF POO}"
    assert netj(["contact", "add", name]).ok
    text = netj("export").ok.stdout
    assert text.isascii()
    assert "\x1b" not in text
    assert [r["name"] for r in records(text) if r["type"] == "contact"] == [name]
