"""`netj import`: what is made, what is left alone, and what is news."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bringing import contact, handles

if TYPE_CHECKING:
    from conftest import Netj

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
OLD_HEADER = "First Name,Last Name,Email Address,Company,Position,Connected On"
DANA = "Dana,Soto,https://www.linkedin.com/in/dana,dana@example.com,Acme Inc.,Engineer,15 Jan 2024"
PRIYA = "Priya,Nair,https://www.linkedin.com/in/priya,,Globex,Designer,16 Jan 2024"
HIDDEN = ",,,,,,17 Jan 2024"


def rows(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


@pytest.fixture(autouse=True)
def in_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def taken(netj: Netj, *lines: str, header: str = HEADER, options: str = "") -> dict[str, Any]:
    (receipt,) = netj(f"import linkedin - -f json {options}", stdin=rows(*lines, header=header)).rows
    counts = [receipt[key] for key in ("created", "updated", "unchanged", "skipped")]
    assert receipt["read"] == sum(counts)
    return {**receipt, "counts": tuple(counts)}


def test_an_import_makes_contacts_without_a_cadence_and_counts_what_it_did(netj: Netj) -> None:
    receipt = taken(netj, DANA, PRIYA, HIDDEN)
    assert receipt["counts"] == (2, 0, 0, 1)
    assert (receipt["source"], receipt["signals"], receipt["warnings"]) == ("linkedin", 0, ["1 skipped: hidden member"])
    dana = contact(netj, "dana-soto")
    assert (dana["organization"], dana["title"], dana["emails"]) == ("Acme Inc.", "Engineer", ["dana@example.com"])
    assert (dana["connected_on"], dana["standing"], dana["touch_count"]) == ("2024-01-15", "untracked", 0)
    assert dana["urls"] == ["https://www.linkedin.com/in/dana"]


def test_twice_is_once(netj: Netj) -> None:
    taken(netj, DANA, PRIYA, HIDDEN)
    before = netj("export").ok.stdout
    assert taken(netj, DANA, PRIYA, HIDDEN)["counts"] == (0, 0, 2, 1)
    assert taken(netj, PRIYA, DANA)["counts"] == (0, 0, 2, 0)
    assert netj("export").ok.stdout == before
    # What changed nothing is no action: undo takes back the first.
    netj("undo")
    assert handles(netj) == []


def test_a_dry_run_says_the_same_and_changes_nothing(netj: Netj, environment: dict[str, str]) -> None:
    path = Path(environment["NETJ_DB"])
    dry = taken(netj, DANA, HIDDEN, options="--dry-run")
    assert not path.exists()
    assert list(path.parent.iterdir()) == []
    assert dry == taken(netj, DANA, HIDDEN)
    before = path.read_bytes()
    moved = DANA.replace("Acme", "Umbrella")
    dry = taken(netj, moved, PRIYA, options="--dry-run")
    assert path.read_bytes() == before
    assert dry == taken(netj, moved, PRIYA)
    assert netj("import linkedin - --dry-run", stdin=rows(DANA)).stderr == "Nothing was changed.\n"


def test_a_dry_run_names_what_would_change_and_of_much_the_first(netj: Netj) -> None:
    taken(netj, DANA)
    moved = DANA.replace("Acme", "Umbrella").replace("dana@", "soto@")
    many = [f"Ada,No. {n},https://www.linkedin.com/in/a{n},,,,16 Jan 2024" for n in range(6)]
    assert netj("import linkedin - --dry-run", stdin=rows(moved, PRIYA, *many)).stderr.splitlines() == [
        "  Dana Soto: new role: Engineer at Umbrella Inc.; email soto@example.com",
        "  new: Priya Nair, Designer at Globex",
        *(f"  new: Ada No. {n}" for n in range(4)),
        "  and 2 more new contacts",
        "Nothing was changed.",
    ]
    mails = [
        f"From x@example.com Tue Nov 03 08:15:00 2026\nFrom: me@example.com\nTo: dana@example.com\nSubject: {said}\n"
        f"Date: Tue, 03 Nov 2026 08:15:00 +0100\nMessage-ID: <{said}@x>\n\n"
        for said in ("Slides", "More")
    ]
    assert netj("log 'email Dana about slides' --on 2026-11-03 -w @dana-soto").ok
    dry = netj("import mail - --me me@example.com --dry-run", stdin="\n".join(mails))
    assert dry.stderr.splitlines()[:2] == [
        "  logged here already: 2026-11-03 email with Dana Soto: Slides",
        "  new: 2026-11-03 email with Dana Soto: More",
    ]


def test_an_import_is_one_step_of_undo(netj: Netj) -> None:
    assert netj("contact add Zed").ok
    before = netj("export").ok.stdout
    taken(netj, DANA, PRIYA)
    assert netj("undo -f json").rows[0]["command"] == "import linkedin"
    assert netj("export").ok.stdout == before


def test_a_new_job_closes_the_old_one_and_is_a_signal(netj: Netj) -> None:
    taken(netj, DANA)
    receipt = taken(netj, DANA.replace("Acme Inc.", "Globex").replace("Engineer", "CTO"))
    assert (receipt["counts"], receipt["signals"]) == ((0, 1, 0, 0), 1)
    dana = contact(netj, "dana-soto")
    assert dana["affiliations"] == ["CTO, Globex (since 2026-11-23)", "Engineer, Acme Inc. (until 2026-11-23)"]
    (row,) = netj("due --signals -f json").rows
    assert row["signals"] == ["new role: CTO at Globex"]
    assert taken(netj, DANA.replace("Acme Inc.", "Globex").replace("Engineer", "CTO"))["signals"] == 0
    # A title alone is a job too; the same company in another spelling is not.
    assert taken(netj, DANA.replace("Acme Inc.", "GLOBEX Ltd.").replace("Engineer", "CEO"))["signals"] == 1


def test_an_older_export_tells_nothing_new(netj: Netj) -> None:
    taken(netj, DANA)
    assert netj("contact edit dana-soto --org Umbrella --title Founder").ok
    before = netj("export").ok.stdout
    assert taken(netj, DANA)["counts"] == (0, 0, 1, 0)
    assert netj("export").ok.stdout == before


def test_what_is_told_for_the_first_time_is_no_new_job(netj: Netj) -> None:
    assert netj('contact add "Dana Soto" --org Acme').ok
    assert netj('contact add "Priya Nair" --title Designer --email p@example.com').ok
    assert netj('contact add "Max Frank" --email m@example.com').ok
    receipt = taken(
        netj,
        DANA,
        PRIYA.replace(",,Globex", ",p@example.com,Globex"),
        "Max,Frank,,m@example.com,Acme,Lead,1 Jan 2024",
    )
    assert (receipt["counts"], receipt["signals"]) == ((0, 3, 0, 0), 0)
    assert contact(netj, "dana-soto")["affiliations"] == ["Engineer, Acme"]
    assert contact(netj, "priya-nair")["affiliations"] == ["Designer, Globex"]
    assert contact(netj, "max-frank")["affiliations"] == ["Lead, Acme"]


def test_a_contact_is_found_by_address_link_or_name_and_organization(netj: Netj) -> None:
    assert netj('contact add "D. Soto" --email DANA@example.com').ok
    assert netj('contact add "P. Nair" --url "http://linkedin.com/in/priya/"').ok
    assert netj('contact add "Max Frank" --org "ACME gmbh"').ok
    receipt = taken(netj, DANA, PRIYA, "Max,Frank,https://www.linkedin.com/in/max,,Acme,,1 Jan 2024")
    assert receipt["counts"] == (0, 3, 0, 0)
    assert handles(netj) == ["d-soto", "max-frank", "p-nair"]
    # The name here is what was typed here.
    assert contact(netj, "d-soto")["name"] == "D. Soto"


def test_the_same_name_at_another_company_stays_apart_and_is_warned_of(netj: Netj) -> None:
    assert netj('contact add "Dana Soto" --org Umbrella').ok
    receipt = taken(netj, DANA)
    assert receipt["counts"] == (1, 0, 0, 0)
    assert handles(netj) == ["dana-soto", "dana-soto-2"]
    assert "`netj contact merge dana-soto dana-soto-2` joins them" in receipt["warnings"][0]
    # Never by name alone, even where nothing else is known.
    assert taken(netj, "Dana,Soto,,,,,2 Feb 2024")["counts"] == (1, 0, 0, 0)


def test_two_people_of_one_name_at_one_company_stay_two(netj: Netj) -> None:
    other = DANA.replace("in/dana", "in/dana2").replace("dana@example.com", "").replace("Engineer", "Manager")
    taken(netj, DANA)
    assert taken(netj, DANA, other)["counts"] == (1, 0, 1, 0)
    before = netj("export").ok.stdout
    # They do not take turns.
    for lines in ((DANA, other), (other, DANA)):
        assert taken(netj, *lines)["counts"] == (0, 0, 2, 0)
    assert netj("export").ok.stdout == before


def test_one_person_in_several_rows_or_files_is_one(netj: Netj) -> None:
    Path("new.csv").write_text(rows(DANA))
    Path("old.csv").write_text(rows("Dana,Soto,dana@example.com,Acme,Engineer,15 Jan 2024", header=OLD_HEADER))
    (receipt,) = netj("import linkedin new.csv old.csv -f json").rows
    assert (receipt["created"], receipt["unchanged"]) == (1, 1)
    before = netj("export").ok.stdout
    for order in itertools.permutations(("new.csv", "old.csv")):
        (receipt,) = netj(f"import {' '.join(order)} -f json").rows
        assert receipt["unchanged"] == 2
    assert netj("export").ok.stdout == before
    assert handles(netj) == ["dana-soto"]


def test_a_known_contact_in_two_files_takes_each_address_once(netj: Netj) -> None:
    assert netj('contact add "Dana Soto" --org Acme').ok
    Path("new.csv").write_text(rows(DANA))
    Path("old.csv").write_text(rows("Dana,Soto,dana@example.com,Acme,Engineer,15 Jan 2024", header=OLD_HEADER))
    (receipt,) = netj("import new.csv old.csv -f json").rows
    assert (receipt["created"], receipt["updated"], receipt["unchanged"]) == (0, 1, 1)
    assert contact(netj, "dana-soto")["emails"] == ["dana@example.com"]


def test_a_moved_contact_without_a_profile_is_found_by_name_and_day(netj: Netj) -> None:
    line = "Dana,Soto,,Acme,Engineer,15 Jan 2024"
    taken(netj, line, header=OLD_HEADER)
    receipt = taken(netj, line.replace("Acme", "Globex"), header=OLD_HEADER)
    assert (receipt["counts"], receipt["signals"]) == ((0, 1, 0, 0), 1)
    assert handles(netj) == ["dana-soto"]


def test_a_merged_name_of_an_organization_is_no_new_job(netj: Netj) -> None:
    taken(netj, DANA, PRIYA)
    assert netj("org merge globex acme").ok
    before = netj("export").ok.stdout
    assert taken(netj, DANA, PRIYA)["counts"] == (0, 0, 2, 0)
    assert netj("export").ok.stdout == before


def test_strict_takes_nothing_from_a_file_with_a_bad_row(netj: Netj, environment: dict[str, str]) -> None:
    bad = "x" * 300 + ",Long,,,,,1 Jan 2024"
    code, out, err = netj("import linkedin - --strict", stdin=rows(DANA, bad))
    assert (code, out) == (7, "")
    assert "ine 3" in err
    assert not Path(environment["NETJ_DB"]).exists()
    receipt = taken(netj, DANA, bad)
    assert receipt["counts"] == (1, 0, 0, 1)
    assert any("line 3" in warning for warning in receipt["warnings"])
    # A hidden member is nothing bad.
    assert taken(netj, DANA, HIDDEN, options="--strict")["counts"] == (0, 0, 1, 1)


def test_the_first_word_is_a_format_only_where_no_file_has_its_name(netj: Netj) -> None:
    Path("linkedin").write_text(rows(DANA))
    (receipt,) = netj("import linkedin -f json").rows
    assert receipt["created"] == 1
    Path("linkedin").unlink()
    assert netj("import linkedin").code == 2


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "not a table", "Q1,Q2,Email sent\n"])
def test_a_file_of_no_known_format_is_exit_7(netj: Netj, environment: dict[str, str], content: str) -> None:
    for command in ("import -", "import linkedin -"):
        code, out, _ = netj(command, stdin=content)
        assert (code, out) == (7, "")
    assert not Path(environment["NETJ_DB"]).exists()


def test_names_without_latin_letters_are_numbered_on(netj: Netj) -> None:
    assert netj("contact add 山田").ok
    taken(netj, "太郎,山田,https://www.linkedin.com/in/a,,,,1 Jan 2024", "花子,山田,https://www.linkedin.com/in/b,,,,")
    assert sorted(handles(netj)) == ["contact-1", "contact-2", "contact-3"]


def test_who_has_the_address_of_somebody_of_another_name_is_taken_for_them_but_named(netj: Netj) -> None:
    table = "Name,Email\nDana Soto,team@example.com\nMax Frank,team@example.com\nD. Soto,team@example.com\n"
    said = "another name than {} with the same address, taken as the same contact"
    (receipt,) = netj("import csv - -f json", stdin=table).rows
    assert (receipt["created"], receipt["unchanged"]) == (1, 2)
    assert receipt["warnings"] == [f"line 3: {said.format('line 2')}"]
    other = "Name,Email\nPriya Nair,team@example.com\nteam@example.com,team@example.com\n"
    assert netj("import csv - -f json", stdin=other).rows[0]["warnings"] == [f"line 2: {said.format('dana-soto')}"]
    # Whoever answers to both names is one.
    assert netj("contact edit dana-soto --alias 'Priya Nair'").ok
    assert netj("import csv - -f json", stdin=other).rows[0]["warnings"] == []
    # A profile says who they are, whatever they are called.
    taken(netj, DANA)
    assert taken(netj, DANA.replace("Dana,Soto", "D.,S. Moreno"))["warnings"] == []
