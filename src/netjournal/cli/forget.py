"""`netj forget`: the one command that cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from netjournal.cli.context import session_of
from netjournal.cli.options import FieldsOption, FormatOption, NoHeaderOption, YesOption

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from netjournal.cli.context import Session
    from netjournal.domain.mentions import Called
    from netjournal.journal.forget import Forgotten, Whom

app = typer.Typer(add_completion=False)

#: What a hint names at most.
MOST_NAMED = 20


@app.command("forget")
def forget_command(
    ctx: typer.Context,
    who: Annotated[str | None, typer.Argument(metavar="[WHO]", help="With --yes: the handle in full.")] = None,
    scrub: Annotated[bool, typer.Option("--scrub", help="Write `someone` for their name in what stays.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    sweep: Annotated[bool, typer.Option("--sweep", help="Only clear free pages, after a cut.")] = False,
    yes: YesOption = False,
    format: FormatOption = None,
    fields: FieldsOption = None,
    no_header: NoHeaderOption = False,
) -> None:
    """Remove somebody for good.

    Their records, touches, promises and introductions go, interactions with nobody else, and the past of all of it:
    no undo brings them back. Backups that hold them are named.

    \b
    Examples:
      netj forget dana-whitfield --dry-run
      netj forget dana-whitfield --scrub --yes
    """
    session = session_of(ctx)
    from netjournal.errors import UsageError
    from netjournal.journal.forget import Forgotten

    session.check_output(Forgotten, format=format, fields=fields)
    if sweep:
        _sweep(session)
    if who is None:
        if not sweep:
            raise UsageError("Whom?", "Name a contact: `netj forget WHO`.")
        return
    receipt = _forget(session, who, scrub=scrub, dry_run=dry_run, yes=yes)
    session.emit((receipt,), Forgotten, format=format, fields=fields, header=not no_header)
    _say(session, receipt, dry_run=dry_run)


def _forget(session: Session, typed: str, *, scrub: bool, dry_run: bool, yes: bool) -> Forgotten:
    from netjournal import store
    from netjournal.errors import UsageError
    from netjournal.journal.forget import forget, whom

    with session.reading() as connection:
        who = whom(connection, typed)
    if yes and not dry_run and typed != who.handle:
        raise UsageError(f"'{typed}' is not the whole handle.", f"With --yes it is: `netj forget {who.handle} --yes`.")
    drafts = session.journal_path.parent / "drafts"
    if dry_run or not yes:
        with store.rehearsing(session.journal_path, "forget", session.today, session.now) as uow:
            receipt = forget(uow, typed, who.handle, scrub=scrub)
        if dry_run:
            return _with_backups(session, who, receipt._replace(draft_count=len(_drafts_naming(drafts, who.called))))
        _ask(session, receipt)
    with session.writing("forget") as uow:
        receipt = forget(uow, typed, who.handle, scrub=scrub)
    _sweep(session)
    found = _drafts_naming(drafts, who.called)
    for draft in found:
        _wipe(draft)
    return _with_backups(session, who, receipt._replace(draft_count=len(found)))


def _ask(session: Session, receipt: Forgotten) -> None:
    """Ask by having the handle typed; raises KeyboardInterrupt for anything else, UsageError without a terminal."""
    from netjournal.errors import UsageError

    if not session.can_ask:
        raise UsageError("This cannot be undone, and there is no terminal to ask on.", "Say it with --yes.")
    counts = ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in receipt.removed.items())
    past = f"{receipt.version_count:,} changes in the record; {receipt.action_count:,} actions can no longer be undone"
    session.hint(f"This goes for good: {counts}, {past}.")
    if receipt.mentions:
        session.hint(f"{_mentions_told(receipt)}. What is edited before is forgotten too, what is edited later is not.")
    if session.ask(f"Nothing brings it back. Type {receipt.contact} to forget them:") != receipt.contact:
        session.hint("Nothing was changed.")
        raise KeyboardInterrupt


def _sweep(session: Session) -> None:
    """Clear free pages; where that cannot be now, say how it can be later."""
    from netjournal.errors import NetjError
    from netjournal.store.sqlite.erase import sweep

    try:
        sweep(session.journal_path)
    except NetjError as error:
        session.hint(f"Free pages were not cleared: {error.sentence} `netj forget --sweep` does it later.")


def _drafts_naming(folder: Path, called: Called) -> list[Path]:
    """The drafts that name somebody."""
    from netjournal.domain.mentions import is_named

    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [f for f in files if f.is_file() and is_named(called, f.read_text(encoding="utf-8", errors="replace"))]


def _wipe(file: Path) -> None:
    """Delete a file after its bytes were written over."""
    import os

    with open(file, "r+b") as opened:
        opened.write(bytes(file.stat().st_size))
        opened.flush()
        os.fsync(opened.fileno())
    file.unlink()


def _with_backups(session: Session, who: Whom, receipt: Forgotten) -> Forgotten:
    """The receipt with the backups that hold them."""
    from netjournal.domain.words import Prose
    from netjournal.store.sqlite.erase import holders

    found = holders(session.journal_path, who.uids)
    if found.unreadable:
        session.hint(f"These copies cannot be read and may hold them: {_listed(found.unreadable)}")
    return receipt._replace(backups=tuple(Prose(str(path)) for path in found.holding))


def _say(session: Session, receipt: Forgotten, *, dry_run: bool) -> None:
    if receipt.mentions:
        session.hint(f"{_mentions_told(receipt)}." + ("" if dry_run else " `netj amend` and `edit` change them."))
    if receipt.backups:
        keep = session.config.number("backup.keep")
        session.hint(
            f"Still held by: {_listed(receipt.backups)}. A daily backup goes after {keep} more days on which you write, "
            "others stay: delete by hand what should go now."
        )
    session.hint("Nothing was changed." if dry_run else "Forgotten. Files exported before, and other copies, stay.")


def _mentions_told(receipt: Forgotten) -> str:
    count = len(receipt.mentions)
    told = "1 record of others names" if count == 1 else f"{count:,} records of others name"
    return f"{told} them: {_listed(receipt.mentions)}"


def _listed(words: Sequence[object]) -> str:
    rest = f" and {len(words) - MOST_NAMED:,} more" if len(words) > MOST_NAMED else ""
    return ", ".join(str(word) for word in words[:MOST_NAMED]) + rest
