"""Names of fields, and stored text made harmless or exact, written so that no encoding can stop it; free to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from datetime import date
    from typing import NamedTuple

    #: What a field of a row may hold.
    Value = str | int | float | bool | date | tuple[str, ...] | tuple[int, ...] | dict[str, float] | None

REPLACEMENT: Final = "\ufffd"

#: Beyond C0, DEL and C1: what moves, reorders or hides text. ZWJ and ZWNJ are kept: emoji and many scripts need them.
_UNSEEN: Final = frozenset(
    (
        *(0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
        *range(0x2028, 0x202F),  # line and paragraph separators, bidi embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, bidi isolates, deprecated controls
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
        *range(0x1D173, 0x1D17B),  # musical controls
        *range(0xE0000, 0xE0080),  # tags
    )
)


def _is_control(code: int) -> bool:
    return code < 0x20 or 0x7F <= code < 0xA0


def _is_unseen(code: int) -> bool:
    return code in _UNSEEN or 0xD800 <= code < 0xE000


class _Shown(dict[int, str]):
    """What a terminal is given for each character, found out once per character met."""

    def __missing__(self, code: int) -> str:
        if code == 0x0A:
            shown = "\n"
        elif _is_control(code):
            shown = f"\\x{code:02x}"
        else:
            shown = REPLACEMENT if _is_unseen(code) else chr(code)
        self[code] = shown
        return shown


class _Escaped(dict[int, str]):
    r"""What JSON is given for each character: the same ones as `\uXXXX`, which a parser reads back exactly."""

    def __missing__(self, code: int) -> str:
        if not (_is_control(code) or _is_unseen(code)):
            escaped = chr(code)
        elif code < 0x10000:
            escaped = f"\\u{code:04x}"
        else:
            high, low = divmod(code - 0x10000, 0x400)
            escaped = f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
        self[code] = escaped
        return escaped


_SHOWN: Final = _Shown()
_ESCAPED: Final = _Escaped()
_BLANKS: Final = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def sanitise(text: str, *, newline: str = "⏎") -> str:
    r"""Stored text as a terminal may see it: nothing in it moves the cursor, colours, links, reorders or hides.

    C0, C1 and DEL become `\xNN`; line separators, bidi, zero width, tags and lone surrogates U+FFFD; a newline
    becomes `newline`.
    """
    # Every character treated here is unprintable to Python, so clean text in any script leaves at once.
    if text.isprintable():
        return text
    shown = text.replace("\r\n", "\n").translate(_SHOWN)
    return shown if newline == "\n" else shown.replace("\n", newline)


def escape_unseen(text: str) -> str:
    r"""JSON text with controls, separators, bidi, zero width, tags and lone surrogates as `\uXXXX`."""
    return text if text.isprintable() else text.translate(_ESCAPED)


def blank_breaks(text: str) -> str:
    """Text with every tab and every kind of line end as one blank."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_BLANKS)


def field_names(row_type: type[NamedTuple]) -> tuple[str, ...]:
    """The fields of a row type as written: a trailing underscore (`from_`) is only Python's."""
    return tuple([name.removesuffix("_") for name in row_type._fields])


def flat(value: Value) -> str:
    """A value as one exact text: lists joined by `;` (a `;` inside becomes `,`), days ISO, absent empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, tuple):
        return ";".join([str(item).replace(";", ",") for item in value])
    if isinstance(value, dict):
        return ";".join([f"{name.replace(';', ',')}={term!r}" for name, term in value.items()])
    return value.isoformat()


def is_unicode(out: TextIO) -> bool:
    """Whether the stream takes every script; a stream that names no encoding (one in memory) does."""
    return (getattr(out, "encoding", None) or "utf-8").lower().startswith("utf")


def writable(text: str, out: TextIO) -> str:
    """Text with what the stream's encoding cannot hold replaced."""
    if text.isascii():
        return text
    encoding = getattr(out, "encoding", None) or "utf-8"
    if not is_unicode(out):
        return text.encode(encoding, "replace").decode(encoding)
    return text.encode(encoding, "surrogatepass").decode(encoding, "replace")


def emit(out: TextIO, text: str) -> None:
    """Write text; what the stream's encoding cannot hold is replaced, so that no name can stop an answer."""
    try:
        out.write(text)
    except UnicodeEncodeError:
        out.write(writable(text, out))
