"""What is typed wrongly is told the right way: every command's options, other programs' words; and what this is."""

from __future__ import annotations

import platform
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from netjournal import __version__
from netjournal.cli import lazy
from netjournal.cli.stderr import side_by_side
from netjournal.cli.tree import CALLED_OTHERWISE, TABLE, close_to
from netjournal.store.sqlite.opener import SCHEMA_VERSION

if TYPE_CHECKING:
    from conftest import Netj


def test_of_every_command_an_option_with_two_letters_swapped_suggests_the_right_one(netj: Netj) -> None:
    tried = 0
    top = lazy.group(TABLE)
    for name in TABLE:
        verbs = getattr(top.commands[name], "commands", None) or {"": top.commands[name]}
        for verb, command in verbs.items():
            longs = [o for p in command.params for o in p.opts if o.startswith("--") and len(o) > 5]
            for option in longs[:1]:
                swapped = f"--{option[3]}{option[2]}{option[4:]}"
                code, out, err = netj([name, *([verb] if verb else []), swapped])
                assert (code, out) == (2, ""), (name, verb)
                # Two options may be as near: then the first of them is named.
                assert err.startswith(f"netj: No such option: {swapped}. Did you mean --"), err
                assert err.endswith(f"  Try '{' '.join(filter(None, ('netj', name, verb)))} --help'.\n")
                tried += 1
    assert tried > 60


def test_every_command_is_suggested_for_two_letters_swapped_or_one_lost() -> None:
    for name in TABLE:
        slips = (
            {name[:-2] + name[:-3:-1], name[1] + name[0] + name[2:], name[:-1], name[1:]} if len(name) > 3 else set()
        )
        assert [slip for slip in slips | {name + name[-1]} if name not in close_to(slip, TABLE)] == []


def test_a_word_of_other_programs_leads_to_a_command_there_is(netj: Netj) -> None:
    assert not CALLED_OTHERWISE.keys() & TABLE.keys()
    top = lazy.group(TABLE)
    for typed, meant in CALLED_OTHERWISE.items():
        for name, _, verb in (called.partition(" ") for called in meant):
            assert name in ("--help", "--version") or name in TABLE, typed
            if verb:
                command: Any = top.commands[name]
                options = {option for parameter in command.params for option in parameter.opts}
                assert verb in {*getattr(command, "commands", ()), *options}, typed
    assert (
        netj("ls").stderr == "netj: No such command 'ls'. Did you mean 'contact list', 'due'?\n  Try 'netj --help'.\n"
    )


def test_a_verb_that_a_noun_has_not_is_told_the_one_that_is_meant(netj: Netj) -> None:
    for typed, told in (
        ("contact remove", " Did you mean 'delete'?\n  Try"),
        ("circle rm", " Did you mean 'remove'?\n  Try"),
        ("opportunity remove", " Did you mean 'close'?\n  Try"),
        ("org create", " Did you mean 'netj contact add --org'?\n  Try"),
        ("org remove", "\n  One of: list, show, rename, merge. Try"),
        ("interaction update", " Did you mean 'netj amend'?\n  Try"),
        ("topic lst", " Did you mean 'list'?\n  Try"),
        ("followup dana", "\n  One of: add, edit, list, done, drop. Try"),
    ):
        noun, verb = typed.split()
        assert netj(typed) == (2, "", f"netj: No such command '{verb}'.{told} 'netj {noun} --help'.\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("log x --opp y", "netj: No such option: --opp. Did you mean --opportunity?"),
        ("log x --date today", "netj: No such option: --date. Did you mean --on?"),
        ("objective add x --deadline today", "netj: No such option: --deadline. Did you mean --by?"),
        ("due --json", "netj: No such option: --json. Did you mean -f json?"),
        ("contact list --sort name", "netj: No such option: --sort."),
        ("--json due", "  Options of a command come after it: `netj COMMAND --json`."),
        ("lunch with dana", "netj: No such command 'lunch'. Did you mean 'log'?"),
        ("opportunity add x --from y", "netj: No such option: --from. Did you mean --through?"),
        ("intro a b", "netj: No such command 'intro'. Did you mean 'log --intro'?"),
        ("export contacts.csv", "  A file is named by `--to contacts.csv`. Try 'netj export --help'."),
        ("export a b", "  A file is named by `--to FILE`. Try 'netj export --help'."),
        ("topic", "  One of: list, show. Try 'netj topic --help'."),
        ("done", "  `netj followup list` shows their numbers."),
        ("due --signals -f table", "Nobody has news."),
        ("due --drifting -f table", "Nobody is quiet for longer than usual."),
    ],
)
def test_what_is_near_or_missing_is_told_by_its_name(netj: Netj, typed: str, told: str) -> None:
    netj("contact add Dana")
    assert told in netj(typed).stderr.splitlines()


def test_help_fits_a_terminal_of_forty_cells_and_breaks_no_word(netj: Netj) -> None:
    def shown(command: str, columns: int) -> str:
        text: str = netj(f"{command} --help", env={"COLUMNS": str(columns)}).ok.stdout
        # Examples are there to be copied: they stay on their lines.
        return re.sub(r"Examples:.*?\n\n", "", text, flags=re.DOTALL)

    for command in ("", *TABLE, "objective list", "opportunity list", "opportunity move"):
        narrow = shown(command, 40)
        assert max(map(len, narrow.splitlines())) <= 40, command
        words = set(shown(command, 200).replace("|", " ").split())
        assert not set(narrow.replace("|", " ").split()) - words, command


def test_an_option_of_a_command_that_stands_before_it_is_told_where_it_belongs(netj: Netj) -> None:
    assert netj("--format json due") == (
        *(2, ""),
        "netj: No such option: --format.\n  Options of a command come after it: `netj COMMAND --format`.\n",
    )


#: Commands that end in whom something is to be of or with; and those that are of somebody who is there.
_LINKING = ("objective add x --client", "followup add x --with", "opportunity add x --through", "group add x --with",
            "contact add x --introduced-by", "keep --circle inner")  # fmt: skip
_CHANGING = (
    "contact edit --note x",
    "contact archive",
    "snooze",
    "due --client",
    "group edit 'monday circle' --except",
)


def test_what_people_forget_or_mistype_is_told_with_the_mend(
    netj: Netj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("evening.txt").write_text("event\n", encoding="utf-8")
    netj(["contact", "add", "Dana Whitfield", "--circle", "inner"]).ok  # noqa: B018
    netj(["group", "add", "Monday circle"]).ok  # noqa: B018
    netj("contact add Sam").ok  # noqa: B018
    netj("objective add Speaking").ok  # noqa: B018
    listed = "`netj contact list` shows all.\n"
    for typed, code, said in (
        ("contact add Omar Haddad", 2, 'Words that belong together need quotes, as in "Dana Whitfield". Try '),
        ("contact rename dana-whitfield", 2, "Missing argument 'NAME'.\n  As in `netj contact rename dana "),
        ("interaction delete 1 2", 2, "netj: Too many words: 2.\n  One at a time. Try "),
        ("interaction list --limit 0", 2, "'--limit': 0 is less than 1.\n"),
        ("plan --days 0", 2, "'--days': 0 is not between 1 and 366.\n"),
        (
            "followup add 'by friday'",
            2,
            'What is promised?\n  Say it before its day: "send the slides @dana by friday".',
        ),
        (
            "followup add 'call by frday' --with dana",
            0,
            "If 'frday' is its day: `netj followup edit 1 \"call by friday\"`.",
        ),
        (
            "followup add 'stand by me'",
            0,
            "so it is for Mon 30 Nov 2026; `netj followup edit 2 --by DATE` gives another.\n",
        ),
        ("opportunity add x --stage nope", 2, "Stages: lead, talking, applied, interview, offer.\n"),
        ("opportunity add x --on tomorrow", 2, "Name today or an earlier day; what is still to come is a promise: "),
        *(
            (f"{noun} edit '{there}'", 2, f"What is to change about this {noun}?\n  `netj {noun} edit --help` tells ")
            for noun, there in (
                ("contact", "dana"),
                ("group", "monday circle"),
                ("circle", "inner"),
                ("objective", "speaking"),
            )
        ),
        ("contact add 'Kim Roe @ Acme Labs, VP'", 2, 'Give "Kim Roe" alone, with `--org "Acme Labs" --title VP`.'),
        ("contact rename sam 'Sam @Acme'", 2, "Give Sam alone, with `--org Acme`."),
        ("contact edit sam --name sam@example.com", 2, "Give a name, with `--email sam@example.com`."),
        ("keep - --circle inner", 2, "Nobody was named on stdin.\n  A line is a handle, as in `netj contact list "),
        ("contact list acme", 2, "`netj search WORD` looks for a word. Try 'netj contact list --help'."),
        (
            "log cofee with dana --new",
            2,
            "'cofee' is not a kind of interaction.\n  Did you mean 'coffee'? Say who with `-w`.",
        ),
        (
            "log coaching with dana --new",
            2,
            "'coaching' is neither a kind of interaction nor somebody known here.\n  Kinds: ",
        ),
        (
            "log coffee with Dana Whitfield yesterday",
            3,
            "called 'Dana Whitfield yesterday'.\n  Write it as `netj log \"yesterday: coffee with Dana Whitfield\"`",
        ),
        ("log met Dana Whitfield for coffee", 3, 'Write it as `netj log "coffee with Dana Whitfield"`'),
        ("log evening.txt", 2, "'evening.txt' is a file.\n  `netj log - < evening.txt` reads its lines."),
        ("log meeting group:monday-circle", 3, "`netj group edit NAME --with WHO` adds somebody."),
        ("log meeting group:mandag", 3, "There are: monday-circle."),
        ("contact edit dana --email", 2, "requires an argument.\n  Try 'netj contact edit --help'."),
        ("due --circle", 2, "requires an argument.\n  Try 'netj due --help'."),
        ("done dana", 2, "`netj followup list` shows their numbers."),
        *(
            (f"{command} 'Kim Novak'", 3, f'  `netj contact add "Kim Novak"` adds them; {listed}')
            for command in _LINKING
        ),
        *((f"{command} 'Kim Novak'", 3, f"called 'Kim Novak'.\n  {listed}") for command in _CHANGING),
        ("followup add call --with 'Dana Whitfeld'", 3, "  Did you mean dana-whitfield? If not, `netj contact add "),
        ("followup add 'call @kim'", 3, "  `netj contact add NAME` adds them; "),
        ("log 'coffee with Kim Novak'", 3, f"  `--new` makes the contact, {listed}"),
        ("log 'call @kim'", 3, "  Behind `@` stands a handle that is here already: "),
        ("contact show ''", 3, f"netj: The name is empty.\n  {listed}"),
        ("interaction show dana", 2, "`netj interaction list` shows their numbers."),
        (
            "contact rename sam 'dana WHITFIELD'",
            0,
            "also dana-whitfield: `netj contact merge dana-whitfield sam` makes one",
        ),
        ("contact edit sam --name 'Dana Whitfield'", 0, "`netj contact merge dana-whitfield sam` makes one"),
    ):
        result = netj(typed)
        assert (result.code, said in result.stderr) == (code, True), (typed, result.stderr)


def test_what_a_summary_kept_by_mistake_is_pointed_out(netj: Netj) -> None:
    for name in ("Dana Whitfield", "Priya Nair"):
        netj(["contact", "add", name, "--circle", "inner"]).ok  # noqa: B018
    kind = "'coffe' is kept as what it was about; for the kind: `netj amend --kind coffee`."
    comma = "Names end at the first comma, so {} went into what it was about. If they were there too: `netj amend {}`."
    one = comma.format("'Priya Nair'", '--with "Priya Nair"')
    two = comma.format("'Bob Stone' and 'Kim'", 'jazz --with "Bob Stone" --with Kim --new')
    title = (
        "Names end at the first comma, so 'Head Recruiter' went into what it was about. As a title: "
        '`netj contact edit lena-ortiz --title "Head Recruiter"`; `-w "NAME @ ORG, TITLE"` says it at once.'
    )
    for typed, remarks in (
        (["-w", "dana", "coffe"], [kind]),
        (["-w", "dana", "-k", "call", "coffe"], []),
        (["-w", "dana", "coffee culture"], []),
        (["coffee with Dana Whitfield, Priya Nair about rent"], [one.replace("--with", "rent --with")]),
        (["coffee with Dana, Priya Nair and his band about rent"], [one]),
        (["coffee with Dana, Priya Nair and Sam"], [one]),
        (["coffee with Dana, Bob Stone and Kim about jazz"], [two]),
        (["coffee with Lena Ortiz @ Acme, Head Recruiter about rent", "--new"], [title]),
        (["coffee with Lena Ortiz @ Acme, hires again"], []),
        (["chat w/ Dana about rent"], []),
        (["coffee with Dana, the talk about Kim"], []),
        (["coffee with Dana, @priya-nair about rent"], []),
        (["coffee with Dana about Priya Nair"], []),
    ):
        assert netj(["log", *typed, "-f", "json"]).rows[0]["remarks"] == remarks, typed


def test_a_number_that_is_none_is_told_in_plain_words(netj: Netj) -> None:
    for command in ("plan --per-day x", "log dana --minutes x", "search rent --limit x"):
        assert " 'x' is not a whole number.\n" in netj(command).stderr, command


def test_version_tells_more_where_more_is_asked_for(netj: Netj) -> None:
    lines = (f"netj {__version__}", f"schema {SCHEMA_VERSION}", f"SQLite {sqlite3.sqlite_version}",
             f"Python {platform.python_version()}")  # fmt: skip
    for typed in ("--version -v", "-v --version", "--db x.db -v --version", "-v --db x.db --version"):
        assert netj(typed) == (0, "\n".join(lines) + "\n", ""), typed
    assert netj("-v").code == 2


def test_choices_are_never_parted_from_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert side_by_side(["1 coffee", "2 meal", "3 call", "4 something longer yet"]) == (
        "  1 coffee  2 meal\n  3 call\n  4 something longer yet"
    )
