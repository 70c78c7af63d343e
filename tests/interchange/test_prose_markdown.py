"""Writing a journal for a person to read: its order, its facts, and no stored text that becomes markup."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from netjournal.interchange.prose.escaping import inline, quoted
from netjournal.interchange.prose.markdown import write_markdown
from netjournal.interchange.prose.plain import harmless, one_line
from tries import tries

ANN = {
    "type": "contact", "uid": "a", "contact": "ann-lee", "name": "Ann Lee", "location": "Oslo", "topics": ["data"],
    "affiliations": [
        {"organization": "Old", "title": None, "until": "2020-01-01"},
        {"organization": "Acme", "title": "CTO", "until": None},
    ],
    "note": "Likes *tea*.",
}  # fmt: skip
ROLE = {
    "type": "objective", "uid": "o", "key": "role", "title": "A role", "why": "Because.", "asks": ["Who hires?"],
    "status": "active", "by": "2026-12-31",
}  # fmt: skip


def met(uid: str, on: str, **more: Any) -> dict[str, Any]:
    whole = {"type": "interaction", "uid": uid, "on": on, "kind": "coffee", "direction": "mutual", "summary": None}
    return {**whole, "contacts": ["ann-lee"], "contact_uids": ["a"], **more}


def promise(uid: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "followup",
        "uid": uid,
        "text": f"send {uid}",
        "owner": "me",
        "by": "2026-12-01",
        "status": "open",
    } | more


def written(*records: dict[str, Any]) -> str:
    file = io.BytesIO()
    write_markdown(iter(records), file)
    return file.getvalue().decode()


def test_a_journal_reads_from_its_objectives_over_its_days_to_its_people() -> None:
    first = met(
        "i", "2026-03-02", summary="the deck", note="Line one\nLine two", objective_uids=["o"], objectives=["role"],
        topics=["hiring"], minutes=30, gave="an intro", touch_notes={"a": "tired"}, touch_topics={"a": ["sre"]},
    )  # fmt: skip
    kept = promise("p", interaction_uid="i", contact_uid="a", status="done", closed_on="2026-03-05")
    theirs = promise("q", owner="them", contact="bo")
    chance = {
        "type": "opportunity",
        "uid": "w",
        "title": "Lead",
        "organization": "Acme",
        "through_uid": "a",
        "stage": "lead",
    }
    text = written(ANN, ROLE, first, met("j", "2025-12-31"), met("k", "2026-03-30"), kept, theirs, chance)
    assert text == (
        "# Networking journal\n\n1 contact, 3 interactions.\n\n"
        "## Objectives\n\n### A role\n\n*active, by 2026-12-31*\n\n- Why: Because.\n- Ask: Who hires?\n\n"
        "## Journal\n\n### 2026\n\n#### March 2026\n\n##### Monday, 30 March 2026\n\n- **Coffee** with Ann Lee\n\n"
        "##### Monday, 2 March 2026\n\n- **Coffee** with Ann Lee (30 min): the deck #hiring\n\n"
        "  > Line one  \n  > Line two\n\n  Ann Lee: #sre\n\n  > tired\n\n  - For: A role\n  - Gave: an intro\n"
        "  - Promised Ann Lee: send p (by 2026-12-01, done 2026-03-05)\n\n"
        "### 2025\n\n#### December 2025\n\n##### Wednesday, 31 December 2025\n\n- **Coffee** with Ann Lee\n\n"
        "## Promises\n\n- bo promised: send q (by 2026-12-01)\n\n"
        "## Opportunities\n\n- **Lead**: at Acme, through Ann Lee, lead\n\n"
        "## Contacts\n\n### Ann Lee\n\nCTO at Acme; Oslo; last on 2026-03-30 #data\n\n> Likes \\*tea\\*.\n"
    )


def test_a_broadcast_is_nobodys_last_day() -> None:
    assert "last on 2026-03-02" in written(ANN, met("i", "2026-03-02"), met("j", "2026-05-01", kind="post"))


def test_people_of_one_name_are_told_apart_by_their_handles() -> None:
    others = [{**ANN, "uid": uid, "contact": f"ann-{uid}"} for uid in "bc"]
    text = written(ANN, *others, met("i", "2026-03-02", contact_uids=["a", "c"], contacts=["ann-lee", "ann-c"]))
    assert "with Ann Lee (ann-lee) and Ann Lee (ann-c)" in text
    assert "### Ann Lee (ann-b)" in text


def test_an_empty_journal_is_a_page() -> None:
    assert written() == "# Networking journal\n\n0 contacts, 0 interactions.\n"


def test_what_could_move_a_cursor_or_turn_the_text_is_replaced() -> None:
    text = written(
        ANN | {"name": "Ann\x1b[2J\u202eLee\u2066\x9b\r"}, met("i", "2026-03-02", note="a\x00\x85b\tc\u2028d")
    )
    assert not {c for c in text if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028"}
    assert "Ann\ufffd\\[2J\ufffdLee\ufffd\ufffd" in text


MARKS = "ab 1.*_`#>-+=~|[]()<>!&;:\\\n\t/{}$^\"'\u00e9"
TEXTS = st.one_of(
    st.text(MARKS, max_size=30),
    st.sampled_from(
        [
            "---",
            "===",
            "x\n===",
            "x\n---",
            "1) x",
            "- x",
            "+",
            "# x",
            "x #",
            "    code",
            "```\nx",
            "~~~",
            "<b>x</b>",
            "<!-- x",
            "&amp; &#35;",
            "[a]: b",
            "![x](y)",
        ]
    ),
)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain_of(source: str) -> tuple[set[str], str]:
    """The kinds of markup that another implementation finds, and the text that it shows."""
    kinds: set[str] = set()
    shown = ""
    for token in READER.parse(source):
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add(child.type)
            shown += "\n" if child.type in ("hardbreak", "softbreak") else child.content
        shown += "\n" if token.type == "paragraph_close" else ""
    return kinds, shown


@settings(max_examples=tries(100), deadline=None, database=None)
@given(TEXTS)
def test_another_implementation_shows_a_line_as_it_was_stored(text: str) -> None:
    line = one_line(text)
    kinds, shown = plain_of(f"- **x**: {inline(text)}")
    assert shown.rstrip("\n") == f"x: {line}".rstrip()
    assert kinds <= {
        *(
            "bullet_list_open",
            "bullet_list_close",
            "list_item_open",
            "list_item_close",
            "paragraph_open",
            "paragraph_close",
        ),
        *("inline", "text", "text_special", "strong_open", "strong_close"),
    }
    if line:
        assert plain_of(f"### {inline(text)}")[1].strip() == line
        assert plain_of(inline(text))[1].rstrip("\n") == line


@settings(max_examples=tries(100), deadline=None, database=None)
@given(TEXTS)
def test_another_implementation_shows_a_note_as_a_quote_of_the_same_lines(text: str) -> None:
    kinds, shown = plain_of("\n".join(quoted(text)))
    assert shown.split() == harmless(text).split()
    assert [line.split() for line in shown.split("\n") if line] == [
        line.split() for line in harmless(text).split("\n") if line.strip()
    ]
    assert kinds <= {
        *("blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"),
        *("inline", "text", "text_special", "hardbreak"),
    }
