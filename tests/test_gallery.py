"""The gallery shows everything there is to see: a new lane, view, page or dialog without a picture is found here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeymap.model import lanes, lens
from journeymap.ui import pages

DOCS = Path(__file__).parent.parent / "docs"
UI = Path(pages.__file__).parent
DIALOGS = {
    "Arrival": "dialog-arrival",
    "DatabaseDialog": "dialog-database",
    "ExportDialog": "dialog-export",
    "ImportDialog": "dialog-import",
    "RefreshDialog": "dialog-refresh",
    "TemplateDialog": "dialog-template",
    "VersionView": "dialog-version",
    "VersionsDialog": "dialog-versions",
}


def shown() -> dict[str, str]:
    """From pictures to the lines about them."""
    text = (DOCS / "gallery.md").read_text(encoding="utf-8")
    return {name: words for words, name in re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.png\)", text)}


def test_the_readme_leads_to_the_gallery_and_every_picture_is_there() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert "(docs/gallery.md)" in readme
    pictures = {path.stem for path in (DOCS / "pictures").glob("*.png")}
    assert pictures == set(shown())
    assert all(words.strip() for words in shown().values())
    assert set(re.findall(r"docs/pictures/([\w-]+)\.png", readme)) <= pictures


def test_every_lane_view_page_and_theme_has_its_picture() -> None:
    wanted = {f"lane-{kind}" for kind in lanes.KINDS} | {f"view-{kind}" for kind in lens.KINDS}
    wanted |= {f"page-{page.name}" for page in pages.pages() if page.name != pages.MAP}
    wanted |= {"window-light", "window-dark", "start-light", "start-dark", "lanes-dark"}
    wanted |= {
        "presentation",
        "speaker",
        "slide-title",
        "slide-lanes",
        "slide-plan",
        "persona",
        "plan",
        "register",
        "map",
    }
    assert wanted - set(shown()) == set()


def test_every_dialog_has_its_picture() -> None:
    found = set()
    for path in UI.rglob("*.py"):
        found |= set(
            re.findall(r"^class (\w+)\((?:QDialog|Choosing)\)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    assert found - {"Choosing"} == set(DIALOGS)
    assert set(DIALOGS.values()) <= set(shown())


@pytest.mark.parametrize("most", [6_000_000])
def test_the_pictures_are_small(most: int) -> None:
    assert sum(path.stat().st_size for path in (DOCS / "pictures").glob("*.png")) < most
