"""Any merge, of people who have met in any way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merging import TODAY, do, exported, rows, sound

from netjournal.journal.contacts import add_contact
from netjournal.journal.groups import add_group
from netjournal.journal.log import log
from netjournal.journal.merge import merge_contacts
from netjournal.journal.objectives import ObjectiveWords, add_objective
from netjournal.journal.people import ContactWords
from netjournal.journal.undo import undo
from netjournal.journal.words import LogWords
from tries import tries

if TYPE_CHECKING:
    from netjournal.store.unit_of_work import UnitOfWork


WHO = st.sampled_from(("ann", "bob", "cy", "dee"))
SOME = st.lists(WHO, min_size=1, max_size=4, unique=True)
AGO = st.integers(0, 300).map(lambda n: (TODAY - timedelta(days=n)).isoformat())
LOGGED = st.builds(
    LogWords,
    text=st.sampled_from(("about x", "+role about y #sre", "+none")),
    who=SOME,
    kind=st.sampled_from(("coffee", "email", "event")),
    on=AGO,
    mine=st.sampled_from(((), ("send it",))),
    opportunity=st.sampled_from((None, "Staff role")),
)
INTRODUCED = st.builds(LogWords, intro=WHO, to=st.none() | WHO, via=st.none() | WHO, on=AGO)
PERSON = st.builds(
    ContactWords,
    email=st.lists(st.sampled_from(("a@x.example", "b@x.example")), max_size=2),
    alias=st.lists(st.sampled_from(("Bobby", "Dee")), max_size=2),
    org=st.sampled_from((None, "Acme", "Globex")),
    circle=st.sampled_from((None, "inner")),
    topics=st.sampled_from(((), ("sre",))),
    objectives=st.sampled_from(((), ("role",))),
    note=st.sampled_from((None, "x", "y")),
)


@settings(
    max_examples=tries(8),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(PERSON, min_size=2, max_size=4),
    st.lists(st.one_of(LOGGED, LOGGED, INTRODUCED), max_size=6),
    st.lists(WHO, max_size=4, unique=True),
    st.permutations((0, 1)),
)
def test_any_merge_keeps_every_touch_and_is_undone_by_one_step(
    tmp_path: Path, crowd: list[ContactWords], logs: list[LogWords], group: list[str], order: list[int]
) -> None:
    journal = tmp_path / "journal.db"
    journal.unlink(missing_ok=True)
    names = ["ann", "bob", "cy", "dee"][: len(crowd)]

    def tell(uow: UnitOfWork) -> None:
        add_objective(uow, ObjectiveWords(title="role"))
        for name, words in zip(names, crowd, strict=True):
            add_contact(uow, words._replace(name=name, introduced_by=None if name == "ann" else "ann"))
        add_group(uow, "table", [who for who in group if who in names])
        for said in logs:
            introduced = [who for who in (said.intro, said.to, said.via) if who]
            if set(introduced) <= set(names) and len(set(introduced)) == len(introduced):
                log(uow, said._replace(who=[who for who in said.who if who in names] or ["ann"]))

    do(journal, tell)
    pair = [names[i] for i in order]
    before = exported(journal)
    ids = ", ".join(f"'{name}'" for name in pair)
    theirs = (
        "SELECT DISTINCT t.interaction_id FROM touch AS t JOIN contact AS c ON c.id = t.contact_id "
        f"WHERE c.handle IN ({ids})"
    )
    touched, promised = sorted(rows(journal, theirs)), rows(journal, "SELECT id, text FROM followup ORDER BY id")
    do(journal, lambda uow: merge_contacts(uow, *pair))
    assert sorted(rows(journal, theirs)) == touched
    assert rows(journal, "SELECT id, text FROM followup ORDER BY id") == promised
    assert rows(journal, "SELECT count(*) FROM contact") == [(len(crowd) - 1,)]
    sound(journal)
    do(journal, undo)
    assert exported(journal) == before
