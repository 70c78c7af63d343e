"""What stands where a name is meant and is none, and how such a line is written."""

from __future__ import annotations

from datetime import date

from netjournal.domain import dates
from netjournal.domain.misnamed import could_be_day, could_be_name, mend, mend_guest, mend_nobody, named_behind
from rows import rows

#: A Thursday.
TODAY = date(2026, 11, 26)


def is_past_day(text: str) -> bool:
    return dates.accepts(text, TODAY, "past")


@rows(
    ("text", "could"),
    [
        ("Dana", True),
        ("dana whitfield", True),
        ("coffee", True),
        ("Dana Coffee", True),
        ("Long Nguyen", True),
        ("Dr. J. R. Müller-Lüdenscheidt", True),
        ("山田 太郎", True),
        ("dana coffee", False),
        ("Dana 2", False),
        ("2pm", False),
        ("24.11", False),
        ("☕", False),
        ("Dana yesterday", False),
        ("on Monday", False),
        ("friday", False),
        ("his wife", False),
        ("quick sync", False),
        ("Eve Adams called", False),
        ("Dana - rent", False),
        ("Dana – rent is too high", False),
        ("Dana/Priya", False),
        ("#kafka", False),
        ("Dana +none", False),
        ("Dana (#kafka)", False),
        ("Dana + Priya", False),
        ("eve@adams.example", False),
        # Of an advised command, pasted as it is.
        ("WHO", False),
        ("Vincent van Gogh", True),
        ("zara quinn", True),
        ("Zara Quinn of Acme", False),
        ("interviewed Zara Quinn", False),
        ("Ivan Petrov и Lucy", False),
        ("Zara’s boss", False),
        ("Dana Whitfield. Great talk", False),
        ("Prof. Dana Whitfield", True),
    ],
)
def test_words_of_a_sentence_are_part_of_nobodys_name(text: str, could: bool) -> None:
    assert could_be_name(text) is could


MENDS = {
    "tue coffee with Marta": "tue: coffee with Marta",
    "coffee with Dana on monday about rent": "monday: coffee with Dana about …",
    "2 days ago coffee with Dana": "2 days ago: coffee with Dana",
    "lunch with Eve Adams yesterday": "yesterday: lunch with Eve Adams",
    "monday - coffee with Dana": "monday: coffee with Dana",
    "on monday coffee with Dana": "monday: coffee with Dana",
    "linkedin message to Dana": "message to Dana",
    "yesterday: team meeting with Dana and Priya": "yesterday: meeting with Dana and Priya",
    "Dana emailed me about the role": "email from Dana about …",
    "Eve Adams called about x": "call with Eve Adams about …",
    "we met Dana Whitfield for a coffee": "coffee with Dana Whitfield",
    "with Eve Adams over lunch about x": "lunch with Eve Adams about …",
    "Dana – rent is too high": "Dana: rent is too high",
    "coffee with Dana/Priya": "coffee with Dana and Priya",
    "met Omar at the gym": "chat with Omar about …",
    "coffee with Omar Said at the gym": "coffee with Omar Said about …",
    "introduced Dana to Priya": "--intro Dana --to Priya",
    "coffee with Dana Whitfield. Great talk": "coffee with Dana Whitfield: Great talk",
    "wrote to Dana on linkedin re rent": "message to Dana about …",
    "spoke with Eve Adams on the phone": "chat with Eve Adams about …",
    "Eve Adams wrote back about rent": "message from Eve Adams about …",
    "2pm: call with Dana": "today 2pm: call with Dana",
    "coffee with Eve Adams because she moves": "coffee with Eve Adams about …",
    "tried to call Dana, no answer": "message to Dana: tried to call",
    "SRE meetup: met Ravi Patel and Sofia +speaking": "event with Ravi Patel and Sofia: SRE meetup +speaking",
    "9:30: coffee with Dana": "today 9:30: coffee with Dana",
}
AS_IN = 'as in `netj log "yesterday: coffee with Dana and Priya about the offer"'


@rows("text", MENDS)
def test_a_line_that_is_not_understood_is_put_in_order(text: str) -> None:
    wanted = MENDS[text]
    shown = wanted if wanted.startswith("--") else f'"{wanted}"'
    assert f"`netj log {shown} --new`." in mend(text, is_past_day, " --new")
    # Work that grows with the square of the length would stop here for minutes.
    assert AS_IN in mend(f"{text} {'x ' * 30_000}", is_past_day)


@rows(
    ("text", "made"),
    [
        ("lunch: Dana about rent +role", "lunch with Dana about rent +role"),
        ("friday: 1:1: Dana and Eve Adams", "friday: 1:1 with Dana and Eve Adams"),
        ("lunch: the team was there", "coffee with Dana about hiring"),
        ("lunch", "coffee with Dana about hiring"),
    ],
)
def test_a_line_without_a_name_is_shown_with_one(text: str, made: str) -> None:
    assert f'`netj log "{made}"`' in mend_nobody(text, is_past_day)


def test_what_cannot_be_put_in_order_is_answered_with_an_example() -> None:
    assert AS_IN in mend("my dog", is_past_day)
    assert AS_IN in mend('met "Bo" at the gym', is_past_day)
    # The day would be lost.
    assert AS_IN in mend("monday's coffee with Dana", is_past_day)
    assert "`24 nov`" in mend("24.11.: coffee with Dana", is_past_day)


def test_a_line_that_is_put_in_order_is_quoted_for_the_shell() -> None:
    assert "`netj log 'Bo: $5 and `id`'`." in mend("Bo - $5 and `id`", is_past_day)
    assert """`netj log --intro '"Bo"' --to '`id`' --new`.""" in mend('intro "Bo" to `id`', is_past_day, " --new")


@rows(
    ("text", "could"),
    [
        *((day, True) for day in ("nov", "Nov.", "may", "w/e", "yesterdy", "Yesterdy", "mondy")),
        *((day, True) for day in ("6 Nov.", "Fri 6.11.", "2026-11", "2026", "this week")),
        *(
            (name, False)
            for name in ("May", "Toda", "Frida", "dana", "Wendy", "9:30", "sun", "May Jones", "24.11.", "")
        ),
    ],
)
def test_what_is_nearly_a_day_is_nobodys_name(text: str, could: bool) -> None:
    assert could_be_day(text) is could
    # Before a whole line a word in small letters stands for nothing else.
    assert could_be_day(text, "call with Dana") is (could or text in ("dana", "sun"))
    assert could_be_day(text, "the talk with Dana") is could


@rows(
    ("summary", "found"),
    [
        ("drinks with Anna and Lucy", ("Anna", "Lucy")),
        ("drinks w/ Anna, Lucy & Bo Ek at the bar", ("Anna", "Lucy", "Bo Ek")),
        ("PyCon, met Dana who hires", ("Dana",)),
        ("meetup with free food", ("free food",)),
        ("dinner with the team", ()),
        ("Data meetup at Globex", ()),
    ],
)
def test_what_an_event_was_called_may_go_on_with_names(summary: str, found: tuple[str, ...]) -> None:
    assert named_behind(summary) == found


@rows(
    ("name", "mended"),
    [
        ("Yara Haddad - lawyer, does term sheets", "`- Yara Haddad: lawyer, does term sheets`"),
        ("Kim Lee, Designer", "`- Kim Lee: Designer`"),
        ("Lukas; angel investor", "`- Lukas: angel investor`"),
        ("+49 170 1234567 Mehmet", "`- Mehmet: +49 170 1234567`"),
        ("Mehmet, 0170/1234567", "`- Mehmet: 0170/1234567`"),
        ("Frieda Lang frieda@lang.de", "`- Frieda Lang <frieda@lang.de>`"),
        ("frieda@lang.de", "`- NAME [@ ORG"),
        ("Ada Abt & Ben", "`- Ada Abt`, `- Ben`"),
        ("Ada and Ben", "`- Ada`, `- Ben`"),
        ("", "`- NAME [@ ORG"),
        ("& " * 40_000, "`- NAME [@ ORG"),
    ],
)
def test_a_line_of_an_evening_that_is_no_name_is_shown_as_it_is_understood(name: str, mended: str) -> None:
    assert mended in mend_guest(name)
