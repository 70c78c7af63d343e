"""Quick capture: one line into who, how, when, what for and what was said."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain import capture, dates
from netjournal.errors import UsageError
from rows import rows
from tries import tries

#: A Monday.
TODAY = date(2026, 11, 23)


def is_past_day(text: str) -> bool:
    return dates.accepts(text, TODAY, "past")


def is_future_day(text: str) -> bool:
    return dates.accepts(text, TODAY, "future")


def read(text: str, *, kind: str | None = None, others_named: bool = False) -> capture.Capture:
    return capture.read(text, is_past_day, kind=kind, others_named=others_named)


class Line(NamedTuple):
    """A line and what it says; what is left out is nothing."""

    text: str
    names: tuple[str, ...] = ()
    summary: str | None = None
    kind: str | None = None
    day: str | None = None
    mentions: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    none_on_purpose: bool = False
    direction: str | None = None
    groups: tuple[str, ...] = ()


LINES = [
    # The SPEC's own two.
    Line("dana", ("dana",)),
    Line(
        "yesterday: coffee with Dana, @priya about Q1 hiring +platform-role #hiring",
        ("Dana",),
        "Q1 hiring",
        "coffee",
        "yesterday",
        ("priya",),
        ("platform-role",),
        ("hiring",),
    ),
    # Names end at the first `about`, `re`, `:` or `,`.
    Line("Dana about the offer", ("Dana",), "the offer"),
    Line("Dana re the offer", ("Dana",), "the offer"),
    Line("Dana RE the offer", ("Dana",), "the offer"),
    Line("Dana: the offer", ("Dana",), "the offer"),
    Line("Dana, the offer", ("Dana",), "the offer"),
    Line("Dana re: the offer", ("Dana",), "the offer"),
    Line("Dana , the offer", ("Dana",), "the offer"),
    Line("Dana about hiring: who, when, about what", ("Dana",), "hiring: who, when, about what"),
    Line("Reagan about tax", ("Reagan",), "tax"),
    Line("Dana Whitfield and Priya Nair & Sam about hiring", ("Dana Whitfield", "Priya Nair", "Sam"), "hiring"),
    Line("with Dana and with Priya", ("Dana", "Priya")),
    Line("Andy Withers about sand", ("Andy Withers",), "sand"),
    Line("O'Neil about rent", ("O'Neil",), "rent"),
    Line("about the offer", (), "the offer"),
    # A time is not an end of the names, and no date.
    Line("Dana about 9:30 coffee at 10:15", ("Dana",), "9:30 coffee at 10:15"),
    Line("9:30 sync", ("9:30 sync",)),
    # A date prefix only if the grammar accepts it whole.
    Line("yesterday: Dana", ("Dana",), day="yesterday"),
    Line("Yesterday 9:30: Dana", ("Dana",), day="Yesterday 9:30"),
    Line("2026-11-20: call with Dana: budget", ("Dana",), "budget", "call", "2026-11-20"),
    Line("3 days ago: Dana about x", ("Dana",), "x", day="3 days ago"),
    Line("12 Nov 2026 : Dana", ("Dana",), day="12 Nov 2026"),
    Line("tomorrow: Dana", ("Dana",), day="tomorrow"),
    Line("yesterday we met: Dana", ("yesterday we met",), "Dana"),
    Line("tomorow: Dana", ("tomorow",), "Dana"),
    Line("Dana: yesterday: all", ("Dana",), "yesterday: all"),
    # Numbers in the shape of a day are never names: reading the day refuses them.
    Line("05/06/2026: Dana", ("Dana",), day="05/06/2026"),
    Line("2026-02-30: Dana", ("Dana",), day="2026-02-30"),
    Line("31 Nov: Dana", ("Dana",), day="31 Nov"),
    Line("31.12.2026: Dana", ("Dana",), day="31.12.2026"),
    # Kind words, theirs and others'.
    Line("coffee Dana", ("Dana",), kind="coffee"),
    # A sentence may lead to the kind.
    Line("had coffee with Dana", ("Dana",), kind="coffee"),
    Line("We had a call with Dana re rent", ("Dana",), "rent", "call"),
    Line("a quick call with Dana", ("Dana",), kind="call"),
    Line("I just had drinks w/ Dana", ("Dana",), kind="meal"),
    Line("I called Dana", ("Dana",), kind="call"),
    Line("Long Nguyen about rent", ("Long Nguyen",), "rent"),
    Line("talked to Dana about rent", ("Dana",), "rent"),
    Line("ran into Dana and Priya", ("Dana", "Priya")),
    Line("met Дана", ("Дана",)),
    Line("met at the fair: Dana", ("met at the fair",), "Dana"),
    Line("met @dana at the fair", ("met at the fair",), None, mentions=("dana",)),
    Line("emailed Dana about rent", ("Dana",), "rent", "email"),
    # Of two kinds before `with`, what says more.
    Line("coffee chat with Dana", ("Dana",), kind="coffee"),
    Line("phone interview w/ Dana", ("Dana",), kind="interview"),
    Line("intro call with Dana re rent", ("Dana",), "rent", "call"),
    Line("event dinner with Dana", ("Dana",), kind="event"),
    # Marks may come first; behind them a day or a kind still does.
    Line("+a #b yesterday: coffee with Dana about x", ("Dana",), "x", "coffee", "yesterday", (), ("a",), ("b",)),
    Line("#sre lessons with @dana", ("lessons",), None, mentions=("dana",), topics=("sre",)),
    # What stands around a name is no part of it.
    Line('coffee with "Dana" & Zoë O’Neil 😀❤️ about x', ("Dana", "Zoë O’Neil"), "x", "coffee"),
    Line("☕ with Dana!", ("Dana",)),
    Line("call 山田 太郎: 会った", ("山田 太郎",), "会った", "call"),
    Line("had a post", ("had a post",)),
    Line("had enough", ("had enough",)),
    Line("COFFEE with Dana", ("Dana",), kind="coffee"),
    Line("lunch with Dana", ("Dana",), kind="meal"),
    Line("zoom Dana", ("Dana",), kind="video"),
    Line("phone Dana re rent", ("Dana",), "rent", "call"),
    Line("dm Dana", ("Dana",), kind="message"),
    Line("mail Dana", ("Dana",), kind="email"),
    # Of a message it may say who wrote to whom; `to` is no way to have a coffee.
    Line("E-mail to Dana about rent", ("Dana",), "rent", "email", direction="out"),
    Line("e-mailed Dana", ("Dana",), kind="email"),
    Line("reply to Dana", ("Dana",), kind="message", direction="out"),
    Line("I replied to Dana about rent", ("Dana",), "rent", "message", direction="out"),
    Line("reply", ("reply",)),
    Line("with Dana: #sre #pay were all she said", ("Dana",), "were all she said", topics=("sre", "pay")),
    Line("email to Dana about rent", ("Dana",), "rent", "email", direction="out"),
    Line("message From Dana and Sam", ("Dana", "Sam"), kind="message", direction="in"),
    Line("coffee to Dana", ("to Dana",), kind="coffee"),
    Line("coffee w/ Dana", ("Dana",), kind="coffee"),
    Line("meeting with group:table about rent", (), "rent", "meeting", groups=("table",)),
    # Both speak in a call, whoever rang; of linkedin only a message is one.
    Line("call from Dana about rent", ("Dana",), "rent", "call"),
    Line("linkedin message from Dana", ("Dana",), kind="message", direction="in"),
    Line("wrote to Dana and cc Sam re rent", ("Dana", "Sam"), "rent", "message", direction="out"),
    Line("got an email from Dana", ("Dana",), kind="email", direction="in"),
    Line("CC Sabathia", ("CC Sabathia",)),
    Line("linkedin", ("linkedin",)),
    Line("had a 1:1 with Dana re rent", ("Dana",), "rent", "meeting"),
    Line("whatsapp call with Dana", ("Dana",), kind="call"),
    Line("one-on-one w Dana", ("Dana",), kind="meeting"),
    Line("tea with Dana", ("Dana",), kind="coffee"),
    Line("beer with Dana", ("Dana",), kind="meal"),
    Line("coffeehouse Dana", ("coffeehouse Dana",)),
    Line("call call Dana", ("call Dana",), kind="call"),
    Line("event: platform meetup", (), "platform meetup", "event"),
    # Broadcasts have no names.
    Line(
        "post: What I learned #sre +platform-role", (), "What I learned", "post", None, (), ("platform-role",), ("sre",)
    ),
    Line("talk Scaling teams, live", (), "Scaling teams, live", "talk"),
    Line("article: On 9:30 meetings", (), "On 9:30 meetings", "article"),
    # Marks must start a word; they end before a full stop, comma or bracket.
    Line("@dana", (), None, mentions=("dana",)),
    Line("@dana about hiring", (), "hiring", mentions=("dana",)),
    Line("@dana @priya: hiring", (), "hiring", mentions=("dana", "priya")),
    Line("about hiring with @dana.", (), "hiring with", mentions=("dana",)),
    Line("about hiring with @dana and more", (), "hiring with @dana and more", mentions=("dana",)),
    Line("about hiring (@dana, @priya)", (), "hiring (@dana, @priya)", mentions=("priya",)),
    Line("Dana about dana@example.com", ("Dana",), "dana@example.com"),
    Line("Dana about C++ and F#", ("Dana",), "C++ and F#"),
    Line("Dana about +Platform-Role.", ("Dana",), None, objectives=("platform-role",)),
    Line("Dana about x +a +b +a", ("Dana",), "x", objectives=("a", "b")),
    Line("Dana about x +none", ("Dana",), "x", none_on_purpose=True),
    Line("Dana about 2 + 2", ("Dana",), "2 + 2"),
    Line("Dana about @ and # and +", ("Dana",), "@ and # and +"),
    # A topic inside the sentence stays as its word; at the end it is a label.
    Line("Dana about our #hiring plans", ("Dana",), "our hiring plans", topics=("hiring",)),
    Line("Dana about hiring #hiring #q1", ("Dana",), "hiring", topics=("hiring", "q1")),
    Line("Dana #hiring about Q1", ("Dana",), "Q1", topics=("hiring",)),
    Line("Dana about #c++", ("Dana",), "c++", topics=("c++",)),
    Line("", ()),
    Line("   ", ()),
    Line("coffee", (), kind="coffee"),
]


@rows("line", LINES)
def test_one_line_says_what_it_says(line: Line) -> None:
    said = read(line.text)._asdict()
    # Two depend on more than the line: they have tests of their own.
    del said["names_required"], said["plain_summary"]
    assert said | {"text": line.text} == line._asdict()


@rows(
    ("text", "plain"),
    [
        ("Dana about the offer", "Dana about the offer"),
        ("met @dana at the fair", "met @dana at the fair"),
        ("@dana he was tired", "he was tired"),
        ("coffee with @dana", None),
        ("budget: 3 of 4", "budget: 3 of 4"),
    ],
)
def test_names_that_turn_out_to_be_words_stay_in_the_plain_summary(text: str, plain: str | None) -> None:
    assert read(text).plain_summary == plain


@rows(
    ("text", "required"),
    [("Dana", True), ("@priya Dana", False), ("with Dana @priya", True), ("coffee with Dana, @priya", True)],
)
def test_names_must_be_people_unless_others_are_named(text: str, required: bool) -> None:
    assert read(text).names_required is required
    assert read("Dana", others_named=True).names_required is False
    assert read("with Dana", others_named=True).names_required is True


@rows(
    ("text", "kind", "names", "summary"),
    [
        ("call with Dana: left a voicemail", "message", ("Dana",), "left a voicemail"),
        ("lunch Dana about rent", "coffee", ("Dana",), "rent"),
        ("to Dana about rent", "email", ("Dana",), "rent"),
        ("coffee: beans and prices", "post", (), "coffee: beans and prices"),
        ("post with Dana", "coffee", ("post", "Dana"), None),
    ],
)
def test_a_kind_given_by_option_wins_over_the_word_for_one(
    text: str, kind: str, names: tuple[str, ...], summary: str | None
) -> None:
    said = read(text, kind=kind)
    assert (said.kind, said.names, said.summary) == (kind, names, summary)
    # Where it is said who it was, any word may begin what it was about.
    assert read("coffee prices", kind="call", others_named=True).plain_summary == "coffee prices"


def test_none_and_an_objective_contradict_each_other() -> None:
    with pytest.raises(UsageError):
        read("Dana +none +platform-role")


def test_a_line_of_a_hundred_thousand_characters_is_read() -> None:
    # Work that grows with the square of the length would stop here for minutes.
    assert read("dana about " + "#a " * 30_000 + "x").names == ("dana",)
    assert len(read("dana about x " + " ".join(f"@b{n} +c{n}" for n in range(3_000))).mentions) == 3_000
    assert read("dana " + "@b " * 30_000).names == ("dana",)


@rows(
    ("text", "expected"),
    [
        ("send the deck", capture.Promise("send the deck", None, None)),
        ("send the deck by friday", capture.Promise("send the deck", "friday", None)),
        ("send the deck BY 2026-12-01", capture.Promise("send the deck", "2026-12-01", None)),
        ("stop by the office by in 2 weeks", capture.Promise("stop by the office", "in 2 weeks", None)),
        ("stop by the office", capture.Promise("stop by the office", None, None)),
        ("learn it by heart", capture.Promise("learn it by heart", None, None)),
        ("send the deck @dana by friday", capture.Promise("send the deck", "friday", "dana")),
        ("send @dana the deck", capture.Promise("send the deck", None, "dana")),
        ("by friday", capture.Promise("", "friday", None)),
        # In the shape of a day: reading it says what is wrong, instead of a promise for next week.
        ("send it by 05/06/2027", capture.Promise("send it", "05/06/2027", None)),
        ("call by 30 feb", capture.Promise("call", "30 feb", None)),
        ("send it by 2027-02-30", capture.Promise("send it", "2027-02-30", None)),
        ("upgrade by 1.2.3", capture.Promise("upgrade by 1.2.3", None, None)),
    ],
)
def test_a_promise_has_a_text_and_perhaps_a_day_and_a_person(text: str, expected: capture.Promise) -> None:
    assert capture.read_promise(text, is_future_day) == expected


def test_a_promise_to_several_is_refused() -> None:
    with pytest.raises(UsageError):
        capture.read_promise("send it to @dana and @priya", is_future_day)


@settings(max_examples=tries(80), deadline=None, database=None)
@given(st.text(st.sampled_from("ab @+#:,.&'?()9é\t\n") | st.characters(codec="utf-8"), max_size=60))
def test_any_line_is_read_or_refused_in_words(text: str) -> None:
    try:
        said = read(text)
    except UsageError:
        return
    assert all(name == " ".join(name.split()) and name for name in said.names)
    assert said.summary is None or said.summary == said.summary.strip(" ,;:") != ""
    # Only +none may be no objective.
    assert capture.NONE not in said.objectives
    words = text.split()
    assert all(any(word[1:].startswith(m) for word in words if word[0] == "@") for m in said.mentions)
