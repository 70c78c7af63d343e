"""`netj review`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, named_id

if TYPE_CHECKING:
    from netjournal.reports.review.look import Review
    from netjournal.reports.review.rows import ChartRow

app = typer.Typer(add_completion=False)


@app.command("review")
def review_command(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE|30d", help="How far back: a time, or its first day.")
    ] = None,
    client: Annotated[str | None, typer.Option("--client", metavar="WHO", help="A page to hand to a client.")] = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="The client's page with your notes.")] = False,
    chart: Annotated[bool, typer.Option("--chart", help="Draw the touches of a year.")] = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Look back over a month.

    What was done for each objective, which ties grew, what came of it: beside the equally long time before, with at
    most three suggestions. A client's page has only their objectives, no notes, and nobody else's client or key; with
    -f md it is a page to hand over, with --fields its rows.

    A tie has grown where you were in touch both ways on 3 days or more over 60 days. Posts and talks are no touches;
    they count for what they state or share a topic with. The purposeful share is of touches that state an objective.

    \b
    Examples:
      netj review
      netj review --since 90d
      netj review --chart
      netj review --client dana -f md
      netj review -f json | jq '.[] | select(.figure == "purposeful_share").value'
    """
    session = session_of(ctx)
    from netjournal.cli.spans import days_since
    from netjournal.domain.review import DEFAULT_DAYS
    from netjournal.reports.review.look import Asked, review
    from netjournal.reports.review.rows import ReviewRow

    _refuse(client, with_notes, chart)
    days = days_since(session, since) if since is not None else None
    if chart:
        _chart(session, days, client, format, fields, header=not no_header)
        return
    with session.reading() as connection:
        client_id = named_id(connection, "client", client)
        half_life = session.config.number("health.half_life")
        found = review(connection, Asked(days or DEFAULT_DAYS, client_id, with_notes, half_life), session.today)
    shown = session.format(format)
    if not fields and (shown == "table" or (shown == "md" and client is not None)):
        _show(found, shown)
    else:
        session.emit(found.rows, ReviewRow, format=format, fields=fields, header=not no_header)
    if found.client is not None and not found.pursued:
        session.hint(
            f"{found.client} is no client yet: `netj objective add TITLE --client WHO` says what you do for them."
        )
    if found.left_out:
        session.hint(f"Interactions left out because another client has a part in them: {found.left_out}.")


def _refuse(client: str | None, with_notes: bool, chart: bool) -> None:
    from netjournal.errors import UsageError

    if with_notes and client is None:
        raise UsageError(
            "--with-notes is for a client's page.", "Say whose with --client WHO; `netj timeline` has yours."
        )
    if with_notes and chart:
        raise UsageError("A chart has no notes.", "Leave out --with-notes or --chart.")


def _show(found: Review, shown: str) -> None:
    from netjournal.reports.review.page import page

    if shown == "md":
        from netjournal.render.markdown import write_page

        write_page(page(found), sys.stdout)
        return
    from netjournal.render.page import Page

    drawn = Page(sys.stdout)
    for part in page(found):
        drawn.part(*part)


def _chart(
    session: Session, days: int | None, client: str | None, format: str | None, fields: str | None, *, header: bool
) -> None:
    from netjournal.reports.review.charts import YEAR_DAYS, charts
    from netjournal.reports.review.rows import ChartRow

    with session.reading() as connection:
        client_id = named_id(connection, "client", client)
        rows = charts(connection, days or YEAR_DAYS, session.today, client_id)
    if session.is_view(format, fields):
        _draw(rows)
    else:
        session.emit(rows, ChartRow, format=format, fields=fields, header=header)


def _draw(rows: tuple[ChartRow, ...]) -> None:
    from netjournal.render.chart import draw_heat, draw_sparks
    from netjournal.render.page import Page
    from netjournal.reports.review.drawn import heat, sparks

    page = Page(sys.stdout)
    draw_heat(page, sys.stdout, "Touches by day", *heat(rows))
    found = sparks(rows)
    for series, title in (("circle", "Circles by week"), ("objective", "Objectives by week")):
        if told := [s for s in found if s.series == series]:
            labels = [f"+{s.label}" if series == "objective" else s.label for s in told]
            draw_sparks(page, sys.stdout, title, labels, [s.heights for s in told], [s.sum for s in told])
