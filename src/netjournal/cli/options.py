"""Options that many commands share, as annotated types."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

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
