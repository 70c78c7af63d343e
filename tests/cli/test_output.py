"""Every listing: fields, headers, emptiness, and nothing on stdout but the answer.

That all formats hold the same rows, tests/properties/test_every_answer.py proves of every answer there is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from hasty import new_journal
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

#: Listings, each with two of its fields in another order than its own.
LISTINGS = {
    "due": "name,uid",
    "due --all --explain": "terms,name",
    "due --signals": "signals,name",
    "next": "why,contact",
    "contact list": "emails,contact",
    "contact show dana-whitfield": "aliases,contact",
    "contact show priya-nair": "note,contact",
    "circle list": "every_days,circle",
    "objective list": "gaps,key",
    "objective show platform-role": "contacts,key",
    "interaction list": "topics,id",
    "interaction show 1": "note,id",
    "timeline dana-whitfield": "names,id",
    "timeline +platform-role": "names,id",
    "schema": "command,name",
    "schema due": "meaning,key",
    "org list": "contact_count,organization",
    "group list": "contacts,group",
    "followup list": "text,id",
    "topic list": "objectives,topic",
    "search hiring": "title,type",
    "import linkedin - --dry-run": "warnings,read",
}
listings = rows("command", LISTINGS)
#: A terminal is no reason for another answer where a format is asked for; only a table looks at it.
FORMATS = (("json", False), ("ndjson", False), ("csv", True), ("tsv", True), ("md", False), ("table", True))


@pytest.fixture
def path(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture
def told(netj: Netj, path: Path) -> None:
    story.tell(netj, path)


@listings
@pytest.mark.usefixtures("told")
def test_fields_are_chosen_and_ordered_in_every_format(netj: Netj, command: str) -> None:
    fields = LISTINGS[command].split(",")
    for form, tty in FORMATS:
        out = netj(f"{command} -f {form} --fields {','.join(fields)}", stdin=story.CONNECTIONS, tty=tty).ok.stdout
        if form == "json":
            assert all(list(row) == fields for row in json.loads(out))
        elif form == "csv":
            assert out.splitlines()[0] == ",".join(fields)
        elif form == "tsv":
            assert out.splitlines()[0] == "\t".join(fields)
        else:
            assert all(field.replace("_", " ").split()[0] in out for field in fields)


@listings
@pytest.mark.usefixtures("told")
def test_without_a_header_there_is_none_and_a_pipe_that_asks_for_nothing_gets_tsv(netj: Netj, command: str) -> None:
    def said(how: str) -> str:
        return netj(f"{command} {how}", stdin=story.CONNECTIONS).ok.stdout

    assert said("-f csv --no-header") == said("-f csv").split("\n", 1)[1]
    assert said("-f tsv --no-header") == said("").split("\n", 1)[1]
    assert said("-f tsv") == said("")


@listings
@pytest.mark.usefixtures("told")
def test_a_field_that_is_none_is_refused_with_all_there_are(netj: Netj, command: str) -> None:
    for form in ("json", "table"):
        code, out, err = netj(f"{command} -f {form} --fields nope", stdin=story.CONNECTIONS)
        assert (code, out) == (2, "")
        assert LISTINGS[command].split(",")[0] in err


@rows(
    ("command", "db", "named_by"),
    [
        ("--db typo.db due -f json", "other.db", "--db"),
        ("--db typo.db contact show dana", "", "--db"),
        ("due --check", "typo.db", "NETJ_DB"),
        ("due", "", None),
        ("--db typo.db config list", "", None),
        ("--db new.db contact add Dana", "", None),
    ],
)
def test_a_journal_that_is_named_and_not_there_is_told_once_where_it_is_only_read(
    netj: Netj, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, db: str, named_by: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    told = [line for line in netj(command, env={"NETJ_DB": db}).stderr.splitlines() if "no journal" in line]
    assert told == ([f"There is no journal yet at typo.db, which {named_by} names."] if named_by else [])
    assert not Path("typo.db").exists()


@rows(
    "command",
    ["due", "due --all", "due --explain", "due --signals", "due --drifting", "next", "contact list", "objective list",
     "interaction list", "org list", "group list", "followup list", "topic list", "search hiring"],
)  # fmt: skip
def test_nothing_is_an_empty_list_or_just_the_header(netj: Netj, command: str, environment: dict[str, str]) -> None:
    Path(environment["NETJ_DB"]).write_bytes(new_journal())
    assert netj(f"{command} -f json") == (0, "[]\n", "")
    assert netj(f"{command} -f ndjson") == (0, "", "")
    csv_lines = netj(f"{command} -f csv").ok.stdout.splitlines()
    tsv_lines = netj(f"{command} -f tsv").ok.stdout.splitlines()
    assert len(csv_lines) == len(tsv_lines) == 1
    assert csv_lines[0].split(",") == tsv_lines[0].split("\t")
    assert netj(f"{command} -f csv --no-header").ok.stdout == ""
    assert netj(f"{command} -f table", tty=True).ok.stdout == ""


@rows("command", ["interaction list", "changes"])
@pytest.mark.usefixtures("told")
def test_only_a_bare_terminal_is_cut_and_says_so(netj: Netj, command: str) -> None:
    one = {"NETJ_CAPACITY": "1", "NETJ_FORMAT": "table"}
    _, out, err = netj(command, tty=True, env=one)
    assert (out.count("2026-"), err.partition(":")[0]) == (1, "These are the newest 1")
    for told, tty in ((command, False), (f"{command} -f table", True), (f"{command} --limit 99", True)):
        _, out, err = netj(told, tty=tty, env=one)
        assert (out.count("2026-") > 1, err) == (True, ""), (told, tty)
    _, out, err = netj(f"{command} --limit 2", tty=True, env=one)
    assert (out.count("2026-"), err) == (2, "")


@pytest.mark.usefixtures("told")
def test_a_bare_list_of_contacts_says_how_many_more_there_are(netj: Netj) -> None:
    one = {"NETJ_CAPACITY": "1", "NETJ_FORMAT": "table"}
    every = len(netj("contact list -f json").rows)
    _, out, err = netj("contact list --no-header", tty=True, env=one)
    assert (len(out.splitlines()), err) == (1, f"{every - 1} more: `--limit {every}` shows all.\n")
    for told, tty in (("", False), ("-f table", True), (f"--limit {every}", True)):
        _, out, err = netj(f"contact list --no-header {told}", tty=tty, env=one)
        assert (len(out.splitlines()), err) == (every, ""), (told, tty)


@pytest.mark.usefixtures("told")
def test_a_history_fits_80_columns_with_what_each_interaction_supports(netj: Netj) -> None:
    netj("log 'meeting with Dana Whitfield and Priya Nair about the first ninety days +platform-role'").ok  # noqa: B018
    for command in ("interaction list", "timeline dana-whitfield"):
        header = netj(command, tty=True, env={"COLUMNS": "80"}).ok.stdout.splitlines()[0]
        assert header.split() == ["id", "on", "kind", "with", "about", "supports"], command


#: Commands that write and show a receipt.
WRITERS = [
    "log dana-whitfield", "contact add Zed", "contact edit dana-whitfield --note x", "circle add zed --every 1y",
    "circle edit mentors --every 1y", "objective add Zed", "objective edit speaking --why x",
    "keep priya-nair --every 1y", "import linkedin -", "interaction delete 1", "undo", "snooze priya-nair",
    "followup add zed", "followup done 1", "done 1", "followup drop 1", "contact archive priya-nair",
    "contact rename dana-whitfield Zed", "contact merge dana-whitfield priya-nair", "contact delete priya-nair --yes",
    "amend --note x", "group add zed --with priya-nair", "group edit 'tuesday table' --name zed", "circle remove mentors",
    "objective pause speaking", "objective achieve speaking", "objective drop speaking", "org rename acme zed",
]  # fmt: skip
NEWER = story.CONNECTIONS.replace("Recruiter", "Head of Talent")


@rows("command", WRITERS)
@pytest.mark.usefixtures("told")
def test_a_wrong_field_or_format_writes_nothing(netj: Netj, environment: dict[str, str], command: str) -> None:
    before = Path(environment["NETJ_DB"]).read_bytes()
    for wrong in ("--fields nope", "-f xml", "-f json --fields ''"):
        for tty in (False, True):
            code, out, err = netj(f"{command} {wrong}", stdin=NEWER, tty=tty)
            assert (code, out) == (2, ""), wrong
            assert err.startswith("netj: ")
    assert netj(command, stdin=NEWER, env={"NETJ_FORMAT": "xml"}).code == 6
    assert Path(environment["NETJ_DB"]).read_bytes() == before


@rows("command", WRITERS)
def test_a_receipt_is_rows_like_any_answer_and_undo_takes_it_back(netj: Netj, path: Path, command: str) -> None:
    story.tell(netj, path)
    before = netj("export").ok.stdout
    assert netj(f"{command} -f json", stdin=NEWER).rows
    after = netj("export").ok.stdout
    assert after != before
    if command != "undo":
        named = netj("undo -f json").rows[0]["command"]
        assert named.split()[0] == {"done 1": "followup"}.get(command, command.split()[0])
        assert netj("export").ok.stdout == before


@rows("command", WRITERS)
def test_a_person_sees_a_receipt_without_a_cut_or_a_code(netj: Netj, path: Path, command: str) -> None:
    story.tell(netj, path)
    ended = netj(command, stdin="n\n" if "achieve" in command else NEWER, tty=True)
    assert ended.code == 0
    assert ended.stdout.strip()
    assert "\x1b" not in ended.stdout + ended.stderr
    assert "…" not in ended.stdout
