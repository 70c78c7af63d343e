"""`netj keep`: a cadence for many at once, by argument or from a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def contacts(netj: Netj) -> None:
    for name in ("Ann", "Bob", "Cy"):
        assert netj(["contact", "add", name, "--org", "Acme"]).ok


def kept(netj: Netj, options: str, stdin: str = "") -> list[tuple[str, str | None, int | None, str | None]]:
    rows = netj(f"keep {options} -f json", stdin=stdin).rows
    return [(r["contact"], r["circle"], r["every_days"], r["due_on"]) for r in rows]


def test_several_are_kept_in_the_order_named_and_spread(netj: Netj) -> None:
    assert kept(netj, "cy ann bob ann --every 3w") == [
        ("cy", None, 21, "2026-11-23"),
        ("ann", None, 21, "2026-11-30"),
        ("bob", None, 21, "2026-12-07"),
    ]
    assert kept(netj, "ann --circle inner") == [("ann", "inner", 21, "2026-11-23")]


@pytest.mark.parametrize(
    "stdin",
    [
        "ann\nbob\n",
        "contact\nann\nbob\n",
        "contact\tname\nann\tAnn\nbob\tBob\n",
        "\n  ann  \n\nbob",
        "ann\r\nbob\r\n",
    ],
)
def test_handles_come_from_a_pipe(netj: Netj, stdin: str) -> None:
    assert [row[0] for row in kept(netj, "- --circle outer", stdin)] == ["ann", "bob"]


def test_a_listing_can_be_piped_in(netj: Netj) -> None:
    listed = netj("contact list --untracked --org Acme --fields contact --no-header").ok.stdout
    assert [row[0] for row in kept(netj, "- --circle outer", listed)] == ["ann", "bob", "cy"]


def test_an_empty_pipe_keeps_nobody_and_says_so(netj: Netj) -> None:
    before = netj("export").ok.stdout
    code, out, _ = netj("keep - --circle outer", stdin="")
    assert (code, out) == (2, "")
    assert netj("export").ok.stdout == before


def test_one_unknown_handle_keeps_nobody(netj: Netj) -> None:
    before = netj("export").ok.stdout
    code, out, err = netj("keep - --circle outer", stdin="ann\nnobody\nbob\n")
    assert (code, out) == (3, "")
    assert "nobody" in err
    assert netj("export").ok.stdout == before


def test_a_group_is_kept_as_its_members(netj: Netj) -> None:
    assert netj("group add table --with ann --with cy").ok
    assert [row[0] for row in kept(netj, "group:table bob --every 30d")] == ["ann", "cy", "bob"]
    assert netj("keep group:nothing --every 30d").code == 3


def test_keep_links_and_tells_the_last_day(netj: Netj) -> None:
    assert netj("objective add Role").ok
    (row,) = netj("keep ann --every 30d --latest 2mo -o role --last '10 Nov' -f json").rows
    assert (row["last_on"], row["due_on"], row["objectives"]) == ("2026-11-10", "2026-12-10", ["role"])
    assert netj("contact show ann -f json").rows[0]["latest_days"] == 60
    (row,) = netj("keep bob -o role -f json").rows
    assert (row["standing"], row["objectives"]) == ("untracked", ["role"])
