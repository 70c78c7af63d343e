"""The forms of `export` that other programs read: vobject reads them here, and what is asked for narrows them."""

from __future__ import annotations

import csv
import shlex
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from hasty import once
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

TODAY = date(2026, 11, 23)
#: The people of the story and two whom its commands do not have: a comma everywhere, and a client.
MORE: tuple[list[str], ...] = (
    ["contact", "add", "Müller, Jürgen", "--email", "jm@example.com", "--note", "likes a, b; c\\d\nand tea", "-t", "go",
     "--org", "Weiß, Söhne & Co; KG", "--title", "Lead, Platform", "--birthday", "4 Mar", "--every", "5d", "--phone", "030 1"],
    ["log", "2026-11-01: call @muller-jurgen about x"],
    ["objective", "add", "Board seat", "--client", "muller-jurgen"],
    ["log", "2026-11-05: coffee with Dana re board +board-seat"],
    ["followup", "add", "call back, soon @priya", "--by", "2026-12-01"],
    ["followup", "add", "an old promise @priya", "--by", "today"],
)  # fmt: skip


@pytest.fixture(autouse=True)
def path(netj: Netj, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    found = Path(environment["NETJ_DB"])

    def tell() -> None:
        story.tell(netj, found)
        for command in MORE:
            assert netj(command).code == 0, command

    return once(found, tell)


def components(text: str) -> list[Any]:
    import vobject  # type: ignore[import-untyped]  # it has no types

    return list(vobject.readComponents(text))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_another_program_reads_the_cards(netj: Netj, version: str) -> None:
    text = netj(f"export --as vcard --vcard-version {version}").ok.stdout
    cards = {card.fn.value: card for card in components(text)}
    assert list(cards) == [row["name"] for row in exported_contacts(netj)]
    card = cards["Müller, Jürgen"]
    assert card.version.value == version
    assert card.note.value == "likes a, b; c\\d\nand tea"
    assert card.email.value == "jm@example.com"
    assert card.org.value == ["Weiß, Söhne & Co; KG"]
    assert card.title.value == "Lead, Platform"
    assert card.categories.value == ["go"]
    assert card.tel.value == "030 1"
    dana = cards["Dana Whitfield"]
    assert [mail.value for mail in dana.contents["email"]] == ["dana@example.com", "d;w@example.com"]
    assert (dana.n.value.family, dana.n.value.given) == ("Whitfield", "Dana")
    assert dana.nickname.value == "Dee"
    born = {"3.0": "1604-11-20", "4.0": "--1120"}[version]
    assert dana.bday.value == born
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def exported_contacts(netj: Netj) -> list[dict[str, str]]:
    """The contacts as the csv tells them, in its order."""
    return list(csv.DictReader(netj("export --as csv --type contact").ok.stdout.splitlines(keepends=True)))


def calendar(netj: Netj, options: str = "") -> Any:
    (found,) = components(netj(f"export --as ics {options}").ok.stdout)
    return found


def test_another_program_reads_the_calendar_and_nobody_is_reminded_in_the_past(netj: Netj) -> None:
    events = {event.summary.value: event for event in calendar(netj).vevent_list}
    days = {summary: event.dtstart.value for summary, event in events.items()}
    due = {f"{row['name']} is due": row["due_on"] for row in netj("contact list -f json").rows if row["due_on"]}
    assert min(due.values()) < TODAY.isoformat()
    promises = {
        "send the deck (Dana Whitfield)": TODAY,
        "Priya Nair promised: call": date(2026, 12, 1),
        "call back, soon (Priya Nair)": date(2026, 12, 1),
        "an old promise (Priya Nair)": TODAY,
    }
    assert days == promises | {who: max(date.fromisoformat(day), TODAY) for who, day in due.items()}
    for event in events.values():
        assert event.dtend.value == event.dtstart.value + timedelta(days=1)
        assert event.valarm.trigger.value == timedelta(hours=9)
        assert event.valarm.description.value == event.summary.value
        assert event.transp.value == "TRANSPARENT"
    # The next day the overdue ones have moved on with it, under the same uid.
    later = netj("export --as ics", env={"NETJ_TODAY": "2026-11-24"}).ok.stdout
    moved = {event.uid.value: event for event in components(later)[0].vevent_list}
    old = events["an old promise (Priya Nair)"]
    assert moved[old.uid.value].dtstart.value == date(2026, 11, 24)
    assert int(moved[old.uid.value].sequence.value) > int(old.sequence.value)


def test_as_tasks_a_kept_promise_is_shown_as_kept(netj: Netj) -> None:
    (number,) = [row["id"] for row in netj("followup list -f json").rows if row["text"].startswith("an old promise")]
    assert netj(f"followup done {number}").ok
    todos = {todo.summary.value: todo for todo in calendar(netj, "--todo").vtodo_list}
    kept, still = todos["an old promise (Priya Nair)"], todos["call back, soon (Priya Nair)"]
    assert (kept.status.value, still.status.value) == ("COMPLETED", "NEEDS-ACTION")
    assert isinstance(kept.completed.value, datetime)
    assert still.due.value == date(2026, 12, 1)
    assert still.valarm.trigger.value == timedelta(hours=9)
    assert "an old promise (Priya Nair)" not in {event.summary.value for event in calendar(netj).vevent_list}


def summaries(netj: Netj, options: str) -> list[str]:
    found = calendar(netj, options)
    return sorted(event.summary.value for event in getattr(found, "vevent_list", []))


def test_who_client_and_days_narrow_every_form(netj: Netj) -> None:
    assert names(netj, "--who priya") == ["Priya Nair"]
    assert summaries(netj, "--who priya --since 2026-11-24") == [
        "Priya Nair promised: call",
        "call back, soon (Priya Nair)",
    ]
    assert summaries(netj, "--until 2026-11-23 --who priya") == ["Priya Nair is due", "an old promise (Priya Nair)"]
    # A client's part names the client and who helps, and nothing of other objectives.
    assert names(netj, "--client muller-jurgen") == ["Dana Whitfield", "Müller, Jürgen"]
    rows = list(csv.DictReader(netj("export --as csv --type interactions --client muller-jurgen").stdout.splitlines()))
    assert [(row["on"], row["objectives"]) for row in rows] == [("2026-11-05", "board-seat")]
    rows = list(csv.DictReader(netj("export --as csv --type interaction --since 2026-11-05").stdout.splitlines()))
    assert min(row["on"] for row in rows) == "2026-11-05"
    assert len(rows) == 5
    # Both ends belong to the span, and days narrow what has one: people stay.
    one_day = "--since 2026-11-05 --until 2026-11-05"
    rows = list(csv.DictReader(netj(f"export --as csv --type interaction {one_day}").stdout.splitlines()))
    assert {row["on"] for row in rows} == {"2026-11-05"}
    assert names(netj, one_day) == names(netj, "")


def names(netj: Netj, options: str) -> list[str]:
    return sorted(card.fn.value for card in components(netj(f"export --as vcard {options}").ok.stdout))


@pytest.mark.parametrize(
    "form", ["csv --type contact", "tsv --type contact", "vcard", "ics", "markdown", "friends", "json"]
)
def test_a_form_is_made_whole_in_a_file_and_replaces_none(form: str, netj: Netj, tmp_path: Path) -> None:
    text = netj(f"export --as {form}").ok.stdout
    target = tmp_path / "out"
    assert netj(f"export --as {form} --to {target}").ok.stdout == ""
    assert comparable(target.read_bytes().decode()) == comparable(text)
    target.write_text("mine")
    code, out, err = netj(f"export --as {form} --to {target}")
    assert (code != 0, out, target.read_text()) == (True, "", "mine")
    assert "--force" in err
    assert netj(f"export --as {form} --to {target} --force").ok
    assert comparable(target.read_bytes().decode()) == comparable(text)
    assert {found.name for found in tmp_path.iterdir() if "out" in found.name} == {"out"}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("x.csv", "csv --type contact"), ("X.TSV", "tsv --type contact"), ("x.vcf", "vcard"), ("x.ics", "ics"),
        ("notes.md", "markdown"), ("friends.md", "friends"), ("x.json", "json"), ("x.txt", "ndjson"), ("x", "ndjson"),
        ("x.xlsx", "ndjson"), ("x.jsonl", "ndjson"),
    ],
)  # fmt: skip
def test_a_files_suffix_says_its_form_unless_as_does(name: str, form: str, netj: Netj, tmp_path: Path) -> None:
    target, (_, *only) = tmp_path / name, form.split(" ", 1)
    told = netj(f"export --to {target} {' '.join(only)}").ok.stderr
    assert ("holds ndjson" in told) is (name in ("x.txt", "x.xlsx"))  # nothing else promised what it is not
    assert comparable(target.read_bytes().decode()) == comparable(netj(f"export --as {form}").ok.stdout)
    assert netj(f"export --to {target} --as friends --force").ok.stderr == ""
    assert target.read_text().startswith("### Activities:")


def comparable(text: str) -> str:
    """A text without the instant of its making."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("DTSTAMP", "LAST-MODIFIED", "COMPLETED")))


def test_a_table_of_nothing_is_its_header(netj: Netj) -> None:
    (header,) = netj("export --as csv --type opportunity --since 2027-01-01").ok.stdout.splitlines()
    assert header.startswith("type,uid,title,organization,")
    assert netj("export --as tsv --type signals").ok.stdout.split("\t")[:3] == ["type", "uid", "kind"]


@rows(
    "words",
    [
        "--to x.csv", "--as csv --type contact --type group", "--as vcard --type contact", "--as pdf", "--as csv --type pets",
        "--as vcard --vcard-version 2.1", "--as vcard --todo", "--as json --for-spreadsheet",
    ],
)  # fmt: skip
def test_what_a_form_cannot_be_is_exit_2(words: str, netj: Netj) -> None:
    code, out, err = netj(f"export {words}")
    assert (code, out) == (2, "")
    assert err


def test_on_a_terminal_an_export_holds_nothing_that_acts_on_it(netj: Netj) -> None:
    assert netj(["contact", "add", "Eve", "--note", "a\x1b]0;owned\x07b\tc"]).ok
    for form in ("csv --type contact", "tsv --type contact", "vcard", "markdown", "friends", "json"):
        shown = netj(f"export --as {form}", tty=True).ok.stdout
        assert "owned" in shown or "b" in shown
        assert not {"\x1b", "\x07"} & set(shown), form
    # A pipe gets what is stored.
    assert "\x1b" in netj("export --as csv --type contact").ok.stdout


def test_a_clients_calendar_names_nobody_elses_objective(netj: Netj) -> None:
    for command in (
        ["contact", "add", "Xena", "--every", "30d"],
        ["contact", "add", "Yorick"],
        ["objective", "add", "X goal", "--key", "xgoal", "--client", "xena"],
        ["objective", "add", "Y goal", "--key", "ysecret", "--client", "yorick"],
        ["contact", "add", "Pal", "--every", "30d", "-o", "xgoal", "-o", "ysecret"],
    ):
        assert netj(command).ok
    said = netj("export --client xena --as ics").ok.stdout
    assert "CATEGORIES:xgoal" in said
    assert "ysecret" not in said
    assert "ysecret" in netj("export --as ics").ok.stdout


@rows(
    "typed",
    ["--to 'my people.csv'", "--to interactions.csv", "--as tsv", "--as csv --to followups", "--as csv --to x.tsv"],
)
def test_the_mend_for_a_table_of_no_type_is_a_command_that_works(netj: Netj, typed: str) -> None:
    refused = netj(f"export {typed}")
    assert refused.code == 2
    command = refused.stderr.splitlines()[1].split("`")[1].removeprefix("netj ")
    words = shlex.split(typed)
    assert [word for word in shlex.split(command) if word in words] == words
    assert ("--type interaction" in command, "--type followup" in command) == ("inter" in typed, "follow" in typed)
    assert netj(command).code == 0
