"""`netj contact rename|archive|delete|merge`: verbs that `contact` takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, YesOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netjournal.cli.context import Session

COLUMNS = ("contact", "name", "organization", "standing", "archived")

Who = Annotated[str, typer.Argument(metavar="WHO")]


def tell_namesakes(session: Session, handle: str) -> None:
    """Say that others have the name that a contact was given, and how one is made of two."""
    from netjournal.reports import find

    with session.reading() as connection:
        others = find.namesakes(connection, handle)
    if others:
        session.hint(
            f"Of that name is also {', '.join(others)}: "
            f"`netj contact merge {others[0]} {handle}` makes one of two, if they are the same."
        )


def rename(
    ctx: typer.Context,
    who: Who,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    handle: Annotated[str | None, typer.Option("--handle", help="Another handle too.")] = None,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Give a contact another name; the old one stays as an alias.

    \b
    Examples:
      netj contact rename dana "Dana Whitfield-Cho"
      netj contact rename dana "Dana Cho" --handle dana-cho
    """
    from netjournal.journal.contacts import rename_contact
    from netjournal.reports.contacts import ContactRow

    session = session_of(ctx)
    session.check_output(ContactRow, format=format, fields=fields)
    with session.writing("contact rename") as uow:
        row = rename_contact(uow, who, name, handle)
    session.emit((row,), ContactRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    tell_namesakes(session, row.contact)


def archive(
    ctx: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="WHO...")],
    back: Annotated[bool, typer.Option("--back", help="Take them back instead.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Put contacts away: out of due and plan, still in search, and back when logged.

    \b
    Examples:
      netj contact archive dana
      netj contact archive dana --back
    """
    from netjournal.journal.contacts import archive_contacts
    from netjournal.reports.contacts import ContactRow

    session = session_of(ctx)
    session.check_output(ContactRow, format=format, fields=fields)
    with session.writing("contact archive") as uow:
        rows = archive_contacts(uow, who, back=back)
    session.emit(rows, ContactRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)
    if not back:
        _tell_pursued(session, [row.contact for row in rows])


def _tell_pursued(session: Session, handles: Sequence[str]) -> None:
    """Say which objectives are still pursued on behalf of clients who were put away."""
    from netjournal.store.queries.contacts import pursued_for
    from netjournal.store.queries.names import contact_with_handle

    with session.reading() as connection:
        found = [(handle, contact_with_handle(connection, handle)) for handle in handles]
        theirs = {handle: pursued_for(connection, contact_id) for handle, contact_id in found if contact_id is not None}
    for handle, objectives in theirs.items():
        for key in [key for key, status in objectives if status == "active"]:
            session.hint(f"{handle} is the client of {key}, which stays active: `netj objective pause {key}` rests it.")


def delete(
    ctx: typer.Context,
    who: Who,
    yes: YesOption = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Delete a contact with their touches and promises.

    An interaction with nobody else goes too; `netj undo` brings all of it back.

    \b
    Examples:
      netj contact delete dana
      netj contact delete dana-whitfield --yes
    """
    from netjournal.journal.contacts import Deleted, delete_contact, refuse_client
    from netjournal.reports import find
    from netjournal.store.queries.contacts import belongings

    session = session_of(ctx)
    session.check_output(Deleted, format=format, fields=fields)
    with session.reading() as connection:
        contact_id = find.contact_to_change(connection, who)
        refuse_client(connection, contact_id)
        touches, alone, promises = belongings(connection, contact_id)
    session.confirm(
        f"Delete {who} (touches: {touches}, interactions with nobody else: {alone}, promises: {promises})?", yes=yes
    )
    with session.writing("contact delete") as uow:
        row = delete_contact(uow, who)
    session.emit((row,), Deleted, format=format, fields=fields, header=not no_header)
    session.hint("Deleted. `netj undo` brings it all back.")


def merge(
    ctx: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP")],
    other: Annotated[str, typer.Argument(metavar="OTHER")],
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Make one contact of two.

    The first is kept, with every touch, promise, link and name of both. Its single values stay and the other's fill
    what it has not; notes are joined; the later `--last` holds.

    \b
    Examples:
      netj contact merge dana-whitfield dana-whitfield-2
      netj contact merge dana "D. Whitfield" -f json
    """
    from netjournal.journal.merge import merge_contacts
    from netjournal.reports import find
    from netjournal.reports.contacts import ContactDetailRow

    session = session_of(ctx)
    session.check_output(ContactDetailRow, format=format, fields=fields)
    with session.reading() as connection:
        # Names that mean nobody are no reason for a backup.
        for typed in (keep, other):
            find.contact_to_change(connection, typed)
    session.back_up("before-merge")
    with session.writing("contact merge") as uow:
        row = merge_contacts(uow, keep, other)
    columns = ("contact", "name", "aliases", "organization", "touch_count")
    session.emit((row,), ContactDetailRow, format=format, fields=fields, header=not no_header, columns=columns)
    session.hint("Merged. `netj undo` parts them again.")
