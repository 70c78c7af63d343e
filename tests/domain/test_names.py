"""Names: what counts as the same, what a handle is made of, and whom a typed name means."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.names import (
    Found,
    Known,
    find,
    fold,
    fold_organization,
    free_slug,
    is_slug,
    near,
    similar,
    slug,
)
from rows import rows
from tries import tries

quick = settings(max_examples=tries(100), deadline=None, database=None)
HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@rows(
    ("one", "other"),
    [
        ("Zoë", "zoe"),
        ("José García", "JOSE GARCIA"),
        (unicodedata.normalize("NFC", "Zoë Müller"), unicodedata.normalize("NFD", "Zoë Müller")),
        ("O'Neil", "O’Neil"),
        ("O'Neil", "oneil"),
        ("O'Neil", "Oʼneil"),
        ("O‘Neil", "O`Neil"),
        ("Straße", "STRASSE"),
        ("Łukasz Øster", "lukasz oster"),
        ("Ðorđe", "dorde"),
        ("Æsop", "aesop"),
        ("Þór", "thor"),
        ("Kılıç", "kilic"),
        ("İpek", "ipek"),
        ("Jean-Luc  Picard", "jean luc\tpicard"),
        ("Dr. Dana Whitfield, PhD", "dr dana whitfield phd"),
        ("ＤＡＮＡ", "dana"),
        ("ﬁona", "fiona"),
        ("℡ Co", "tel co"),
        ("Ёлка", "елка"),
        ("Μαρία", "μαρια"),
        ("אַבְרָהָם", "אברהם"),
        ("أحمد", "احمد"),
        ("한국", unicodedata.normalize("NFD", "한국")),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@rows(
    ("one", "other"),
    [
        ("Dana", "Diana"),
        ("Ann Marie", "Annmarie"),
        # Vowel signs and kana marks are letters: these are different people.
        ("प्रिया", "प्रीया"),
        ("มาน", "มานี"),
        ("たがわ", "たかわ"),
        ("パク", "ハク"),
        ("கமலா", "கமல"),
        ("山田", "山本"),
        ("!!!", "???"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_folding_never_empties_a_visible_name_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert bool(folded) is bool(text.split())
    assert fold(folded) == folded


@rows(
    ("typed", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME Ltd", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Société Générale SA", "societe generale"),
        ("Inc", "inc"),
        ("Co Ltd", "co"),
        ("Limited Brands", "limited brands"),
        ("Incorporated Minds Lab", "incorporated minds lab"),
        ("SE", "se"),
    ],
)
def test_an_organization_is_known_without_its_legal_form(typed: str, key: str) -> None:
    assert fold_organization(typed) == key


@rows(
    ("name", "handle"),
    [
        ("Dana Whitfield", "dana-whitfield"),
        ("Zoë O’Neil", "zoe-oneil"),
        ("Łukasz Straße", "lukasz-strasse"),
        ("Jean-Luc Picard", "jean-luc-picard"),
        ("Dana 山田", "dana"),
        ("  ...Dana...  ", "dana"),
        ("R2-D2", "r2-d2"),
        ("山田太郎", ""),
        ("Алексей", ""),
        ("!!!", ""),
    ],
)
def test_a_handle_is_made_of_the_latin_letters_of_a_name(name: str, handle: str) -> None:
    assert slug(name) == handle


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_a_slug_is_nothing_or_a_handle(text: str) -> None:
    made = slug(text)
    assert not made or (HANDLE.fullmatch(made) and is_slug(made))


def test_a_taken_handle_is_counted_on() -> None:
    assert free_slug("dana", set()) == "dana"
    assert free_slug("dana", {"dana"}) == "dana-2"
    assert free_slug("dana", {"dana", "dana-2", "dana-4"}) == "dana-3"
    long = "x" * 64
    assert free_slug(long, {long}) == "x" * 62 + "-2"
    assert free_slug("a" * 61 + "-bc", {"a" * 61 + "-bc"}) == "a" * 61 + "-2"


@rows("text", ["", "Dana", "dana whitfield", "dana_w", "x" * 65, "zoë", "dana\n", "+dana"])
def test_a_handle_is_of_small_letters_digits_and_hyphens_alone(text: str) -> None:
    assert not is_slug(text)


def known(identity: int, handle: str, *names: str, tracked: bool = True) -> Known:
    return Known(identity, handle, tuple(map(fold, names)), tracked)


DANA_W = known(1, "dana-whitfield", "Dana Whitfield", "Dee")
DANA_S = known(2, "dana-soto", "Dana Soto")
PRIYA = known(3, "priya", "Priya Nair")
SAM = known(4, "dana", "Sam Lee", "Priya N")
UNTRACKED = known(5, "max-frank", "Max Frank", "Maxi", tracked=False)
EVERYONE = (DANA_W, DANA_S, PRIYA, SAM, UNTRACKED)


@rows(
    ("typed", "ids"),
    [
        # A handle comes before everything: this one is Sam's.
        ("dana", (4,)),
        ("DANA", (4,)),
        ("priya", (3,)),
        # A whole name comes before an alias, an alias before a prefix.
        ("Dana Whitfield", (1,)),
        ("  dana   WHITFIELD ", (1,)),
        ("Dána Whitfield", (1,)),
        ("dee", (1,)),
        ("priya n", (4,)),
        ("Priya Nai", (3,)),
        # Words in any order, each the beginning of another word.
        ("Whitfield Dana", (1,)),
        ("Whitfield, Dana", (1,)),
        ("whit", (1,)),
        ("d s", (2,)),
        ("max", (5,)),
        ("", ()),
        ("  ", ()),
    ],
)
def test_a_name_means_by_handle_then_whole_name_then_alias_then_prefix(typed: str, ids: tuple[int, ...]) -> None:
    assert find(typed, EVERYONE).ids == ids


def test_each_typed_word_needs_a_word_of_its_own() -> None:
    assert find("lee lee", EVERYONE).ids == ()
    assert find("dana dana", [known(1, "x", "Dana Dana")]).ids == (1,)
    assert find("da dana", [known(1, "x", "Dana Dale")]).ids == (1,)


def test_several_whole_names_are_several_candidates_whoever_is_tracked() -> None:
    twins = (known(1, "dana-1", "Dana Soto"), known(2, "dana-2", "Dana Soto", tracked=False))
    assert find("Dana Soto", twins) == Found((1, 2))
    assert find("Dana Soto", twins, bare_needs_tracked=True) == Found((1, 2))


def test_of_several_who_may_be_meant_the_tracked_ones_are() -> None:
    others = (known(1, "dana-w", "Dana Whitfield"), known(2, "dana-s", "Dana Soto", tracked=False))
    assert find("Dana", others) == Found((1,))
    both = (*others, known(3, "dana-x", "Dana Xu"))
    assert find("Dana", both) == Found((1, 3))


#: Marta alone has a cadence; Mark Ek is the only Mark.
MANY = (
    known(1, "marta", "Marta Kowalczyk"),
    *(known(n, f"mary-{n}", f"Mary {last}", tracked=False) for n, last in ((2, "Jones"), (3, "Chen"))),
    known(4, "maryam", "Maryam Aziz"),
    known(5, "mark-ek", "Mark Ek"),
    known(6, "mark-bo", "Mark Bo", tracked=False),
)


@rows(
    ("typed", "found", "bare"),
    [
        # A beginning means nobody more than another, whoever is tracked.
        ("Mar", Found((1, 2, 3, 4, 5, 6)), Found((1, 2, 3, 4, 5, 6))),
        ("mark b", Found((6,)), Found((), (6,))),
        ("marta k", Found((1,)), Found((1,))),
        # A first name comes before a longer one that begins so, even a tracked one.
        ("Mary", Found((2, 3)), Found((), (2, 3, 4))),
        ("Mark", Found((5,)), Found((5,))),
        ("jones mary", Found((2,)), Found((), (2,))),
    ],
)
def test_the_beginning_of_a_name_is_weaker_than_a_first_name(typed: str, found: Found, bare: Found) -> None:
    assert find("Mary Jones", MANY, bare_needs_tracked=True) == Found((2,))
    assert find(typed, MANY) == found
    assert find(typed, MANY, bare_needs_tracked=True) == bare


@rows("typed", ["Max", "Maxi", "frank"])
def test_a_bare_name_or_alias_means_only_tracked_contacts_where_that_is_asked(typed: str) -> None:
    assert find(typed, EVERYONE, bare_needs_tracked=True) == Found((), (5,))
    assert find(typed, EVERYONE) == Found((5,))


@rows("typed", ["Max Frank", "max-frank"])
def test_a_full_name_or_handle_means_untracked_contacts_too(typed: str) -> None:
    assert find(typed, EVERYONE, bare_needs_tracked=True) == Found((5,))


@rows("typed", ["Dana Witfield", "Pria Nair", "whitfeild"])
def test_a_similar_name_is_only_suggested(typed: str) -> None:
    found = find(typed, EVERYONE)
    assert found.ids == ()
    assert found.alike


@rows(
    ("typed", "ids"),
    [
        ("Ana", (1,)),
        ("Ana Schmidt", (1,)),
        ("Jan Schmidt", ()),
        ("Juergen Mueller", (2,)),
        # Whoever was known by a first name alone.
        ("Bo Ek", (3,)),
        ("Anna Schmid Berg", ()),
        ("Zoe", ()),
        ("Fatima Costa", (4,)),
        ("Fatima Cost", ()),
        ("Rui Alves", (5,)),
        # Titles and degrees part nobody, on either side.
        ("Dr. Anna Schmidt, Ph.D., MBA", (1,)),
        ("Prof. Rui Alves", (5,)),
        ("Dr. Bo", ()),
    ],
)
def test_somebody_new_may_be_somebody_known_who_is_spelt_nearly_so(typed: str, ids: tuple[int, ...]) -> None:
    people = (
        known(1, "anna", "Anna Schmidt"),
        known(2, "jm", "Jürgen Müller"),
        known(3, "bo", "Bo"),
        known(4, "f", "Fatima Costa, PhD"),
        known(5, "r", "Dr. Rui Alves"),
    )
    assert near(typed, find(typed, people), people) == ids


def test_nobody_like_it_is_nobody() -> None:
    assert find("Zebedee", EVERYONE) == Found(())


def test_suggestions_come_best_first_and_are_few() -> None:
    many = [known(n, f"dana-{n}", f"Dana Whitfield{'x' * n}") for n in range(1, 9)]
    assert similar("dana whitfeld", many)[0] == 1
    assert len(similar("dana whitfeld", many)) <= 5


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=20), st.booleans())
def test_whatever_is_typed_finds_or_does_not(text: str, bare: bool) -> None:
    found = find(text, EVERYONE, bare_needs_tracked=bare)
    assert set(found.ids) | set(found.alike) <= {1, 2, 3, 4, 5}
    assert not (found.ids and found.alike)
