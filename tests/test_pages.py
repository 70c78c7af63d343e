"""What holds of every page: links that lead somewhere, numbers and headings, and words that are kept out."""

from __future__ import annotations

import codecs
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

from documents import DOCS, PAGES, ROOT, name_of
from netjournal.cli.tree import TABLE

DECISIONS: Final = sorted((DOCS / "decisions").glob("[0-9]*.md"))


def test_every_relative_link_and_anchor_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        text = _FENCED.sub("", page.read_text(encoding="utf-8"))
        for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
            target, _, anchor = link.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            found = (page.parent / target).resolve() if target else page
            # The pages are a site too, which holds docs alone; the README is read where the repository is.
            outside = page.name != "README.md" and not found.is_relative_to(DOCS)
            if outside or not found.exists() or (anchor and anchor not in _anchors(found)):
                broken.append(f"{name_of(page)}: {link}")
    assert broken == []


_FENCED: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings; a second heading of one name gets a number, as everywhere."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    found: Counter[str] = Counter()
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
        anchors.add(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return anchors


def test_every_command_that_a_page_names_is_there() -> None:
    wrong = []
    for page in PAGES:
        text = _FENCED.sub("", page.read_text(encoding="utf-8"))
        named = re.findall(r"`netj(?: --db \S+)? ([a-z]+)\b", text)
        # Nouns take unique prefixes.
        wrong += [f"{name_of(page)}: netj {n}" for n in named if not any(there.startswith(n) for there in TABLE)]
    assert wrong == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    pages = [DOCS / "index.md"]
    while pages:
        page = pages.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
            pages += [(page.parent / link).resolve() for link in links]
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_every_decision_has_its_number_and_its_four_headings() -> None:
    wrong = []
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        if headings != ["Context", "Decision", "Figures", "Consequences"] or not re.match(
            rf"# {page.name[:4]} \S", text
        ):
            wrong.append(f"{page.name}: {headings}")
    assert wrong == []


def test_no_two_decisions_have_one_number() -> None:
    assert [number for number, n in Counter(page.name[:4] for page in DECISIONS).items() if n > 1] == []


def test_the_readme_is_under_two_hundred_lines_and_keeps_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    for marker in ("run", "test"):
        (command,) = re.findall(rf"^<!-- command: {marker} -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
        assert "\n" not in command


def test_every_console_block_of_the_readme_is_run() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("```console\n") == len(re.findall(r"^```console\n\$ netj", text, re.MULTILINE))
    assert re.findall(r"^```(\w+)$", text, re.MULTILINE).count("sh") == 2


def repository_files() -> list[Path]:
    """The files that git keeps or would; in a checkout without git, all but what tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:
        found = [
            p for part in ("src", "tests", "docs") for p in (ROOT / part).rglob("*") if "__pycache__" not in p.parts
        ]
    return [path for path in found if path.is_file()]


#: Spelt so that this file does not hold them: folders of a machine, registries, and makers' names.
_BANNED: Final = [
    r"(?<![\w.~]){0}(?:wo{1}rk|ro{1}ot|ho{1}me|t{1}mp|us{1}ers|o{1}pt){0}".format("/", ""),
    r"\b(?:py" r"pi|python" r"hosted|npm" r"js)\.(?:org|com)\b",
    r"\b(?:{})\b".format("|".join(
        codecs.decode(word, "rot13")
        for word in (
            "pynhqr", "naguebcvp", "bcranv", "pungtcg", "tcg", "pbcvybg", "trzvav", "pbqrk",
            "yyzf?", "ynathntr zbqry", "nv[- ]trarengrq", "trarengrq jvgu", "pb-nhguberq-ol",
        )
    )),
]  # fmt: skip


def test_no_file_names_a_machine_a_registry_or_what_wrote_it() -> None:
    # In small letters throughout: a pattern that ignores case takes twice as long over three megabytes.
    banned = re.compile("|".join(_BANNED))
    assert banned.search("/" + "tmp/x")
    assert banned.search("see " + "py" + "pi.org")
    assert banned.search(codecs.decode("pynhqr", "rot13"))
    found = []
    for path in repository_files():
        text = path.read_bytes().decode("utf-8", "replace").lower()
        found += [f"{name_of(path)}: {m[0]}" for m in banned.finditer(text)]
    assert found == []
