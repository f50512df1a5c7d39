"""The inspector: each field is one change; what is typed is drafted; what is refused is said beside the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget

from journeymap.model import commands, journey
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Answer,
    Department,
    Id,
    KpiTarget,
    Link,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Touchpoint,
    Trait,
    TypedKpi,
    UserStory,
)
from journeymap.session import Session
from journeymap.ui.controls.fields import ProseField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.inspector import PAGES, Inspector
from journeymap.ui.panels.persona import PersonaPage
from journeymap.ui.panels.tasks import ActionPage, PainPage
from journeymap.ui.panels.touchpoint import TouchpointPage
from journeymap.ui.selection import Selection


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def inspector(open_map: OpenMap) -> Iterator[Inspector]:
    made = Inspector(open_map, Selection())
    made.resize(296, 900)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def touchpoint(open_map: OpenMap, name: str = "Fetch it") -> Touchpoint:
    return next(one for one in open_map.document.all(Touchpoint) if one.name == name)


def show(inspector: Inspector, id_: Id) -> QWidget:
    inspector._desk.selection.select(id_)
    inspector.show_now()
    assert inspector.page is not None
    return inspector.page


def retype(field: TextField | ProseField, text: str, *, enter: bool = True) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def said(page: QWidget) -> list[str]:
    return [message.text() for message in page.findChildren(Message) if message.text()]


def test_nothing_selected_shows_the_map(inspector: Inspector, open_map: OpenMap) -> None:
    assert inspector.page is not None
    assert inspector.page.id == open_map.document.map.id
    retype(inspector.page.title, "Rented bicycles")
    assert open_map.document.map.title == "Rented bicycles"
    assert open_map.session.undo_label


def test_typing_is_one_change_on_enter(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    assert isinstance(page, TouchpointPage)
    retype(page.name, "Pick the bicycle up")
    assert touchpoint(open_map, "Pick the bicycle up")
    open_map.undo()
    QApplication.processEvents()
    assert page.name.text() == "Fetch it"


def test_leaving_a_field_commits_it(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    retype(page.owner, "T. Weiss", enter=False)
    assert touchpoint(open_map).owner == ""
    page.description.setFocus()
    QApplication.processEvents()
    assert touchpoint(open_map).owner == "T. Weiss"


def test_choosing_something_else_while_typing_keeps_the_text(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    retype(page.owner, "T. Weiss", enter=False)
    show(inspector, touchpoint(open_map, "Return it").id)
    QApplication.processEvents()
    assert touchpoint(open_map).owner == "T. Weiss"


def test_escape_goes_back(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    retype(page.owner, "nobody", enter=False)
    QTest.keyClick(page.owner, Qt.Key.Key_Escape)
    assert page.owner.text() == ""
    page.description.setFocus()
    assert touchpoint(open_map).owner == ""


def test_half_typed_text_survives_a_crash(inspector: Inspector, open_map: OpenMap) -> None:
    id_ = touchpoint(open_map).id
    page = show(inspector, id_)
    page.owner._pause.setInterval(20)
    retype(page.owner, "Half a na", enter=False)
    QTest.qWait(80)
    open_map.session.flush()
    with Session.open(open_map.session.path, read_only=True) as other:
        assert [(draft.record_id, draft.field, draft.text) for draft in other.drafts()] == [(id_, "owner", "Half a na")]
    again = Inspector(open_map, Selection())
    assert not again.kept.isHidden()
    again.kept.button.click()
    again.show_now()
    assert again.page.owner.text() == "Half a na"
    assert touchpoint(open_map).owner == ""
    again.page.owner.commit()
    assert touchpoint(open_map).owner == "Half a na"
    assert not open_map.session.drafts()
    again.deleteLater()


def test_a_value_that_cannot_be_read_is_said_below_and_kept_to_be_mended(
    inspector: Inspector, open_map: OpenMap
) -> None:
    open_map.perform(commands.add_action(open_map.document, "Do it"))
    action = open_map.document.all(Action)[0]
    page = show(inspector, action.id)
    assert isinstance(page, ActionPage)
    retype(page.due, "soon")
    assert any("soon" in text for text in said(page))
    assert page.due.text() == "soon"
    retype(page.effort, "9")
    assert any("outside" in text for text in said(page))
    retype(page.due, "28.02.2027")
    assert open_map.document.one(Action, action.id).due == "2027-02-28"
    assert not any("soon" in text for text in said(page))


def test_a_rule_that_is_broken_is_said_inline_and_changes_nothing(inspector: Inspector, open_map: OpenMap) -> None:
    first, second = list(journey.every_touchpoint(open_map.document))[:2]
    open_map.perform(commands.link(open_map.document, first.id, second.id, kind="branch"))
    link = open_map.document.all(Link)[0]
    page = show(inspector, link.id)
    page.desk.do(lambda document: commands.edit(document, link.id, target_id=first.id))
    reason = page.desk.do(lambda document: commands.edit(document, link.id, share=3.0))
    assert reason
    assert open_map.document.one(Link, link.id).share is None


def test_a_department_is_found_or_made_by_its_name(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    page.department.setFocus()
    page.department.setEditText("shop")
    QTest.keyClick(page.department.lineEdit(), Qt.Key.Key_Return)
    department = open_map.document.get(Department, touchpoint(open_map).department_id)
    assert department is not None
    assert department.name == "Shop"
    page.department.setEditText("Workshop")
    QTest.keyClick(page.department.lineEdit(), Qt.Key.Key_Return)
    QApplication.processEvents()
    department = open_map.document.get(Department, touchpoint(open_map).department_id)
    assert department is not None
    assert department.name == "Workshop"
    assert page.department.currentText() == "Workshop"


def test_influence_by_arrow_keys(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    page.influence.part("owned").setFocus()
    QTest.keyClick(page.influence.part("owned"), Qt.Key.Key_Right)
    assert touchpoint(open_map).influence == "shared"


def test_the_moment_of_truth_is_a_switch(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    QTest.mouseClick(page.truth, Qt.MouseButton.LeftButton)
    assert touchpoint(open_map).moment_of_truth
    open_map.undo()
    QApplication.processEvents()
    assert not page.truth.isChecked()


def test_the_assumed_emotion_moves_by_keys_as_one_step(inspector: Inspector, open_map: OpenMap) -> None:
    point, person = touchpoint(open_map), open_map.document.all(Persona)[0]
    page = show(inspector, point.id)
    slider = page.emotions.slider(person.id)
    slider.setFocus()
    for _ in range(3):
        QTest.keyPress(slider, Qt.Key.Key_Right)
    QTest.keyRelease(slider, Qt.Key.Key_Right)
    emotion = commands.emotion(open_map.document, person.id, point.id)
    assert emotion is not None
    assert emotion.value == pytest.approx(-0.2)
    open_map.undo()
    emotion = commands.emotion(open_map.document, person.id, point.id)
    assert emotion is not None
    assert emotion.value == pytest.approx(-0.5)


def test_a_pain_is_added_weighed_and_answered(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    page._add_pain()
    pain = open_map.document.all(PainPoint)[0]
    row = page.pains.row(pain.id)
    assert row is not None
    retype(row.text, "The form is long")
    row.severity.setFocus()
    QTest.keyClick(row.severity, Qt.Key.Key_5)
    row.answer.field.setEditText("A shorter form")
    QTest.keyClick(row.answer.field.lineEdit(), Qt.Key.Key_Return)
    QApplication.processEvents()
    pain = open_map.document.one(PainPoint, pain.id)
    assert (pain.text, pain.severity) == ("The form is long", 5)
    action = open_map.document.all(Action)[0]
    assert action.title == "A shorter form"
    assert open_map.document.all(Answer)[0].action_id == action.id


def test_a_figure_is_typed_in_and_given_a_target(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    page.figures.begin()
    form = page.figures._new
    assert form is not None
    QTest.keyClicks(form.value, "54")
    QTest.keyClicks(form.n, "1187")
    QTest.keyClick(form.n, Qt.Key.Key_Return)
    QApplication.processEvents()
    typed = open_map.document.all(TypedKpi)[0]
    assert (typed.kpi, typed.value, typed.n) == ("csat", 54.0, 1187)
    row = next(iter(page.figures._shown.values()))
    retype(row._target, "70")
    QApplication.processEvents()
    assert open_map.document.all(KpiTarget)[0].value == 70
    assert row._figure.status == "missed"


def test_a_user_story_and_a_quote_are_written(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, touchpoint(open_map).id)
    page._add_story()
    page.refresh()
    story = open_map.document.all(UserStory)[0]
    retype(page.stories.row(story.id).want, "know the wait")
    page._add_quote()
    quote = open_map.document.all(Quote)[0]
    retype(page.quotes.row(quote.id).text, "I waited for ever.")
    assert open_map.document.all(UserStory)[0].want == "know the wait"
    assert open_map.document.all(Quote)[0].text == "I waited for ever."


def test_a_persona_gets_traits_and_scales(inspector: Inspector, open_map: OpenMap) -> None:
    person = open_map.document.all(Persona)[0]
    page = show(inspector, person.id)
    assert isinstance(page, PersonaPage)
    retype(page.age, "34")
    page._add_trait("goal")
    trait = open_map.document.all(Trait)[0]
    retype(page.traits["goal"].row(trait.id).text, "A bicycle that fits")
    assert open_map.document.one(Persona, person.id).age == 34
    assert open_map.document.all(Trait)[0].text == "A bicycle that fits"


def test_a_pain_can_be_tied_to_an_action_and_untied(inspector: Inspector, open_map: OpenMap) -> None:
    document = open_map.document
    open_map.perform(commands.add_pain(document, touchpoint(open_map).id, "Hurts"))
    open_map.perform(commands.add_action(document, "Mend"))
    pain, action = document.all(PainPoint)[0], document.all(Action)[0]
    page = show(inspector, pain.id)
    assert isinstance(page, PainPage)
    page.answer._answer(action.id)
    assert document.all(Answer)
    retype(page.frequency, "31 %")
    assert document.one(PainPoint, pain.id).frequency == pytest.approx(0.31)


def test_the_page_of_a_deleted_record_gives_way(inspector: Inspector, open_map: OpenMap) -> None:
    point = touchpoint(open_map)
    show(inspector, point.id)
    open_map.perform(commands.delete(open_map.document, point.id))
    QApplication.processEvents()
    assert inspector.page is not None
    assert inspector.page.id == open_map.document.map.id


def test_a_read_only_map_can_be_looked_at_but_not_changed(qapp: QApplication, map_file: Path) -> None:
    opened = OpenMap(Session.open(map_file, read_only=True))
    panel = Inspector(opened, Selection())
    page = show(panel, touchpoint(opened).id)
    assert not page.owner.isEnabled()
    assert page.desk.do(lambda document: commands.rename(document, touchpoint(opened).id, "No"))
    assert touchpoint(opened).name == "Fetch it"
    panel.deleteLater()
    opened.close()


def test_every_field_has_a_name_for_a_screen_reader(inspector: Inspector, open_map: OpenMap) -> None:
    document = open_map.document
    draft = Draft(document)
    point = touchpoint(open_map)
    pain = draft.do(commands.add_pain, point.id, "Hurts")
    draft.do(commands.add_action, "Mend", pains=[pain])
    draft.do(commands.add_opportunity, point.id, "Better")
    draft.do(commands.type_kpi, "nps", 12.0, touchpoint_id=point.id)
    open_map.perform(draft.change("All kinds"))
    nameless = []
    for kind in PAGES:
        for record in document.all(kind)[:1]:
            page = show(inspector, record.id)
            for widget in page.findChildren(QWidget):
                in_sight = widget.window() is inspector.window() and not isinstance(widget, QListView)
                if in_sight and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName():
                    nameless.append((kind.__name__, type(widget).__name__))
    assert not nameless


def test_phases_list_their_touchpoints(inspector: Inspector, open_map: OpenMap) -> None:
    phase = open_map.document.all(Phase)[0]
    page = show(inspector, phase.id)
    retype(page.goal, "Find a good one")
    assert open_map.document.one(Phase, phase.id).goal == "Find a good one"


def test_the_button_that_deletes_its_own_page_leads_to_the_map(inspector: Inspector, open_map: OpenMap) -> None:
    point = touchpoint(open_map)
    page = show(inspector, point.id)
    button = next(one for one in page.findChildren(QAbstractButton) if one.text() == "Delete touchpoint")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert point.id not in open_map.document
    assert inspector.page is not None
    assert inspector.page.id == open_map.document.map.id


def test_the_month_in_which_the_fiscal_year_begins_is_typed_by_name(inspector: Inspector, open_map: OpenMap) -> None:
    page = show(inspector, open_map.document.map.id)
    (field,) = [one for one in page.findChildren(TextField) if one.accessibleName() == "Year begins"]
    retype(field, "April")
    assert open_map.document.map.year_start == 4
    retype(field, "Foo")
    assert any("no month" in text for text in said(page))
    assert open_map.document.map.year_start == 4


def test_a_touchpoint_says_which_kind_of_knowledge_it_has_not(inspector: Inspector, open_map: OpenMap) -> None:
    stop = next(one for one in open_map.document.all(Touchpoint) if not open_map.figures.at(one.id))
    page = show(inspector, stop.id)
    assert not any("not why" in word.text() for word in page.findChildren(Words) if word.isVisible())
    open_map.session.perform(commands.type_kpi(open_map.document, "bounce", 31.0, touchpoint_id=stop.id, n=90))
    QApplication.processEvents()
    assert any("not why" in word.text() for word in page.findChildren(Words) if word.isVisible())
