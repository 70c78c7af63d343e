"""Options that many commands share, as annotated types, and the record that a filter names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from netjournal.store.connection import ReadConnection

Format = Literal["table", "json", "ndjson", "csv", "tsv", "md"]

FormatOption = Annotated[
    Format | None,
    typer.Option(
        "-f", "--format", help="table, json, ndjson, csv, tsv or md; else a table on a terminal, tsv in a pipe."
    ),
]
FieldsOption = Annotated[
    str | None,
    typer.Option("--fields", metavar="A,B,C", help="Only these fields, in this order."),
]
NoHeaderOption = Annotated[
    bool,
    typer.Option("--no-header", help="Leave out the header of csv, tsv, md and tables."),
]
YesOption = Annotated[
    bool,
    typer.Option("-y", "--yes", help="Do it without asking."),
]

#: Filters: what each leaves in is said in the same words wherever it stands.
ClientFilter = Annotated[
    str | None,
    typer.Option("--client", metavar="WHO", help="Only what is for a client."),
]
ObjectiveFilter = Annotated[
    str | None,
    typer.Option("-o", "--for", metavar="KEY", help="Only what is for an objective."),
]
SupportersFilter = Annotated[
    str | None,
    typer.Option("-o", "--for", metavar="KEY", help="Only who supports an objective."),
]
ContactFilter = Annotated[
    str | None,
    typer.Option("--who", metavar="WHO", help="Only what concerns a contact."),
]
CircleFilter = Annotated[
    str | None,
    typer.Option("--circle", help="Only contacts in a circle."),
]
GroupFilter = Annotated[
    str | None,
    typer.Option("--group", help="Only members of a group."),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE|30d", help="What happened from this day on."),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="What happened up to this day."),
]


def named_id(
    connection: ReadConnection,
    kind: Literal["contact", "client", "objective", "organization", "circle", "group"],
    typed: str | None,
) -> int | None:
    """The id of what a filter names, None where there is no filter. Raises NotFoundError and AmbiguousError."""
    if typed is None:
        return None
    # Most mornings there is no filter, and then nothing is loaded for it.
    from netjournal.reports import find

    found: int = getattr(find, kind)(connection, typed)
    return found
