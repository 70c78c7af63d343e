"""What an opportunity's row says of its origin and of the touches before it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from scene import Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    made.do(["objective", "add", "Role", "--topic", "sre"])
    return made


_NUMBERS = count(1)


def came(scene: Scene, options: str = "", ago: int = 10) -> dict[str, Any]:
    """The row of an opportunity that came up so many days ago."""
    # Each has a title of its own: one of the same title would be taken for one that is open already.
    title = f"Staff-{next(_NUMBERS)}"
    (row,) = scene.do(f"opportunity add {title} --on {day(ago)} {options} -f json").rows
    return row


def test_touches_before_are_those_with_whom_it_came_through_and_not_how_it_came(scene: Scene) -> None:
    scene.add("Dana", "Sam", org="Acme")
    scene.log("dana and sam", 12)
    scene.log("coffee with dana", 10)
    scene.log("email with dana about a job", 10, direction="in")
    scene.log("dana", 9)
    row = came(scene, "--through dana")
    assert (row["touches_before"], row["origin"], row["name"]) == (2, "relationship", "Dana")
    # Nobody named: anybody who works there, and no relationship is claimed.
    row = came(scene, "--org acme")
    assert (row["touches_before"], row["origin"], row["through"]) == (3, "cold", None)
    # The talk in which it came up is not one before it.
    assert came(scene, "--through dana --interaction 2")["touches_before"] == 1
    assert came(scene, "--through sam", 12)["origin"] == "relationship"


def test_who_had_left_an_organization_before_is_no_touch_there_and_who_left_since_is(scene: Scene) -> None:
    scene.add("Dana", "Sam", org="Acme")
    scene.log("dana", 20)
    scene.log("sam", 20)
    scene.do("contact edit dana --org Globex", "contact edit sam --org Globex")
    with scene.writing() as uow:
        (dana,) = uow.read.rows("SELECT id FROM contact WHERE handle = 'dana'")
        uow.change("affiliation", {"contact_id": dana[0], "until": day(0)}, until=day(11))
    assert came(scene, "--org Acme")["touches_before"] == 1


def test_an_outbound_message_to_many_is_no_touch_before(scene: Scene) -> None:
    names = [f"P{n}" for n in range(6)]
    scene.add(*names)
    scene.log("email about news", 20, who=tuple(name.lower() for name in names), direction="out")
    row = came(scene, "--through p1")
    assert (row["touches_before"], row["origin"]) == (0, "cold")


def test_a_contact_i_was_introduced_to_makes_it_an_introduction(scene: Scene) -> None:
    scene.add("Dana", "Priya")
    scene.add("Sam", introduced_by="dana")
    scene.log("sam", 30)
    row = came(scene, "--through sam")
    assert (row["origin"], row["introduced_by"], row["touches_before"]) == ("introduction", "dana", 1)
    scene.log("intro", 20, intro="Priya", via="dana")
    assert came(scene, "--through priya")["origin"] == "introduction"


def test_an_introduction_later_than_the_opportunity_did_not_bring_it(scene: Scene) -> None:
    scene.add("Dana", "Sam", "Priya", "Max")
    scene.log("intro", 5, intro="Sam", via="dana")
    row = came(scene, "--through sam")
    assert (row["origin"], row["introduced_by"]) == ("cold", None)
    # Of two others, and by me: neither introduced anybody to me.
    scene.log("intro", 20, intro="Priya", to="Max", via="dana")
    scene.log("intro", 20, intro="Max")
    assert [came(scene, f"--through {who}")["origin"] for who in ("priya", "max")] == ["relationship", "relationship"]


@pytest.mark.parametrize(
    ("broadcast", "ago", "options", "expected"),
    [
        ("post: on call #sre", 100, "--for role", "exposure"),
        ("post: on call #sre", 101, "--for role", "cold"),
        ("post: on call #sre", 9, "--for role", "cold"),
        ("talk: anything +role", 40, "--for role", "exposure"),
        ("post: on cats #cats", 40, "--for role", "cold"),
        ("post: on call #sre", 40, "", "cold"),
        ("post: on cats #cats", 40, "--interaction 1", "exposure"),
        ("post: on cats #cats", 101, "--interaction 1", "cold"),
    ],
)
def test_a_broadcast_brought_it_if_it_is_linked_or_consistent_with_its_objective(
    scene: Scene, broadcast: str, ago: int, options: str, expected: str
) -> None:
    scene.log(broadcast, ago)
    assert came(scene, options)["origin"] == expected


def test_a_touch_before_outweighs_a_broadcast_and_what_was_said_outweighs_both(scene: Scene) -> None:
    scene.add("Dana")
    scene.log("post: on call #sre", 20)
    scene.log("dana", 30)
    assert came(scene, "--for role --through dana")["origin"] == "relationship"
    assert came(scene, "--for role --through dana --origin cold")["origin"] == "cold"


def test_the_list_has_open_ones_by_how_far_they_are_and_closed_ones_when_asked(scene: Scene) -> None:
    for title, options in (("A", "--stage talking"), ("B", "--stage offer"), ("C", ""), ("D", "-o role --org Acme")):
        scene.do(f"opportunity add {title} --on {day(20)} {options}")
    scene.do(f"opportunity close 3 lost --on {day(5)}")

    def titles(options: str = "") -> list[str]:
        return [row["title"] for row in scene.netj(f"opportunity list {options} -f json").rows]

    assert titles() == ["B", "A", "D"]
    assert titles("--all") == ["B", "A", "D", "C"]
    assert titles("--stage lost") == ["C"]
    assert titles("-o role") == titles("--org acme") == ["D"]
    scene.add("Cli")
    scene.do("objective edit role --client cli")
    assert titles("--client cli") == ["D"]


def test_how_long_it_was_open_ends_with_its_close(scene: Scene) -> None:
    assert came(scene, ago=30)["days_open"] == 30
    (row,) = scene.do(f"opportunity close 1 won --on {day(10)} -f json").rows
    assert (row["days_open"], row["closed_on"], row["stage"]) == (20, day(10), "won")
