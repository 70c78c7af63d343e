"""One property: its name, what is said of it, and its value, decoded and written in one way whatever the version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal.interchange.characters import CONTROLS, newlines

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME: Final = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)")
#: A head with quoted values, in which colons and semicolons mean nothing.
_QUOTED_HEAD: Final = re.compile(rb'[^":;]*+(?:;[^":;]*+(?:"[^"]*+"[^":;]*+)*+)*+:')
_TOKEN: Final = re.compile(rb'(?:[^;"]++|"[^"]*+")++')
_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
#: Base64 in these is left out without a word: a journal has no place for it.
PICTURES: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_MOST_PARAMS: Final = 50
#: Bytes of a property in which its encoding is looked for before its end is known.
_LOOKED_AT: Final = 1_000
_BASE64: Final = re.compile(rb"(?:^|;)\s*(?:ENCODING\s*=\s*\"?)?(?:BASE64|B)\"?\s*(?:;|$)", re.IGNORECASE)
#: Encodings that cards are written in; codecs that are no encodings of text, or take long, are not among them.
_CHARSET: Final = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?1|windows-\d+|cp\d+|koi8-[ru]|gb2312|gbk|gb18030|big5|shift[_-]jis|sjis"
    r"|euc-(?:jp|kr)|iso-2022-jp|mac-?roman|macintosh",
    re.IGNORECASE,
)
_ENCODINGS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"})
_ESCAPE: Final = re.compile(r'\\([\\,;:"nN])')
_LITERAL: Final = re.compile(r"\\([\\,;:])?")
_CARET: Final = re.compile(r"\^([n'^])")


class Property(NamedTuple):
    """A property as 3.0 writes it, whatever the card's version.

    `name` is in capitals and `spelt` as in the file; `params` are `TYPE=work`, those of the encoding taken away and
    bare words of 2.1 given their name; `value` is one line, its escapes still in it.
    """

    line: int
    group: str
    name: str
    spelt: str
    params: tuple[str, ...]
    value: str

    def __str__(self) -> str:
        """The unfolded line."""
        return f"{self.group}{'.' if self.group else ''}{';'.join((self.spelt, *self.params))}:{self.value}"

    def param(self, key: str) -> str | None:
        """The first value of a parameter without its quotes, or None."""
        for param in self.params:
            name, _, value = param.partition("=")
            if name.upper() == key:
                return _CARET.sub(lambda m: {"n": "\n", "'": '"'}.get(m[1], "^"), value.strip('"'))
        return None

    @property
    def types(self) -> frozenset[str]:
        """What the value is for, in small letters: work, cell, pref."""
        said = (param.partition("=") for param in self.params)
        return frozenset(
            word.strip().lower()
            for key, _, value in said
            if key.upper() == "TYPE"
            for word in value.replace('"', "").split(",")
        )

    @property
    def text(self) -> str:
        """The value without its escapes; it may have several lines."""
        return unescape(self.value)

    @property
    def line_text(self) -> str:
        """The value without its escapes, on one line."""
        return " ".join(unescape(self.value).split())


class Parsed(NamedTuple):
    """A property that was read; of a binary one, the value is nothing."""

    found: Property
    binary: bool
    #: Read as Windows-1252, because it is no UTF-8.
    assumed: bool


class Look(NamedTuple):
    """What the beginning of a property says of its value, before its end is known."""

    name: str
    #: A picture, or base64.
    binary: bool
    #: Quoted-printable.
    quoted: bool


def look(raw: bytes) -> Look:
    """What the first line of a property says of the others."""
    head, _, value = raw[:_LOOKED_AT].partition(b":")
    named, _, params = head.partition(b";")
    name = named.rpartition(b".")[2].strip().decode("ascii", "replace").upper()
    binary = name == "PHOTO" or (bool(params) and _BASE64.search(params) is not None)
    if not binary and name in PICTURES:
        binary = value.lstrip()[:5].lower() == b"data:"
    return Look(name, binary, bool(params) and b"QUOTED-PRINTABLE" in params.upper())


def parse(raw: bytes, line: int, *, marked: bool = False) -> Parsed | None:
    """The property of an unfolded line, or None if it is none; `marked`: the file's mark has told its encoding."""
    tokens, value = _parted(raw)
    named = _NAME.fullmatch(tokens[0].decode("latin-1").strip()) if tokens else None
    if named is None:
        return None
    params: list[str] = []
    encoding = charset = ""
    for token in tokens[1 : 1 + _MOST_PARAMS]:
        key, said = _param(token)
        if key.upper() == "ENCODING":
            encoding = said.strip('"').upper()
        elif key.upper() == "CHARSET":
            charset = said.strip('"')
        elif key:
            params.append(f"{key}={said}")
    binary = encoding in ("B", "BASE64")
    quoted = encoding == "QUOTED-PRINTABLE"
    if quoted:
        from binascii import a2b_qp

        value = a2b_qp(value)
    text, assumed = ("", False) if binary else _decoded(value, "" if marked and not quoted else charset)
    text = clean(text)
    if quoted:
        # Its line ends are encoded, so a backslash before an n is one.
        text = _LITERAL.sub(lambda m: m[0] if m[1] else "\\\\", text)
    text = text.replace("\n", "\\n")
    spelt = named[2]
    return Parsed(Property(line, named[1] or "", spelt.upper(), spelt, tuple(params), text), binary, assumed)


def _parted(raw: bytes) -> tuple[list[bytes], bytes]:
    """The tokens before the colon, and the value; no tokens where there is no colon."""
    head, colon, value = raw.partition(b":")
    if b'"' not in head:
        return (head.split(b";") if colon else []), value
    whole = _QUOTED_HEAD.match(raw)
    if whole is None:
        # A quote that is never closed: quotes mean nothing.
        return (head.replace(b'"', b"").split(b";") if colon else []), value
    return _TOKEN.findall(whole[0][:-1]), raw[whole.end() :]


def _param(token: bytes) -> tuple[str, str]:
    """The key and value of a parameter; no key where it says nothing."""
    text = clean(_decoded(token, "")[0]).replace("\n", " ")
    key, equals, said = (part.strip() for part in text.partition("="))
    if equals:
        return (key, said) if _KEY.fullmatch(key) and said else ("", "")
    word = key.upper()
    if word in _ENCODINGS:
        return "ENCODING", word
    return ("VALUE" if word in ("URL", "URI", "CID", "INLINE") else "TYPE", key) if _KEY.fullmatch(key) else ("", "")


def _decoded(data: bytes, charset: str) -> tuple[str, bool]:
    if charset and _CHARSET.fullmatch(charset):
        try:
            return data.decode(charset), False
        except (UnicodeError, LookupError):
            pass
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), True


def clean(text: str) -> str:
    """A text whose line ends are of one kind, without control characters."""
    return newlines(text).translate(CONTROLS)


def unescape(value: str) -> str:
    """The text of a value; a backslash before anything that needs none stays."""
    return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def escape(text: str) -> str:
    """The value of a text, on one line. Source: RFC 2426 section 4, RFC 6350 section 3.4."""
    return clean(text).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def split(value: str, mark: str) -> Iterator[str]:
    """The parts of a value between the marks that no backslash stands before, their escapes still in them."""
    start = 0
    for found in re.finditer(r"\\.|" + mark, value):
        if found[0] == mark:
            yield value[start : found.start()]
            start = found.end()
    yield value[start:]
