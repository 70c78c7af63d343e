"""An example of every command, and which of them write; a journal whose every text is a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hasty import once

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Netj

#: An example of every command and verb; a new one is added here.
LINES: Final = {
    "log": "log coffee with @dana-whitfield about hiring",
    "amend": "amend 1 --note more",
    "due": "due -f json",
    "next": "next",
    "plan": "plan",
    "prep": "prep dana-whitfield",
    "done": "done 1",
    "keep": "keep dana-whitfield --circle outer",
    "snooze": "snooze dana-whitfield",
    "contact add": "contact add 'Priya Nair'",
    "contact archive": "contact archive dana-whitfield",
    "contact delete": "contact delete dana-whitfield --yes",
    "contact edit": "contact edit dana-whitfield --location Oslo",
    "contact list": "contact list",
    "contact merge": "contact merge dana-whitfield lena-ortiz",
    "contact rename": "contact rename dana-whitfield 'Dana Ames'",
    "contact show": "contact show dana-whitfield",
    "org list": "org list",
    "org merge": "org merge Acme Umbrella",
    "org rename": "org rename Acme Apex",
    "org show": "org show Acme",
    "group add": "group add friday --with dana-whitfield",
    "group delete": "group delete tuesday",
    "group edit": "group edit tuesday --with dana-whitfield",
    "group list": "group list",
    "group show": "group show tuesday",
    "circle add": "circle add monthly --every 1mo",
    "circle edit": "circle edit inner --every 4w",
    "circle list": "circle list",
    "circle remove": "circle remove yearly",
    "objective achieve": "objective achieve new-role",
    "objective add": "objective add 'Another role'",
    "objective drop": "objective drop new-role",
    "objective edit": "objective edit new-role --why because",
    "objective list": "objective list",
    "objective pause": "objective pause new-role",
    "objective resume": "objective resume old-role",
    "objective show": "objective show new-role",
    "followup add": "followup add 'send the deck' --with dana-whitfield",
    "followup done": "followup done 1",
    "followup drop": "followup drop 1",
    "followup edit": "followup edit 1 'send her the slides'",
    "followup list": "followup list",
    "opportunity add": "opportunity add 'Staff role' --through dana-whitfield",
    "opportunity close": "opportunity close 1 lost",
    "opportunity list": "opportunity list",
    "opportunity move": "opportunity move 1 talking",
    "opportunity show": "opportunity show 1",
    "topic list": "topic list",
    "topic show": "topic show sre",
    "interaction delete": "interaction delete 1",
    "interaction list": "interaction list",
    "interaction show": "interaction show 1",
    "timeline": "timeline dana-whitfield",
    "review": "review",
    "import": "import linkedin {folder}/Connections.csv",
    "export": "export",
    "search": "search hiring",
    "undo": "undo",
    "redo": "redo",
    "changes": "changes",
    "forget": "forget dana-whitfield --yes",
}

#: Commands that ask nothing of the store.
WITHOUT_STORE: Final = {
    *("schema", "completion", "db path"),
    # Makes a journal of its own: tests/cli/test_demo.py has its bugs.
    "demo",
    # These go by the file itself: tests/cli/test_doctor.py has their bugs.
    *("backup", "restore", "doctor"),
    *("config edit", "config get", "config list", "config path", "config set"),
}

#: Those that write; whatever is not named here may only read.
WRITERS: Final = {
    *("log", "amend", "done", "keep", "snooze", "import", "undo", "redo", "forget", "restore", "backup"),
    *(f"contact {verb}" for verb in ("add", "archive", "delete", "edit", "merge", "rename")),
    *("org merge", "org rename", "group add", "group delete", "group edit"),
    *("circle add", "circle edit", "circle remove"),
    *(f"objective {verb}" for verb in ("achieve", "add", "drop", "edit", "pause", "resume")),
    *("followup add", "followup done", "followup drop", "followup edit"),
    *("opportunity add", "opportunity close", "opportunity move", "interaction delete"),
}

SECRET: Final = "secret note text"

#: What the examples speak of.
GIVEN: Final = (
    f"contact add 'Dana Whitfield' --circle inner --org Acme -t sre --note '{SECRET}'",
    "contact add 'Lena Ortiz' --org Umbrella",
    "objective add 'New role'",
    "objective add 'Old role'",
    "objective pause old-role",
    f"log @dana-whitfield about hiring --next 'send CV by friday' --note '{SECRET}'",
    "group add tuesday --with lena-ortiz",
    "opportunity add 'SRE lead' --org Acme",
    "contact add 'Undone Person'",
    "undo",
)


def told(netj: Netj, journal: Path) -> Path:
    """A journal in which every one of the commands has something to do, and a file to import beside it."""

    def tell() -> None:
        for line in GIVEN:
            assert netj(line).ok
        journal.with_name("Connections.csv").write_text(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            "Ana,Aru,,ana@x.org,Acme,Lead,01 Nov 2026\n"
        )

    return once(journal, tell)
