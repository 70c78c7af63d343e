"""Who a person of a file is, and what a second file may say of their work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bringing import brought, contact, exported, handles

if TYPE_CHECKING:
    from conftest import Netj

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Nickname,File As,Organization Name,Organization Title,"
    "Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
)
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
DANA = "Dana,Soto,https://www.linkedin.com/in/dana,dana@example.com,Acme,Engineer,15 Jan 2024\n"


@pytest.fixture(autouse=True)
def in_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def signals(netj: Netj) -> list[list[str]]:
    return [row["signals"] for row in netj("due --signals -f json").rows]


def test_a_card_is_found_by_address_link_or_name_and_organization_and_never_by_name_alone(netj: Netj) -> None:
    assert netj("contact add 'A. One' --email one@example.com").ok
    assert netj("contact add 'B. Two' --url https://www.linkedin.com/in/two").ok
    assert netj("contact add 'Cy Three' --org 'Acme Inc.'").ok
    assert netj("contact add 'Di Four' --org Acme").ok
    assert netj("contact add 'Dr. Ed Five'").ok
    cards = (
        card("FN:Ann One", "EMAIL:ONE@example.com"),
        card("FN:Bo Two", "URL:http://linkedin.com/in/two/"),
        card("FN:cy three", "ORG:ACME"),
        card("FN:Di Four", "TEL:+47 555 01"),
        card("FN:Ed Five\\, PhD"),
    )
    receipt = brought(netj, "vcard -", stdin="".join(cards))
    assert receipt["counts"] == (2, 3, 0, 0)
    assert handles(netj) == ["a-one", "b-two", "cy-three", "di-four", "di-four-2", "dr-ed-five", "ed-five-phd"]
    merges = ("contact merge di-four di-four-2", "contact merge dr-ed-five ed-five-phd")
    # Titles and degrees part nobody.
    assert receipt["warnings"] == [
        f"line {line}: same name as {merge.split()[2]}, taken as another contact; `netj {merge}` joins them if it is one"
        for line, merge in zip((16, 21), merges, strict=True)
    ]
    # Whoever merges them is not asked again.
    assert all(netj(merge).ok for merge in merges)
    assert brought(netj, "vcard -", stdin="".join(cards))["counts"] == (0, 0, 5, 0)
    assert contact(netj, "di-four")["phones"] == ["+47 555 01"]


def test_a_link_whose_query_says_whose_it_is_makes_nobody_somebody_else(netj: Netj) -> None:
    page = "URL:https://www.facebook.com/profile.php?id="
    cards = card("FN:Ann Ash", f"{page}100") + card("FN:Bo Birch", f"{page}200")
    assert brought(netj, "vcard -", stdin=cards)["counts"] == (2, 0, 0, 0)
    assert brought(netj, "vcard -", stdin=cards)["counts"] == (0, 0, 2, 0)
    brought(netj, "csv -", stdin="First Name,Last Name,Web Page\nCy,Cole,https://www.facebook.com/profile.php?id=300\n")
    assert handles(netj) == ["ann-ash", "bo-birch", "cy-cole"]


def test_a_card_of_ours_finds_its_contact_by_uid_whatever_it_is_called_now(netj: Netj) -> None:
    assert netj("contact add 'Dana Soto' --email dana@example.com").ok
    cards = netj("export --as vcard").ok.stdout
    table = netj("export --as csv --type contact").ok.stdout
    assert netj("contact rename dana-soto 'Dana Whitfield'").ok
    assert netj("contact edit dana-soto --email '' --email new@example.com").ok
    for text in (cards, table):
        receipt = brought(netj, "-", stdin=text)
        assert receipt["created"] == 0
    assert handles(netj) == ["dana-soto"]
    assert contact(netj, "dana-soto")["name"] == "Dana Whitfield"


def test_two_people_of_one_name_stay_two(netj: Netj) -> None:
    cards = card("FN:Ann Lee", "EMAIL:a@example.com") + card("FN:Ann Lee", "EMAIL:b@example.com")
    assert brought(netj, "-", stdin=cards)["counts"] == (2, 0, 0, 0)
    turned = card("FN:Ann Lee", "EMAIL:b@example.com") + card("FN:Ann Lee", "EMAIL:a@example.com")
    once = exported(netj)
    for text in (turned, cards):
        assert brought(netj, "-", stdin=text)["counts"] == (0, 0, 2, 0)
    assert exported(netj) == once


def test_a_merged_contact_is_found_by_its_old_ids(netj: Netj) -> None:
    assert brought(netj, "linkedin -", stdin=LINKEDIN + DANA)["created"] == 1
    assert netj("contact add 'D. Whitfield' --email other@example.com").ok
    assert netj("contact merge d-whitfield dana-soto").ok
    # Its own id of that source, though neither name nor organization fits.
    moved = DANA.replace("Dana,Soto", "Daniela,Whitfield").replace("dana@example.com", "")
    assert brought(netj, "linkedin -", stdin=LINKEDIN + moved)["counts"] == (0, 0, 1, 0)
    assert handles(netj) == ["d-whitfield"]
    card_of_old = card("FN:Dana", "EMAIL:dana@example.com")
    assert brought(netj, "-", stdin=card_of_old)["created"] == 0


def test_another_title_is_a_signal_once_and_a_hand_written_one_is_left_alone(netj: Netj) -> None:
    assert brought(netj, "linkedin -", stdin=LINKEDIN + DANA)["signals"] == 0
    promoted = LINKEDIN + DANA.replace("Engineer", "CTO")
    receipt = brought(netj, "linkedin -", stdin=promoted)
    assert (receipt["counts"], receipt["signals"]) == ((0, 1, 0, 0), 1)
    assert signals(netj) == [["new role: CTO at Acme"]]
    assert contact(netj, "dana-soto")["affiliations"] == [
        "CTO, Acme (since 2026-11-23)",
        "Engineer, Acme (until 2026-11-23)",
    ]
    once = exported(netj)
    assert brought(netj, "linkedin -", stdin=promoted)["signals"] == 0
    assert exported(netj) == once
    # Typed here: newer than what the source says again, and than what it said before.
    assert netj("contact edit dana-soto --title 'Chief Technologist'").ok
    mine = exported(netj)
    for text in (promoted, LINKEDIN + DANA):
        receipt = brought(netj, "linkedin -", stdin=text)
        assert (receipt["counts"], receipt["signals"]) == ((0, 0, 1, 0), 0)
    assert exported(netj) == mine
    # Another word of the source is news again.
    assert brought(netj, "linkedin -", stdin=LINKEDIN + DANA.replace("Engineer", "CEO"))["signals"] == 1
    assert contact(netj, "dana-soto")["title"] == "CEO"
    netj("undo")
    assert exported(netj) == mine


def test_an_address_book_that_is_read_for_the_first_time_changes_no_job(netj: Netj) -> None:
    assert netj("contact add 'Dana Soto' --org Globex --title CTO --email dana@example.com --birthday 1988-01-02").ok
    before = exported(netj).splitlines()
    row = "Dana,,Soto,,,,Acme,Engineer,1990-05-06,old note,,,dana@example.com\n"
    receipt = brought(netj, "-", stdin=GOOGLE + row)
    assert (receipt["source"], receipt["signals"]) == ("google", 0)
    dana = contact(netj, "dana-soto")
    assert (dana["affiliations"], dana["birthday"]) == (["CTO, Globex"], "1988-01-02")
    # It only fills what was empty; where it is from is written down.
    assert dana["note"] == "old note"
    changed = [
        (json.loads(a), json.loads(b)) for a, b in zip(before, exported(netj).splitlines(), strict=True) if a != b
    ]
    assert [{k for k in a if a[k] != b[k]} - {"changed_at"} for a, b in changed] == [{"note", "sources"}]
    # From now on its word is known: another one is news.
    assert brought(netj, "-", stdin=GOOGLE + row)["counts"] == (0, 0, 1, 0)
    receipt = brought(netj, "-", stdin=GOOGLE + row.replace("Acme,Engineer", "Initech,Head"))
    assert (receipt["signals"], contact(netj, "dana-soto")["organization"]) == (1, "Initech")


def test_two_contacts_of_another_journal_who_share_an_address_stay_two(
    netj: Netj, environment: dict[str, str], tmp_path: Path
) -> None:
    other = {"NETJ_DB": str(tmp_path / "other.db")}
    for name in ("Ann Lee", "Bob Lee"):
        netj(["contact", "add", name, "--email", "lee@example.com"], env=other).ok  # noqa: B018
    sheet = netj("export --as csv --type contact", env=other).ok.stdout
    # One of them is known here, by that address.
    assert netj("contact add A. --email lee@example.com").ok
    assert brought(netj, "-", stdin=sheet)["counts"] == (1, 1, 0, 0)
    once = exported(netj)
    head, first, second = sheet.splitlines()
    assert brought(netj, "-", stdin="\n".join((head, second, first, "")))["counts"] == (0, 0, 2, 0)
    assert exported(netj) == once


def test_a_name_that_another_card_of_the_same_person_gives_as_a_nickname_is_no_alias_of_itself(
    netj: Netj, tmp_path: Path
) -> None:
    cards = tmp_path / "two.vcf"
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\nFN:{}\r\nEMAIL:ann@example.com\r\n{}END:VCARD\r\n"
    cards.write_text(card.format("Ann", "") + card.format("Ann Lee", "NICKNAME:Ann,Annie\r\n"), newline="")
    assert netj(f"import {cards}").ok
    (ann,) = netj("contact show ann -f json").rows
    assert ann["aliases"] == ["Annie"]
