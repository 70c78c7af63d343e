"""Tables that nobody knows: what their columns are is told, kept by a name, and shown before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bringing import brought, contact, exported, handles

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

TABLE = (
    "Wer;Postfach;Haus;Seit;Bild\nDana Soto;dana@example.com;Acme;3.11.2026;a.png\n"
    "Priya Nair;p@example.com;;;\nMax Frank;;Globex;;\nLena Ortiz;;;;\n"
)
MAP = ["--map", "Wer=name", "--map", "Postfach=email", "--map", "Haus=company", "--map", "Bild=skip"]


@pytest.fixture(autouse=True)
def in_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(TABLE, encoding="utf-8")


def test_a_dry_run_shows_the_columns_and_three_rows_and_keeps_stdout_for_the_receipt(
    netj: Netj, environment: dict[str, str]
) -> None:
    code, out, err = netj(["import", "people.csv", *MAP, "--dry-run", "-f", "csv"])
    assert code == 0
    assert out.splitlines()[1].startswith("csv,4,4,0,0,0,0,")
    assert err.splitlines() == [
        "  Wer  ->  name",
        "  Postfach  ->  email",
        "  Haus  ->  company",
        "  Seit  ->  not taken",
        "  Bild  ->  skip",
        "  Dana Soto | dana@example.com | Acme | 3.11.2026 | a.png",
        "  Priya Nair | p@example.com |  |  | ",
        "  Max Frank |  | Globex |  | ",
        "  new: Dana Soto, Acme",
        "  new: Priya Nair",
        "  new: Max Frank, Globex",
        "  new: Lena Ortiz",
        "Nothing was changed.",
        f"There is no journal yet at {environment['NETJ_DB']}, which NETJ_DB names.",
    ]
    assert not Path(environment["NETJ_DB"]).exists()


def test_a_map_is_kept_by_its_name_and_outdone_word_by_word(netj: Netj) -> None:
    assert netj("import people.csv").code == 7
    brought(netj, ["people.csv", *MAP, "--save-map", "crm", "--dry-run"])
    assert netj("import people.csv --map crm").code == 2
    receipt = brought(netj, ["people.csv", *MAP, "--save-map", "crm"])
    assert (receipt["source"], receipt["counts"]) == ("csv", (4, 0, 0, 0))
    assert contact(netj, "dana-soto")["organization"] == "Acme"
    once = exported(netj)
    assert brought(netj, "people.csv --map crm")["counts"] == (0, 0, 4, 0)
    assert exported(netj) == once
    assert netj("undo").ok
    brought(netj, ["people.csv", "--map", "crm", "--map", "Haus=location"])
    dana = contact(netj, "dana-soto")
    assert (dana["organization"], dana["location"]) == (None, "Acme")


@rows(
    ("words", "said"),
    [
        ("--map Wer=nom", "There is no field 'nom'"),
        ("--map crm", "There is no saved map 'crm'"),
        ("--map =name", "A map names a column by its header"),
        ("--save-map crm", "`--save-map` keeps what `--map` says"),
    ],
)
def test_a_wrong_map_is_exit_2_and_nothing_is_kept(words: str, said: str, netj: Netj, tmp_path: Path) -> None:
    code, out, err = netj(f"import csv people.csv {words}")
    assert (code, out) == (2, "")
    assert said in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv"]


def test_a_column_that_is_not_there_is_told(netj: Netj) -> None:
    receipt = brought(netj, ["people.csv", "--map", "Wer=name", "--map", "Mail=email"])
    assert "1 column of the map not in this file" in receipt["warnings"]


NASTY = ("=cmd|' /C calc'!A0", "+47 555 01", "-x", "@SUM(1)", "'quoted", "plain")


def test_a_sheet_for_spreadsheets_runs_nothing_and_is_read_back_exactly(netj: Netj) -> None:
    for number, name in enumerate(NASTY):
        given = ["--note", name, "--org", name, "--email", f"p{number}@example.com"]
        assert netj(["contact", "add", *given, "--phone", "+47 555 01", "--", f"{name} P"]).ok
    plain = netj("export --as csv --type contact").ok.stdout
    for form in ("csv", "tsv"):
        code, sheet, _ = netj(f"export --as {form} --type contact --for-spreadsheet")
        assert code == 0
        assert sheet.startswith("\ufeff")
        assert sheet.count("\r\n") == sheet.count("\n") == len(NASTY) + 1
        cells = [cell.strip('"') for line in sheet.split("\r\n") for cell in line.split("\t" if form == "tsv" else ",")]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
        assert netj("undo").ok  # the last one is made anew by the sheet
        Path(f"sheet.{form}").write_text(sheet, encoding="utf-8", newline="")
        assert brought(netj, f"sheet.{form} --from-spreadsheet")["counts"][0] == 1
        again = netj("export --as csv --type contact").ok.stdout
        assert names_and_notes(again) == names_and_notes(plain)
        # Read as it stands, the guards would be part of the names: it says so.
        (said,) = [w for w in brought(netj, f"sheet.{form} --dry-run")["warnings"] if "guarded" in w]
        assert said.endswith("read it with --from-spreadsheet")


def names_and_notes(sheet: str) -> list[tuple[str, ...]]:
    import csv

    kept = ("uid", "name", "note", "organization", "phones", "emails")
    return [tuple(row[key] for key in kept) for row in csv.DictReader(sheet.splitlines())]


def test_a_table_without_people_is_refused_and_nothing_is_made(netj: Netj) -> None:
    Path("sums.csv").write_text("Month,Sum\n2026-01,5\n")
    code, _, err = netj("import csv sums.csv")
    assert code == 7
    assert '--map "Header=field"' in err
    assert netj("import sums.csv").code == 7
    assert handles(netj) == []
