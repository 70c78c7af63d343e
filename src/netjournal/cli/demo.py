"""`netj demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from netjournal.cli.context import Session, session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption
from netjournal.errors import ConflictError

if TYPE_CHECKING:
    from netjournal.journal.story import Told

app = typer.Typer(add_completion=False)


@app.command("demo")
def demo_command(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Try it on a made-up year.

    Makes a journal of its own in a temporary file (or in the new file that --db names): a year of invented people,
    objectives and promises that ends today. On a terminal a tour of six commands follows, one key each; elsewhere they
    are named. Your own journal is neither read nor written.

    \b
    Examples:
      netj demo
      netj --db demo.db demo && netj --db demo.db due
      netj demo --fields path --no-header
    """
    from netjournal.cli import demo_tour
    from netjournal.journal.story import Told

    session = session_of(ctx)
    session.check_output(Told, format=format, fields=fields)
    told = _make_journal(session)
    if session.can_ask and session.is_terminal and not format and not fields:
        demo_tour.walk(told)
        return
    session.emit((told,), Told, format=format, fields=fields, header=not no_header)
    demo_tour.name_all(told.path)


def _make_journal(session: Session) -> Told:
    """Make the journal. Raises ConflictError where a file is named that is there already."""
    if session.db is None:
        import shutil
        import tempfile

        folder = tempfile.mkdtemp(prefix="netj-demo-")
        try:
            return _tell_story(session, Path(folder, "journal.db"))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    if session.journal_path.exists():
        raise ConflictError(
            "The file that --db names is there already.", "A demo makes a journal of its own: name a new file, or none."
        )
    return _tell_story(session, session.journal_path)


def _tell_story(session: Session, path: Path) -> Told:
    from importlib import resources

    from netjournal import store
    from netjournal.journal.story import read_lines, tell

    written = resources.files(__package__).joinpath("demo_story.txt").read_text(encoding="utf-8")
    with store.writing(path, "demo", session.today, session.now) as uow:
        return tell(uow, read_lines(written), session.today, str(path))
