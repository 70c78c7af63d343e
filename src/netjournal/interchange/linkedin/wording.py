"""What a message says, as plain text: its headline, and the rest as a note."""

from __future__ import annotations

import html
import re
from typing import Final

from netjournal.interchange import keys
from netjournal.interchange.characters import newlines

#: Characters of a headline taken from a message.
HEADLINE: Final = 100

_BLOCKS: Final = r"p|br|div|li|ul|ol|tr|table|blockquote|h[1-6]|hr|pre|section"
_INLINE: Final = (
    r"a|abbr|b|body|center|cite|code|em|font|head|html|i|img|label|link|meta|s|script|small|span|strike|strong|style|sub"
    r"|sup|td|th|tbody|thead|title|u"
)
#: Only what is HTML is taken off: `a < b` and `<3` are things that people write.
_BLOCK_TAG: Final = re.compile(rf"<(?:br|hr|/(?:{_BLOCKS}))(?:\s[^<>]*|/)?>", re.IGNORECASE)
_TAG: Final = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE})(?:\s[^<>]*|/)?>", re.IGNORECASE)
#: Bounded: a reference of five thousand digits is refused by `int`.
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain(text: str) -> str:
    """A text without its HTML tags and entities, its line ends made one kind."""
    text = newlines(text)
    if "<" in text:
        text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def told(subject: str, content: str) -> tuple[str | None, str | None]:
    """The summary and the note of a message, from plain texts; the note only where it says more than the summary."""
    summary = " ".join(subject.split()) or _headline(content)
    more = content if " ".join(content.split()) != summary else ""
    return summary or None, more or None


def digest(text: str) -> str:
    """What stands for a text in an `external_id`, however its lines are broken."""
    return keys.digest(" ".join(text.split()))[:16]


def _headline(content: str) -> str:
    first = " ".join(content.split("\n", 1)[0].split())
    if len(first) <= HEADLINE:
        return first
    cut = first[:HEADLINE]
    # A word of its own length is cut where it must be.
    whole = cut[: HEADLINE - 1] if cut.rfind(" ") < HEADLINE // 2 else cut[: cut.rfind(" ")]
    return whole.rstrip(" ,;:.-") + "…"
