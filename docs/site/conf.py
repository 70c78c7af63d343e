"""How the documents become a site: docs/index.md says with which command, docs/decisions/0028 why with these tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "netjournal"
author = "netjournal's authors"
project_copyright = "netjournal's authors, MIT licence"

extensions = ["myst_parser"]
exclude_patterns = ["site"]
#: Headings have anchors of their own, as they have wherever else Markdown is shown.
myst_heading_anchors = 4

#: Comes with the generator, and loads nothing from elsewhere.
html_theme = "alabaster"
html_theme_options = {"page_width": "64rem", "sidebar_width": "16rem", "fixed_sidebar": True}
html_sidebars = {"**": ["about.html", "searchfield.html", "navigation.html"]}
html_show_sourcelink = False
html_copy_source = False

#: Where no colours are known for a language (crontab, tmux) a block is shown plain.
suppress_warnings = ["misc.highlighting_failure"]

#: What stands in the sidebar. The pages are read without this generator too, so it is not written into them.
_CONTENTS = {
    "index": [
        ("Learn it", "tutorial/*"),
        ("How to", "how-to/*"),
        ("Look it up", "reference/*"),
        ("Understand it", "explanation/*"),
        ("Beside it", "decisions/index\n*"),
    ],
    "decisions/index": [("Decisions", "0*")],
}


def add_contents(_: Sphinx, page: str, source: list[str]) -> None:
    """Put the contents of the site behind the text of a page that has some."""
    for caption, pages in _CONTENTS.get(page, []):
        source[0] += f"\n\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {caption}\n\n{pages}\n```\n"


def setup(app: Sphinx) -> None:
    """Join the above to the build."""
    app.connect("source-read", add_contents)
