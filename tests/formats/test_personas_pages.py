"""Personas as PDF and PNG: one page each, all that is known of them, nothing cut unsaid, in every paper's bounds."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image as Raster
from reading import images_of, outline_of, squeezed, text_of
from sample import figures_of, records, sample
from test_sheet import inside, words

from journeymap.failure import Failure
from journeymap.formats import export
from journeymap.formats.papers import paper
from journeymap.formats.personas import personas
from journeymap.formats.png import png
from journeymap.model.behind import Behind
from journeymap.model.document import Document
from journeymap.model.picture import Image, Picture
from journeymap.model.picture import Path as Drawn
from journeymap.model.records import Persona, Quote, Record, Slider, Trait

MADE = datetime(2026, 11, 12)  # noqa: DTZ001
ALL = ("A4", "A3", "A2", "A1", "A0", "Letter", "Tabloid")


def full(*more: Record, **changes: object) -> Document:
    """Two people of whom everything is known."""
    found: list[Record] = [
        Trait("n1", "p1", "a0", "need", "Large type, high contrast"),
        Trait("f1", "p1", "a0", "frustration", "Screens that close before he has read them"),
        Trait("c1", "p1", "a0", "channel", "Printed letter"),
        Trait("a1", "p1", "a0", "accessibility", "Hearing aid\nA loop for every announcement"),
        Slider("s1", "p1", "a0", "Never rides", "Rides daily", 0.25),
        Slider("s2", "p1", "a1", "Asks people", "Asks the phone", 1.0),
        Quote("q1", None, None, "p1", "a0", "Nobody told me.", "Interview 3"),
        Quote("q2", None, None, "p1", "a1", "“Two names for one place!”", "Survey"),
        Quote("q3", None, None, None, "a2", "Somebody else said this", "Survey"),
    ]
    return Document([*records(**changes), *found, *more])


def changed(document: Document, id_: str, **fields: object) -> Document:
    return Document([replace(one, **fields) if one.id == id_ else one for one in document])  # type: ignore[arg-type]


def made(document: Document, name: str = "A4", orientation: str = "portrait") -> list[Picture]:
    return personas(document, figures_of(document), paper(name, orientation), made=MADE, behind=Behind()).pages


def test_each_persona_has_one_page_with_all_that_is_known() -> None:
    pages = made(full())
    assert len(pages) == 2
    text = words([pages[1]])
    for said in (
        "Otto", "67, first trip since years", "“I want to know whom to call.”", "6 interviews", "Goals", "Never be stranded",
        "Large type, high contrast", "Screens that close", "Printed letter", "Hearing aid", "A loop for every", "Never rides",
        "Rides daily", "“Nobody told me.”", "Interview 3", "“Two names for one place!”", "Persona 2 of 2", "Velo Station",
        "The journey, as assumed", "trough", "peak", "Find a bicycle", "12 Nov 2026", "page 2 of 2",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert squeezed("Somebody else") not in text
    assert squeezed("Otto") not in words([pages[0]])


def test_hidden_ones_are_not_printed_and_nobody_is_a_sentence() -> None:
    document = changed(full(), "p0", hidden=True)
    assert len(made(document)) == 1
    with pytest.raises(Failure, match="shows no persona"):
        made(changed(document, "p1", hidden=True))


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", ALL)
def test_nothing_leaves_the_page_and_nothing_is_cut(name: str, orientation: str) -> None:
    pages = made(full(example=True), name, orientation)
    for page in pages:
        inside(page)
        assert page.cut == ()
        assert page.smallest >= 6.99
    assert squeezed("are invented") in words(pages)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_long_texts_go_on_over_the_pages_with_every_word(orientation: str) -> None:
    def said(part: str, count: int) -> str:
        return " ".join(f"{part}{i}" for i in range(count))

    more = [
        Trait(f"x{kind}", "p1", "a9", kind, said(kind, 300)) for kind in ("goal", "need", "channel", "accessibility")
    ]
    more += [Slider("xs", "p1", "a9", said("low", 60), said("high", 90), 0.5)]  # type: ignore[list-item]
    more += [Quote("xq", None, None, "p1", "a9", said("spoken", 200), said("source", 40))]  # type: ignore[list-item]
    document = changed(full(*more), "p1", quote=said("says", 200), evidence=said("known", 250), line=said("line", 30))
    pages = made(document, orientation=orientation)
    assert len(pages) > 3
    text = words(pages)
    for part, count in (
        ("goal", 300), ("need", 300), ("channel", 300), ("accessibility", 300), ("low", 60), ("high", 90), ("spoken", 200),
        ("source", 40), ("says", 200), ("known", 250), ("line", 30),
    ):  # fmt: skip
        assert all(f"{part}{i}" in text for i in range(count)), part
    for page in pages[2:]:
        inside(page)
        assert page.cut == ()
        assert squeezed("Otto, continued") in words([page])
    assert any(squeezed("Goals, continued") in words([page]) for page in pages)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("ab ÄЖ漢😀-\n"), max_size=300), max_size=9),
    st.text(st.sampled_from("word ßλ漢 "), max_size=400),
    st.sampled_from(["landscape", "portrait"]),
)
def test_any_texts_stay_on_the_page(texts: list[str], prose: str, orientation: str) -> None:
    kinds = ("goal", "need", "frustration", "channel", "accessibility")
    more = [Trait(f"x{i}", "p1", f"b{i}", kinds[i % 5], text) for i, text in enumerate(texts)]
    document = changed(full(*more), "p1", quote=prose, name=prose[:60], role=prose[:90], evidence=prose)
    for page in made(document, orientation=orientation):
        inside(page)
        assert page.cut == ()


def test_a_persona_of_whom_nothing_is_known_has_a_page_too() -> None:
    document = Document([one for one in sample() if not isinstance(one, Persona)])
    kept = [one for one in document if getattr(one, "persona_id", None) is None]
    pages = made(Document([*kept, Persona("new", "a0", "")]))
    assert len(pages) == 1
    assert squeezed("No name") in words(pages)


def test_a_picture_is_printed_round_and_kept_once(tmp_path: Path) -> None:
    buffer = BytesIO()
    Raster.new("RGB", (64, 64), (200, 20, 30)).save(buffer, "PNG")
    document = changed(changed(full(), "p0", picture_hash="aa"), "p1", picture_hash="aa")
    assert [item.round for page in made(document) for g in page.groups for item in g.items if isinstance(item, Image)] == [
        True, True,
    ]  # fmt: skip
    out = tmp_path / "who.pdf"
    export(document, figures_of(document), out, kind="personas", made=MADE, pictures=lambda _hash: buffer.getvalue())
    assert images_of(out) == 2
    with Raster.open(BytesIO(png(out.read_bytes(), 72)[0])) as page:
        pixels = page.convert("RGB")
    assert pixels.getpixel((40 + 66, 66 + 66)) == (200, 20, 30)
    corner = pixels.getpixel((42, 68))
    assert corner == (233, 234, 250)  # the corner of the square shows the band


def test_the_file_stands_upright_and_has_a_bookmark_for_each(tmp_path: Path) -> None:
    out = tmp_path / "who.pdf"
    done = export(full(), figures_of(full()), out, kind="personas", made=MADE)
    assert done.paths == (out,)
    assert outline_of(out) == ["Ines", "Otto"]
    with Raster.open(BytesIO(png(out.read_bytes(), 72)[0])) as page:
        assert page.width < page.height
    assert squeezed("Never be stranded") in squeezed(text_of(out))
    png_out = tmp_path / "who.png"
    assert len(export(full(), figures_of(full()), png_out, kind="personas", made=MADE, dpi=60).paths) == 2
    with pytest.raises(Failure, match="does not end in a format"):
        export(full(), figures_of(full()), tmp_path / "who.json", kind="personas")


def test_her_curve_is_hers_alone() -> None:
    for page, hue in zip(made(full()), ("p1", "p2"), strict=True):
        inked = {
            item.stroke.colour
            for group in page.groups
            if group.meaning.role == "curve"
            for item in group.items
            if isinstance(item, Drawn) and item.stroke is not None
        }
        assert inked == {hue}


def test_the_data_behind_her_stand_beside_everybodys(tmp_path: Path) -> None:
    """The worked example: two segments of a survey with a target at most touchpoints."""
    from journeymap.demo import write_demo
    from journeymap.model.behind import behind
    from journeymap.model.figures import figures
    from journeymap.session import Session

    target = next(path for path in write_demo(tmp_path) if path.suffix == ".journey")
    with Session.open(target, read_only=True) as session:
        document, known = session.document, figures(session.document, session.cube)
        found = behind(document, session.cube, known)
        heinz = next(one for one in document.all(Persona) if one.name == "Heinz")
        (group,) = found.groups[heinz.id]
        pages = personas(document, known, paper("A4", "portrait"), made=MADE, behind=found).pages
    assert (group.column, group.value) == (heinz.segment_column, heinz.segment_value)
    assert group.n is not None
    beside = found.figures[heinz.id]
    assert [one.apart for one in beside] == sorted((one.apart for one in beside), reverse=True)
    assert all(one.hers.n is not None and one.hers.n <= (one.everybody.n or 0) for one in beside)
    text = words([pages[1]])
    assert squeezed(f"{group.n} answers (Traveller: 65 and over), 1 Oct 2025 – 30 Sep 2026") in text
    assert squeezed("Beside the average") in text
    assert squeezed(beside[0].place) in text
    assert len(pages) == 2
    for page in pages:
        inside(page)
        assert page.cut == ()
