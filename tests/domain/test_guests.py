"""Somebody as typed with where they work and their address."""

from __future__ import annotations

from netjournal.domain.guests import Guest, guest_of, two_in
from netjournal.domain.names import is_degree
from rows import rows


@rows(
    ("typed", "guest"),
    [
        ("Lena Ortiz", Guest("Lena Ortiz")),
        ("Lena  Ortiz @ Acme , Senior  Recruiter", Guest("Lena Ortiz", "Acme", "Senior Recruiter")),
        ("Lena @Acme", Guest("Lena", "Acme")),
        ("Dr. Vogel -", Guest("Dr. Vogel")),
        ("@lena @ Acme", Guest("@lena", "Acme")),
        ("@ Acme, VP", Guest("", "Acme", "VP")),
        # A legal form behind a comma is of the firm.
        ("David @ Globex, Inc., VP Sales", Guest("David", "Globex, Inc.", "VP Sales")),
        ("David @ Globex, Ltd", Guest("David", "Globex, Ltd")),
        ("David @ Globex Trading, Co., Ltd., VP, Asia", Guest("David", "Globex Trading, Co., Ltd.", "VP, Asia")),
        ("David @ Globex, GmbH, CTO", Guest("David", "Globex, GmbH", "CTO")),
        ("David @ Globex, L.L.C., CTO", Guest("David", "Globex, L.L.C.", "CTO")),
        ("David @ Globex, SE", Guest("David", "Globex", "SE")),
        # An address stands in brackets, wherever it is.
        ("Frieda Lang <frieda@lang.de>", Guest("Frieda Lang", email="frieda@lang.de")),
        ("Frieda <frieda@lang.de> @ Post, Editor", Guest("Frieda", "Post", "Editor", "frieda@lang.de")),
        ("Frieda @ Post, Editor <frieda@lang.de>", Guest("Frieda", "Post", "Editor", "frieda@lang.de")),
        ("Frieda <3", Guest("Frieda <3")),
        ("frieda@lang.de", Guest("frieda@lang.de")),
    ],
)
def test_a_name_is_parted_from_where_they_work_and_from_their_address(typed: str, guest: Guest) -> None:
    assert guest_of(typed) == guest


@rows(
    ("typed", "two"),
    [
        ("Hannah @ Zalando, PM & Peter Schmidt @ N26", ("Hannah @ Zalando, PM", "Peter Schmidt @ N26")),
        ("Hannah @ Zalando and Peter @ N26, CTO", ("Hannah @ Zalando", "Peter @ N26, CTO")),
        ("Hannah @ Johnson & Johnson", None),
        ("@hannah @ Acme", None),
        ("a @ b & " * 9_000, None),
    ],
)
def test_two_people_with_where_they_work_are_told_apart(typed: str, two: tuple[str, str] | None) -> None:
    assert two_in(typed) == two


@rows(
    ("text", "degree"),
    [("PhD", True), ("Ph.D.", True), ("M.Sc.", True), ("MBA PMP", True), ("Tom", False), ("PhD student", False)],
)
def test_a_degree_is_told_from_a_name(text: str, degree: bool) -> None:
    assert is_degree(text) is degree
