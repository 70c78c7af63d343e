"""Writing the settings file: one line is changed, and everything else in it stays as it was typed."""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal import config
from netjournal.errors import ConfigError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from netjournal.config import Setting, Value

_HEAD: Final = """\
# Settings of netj. Take the # off a line to set it; what stands here is the default.
# The environment comes before this file, and an option before both.
"""
#: The mend where a line cannot be found or changed with certainty.
_BY_HAND: Final = "Change it by hand with `netj config edit`."
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class Statement(NamedTuple):
    """Lines `begin` to `end` (not included) that set one key or open one table (`value` None), by its full path."""

    begin: int
    end: int
    path: tuple[str, ...]
    #: The name of the table that it stands in or opens.
    table: tuple[str, ...]
    #: Where in the joined lines the value begins; None for the head of a table.
    value: int | None


def template() -> str:
    """A settings file that sets nothing and shows everything."""
    parts = [_HEAD]
    for setting in config.SETTINGS:
        choices = f" One of: {', '.join(c for c in setting.choices if c)}." if setting.choices else ""
        parts.append(f"# {setting.help}{choices}\n# {setting.name} = {literal(setting.default)}\n")
    return "\n".join(parts)


def literal(value: Value) -> str:
    """A value in TOML."""
    if isinstance(value, tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(_escaped(c) for c in value) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def changed(text: str, setting: Setting, value: Value, path: Path) -> str:
    """The settings file's text with one setting changed; its default takes the line out.

    Raises ConfigError where `text` is broken, or sets it in a way that cannot be changed with certainty; `path` is
    only named.
    """
    # All of it is read, so that a broken file is refused; a bad value may be the very one that is mended.
    dict(config.read_values(text, path))
    new = _edited(text, setting, None if value == setting.default else literal(value))
    try:
        as_wanted = _filled(tomllib.loads(new)) == _filled(_wanted(tomllib.loads(text), setting, value))
    except tomllib.TOMLDecodeError:
        as_wanted = False
    if not as_wanted:
        raise ConfigError(f"The setting '{setting.name}' in {path} cannot be changed line by line.", _BY_HAND)
    config.check_text(new, path)
    return new


def _wanted(table: dict[str, Any], setting: Setting, value: Value) -> dict[str, Any]:
    """What the file should say: proof that the edit did this and nothing else."""
    *parents, last = setting.name.split(".")
    inner = table
    for name in parents:
        inner = inner.setdefault(name, {})
    if value == setting.default:
        inner.pop(last, None)
    else:
        inner[last] = list(value) if isinstance(value, tuple) else value
    return table


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """A table without empty tables in it: whether their heads are there means nothing."""
    return {name: inner for name, inner in table.items() if inner != {}}


def _edited(text: str, setting: Setting, written: str | None) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    path = tuple(setting.name.split("."))
    statements = list(_statements(lines))
    for found in statements:
        if found.path == path and found.value is not None:
            kept = [] if written is None else [_replaced("".join(lines[found.begin : found.end]), found.value, written)]
            return "".join([*lines[: found.begin], *kept, *lines[found.end :]])
    if written is None:
        return text
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    at, table = _place(lines, statements, path)
    lines.insert(at, f"{'.'.join(path[len(table) :])} = {written}{end}")
    return "".join(lines)


def _replaced(statement: str, start: int, written: str) -> str:
    """One statement with another value, its remark kept. A value with remarks inside is left for the proof to refuse."""
    body = statement.rstrip("\r\n")
    for found in re.finditer("#", body):
        if found.start() > start and _parsed("x = " + body[start : found.start()]) is not None:
            blanks = len(body[: found.start()]) - len(body[: found.start()].rstrip())
            if "\n" in body[found.start() :]:
                break
            return statement[:start] + written + statement[found.start() - blanks :]
    if "\n" in body and "#" in body[start:]:
        return statement
    return statement[:start] + written + statement[len(body) :]


def _place(lines: Sequence[str], statements: Sequence[Statement], path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Where a new line goes, and the table that it then stands in."""
    for table in (path[:-1], ()):
        own = [s for s in statements if s.table == table]
        if table and not any(s.value is None for s in own):
            continue
        heads = [s.begin for s in statements if s.value is None and (not table or s.begin > own[0].begin)]
        limit = _above_remarks(lines, heads[0]) if heads else len(lines)
        told = re.compile(rf"\s*#\s*{re.escape('.'.join(path[len(table) :]))}\s*=")
        begin = own[0].begin if table else 0
        for at in range(begin, limit):
            if told.match(lines[at]):
                return at + 1, table
        return (max(s.end for s in own) if own else limit), table
    raise AssertionError("the top of a file is always there")


def _above_remarks(lines: Sequence[str], at: int) -> int:
    """The line above the remarks that belong to a line."""
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _statements(lines: Sequence[str]) -> Iterator[Statement]:
    """The statements of a valid TOML text; one ends with the first line that makes it whole."""
    table: tuple[str, ...] = ()
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or line.lstrip().startswith("#"):
            at += 1
            continue
        if line.lstrip().startswith("["):
            table = _path_of(_parsed(line) or {})
            yield Statement(at, at + 1, table, table, None)
            at += 1
            continue
        end = at + 1
        while _parsed("".join(lines[at:end])) is None and end < len(lines):
            end += 1
        whole = "".join(lines[at:end])
        sign = next((m.end() for m in re.finditer("=", whole) if _parsed(whole[: m.end()] + "0") is not None), 0)
        key = _path_of(_parsed(whole[:sign] + "0") or {})
        value = sign + len(whole[sign:]) - len(whole[sign:].lstrip(" \t"))
        yield Statement(at, end, (*table, *key), table, value)
        at = end


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _path_of(table: dict[str, Any]) -> tuple[str, ...]:
    """The path to the only key of a table."""
    path: list[str] = []
    inner: Any = table
    while isinstance(inner, dict) and inner:
        name = next(iter(inner))
        path.append(name)
        inner = inner[name]
    return tuple(path)


def write(path: Path, text: str) -> None:
    """Put a text in the place of the settings file, whole or not at all: 0600, in a 0700 folder where one is made.

    Raises StorageError.
    """
    from tempfile import mkstemp

    # A settings file is often a link into a folder of such files: the link stays.
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    made = None
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        descriptor, made = mkstemp(prefix=".netj-", suffix=".toml", dir=folder)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, target)
        made = None
        _sync_folder(folder)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise StorageError(f"The settings file {path} cannot be written: {reason}.") from None
    finally:
        if made is not None:
            os.unlink(made)


def _sync_folder(folder: str) -> None:
    """Make the new name last, where a folder can be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
