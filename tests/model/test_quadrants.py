"""The importance–performance picture: every touchpoint is there, its labels hide nothing, and its words claim no more
than the intervals do."""

from __future__ import annotations

from itertools import combinations

import pytest
from answers import Survey
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from test_drivers import surveyed

from journeymap.model import drivers, quadrants
from journeymap.model.cube import Cube, Pair
from journeymap.model.drivers import Driver, Drivers, key_drivers
from journeymap.model.picture import Box, Text
from journeymap.model.records import Measure


def found_of(slopes, n=1200, **more):
    survey = surveyed(slopes, n, **more)
    return survey, key_drivers(survey.document, survey.cube)[0]


def test_performance_has_the_interval_of_a_mean():
    survey, found = found_of([0.8, 0.4, 0.0])
    for driver in found.drivers:
        place = [stop.id for stop in survey.touchpoints].index(driver.touchpoint_id)
        codes = survey.codes[place]
        low, high = stats.t.interval(0.95, len(codes) - 1, codes.mean(), stats.sem(codes))
        wanted = tuple((each - 1) / 4 for each in (codes.mean(), low, high))
        assert (driver.performance, driver.performance_low, driver.performance_high) == pytest.approx(wanted, abs=1e-6)
        assert driver.answers == 1200


def test_a_clear_first_is_named_and_an_unclear_one_is_not():
    survey, found = found_of([0.9, 0.2, 0.1])
    assert found.strongest == (survey.touchpoints[0].id,)
    assert drivers.finding(survey.document, found) == "“Stop 0” goes with Q3 most."
    assert found.drivers[0].sure or "cannot be told" in drivers.verdict(found.drivers[0])
    survey, found = found_of([0.4, 0.4, 0.0], n=150, seed=3)
    assert set(found.strongest) >= {survey.touchpoints[0].id, survey.touchpoints[1].id}
    assert "cannot be told" in drivers.finding(survey.document, found)


def test_which_is_first_is_claimed_wrongly_in_few_surveys():
    wrong = 0
    for seed in range(24):
        _survey, found = found_of([0.4, 0.4, 0.4], n=300, seed=seed)
        wrong += len(found.strongest) == 1
    assert wrong <= 5  # of equals one comes out alone; about 5 % of 24 are meant, more than 5 would be a surprise


def test_too_few_people_are_left_out_and_said():
    survey = surveyed([0.5, 0.5, 0.5])
    cube = survey.cube("")
    third = next(m.id for m in survey.document.all(Measure) if m.touchpoint_id == survey.touchpoints[2].id)
    few = [Pair(p.a, p.b, 12, p.x, p.y, p.xx, p.yy, p.xy) if third in (p.a, p.b) else p for p in cube.pairs]
    (found,) = key_drivers(survey.document, lambda _id: Cube(survey.blocks, few))
    assert found.left_out == ((survey.touchpoints[2].id, 12),)
    assert len(found.drivers) == 2


def texts(picture):
    for group in picture.groups:
        for item in group.items:
            if isinstance(item, Text) and not item.rotate:
                start = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor] * item.width
                x, y = group.x + item.x - start, group.y + item.y
                yield (x, y - 0.84 * item.size, item.width, item.size), item.text, bool(group.meaning.touchpoint)


def test_every_touchpoint_has_a_mark_with_its_figures_in_words():
    survey, found = found_of([0.8, 0.5, 0.3, 0.2, 0.1, 0.0])
    picture = quadrants.quadrants(survey.document, found, 760, 400, 12)
    marks = [group for group in picture.groups if group.meaning.touchpoint]
    assert [mark.meaning.touchpoint for mark in marks] == [driver.touchpoint_id for driver in found.drivers]
    assert all("95 % interval" in mark.meaning.alt and "n 1" in mark.meaning.alt for mark in marks)
    shown = {text for _rect, text, _mark in texts(picture)}
    assert {"fix first", "keep it up", "can wait", "more than needed"} <= shown


CROWD = Survey(14)
points = st.lists(
    st.tuples(st.floats(0, 0.5), st.floats(0, 0.2), st.floats(0, 1), st.floats(0, 0.1), st.sampled_from([12, 400])),
    min_size=2,
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(points, st.sampled_from([(760, 400, 12), (420, 300, 12), (760, 190, 7.5)]))
def test_labels_never_overlap_and_stay_in_the_picture(places, size):
    survey = CROWD
    made = tuple(
        Driver(survey.touchpoints[i].id, "", n, 0.1, 0.0, 0.2, x, max(0.0, x - w), x + w, y, "can wait",
               max(0.0, y - v), min(1.0, y + v), n)
        for i, (x, w, y, v, n) in enumerate(places)
    )  # fmt: skip
    found = Drivers("", "Q", 0.5, made, (made[0].touchpoint_id,), (), 0.1, 0.5)
    picture = quadrants.quadrants(survey.document, found, *size)
    rects = [rect for rect, _text, mark in texts(picture)]
    for x, y, wide, high in rects:
        assert x >= -0.01
        assert y >= -0.01
        assert x + wide <= size[0] + 0.01
        assert y + high <= size[1] + 0.01
    labels = [rect for rect, _text, mark in texts(picture) if mark]
    for one, other in combinations(labels, 2):
        apart = (
            one[0] >= other[0] + other[2] - 0.01
            or other[0] >= one[0] + one[2] - 0.01
            or one[1] >= other[1] + other[3] - 0.01
            or other[1] >= one[1] + one[3] - 0.01
        )
        assert apart
    marks = [group for group in picture.groups if group.meaning.touchpoint]
    for group, (*_rest, n) in zip(marks, places, strict=True):
        mark = next(item for item in group.items if isinstance(item, Box))  # behind words there may be another
        assert (mark.fill == "card") == (n < 30)
