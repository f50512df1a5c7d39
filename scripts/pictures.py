"""Makes the pictures in README and docs from the program itself: `python scripts/pictures.py docs/pictures`.

The worked example is written into a temporary folder, printed, and opened in a real window (offscreen), in the language of
the environment (LANGUAGE=de). docs/gallery.md lists what was taken, each with one line.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery import dialogs, prints, rows, windows
from gallery.studio import Studio

from journeymap import i18n
from journeymap.demo import write_demo

ORDER = ("The window", "Views", "Lanes", "Pages", "Presentation", "Print", "Dialogs")
HEAD = """# Gallery

What the program looks like. Every picture is made by `make pictures` from the worked example of `journeymap demo`, which is
invented.
"""


def page(studio: Studio) -> str:
    """The gallery as Markdown."""
    folder = studio.out.name
    parts = [HEAD]
    for part in ORDER:
        shots = (f"**{one.caption}**\n\n![{one.caption}]({folder}/{one.name}.png)\n" for one in studio.shots[part])
        parts.append("\n".join((f"## {part}\n", *shots)))
    return "\n".join(parts)


def main() -> None:
    """Makes all pictures and the page that shows them; what is no longer taken goes."""
    i18n.use(i18n.language())
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_demo(folder)
        studio = Studio(folder, out)
        for taker in (windows, rows, prints, dialogs):
            taker.take(studio)
    taken = {f"{one.name}.png" for shots in studio.shots.values() for one in shots}
    for old in out.glob("*.png"):
        if old.name not in taken:
            old.unlink()
    (out.parent / "gallery.md").write_text(page(studio), encoding="utf-8")


if __name__ == "__main__":
    main()
