"""`netj config`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal import config
from netjournal.cli.context import Session, session_of
from netjournal.cli.line import print_line
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption

if TYPE_CHECKING:
    from pathlib import Path

app = typer.Typer(add_completion=False, help="Your settings.")

COLUMNS = ("name", "value", "source", "help")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A setting, such as backup.keep.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """List settings, and where each value comes from.

    \b
    Examples:
      netj config list
      netj config list -f json | jq '.[] | select(.source == "file")'
    """
    session = session_of(ctx)
    rows = config.setting_rows(session.environ)
    session.emit(rows, config.SettingRow, format=format, fields=fields, header=not no_header, columns=COLUMNS)


@app.command("get")
def get(ctx: typer.Context, name: Name) -> None:
    """Print the value of a setting, a list parted by commas.

    \b
    Examples:
      netj config get capacity
      netj config get me.emails
    """
    setting = config.setting_named(name)
    session = session_of(ctx)
    print_line(session, config.spelled(session.config.get(setting.name)))


@app.command("set")
def set_(
    ctx: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Parted by commas for a list; '' is the default.")],
) -> None:
    """Set a setting in the settings file; '' puts the default back.

    The other lines of the file stay as they are, remarks too.

    \b
    Examples:
      netj config set capacity 5
      netj config set me.emails me@example.com,me@work.example
      netj config set capacity ''
    """
    from netjournal import configfile

    setting = config.setting_named(name)
    wanted = config.value_typed(setting, value)
    session = session_of(ctx)
    path = config.config_path(session.environ)
    text = config.file_text(path)
    new = configfile.changed(text or "", setting, wanted, path)
    if new != (text or ""):
        configfile.write(path, new)
    if session.environ.get(setting.env):
        session.hint(f"{setting.env} is set in the environment, and comes before the file.")


@app.command("edit")
def edit(ctx: typer.Context) -> None:
    """Write the settings file in your editor: $VISUAL, else $EDITOR.

    A file that could not be read afterwards is not taken: what you wrote is kept beside, and netj says where.

    \b
    Examples:
      netj config edit
      netj config edit && netj config list
    """
    from netjournal import configfile
    from netjournal.cli.editor import edited

    session = session_of(ctx)
    path = config.config_path(session.environ)
    with edited(session, _text_to_edit(path), ".toml") as text:
        config.check_text(text, path)
        configfile.write(path, text)


@app.command("path")
def path(ctx: typer.Context) -> None:
    """Print where the settings file is, whether or not there is one yet.

    \b
    Examples:
      netj config path
      netj config path | xargs ls -l
    """
    session: Session = session_of(ctx)
    print_line(session, str(config.config_path(session.environ)))


def _text_to_edit(path: Path) -> str:
    from netjournal.configfile import template

    text = config.file_text(path)
    return template() if text is None else text
