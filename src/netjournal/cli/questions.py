"""What is asked on a terminal: names that mean nobody or several, and bare `netj log` step by step.

Nothing is open while anyone is waited for: a question comes between two tries at the whole command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netjournal.cli.stderr import side_by_side
from netjournal.cli.whom import ask_whom
from netjournal.domain import kinds
from netjournal.domain.dates import accepts, read_future_day, read_past_day, show_day
from netjournal.errors import AmbiguousError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netjournal.cli.context import Session
    from netjournal.journal.logged import Logged
    from netjournal.journal.words import LogWords

#: What was done with somebody: a broadcast is none of the answers, as its people are not asked for.
_KINDS_ASKED: Final = tuple(kind for kind, depth in kinds.DEPTH_OF_KIND.items() if depth != "broadcast")


def until_settled(session: Session, words: LogWords, write: Callable[[LogWords], Logged]) -> Logged:
    """Write; where a name means nobody or several and somebody can be asked, ask and write again."""
    while True:
        try:
            return write(words)
        except UnknownNameError as error:
            if not session.can_ask or _is_settled(error.typed, words):
                raise
            words = words._replace(meant={**words.meant, **_ask_who_unknown_names_are(session, error)})
        except AmbiguousError as error:
            if not session.can_ask or error.typed is None or _is_settled(error.typed, words):
                raise
            choice = ask_whom(session, f"Who is '{error.typed}'?", error.candidates)
            words = words._replace(meant={**words.meant, error.typed: choice})


def _is_settled(typed: str, words: LogWords) -> bool:
    """Whether no answer could help: an @handle is exact, and whoever is taken out is never made."""
    return typed.startswith("@") or typed in words.without or typed in words.meant


def _ask_who_unknown_names_are(session: Session, error: UnknownNameError) -> dict[str, str | None]:
    """What unknown names mean: somebody like them, or new contacts."""
    typed = error.typed.split("\n")
    session.hint(error.sentence)
    if len(typed) == 1 and error.alike:
        new = f"a new contact '{typed[0]}'"
        choice = ask_whom(session, "Who is it?", error.alike, new)
        return {typed[0]: None if choice == new else choice}
    what = f"'{typed[0]}' a new contact" if len(typed) == 1 else f"them {len(typed)} new contacts"
    session.confirm(f"Make {what}?", yes=False)
    return dict.fromkeys(typed)


def ask_log(session: Session, words: LogWords) -> LogWords:
    """Ask for one interaction step by step; every question but who can be skipped with Enter.

    What an option says already is not asked. Raises UsageError for one that cannot be, before anything is asked.
    """
    kind = kinds.kind_required(words.kind) if words.kind is not None else None
    if words.on is not None:
        read_past_day(words.on, session.today, order=session.date_order)
    session.hint("Log one interaction: Enter skips a question, Ctrl-C leaves without a trace.")
    who: dict[str, str | None] = {}
    # A broadcast goes out to nobody by name.
    while not who and (kind is None or kinds.DEPTH_OF_KIND[kind] != "broadcast"):
        typed = re.split(r"[,;&]|\s+and\s+", session.ask("Who? (names, parted by commas)", default=""))
        named = [" ".join(name.split()) for name in typed if name.strip()]
        if not named:
            session.hint("This question alone cannot be skipped: a name that is here, or a new one.")
        who = _ask_who(session, named, may_make=words.new)
    return words._replace(
        who=tuple(who),
        meant={name: meant for name, meant in who.items() if meant != name},
        # A kind that was asked for is no word of what is said next.
        kind=kind or _ask_kind(session) or kinds.DEFAULT_KIND,
        on=words.on or _ask_day(session),
        objectives=words.objectives or _ask_objectives(session),
        text=session.ask("What was it about?", default=""),
        note=words.note or session.ask("Anything worth remembering?", default="") or None,
        mine=words.mine or _ask_promise(session),
    )


def _ask_who(session: Session, typed: Sequence[str], *, may_make: bool) -> dict[str, str | None]:
    """What each name means: the name itself, a handle, or None for a contact to be made; empty to be asked again.

    Asked before all else: seven answers would be lost with a name that is nobody's. `may_make` says that whoever is
    unknown is new.
    """
    from netjournal.domain import names
    from netjournal.reports.find import only
    from netjournal.store.queries.names import known_contacts

    with session.reading() as connection:
        known = known_contacts(connection)
    who: dict[str, str | None] = {}
    for name in typed:
        who[name] = name
        # Where somebody works tells people of one name apart: that is found out with the rest.
        if name.startswith(("@", "group:")) or " @" in name:
            continue
        try:
            only(names.find(name, known), name, known, can_make=True)
        except UnknownNameError as error:
            if may_make:
                continue
            session.hint(error.sentence)
            if not any(map(str.isalpha, name)):
                return {}
            new, again = f"a new contact '{name}'", "nobody: ask again"
            choice = ask_whom(session, "Who is it?", error.alike, new, again)
            if choice == again:
                return {}
            who[name] = None if choice == new else choice
        except AmbiguousError as error:
            if error.typed is None:
                session.hint(f"{error.sentence} {error.hint}")
                return {}
            who[name] = ask_whom(session, f"Who is '{name}'?", error.candidates)
    return who


def _ask_kind(session: Session) -> str | None:
    session.hint(side_by_side([f"{n} {kind}" for n, kind in enumerate(_KINDS_ASKED, start=1)]))
    while True:
        typed = session.ask("How? [chat]", default="").casefold()
        if not typed:
            return None
        if typed.isdecimal() and 1 <= int(typed) <= len(_KINDS_ASKED):
            return _KINDS_ASKED[int(typed) - 1]
        begun = [kind for kind in _KINDS_ASKED if kind.startswith(typed)]
        kind = kinds.kind_named(typed) or (begun[0] if len(begun) == 1 else None)
        if kind in _KINDS_ASKED:
            return kind
        session.hint("Answer with a number, or the beginning of one of these.")


def _ask_day(session: Session) -> str | None:
    while True:
        typed = session.ask("When? [today]", default="")
        if not typed:
            return None
        try:
            session.hint(f"  {show_day(read_past_day(typed, session.today, order=session.date_order))}")
        except UsageError as error:
            session.hint(f"{error.sentence} {error.hint or ''}")
        else:
            return typed


def _ask_promise(session: Session) -> tuple[str, ...]:
    """A promise, or none, whose day can be read: all that was answered before would be lost with a wrong one."""
    from netjournal.domain.capture import read_promise

    while True:
        typed = session.ask("What did you promise? (… by friday)", default="")
        try:
            said = read_promise(typed, lambda phrase: accepts(phrase, session.today, "future"))
            if said.day is not None:
                read_future_day(said.day, session.today, order=session.date_order)
        except UsageError as error:
            session.hint(f"{error.sentence} {error.hint or ''}")
        else:
            return (typed,) if typed else ()


def _ask_objectives(session: Session) -> tuple[str, ...]:
    from netjournal.store.queries.objectives import active_objectives

    with session.reading() as connection:
        keys = [objective.key for objective in active_objectives(connection)]
    if not keys:
        return ()
    session.hint(side_by_side([*(f"{n} {key}" for n, key in enumerate(keys, start=1)), "0 none, on purpose"]))
    while True:
        typed = session.ask("What for? (one or more)", default="")
        chosen = [_objective_answered(word, keys) for word in re.split(r"[,\s]+", typed) if word]
        if None not in chosen and not ("none" in chosen and len(chosen) > 1):
            return tuple(dict.fromkeys(key for key in chosen if key))
        session.hint("Answer with numbers, or the beginnings of keys, parted by commas.")


def _objective_answered(word: str, keys: list[str]) -> str | None:
    if word.isdecimal():
        return "none" if int(word) == 0 else keys[int(word) - 1] if int(word) <= len(keys) else None
    wanted = word.removeprefix("+").casefold()
    begun = [key for key in keys if key.startswith(wanted)]
    return "none" if wanted == "none" else wanted if wanted in keys else begun[0] if len(begun) == 1 else None
