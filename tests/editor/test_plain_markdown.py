"""Plain Markdown, as of any project: what works there as in guides."""

from pathlib import Path

from balise.editor.completion import completions
from balise.editor.definition import definition
from balise.editor.hover import hover
from balise.editor.references import references
from balise.editor.symbols import workspace_symbols
from balise.editor.translations import translations
from tests.helpers.marked import Editor

FILES = {
    "README.md": "# Project\n\nSee [setup](docs/setup.md#first-step--now).\n",
    "docs/setup.md": "# Setup\n\n## First step & now\n\nText\n",
}


def opened(folder: Path, text: str) -> Editor:
    return Editor(folder, {**FILES, "docs/mine.md": text}, plain=True)


def test_pages_and_anchors_are_those_of_github(tmp_path: Path) -> None:
    at = opened(tmp_path, "[x](setup‸)\n")
    assert [found.edit.text for found in completions(at.view, at.offset)] == ["setup.md"]
    at = opened(tmp_path, "[x](setup.md#‸)\n")
    anchors = [found.edit.text for found in completions(at.view, at.offset)]
    assert anchors == ["setup", "first-step--now"]


def test_links_lead_and_are_counted(tmp_path: Path) -> None:
    at = opened(tmp_path, "[x](setup.md#first-step--n‸ow)\n")
    place = definition(at.view, at.offset)[0]
    assert place.selection
    assert at.text(place.selection, place.path) == "## First step & now"
    names = [at.name(place.path) for place in references(at.full_view, at.offset)]
    assert names == ["README.md", "docs/mine.md"]


def test_a_heading_has_the_anchor_of_github(tmp_path: Path) -> None:
    at = opened(tmp_path, "# One & t‸wo\n")
    found = hover(at.view, at.offset)
    assert found
    assert found.markdown == "`#one--two`"


def test_there_are_no_translations(tmp_path: Path) -> None:
    at = opened(tmp_path, "Text‸\n")
    assert translations(at.view) == []
    names = [found.name for found in workspace_symbols(at.workspace, "set")]
    assert names == ["docs/setup.md"]
