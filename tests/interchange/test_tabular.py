"""Text to rows: encodings, delimiters, headers, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netjournal.interchange import tabular

if TYPE_CHECKING:
    import pytest

ALIASES = {"a": "a", "b": "b", "c": "c"}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert tabular.decode('"Å, b",c'.encode(encoding)) == ('"Å, b",c', False)


def test_what_is_not_utf_8_is_read_as_windows_1252_and_said_so() -> None:
    assert tabular.decode("Søren €".encode("cp1252")) == ("Søren €", True)
    assert tabular.decode(b"\x81") == ("\N{REPLACEMENT CHARACTER}", True)


def test_the_delimiter_is_the_one_that_gives_the_header_most_known_names() -> None:
    table = tabular.read_table("A;B;C,A\n1;2;3,4\n", ALIASES, {"a"})
    assert table is not None
    assert table.rows == ((2, {"a": "1", "b": "2", "C,A": "3,4"}),)


def test_a_header_padded_wider_than_its_rows_costs_none_of_them() -> None:
    table = tabular.read_table("A,B,,\n1,2\n3,4,,\n5\n", ALIASES, {"a", "b"})
    assert table is not None
    assert [row.line for row in table.rows] == [2, 3]
    assert table.faults == ((4, "1 field where the header has 2"),)


def test_the_first_of_two_columns_of_one_name_counts() -> None:
    table = tabular.read_table("A,a,B\n1,2,3\n", ALIASES, {"a", "b"})
    assert table is not None
    assert table.rows[0].values == {"a": "1", "b": "3"}


def test_long_values_keep_their_lines() -> None:
    text = 'A,B\n1,"x,y\n' + "z,z\n" * 3_000 + '"\n2,' + "w" * 200_000 + "\n"
    table = tabular.read_table(text, ALIASES, {"a", "b"})
    assert table is not None
    assert [(row.line, len(row.values["b"])) for row in table.rows] == [(2, 3 + 4 * 3_000), (3_004, 200_000)]
    assert table.faults == ()


def test_a_file_of_open_quotes_is_read_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    spanning, used = tabular._spanning, []
    monkeypatch.setattr(tabular, "_SPARE_LINES", 9_000)

    def counted(lines: list[str], where: range, *rest: Any) -> tuple[list[str], str | None, int]:
        found = spanning(lines, where, *rest)
        used.append(found[2])
        return found

    monkeypatch.setattr(tabular, "_spanning", counted)
    table = tabular.read_table("A,B\n1,2\n" + 'a","\n' * 5_000 + "3,4\n", ALIASES, {"a", "b"})
    assert table is not None
    assert ([row.line for row in table.rows], len(table.faults)) == ([2, 5_003], 5_000)
    assert 9_000 < sum(used) < 9_000 + 5_000 + 8 * 5_000
