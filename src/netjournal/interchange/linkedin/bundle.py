"""An export as a whole: its three files in the order that lets each find the people of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netjournal.errors import InputFileError
from netjournal.interchange.linkedin import layouts, owner
from netjournal.interchange.linkedin.layouts import LAYOUTS
from netjournal.interchange.reasons import ASSUMED, left_out
from netjournal.interchange.records import Remark, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netjournal.interchange.linkedin.layouts import Kind, Loaded
    from netjournal.interchange.linkedin.messages import Messages
    from netjournal.interchange.records import Item, Options
    from netjournal.interchange.sources import Source

#: Bytes of one file, as many as fit into memory as rows; messages of twenty years take a third.
SIZE_LIMIT: Final = 128 << 20
NAMES: Final = "Connections.csv, messages.csv or Invitations.csv"


def read(source: Source, options: Options) -> Iterator[Item]:
    """The items of one file, a folder or a zip; raises InputFileError as the package says."""
    return _files(source, options) if source.is_folder or source.is_zip else _file(source, options)


def _file(source: Source, options: Options) -> Iterator[Item]:
    kind = layouts.kind_of(source.head()) or layouts.kind_named(source.base)
    loaded = layouts.load(source.read(SIZE_LIMIT), kind) if kind else None
    if kind is None or loaded is None:
        raise InputFileError(
            f"{source.name} is none of LinkedIn's {NAMES}: no row of it is the header of one.",
            "Give a file as LinkedIn exports it, the folder, or the zip; a copy must keep its header row.",
        )
    yield from _assumed(loaded)
    if kind != "messages":
        yield from _items(kind, loaded, options, frozenset())
        return
    messages = _messages(loaded, options, frozenset())
    if messages.owner is None and len(messages):
        missed = f"{owner.MISSED}, and " if any(owner.stated(options.me)) else ""
        raise InputFileError(
            f"Whose messages {source.name} holds cannot be told: {missed}no profile is in nearly every conversation.",
            "Say who you are: --me with the address of your profile, or once for all `netj config set me.urls`.",
        )
    yield from messages.items()


def _files(source: Source, options: Options) -> Iterator[Item]:
    found: dict[Kind, list[Source]] = {kind: [] for kind in LAYOUTS}
    others = 0
    for member in layouts.members(source):
        kind = layouts.kind_named(member.base)
        if kind is None:
            others += 1
        else:
            found[kind].append(member)
    if not any(found.values()):
        raise InputFileError(
            f"{source.name} holds no {NAMES}.",
            "Give LinkedIn's zip as it was downloaded, the folder it was unpacked to, or one of these files.",
        )
    if others:
        yield Remark(0, left_out(others))
    for member in found["connections"]:
        yield from _member(member, "connections", options, frozenset())
    inviters = _inviters(found["invitations"])
    for member in found["messages"]:
        yield from _member(member, "messages", options, inviters)
    for member in found["invitations"]:
        yield from _member(member, "invitations", options, inviters)


def _member(member: Source, kind: Kind, options: Options, inviters: frozenset[str]) -> Iterator[Item]:
    """The items of one of several files, each doubt saying which file its line is of."""
    file = LAYOUTS[kind].file
    data = member.read(SIZE_LIMIT)
    loaded = layouts.load(data, kind)
    if loaded is None:
        if data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
            yield Skipped(0, f"no row is the header of {file}", bad=True)
        return
    for remark in _assumed(loaded):
        yield _named(remark, file)
    for item in _items(kind, loaded, options, inviters):
        yield _named(item, file)


def _items(kind: Kind, loaded: Loaded, options: Options, inviters: frozenset[str]) -> Iterator[Item]:
    if kind == "connections":
        from netjournal.interchange.linkedin import connections

        return connections.items(loaded)
    if kind == "invitations":
        from netjournal.interchange.linkedin import invitations

        return invitations.items(loaded, options, owner.stated(options.me).keys)
    return _messages_of_many(_messages(loaded, options, inviters), owner.stated(options.me))


def _messages(loaded: Loaded, options: Options, inviters: frozenset[str]) -> Messages:
    from netjournal.interchange.linkedin.messages import Messages

    return Messages(loaded, options, inviters)


def _messages_of_many(messages: Messages, me: owner.Owner) -> Iterator[Item]:
    from netjournal.interchange.linkedin.messages import UNKNOWN

    if messages.owner is None and len(messages):
        # The people of the export are worth having without their messages.
        yield Remark(0, f"{owner.MISSED}; {UNKNOWN}" if any(me) else UNKNOWN)
    yield from messages.items()


def _inviters(members: list[Source]) -> frozenset[str]:
    """Who stands on the owner's side of the invitations: one profile, or nobody knows."""
    from netjournal.interchange.linkedin import invitations

    tables = [layouts.load(member.read(SIZE_LIMIT), "invitations") for member in members]
    return frozenset(key for loaded in tables if loaded for key in invitations.owners(loaded))


def _assumed(loaded: Loaded) -> Iterator[Remark]:
    if loaded.assumed:
        yield Remark(0, ASSUMED)


def _named(item: Item, file: str) -> Item:
    if isinstance(item, Remark) or (isinstance(item, Skipped) and item.bad):
        said = item.text if isinstance(item, Remark) else item.reason
        if file not in said:
            said = f"{said} (in {file})"
        return item._replace(text=said) if isinstance(item, Remark) else item._replace(reason=said)
    return item
