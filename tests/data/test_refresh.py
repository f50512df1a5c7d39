"""Next month's file: recognised, its difference said, taken as one step, taken back exactly. With the real store."""

from __future__ import annotations

import csv
import gzip
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journeymap.cli import main
from journeymap.data import AlreadyImported, guess, peek, prepare, recognising, refresh
from journeymap.data.difference import sentences
from journeymap.data.recipe import Recipe, read_recipe
from journeymap.data.recognising import Fit
from journeymap.data.refresh import Refresh, Said
from journeymap.failure import Failure
from journeymap.model import commands
from journeymap.model.figures import figures
from journeymap.model.moves import past_blocks
from journeymap.model.proposals import proposals
from journeymap.model.records import DataSet, Map, Measure, State, Touchpoint, new_id
from journeymap.session import Session
from journeymap.store.verify import verify

GOOD, BAD = (1, 2, 4, 4, 5, 5), (1, 1, 2, 2, 3, 4)
PLACES = ("Search", "Check-in", "Security", "Boarding")
Make = Callable[..., Path]


@pytest.fixture
def month(tmp_path: Path) -> Make:
    """A month of a survey in wide form: one column a touchpoint, and an overall judgement."""

    def written(number: int, places=PLACES, low=(), overall="Overall satisfaction", rows=300, days=28, name="") -> Path:
        chance = random.Random(number)
        path = tmp_path / (name or f"2026-{number:02}.csv")
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(
                ["Response ID", "Submitted", "Age group", *(f"{one}: satisfaction" for one in places), overall]
            )
            for row in range(rows):
                answers = [chance.choice(BAD if one in low else GOOD) for one in places]
                day = f"2026-{number:02}-{row % days + 1:02}"
                out.writerow(
                    [number * 10_000 + row, day, chance.choice(["young", "old"]), *answers, chance.choice(GOOD)]
                )
        return path

    return written


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "map.journey", [Map(new_id(), title="A map"), State(new_id(), "a0")]) as opened:
        yield opened


def first(session: Session, *paths: Path, name: str = "Survey") -> None:
    recipe = guess(peek(paths[0]), session.document).recipe
    intake = prepare(session.document, paths, recipe, name=name)
    session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)


def only(session: Session, path: Path) -> Fit:
    (fit,) = recognising.candidates(path, session.document)
    return fit


def counted(session: Session, path: Path, said: Said | None = None, **options) -> Refresh:
    fit = only(session, path)
    return refresh.refresh(
        session.document,
        past_blocks(session.document, session.cube, fit.data_set),
        [path],
        fit,
        said or Said(),
        **options,
    )


def take(session: Session, found: Refresh) -> None:
    session.perform(found.intake.change, blocks=found.intake.blocks, pairs=found.intake.pairs)


def shown(session: Session):
    return figures(session.document, session.cube)


def at(session: Session, name: str):
    found = [one.id for one in session.document.all(Touchpoint) if one.name == name]
    return [figure for id_ in found for figure in shown(session).at(id_)]


DRIFTED = "Overall Satisfaction (1-5)"


def test_a_changed_month_is_described_taken_in_one_step_and_taken_back_exactly(session, month) -> None:
    first(session, month(1))
    before, records = shown(session), set(session.document)
    path = month(2, ("Search", "Check-in", "Security", "Lounge"), low=("Security",), overall=DRIFTED)
    fit = only(session, path)
    assert dict(fit.proposed) == {"Overall satisfaction": DRIFTED}
    assert fit.vanished == ("Boarding: satisfaction",)
    assert [question.column for question in fit.new] == ["Lounge: satisfaction"]
    found = counted(session, path, Said({"Overall satisfaction": DRIFTED}, add=("Lounge: satisfaction",)))
    assert (found.new_touchpoints, found.vanished_touchpoints) == (("Lounge",), ("Boarding",))
    assert {move.place: move.word for move in found.moves} == {
        "Search": "no clear change", "Check-in": "no clear change", "Security": "worse", "": "no clear change",
    }  # fmt: skip
    take(session, found)
    assert [figure.data_set_id for figure in at(session, "Security")] == [found.intake.data_set.id]
    (claim,) = [one for one in proposals(session.document, shown(session), session.cube) if one.certain]
    assert session.document.one(Touchpoint, claim.touchpoint_id).name == "Security"
    assert len(at(session, "Boarding")) == len(at(session, "Lounge")) == 1
    after = shown(session)
    session.undo()
    assert shown(session) == before
    assert set(session.document) == records
    session.redo()
    assert shown(session) == after


def test_the_series_is_the_same_after_reopening_and_in_a_second_window(session, month) -> None:
    first(session, month(1))
    session.flush()
    with Session.open(session.path) as window:
        take(session, counted(session, month(2, low=("Security",))))
        session.flush()
        assert window.pull() is not None
        assert shown(window) == shown(session)
    expected = shown(session)
    session.close()
    assert verify(session.path).sound
    with Session.open(session.path) as again:
        assert shown(again) == expected
        assert len(at(again, "Security")[0].spark) == 2


def test_a_drifted_name_stays_one_question_over_the_months(session, month) -> None:
    first(session, month(1))
    take(session, counted(session, month(2, overall=DRIFTED), Said({"Overall satisfaction": DRIFTED})))
    third = only(session, month(3, overall=DRIFTED))
    assert (dict(third.proposed), third.vanished) == ({}, ())
    take(session, counted(session, month(3, overall=DRIFTED)))
    take(session, counted(session, month(4)))  # the old name is known as well
    (figure,) = shown(session).journey
    assert len(figure.spark) == 4
    assert {one.column for one in session.document.all(Measure) if not one.touchpoint_id} == {"Overall satisfaction"}


def test_a_proposal_that_nobody_takes_is_not_taken(session, month) -> None:
    first(session, month(1))
    found = counted(session, month(2, overall=DRIFTED))
    assert "Overall satisfaction" in found.vanished
    assert all(measure.touchpoint_id for measure in found.intake.measures)


def test_a_vanished_column_is_said_once_and_is_known_when_it_comes_back(session, month) -> None:
    first(session, month(1))
    found = counted(session, month(2, PLACES[:3]))
    assert found.vanished == ("Boarding: satisfaction",)
    take(session, found)
    found = counted(session, month(3, PLACES[:3]))
    assert found.vanished == ()
    take(session, found)
    take(session, counted(session, month(4)))
    assert [figure.period for figure in at(session, "Boarding")] == ["1 Apr – 28 Apr 2026"]


def test_a_touchpoint_that_got_another_name_on_the_map_keeps_its_series(session, month) -> None:
    first(session, month(1))
    security = next(one for one in session.document.all(Touchpoint) if one.name == "Security")
    session.perform(commands.rename(session.document, security.id, "The queue"))
    found = counted(session, month(2))
    assert found.new_touchpoints == ()
    take(session, found)
    assert len(at(session, "The queue")) == 1
    assert at(session, "Security") == []


def test_a_file_that_holds_last_month_too_counts_no_day_twice(session, month, tmp_path) -> None:
    first(session, month(1))
    take(session, counted(session, month(2)))
    lines = [month(number).read_text().splitlines() for number in (2, 3)]
    path = tmp_path / "both.csv"
    path.write_text("\n".join([*lines[0], *lines[1][1:]]) + "\n")
    found = counted(session, path)
    assert (found.overlap.count, found.overlap.alike) == (28, 28)
    assert any("28 days are in both" in sentence for sentence in sentences(found))
    assert {move.after.n for move in found.moves} == {300}
    told = found.intake.account
    assert told["rows_read"] == told["rows_used"] + sum(told["rows_dropped"].values()) == 600
    take(session, found)
    from journeymap.model.breakdown import kpis

    rows = [row.figure for row in kpis(session.document, session.cube, period="month") if row.touchpoint == "Search"]
    assert [(row.period, row.n) for row in rows] == [("2026-01", 300), ("2026-02", 300), ("2026-03", 300)]


def test_another_scale_is_said(session, month, tmp_path) -> None:
    first(session, month(1))
    text = month(2).read_text().splitlines()
    rows = [line.split(",") for line in text]
    for row in rows[1:40]:
        row[3] = "9"
    for row in rows[40:60]:
        row[4] = "splendid"
    path = tmp_path / "odd.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")
    found = counted(session, path)
    assert dict(found.strange) == {"Search: satisfaction": ("9",), "Check-in: satisfaction": ("“splendid”",)}
    take(session, found)
    path.write_text(path.read_text().replace("2026-02", "2026-03"))
    assert dict(counted(session, path).strange) == {}


# ---------------------------------------------------------------- long form

LONG = "Contact,Date,Score\n"


def long_form(path: Path, month: int, **scores: tuple[int, ...]) -> Path:
    lines = [
        f"{name.replace('_', ' ')},2026-{month:02}-{day:02},{score}"
        for name, given in scores.items()
        for day in range(1, 21)
        for score in given
    ]
    path.write_text(LONG + "\n".join(lines) + "\n")
    return path


@pytest.fixture
def long_map(session, tmp_path) -> Session:
    recipe = Recipe.from_toml(
        '[columns]\ntouchpoint = "Contact"\ndate = "Date"\n[[measure]]\nkpi = "csat"\ncolumn = "Score"\nscale = [1, 5]\n'
    )
    path = long_form(tmp_path / "jan.csv", 1, Hotline=(5, 4, 2), Security_queue=(4, 4, 5), Shop=(5, 2, 5))
    intake = prepare(session.document, [path], recipe, name="Calls")
    session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
    return session


def test_a_touchpoint_that_the_source_calls_otherwise_is_proposed_and_read_as_the_old_one(long_map, tmp_path) -> None:
    path = long_form(tmp_path / "feb.csv", 2, Hotline=(5, 4, 2), Security_queues=(4, 4, 5), Lounge=(5, 2, 5))
    found = counted(long_map, path)
    assert dict(found.touchpoints) == {"Security queues": "Security queue"}
    assert set(found.new_touchpoints) == {"Lounge", "Security queues"}
    found = counted(long_map, path, Said(touchpoints={"Security queues": "Security queue"}))
    assert (found.new_touchpoints, found.vanished_touchpoints, dict(found.touchpoints)) == (("Lounge",), ("Shop",), {})
    take(long_map, found)
    assert len(at(long_map, "Security queue")[0].spark) == 2
    march = long_form(tmp_path / "mar.csv", 3, Hotline=(5, 4, 2), Security_queues=(1, 1, 2))
    found = counted(long_map, march)
    assert (found.new_touchpoints, dict(found.touchpoints)) == ((), {})
    assert {move.place: move.word for move in found.moves}["Security queue"] == "worse"


def test_a_new_name_beside_the_old_one_is_new(long_map, tmp_path) -> None:
    path = long_form(tmp_path / "feb.csv", 2, Hotline=(5, 4, 2), Security_queue=(4,), Security_queues=(4,), Shop=(5,))
    assert dict(counted(long_map, path).touchpoints) == {}


# ---------------------------------------------------------------- the same again


def test_the_same_file_is_refused_by_any_name_and_in_any_wrapping(session, month, tmp_path) -> None:
    january = month(1)
    first(session, january)
    recipe = guess(peek(january), session.document).recipe
    copy, packed, zipped = (tmp_path / name for name in ("copy.csv", "jan.csv.gz", "jan.zip"))
    copy.write_bytes(january.read_bytes())
    packed.write_bytes(gzip.compress(january.read_bytes()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(january, "survey.csv")
    for paths in ([copy], [packed], [zipped], [month(2), copy]):
        with pytest.raises(AlreadyImported, match="is on the map already, as “Survey”"):
            prepare(session.document, paths, recipe)
    with pytest.raises(Failure, match="are the same file; name it once"):
        prepare(session.document, [month(2), month(3), month(2, name="x.csv")], recipe)
    with pytest.raises(AlreadyImported):
        counted(session, copy)
    assert prepare(session.document, [copy], recipe, again=True).data_set.series == ""


def test_a_file_known_from_an_archive_is_refused_without_it(session, month, tmp_path) -> None:
    january, zipped = month(1), tmp_path / "jan.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(january, "survey.csv")
    first(session, zipped)
    with pytest.raises(AlreadyImported):
        prepare(session.document, [january], guess(peek(january), session.document).recipe)


# ---------------------------------------------------------------- the command line


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = main([str(one) for one in arguments])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_command_recognises_refuses_a_drift_and_takes_it_when_told(tmp_path, month, capsys) -> None:
    path = tmp_path / "m.journey"
    run(capsys, "new", path)
    run(capsys, "import", path, month(1), "--name", "Survey")
    february = month(2, ("Search", "Check-in", "Security", "Lounge"), low=("Security",), overall=DRIFTED)
    code, out, _err = run(capsys, "import", path, february, "--dry-run", "--json")
    told = json.loads(out)["difference"]
    assert code == 0
    assert told["follows"] == "Survey"
    assert told["columns"] == {
        "renamed": {}, "proposed": {"Overall satisfaction": DRIFTED}, "vanished": ["Boarding: satisfaction"],
        "new": ["Lounge: satisfaction"],
    }  # fmt: skip
    assert {move["place"]: move["word"] for move in told["moves"]}["Security"] == "worse"
    code, out, err = run(capsys, "import", path, february)
    assert (code, out) == (1, "")
    taking = f"Overall satisfaction={DRIFTED}"
    assert f'--rename "{taking}"' in err
    assert len(err.strip().splitlines()) == 1
    code, out, err = run(capsys, "import", path, february, "--rename", taking, "--add", "Lounge: satisfaction")
    assert (code, err) == (0, "")
    assert out.startswith("This looks like the next period of “Survey”.")
    with Session.open(path) as session:
        assert len({one.series or one.id for one in session.document.all(DataSet)}) == 1
        assert session.undo_label == "Import 2026-02"
        session.undo()
        assert len(session.document.all(DataSet)) == 1
        session.flush()
    code, _out, err = run(capsys, "import", path, february, "--rename", "Overall satisfaction=")
    assert (code, err) == (0, "")


def test_the_same_recipe_file_every_month_makes_one_series(tmp_path, month, capsys) -> None:
    path, recipe = tmp_path / "m.journey", tmp_path / "r.toml"
    run(capsys, "new", path)
    run(capsys, "import", path, month(1), "--save-recipe", recipe)
    for number in (2, 3):
        code, out, err = run(capsys, "import", path, month(number), "--recipe", recipe, "--json")
        assert (code, err) == (0, "")
        assert json.loads(out)["difference"]["overlap"] is None
    rows = json.loads(run(capsys, "kpis", path, "--json")[1])["kpis"]
    assert len([row for row in rows if row["touchpoint"] == "Search"]) == 1
    assert read_recipe(recipe).questions


def test_files_of_the_same_days_are_no_series_unless_somebody_says_so(tmp_path, month, capsys) -> None:
    path = tmp_path / "m.journey"
    run(capsys, "new", path)
    run(capsys, "import", path, month(1), "--name", "Berlin")
    other = month(1, rows=200, name="hamburg.csv")
    code, out, _err = run(capsys, "import", path, other, "--json")
    report = json.loads(out)
    assert code == 0
    assert "difference" not in report
    assert report["warnings"][-1].endswith("import it with --refresh “Berlin”.")
    code, out, _err = run(capsys, "import", path, month(2, name="b2.csv"), "--refresh", "berlin", "--json")
    assert json.loads(out)["difference"]["follows"] == "Berlin"
    code, out, _err = run(capsys, "import", path, month(3), "--separate", "--json")
    assert "difference" not in json.loads(out)
    code, _out, err = run(capsys, "import", path, month(4), "--refresh", "Paris")
    assert (code, err) == (1, "The map has no data set “Paris”; it has: “hamburg”, “b2”, “2026-03”.\n")


def test_several_files_refresh_as_one_data_set(tmp_path, month, capsys) -> None:
    path = tmp_path / "m.journey"
    run(capsys, "new", path)
    run(capsys, "import", path, month(1), month(2), "--name", "Survey")
    code, out, err = run(capsys, "import", path, month(3), month(4), "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)["difference"]
    assert (told["after"]["first_day"], told["after"]["last_day"]) == ("2026-03-01", "2026-04-28")
    assert told["after"]["rows_used"] == told["before"]["rows_used"] == 600


# ---------------------------------------------------------------- real files


SFO = """
[columns]
respondent = "*RESPNUM"
segments = ["BAREA", "DEST CODE"]
"""
ASKED = {"Q7ART": "Artwork", "Q7FOOD": "Food", "Q7SIGN": "Signs", "Q7SCREENS": "Screens", "Q7WIFI": "Wireless"}


def test_an_airports_next_year_with_its_drifted_columns(session, shared) -> None:
    old, new = (next((shared / "data/sfo_customer_survey").glob(f"{year}_*.csv")) for year in (2016, 2017))
    measures = [
        f'[[measure]]\nkpi = "csat"\ncolumn = "{name}"\ntouchpoint = "{place}"\nscale = [1, 5]\nmissing = [0]\nnot_applicable = [6]\n'
        for name, place in ASKED.items()
    ]
    recipe = Recipe.from_toml(SFO + "".join(measures))
    intake = prepare(session.document, [old], recipe, name="2016")
    session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
    fit = only(session, new)
    assert dict(fit.proposed) == {"*RESPNUM": "RESPNUM", "DEST CODE": "DEST_CODE"}
    assert fit.vanished == ()
    found = counted(session, new, Said(dict(fit.proposed)), name="2017")
    take(session, found)
    assert found.intake.data_set.segments == ("BAREA", "DEST CODE")
    counts = [_satisfied(path) for path in (old, new)]
    for move in found.moves:
        (good, n), (now, n_now) = (each[move.place] for each in counts)
        assert (move.before.n, move.after.n) == (n, n_now)
        assert move.difference.value == pytest.approx(100 * (now / n_now - good / n))
    assert len(found.moves) == len(ASKED)
    assert {move.word for move in found.moves} <= {"better", "worse", "no clear change"}
    assert len(at(session, "Food")[0].spark) == 2


def _satisfied(path: Path) -> dict[str, tuple[int, int]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for name, place in ASKED.items():
        codes = [row[name].strip() for row in rows]
        found[place] = (
            sum(code in {"4", "5"} for code in codes),
            sum(code in {"1", "2", "3", "4", "5"} for code in codes),
        )
    return found


def test_answers_quarter_by_quarter_give_the_periods_of_the_whole_year(session, shared, tmp_path) -> None:
    """Real answers, with days of our own: one file, or four refreshes, are the same figures by period."""
    from journeymap.model.breakdown import kpis

    table = next((shared / "data/sfo_customer_survey").glob("2017_*.csv"))
    with table.open(newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["Q7FOOD"].strip()]
    recipe = Recipe.from_toml(
        '[columns]\ndate = "Day"\n[[measure]]\nkpi = "csat"\ncolumn = "Food"\nscale = [1, 5]\nmissing = [0]\nnot_applicable = [6]\n'
    )
    lines = [
        f"2017-{1 + place * 12 // len(rows):02}-{1 + place % 28:02},{row['Q7FOOD']}" for place, row in enumerate(rows)
    ]
    for quarter in range(4):
        part = [line for line in lines if (int(line[5:7]) - 1) // 3 == quarter]
        path = tmp_path / f"q{quarter + 1}.csv"
        path.write_text("Day,Food\n" + "\n".join(part) + "\n")
        if quarter:
            take(session, counted(session, path))
        else:
            intake = prepare(session.document, [path], recipe)
            session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
    whole = tmp_path / "year.csv"
    whole.write_text("Day,Food\n" + "\n".join(lines) + "\n")
    with Session.create(tmp_path / "whole.journey", [Map(new_id(), title="W"), State(new_id(), "a0")]) as other:
        intake = prepare(other.document, [whole], recipe)
        other.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        for length in ("month", "quarter", "year"):
            one, two = (kpis(each.document, each.cube, period=length) for each in (session, other))
            assert [(row.figure.period, row.figure.n, row.figure.value) for row in one] == [
                (row.figure.period, row.figure.n, row.figure.value) for row in two
            ]
            assert [row.shift.word if row.shift else None for row in one] == [
                row.shift.word if row.shift else None for row in two
            ]


def test_a_first_import_says_which_new_touchpoint_is_called_almost_like_one_of_the_map(long_map, tmp_path) -> None:
    path = long_form(tmp_path / "other.csv", 5, Hot_line=(5, 4), Lounge=(4, 4))
    recipe = Recipe.from_toml(long_map.document.all(DataSet)[0].recipe)
    intake = prepare(long_map.document, [path], recipe)
    (said,) = [sentence for sentence in intake.warnings if "is new on the map" in sentence]
    assert said.startswith("“Hot line” is new on the map; if it is “Hotline”")
    meant = refresh.with_names(recipe, refresh.decided(long_map.document, None, ["Hotline=Hot line"], recipe=recipe))
    assert prepare(long_map.document, [path], meant).created["touchpoints"] == ["Lounge"]
