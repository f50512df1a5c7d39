"""Comments: what they are about, how they judge, whether that holds; and that nothing of them stays unasked."""

from __future__ import annotations

import csv
import json
import random
import tempfile

import pytest

from journeymap.data import Columns, Question, Recipe, Stopped, prepare
from journeymap.data.comments import asked, bring, judgement, listen, sentiment
from journeymap.data.comments.judgement import label
from journeymap.data.comments.language import language, languages
from journeymap.data.comments.themes import themes
from journeymap.failure import Failure
from journeymap.model.change import adding
from journeymap.model.cube import Cube
from journeymap.model.document import Document
from journeymap.model.emotion import measured_emotions
from journeymap.model.figures import figures
from journeymap.model.proposals import proposals
from journeymap.model.records import Persona, Touchpoint, new_id
from journeymap.model.tally import tally
from journeymap.session import Session


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("The staff were very friendly and helpful", "en"),
        ("Das Personal war sehr freundlich und schnell", "de"),
        ("Le personnel est très gentil et c'est bien", "other"),
        ("El personal es muy amable y todo está bien", "other"),
        ("5/5", ""),
    ],
)
def test_the_language_of_a_sentence_is_heard(text, spoken):
    assert language(text) == spoken


def test_what_says_nothing_is_in_the_language_of_the_others():
    assert languages(["Das war sehr gut und schnell", "Super", "Ich bin zufrieden mit dem Service"]) == ["de"] * 3


@pytest.mark.parametrize(
    ("text", "spoken", "question", "judged"),
    [
        ("The staff were lovely and so helpful", "en", "open", 1),
        ("Absolutely terrible, nobody answered", "en", "open", -1),
        ("Not good at all", "en", "open", -1),
        ("No complaints", "en", "open", 1),
        ("I came by bus", "en", "open", 0),
        ("Friendly desk, but the wait was dreadful and the toilets disgusting", "en", "open", -1),
        ("Sehr freundliches Personal, gerne wieder", "de", "open", 1),
        ("Leider unfreundlich und viel zu langsam", "de", "open", -1),
        ("Nicht zu empfehlen", "de", "open", -1),
        ("Nichts auszusetzen", "de", "open", 1),
        ("Nothing", "en", "better", 1),
        ("More chairs in the hall", "en", "better", -1),
        ("Nichts, alles war gut", "de", "better", 1),
        ("Mehr Personal an der Kasse", "de", "better", -1),
        ("Nothing", "en", "good", -1),
        ("The nurses", "en", "good", 1),
    ],
)
def test_praise_and_blame_are_told_apart_by_words_and_by_what_was_asked(text, spoken, question, judged):
    assert sentiment(text, spoken, question) == judged


def test_what_was_asked_is_seen_from_the_name_or_from_the_answers():
    assert asked("What could we do better?", [], "en") == "better"
    assert asked("Was hat Ihnen gefallen?", [], "de") == "good"
    assert asked("Q7", ["Nothing"] * 10 + ["More seats would be good"] * 15 + ["Ok"] * 25, "en") == "better"
    assert asked("Q7", ["It was fine and quick"] * 60, "en") == "open"


def test_themes_are_words_that_come_together_counted_plainly():
    chance = random.Random(4)
    about = ["queue at security", "breakfast with stale rolls", "lost baggage at the belt"]
    comments = [f"{chance.choice(['The', 'Again the', 'Well the'])} {chance.choice(about)} today" for _ in range(300)]
    found = themes(comments, ["en"] * 300)
    assert {theme.words[:2] for theme in found} >= {("queue", "security"), ("baggage", "belt")}
    for theme in found:
        assert len(theme.comments) == sum(theme.words[0] in comment for comment in comments)


def test_sentiment_holds_only_where_it_beats_the_commonest_answer():
    good = judgement([(1, 1)] * 80 + [(-1, -1)] * 15 + [(1, -1)] * 5)
    assert good.holds
    assert good.value == pytest.approx((1 + 0.75) / 2)
    assert good.low < good.value < good.high
    blind = judgement([(1, 1)] * 80 + [(1, -1)] * 20)
    assert (blind.value, blind.holds) == (0.5, False)
    assert not judgement([(1, 1)] * 500).holds
    assert not judgement([(1, 1)] * 500 + [(-1, -1)] * 9).holds
    missing = judgement([(1, 1)] * 100 + [(-1, -1)] * 100 + [(1, 0)] * 100)
    assert missing.low > missing.majority
    assert not missing.holds


def test_scores_become_labels():
    assert [label(x, 1, 5, mirrored=False, nps=False) for x in (1, 2, 3, 4, 5)] == [-1, -1, 0, 1, 1]
    assert [label(x, 1, 5, mirrored=True, nps=False) for x in (1, 3, 5)] == [1, 0, -1]
    assert [label(x, 0, 10, mirrored=False, nps=True) for x in (6, 7, 9)] == [-1, 0, 1]


@pytest.fixture
def survey(write):
    """240 rows: at the desk words and scores agree, on the bus they do not; queues come in the second half."""
    chance = random.Random(11)
    lines = ["date,where,group,score,comment"]
    for number in range(480):
        where = "Desk" if number % 2 else "Bus"
        score = chance.choice([1, 2, 4, 5])
        words = "helpful and friendly" if score > 3 else "rude and slow, terrible"
        if where == "Bus":
            words = chance.choice(["helpful and friendly", "rude and slow, terrible"])
        theme = (
            "The queue at the ticket counter was endless" if number > 240 and number % 3 else "Seats near the window"
        )
        lines.append(
            f'2026-{1 + number // 44:02}-{1 + number % 28:02},{where},g{number % 4},{score},"{theme}; {words}"'
        )
    return write("\n".join(lines) + "\n")


RECIPE = Recipe(
    columns=Columns(touchpoint="where", date="date", segments=("group",), comments=("comment",)),
    questions=(Question("csat", "score", scale=(1, 5)),),
)


def test_sentiment_goes_on_the_map_only_where_it_was_shown_to_hold(survey, empty_map, tmp_path):
    with Session.create(tmp_path / "m.journey", list(empty_map)) as session:
        intake = prepare(session.document, [survey], RECIPE)
        intake = bring(intake, listen([survey], RECIPE, []), session.document.all(Touchpoint))
        session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        session.flush()
        found = figures(session.document, session.cube)
        by_name = {session.document.get(Touchpoint, id_).name: found.touchpoint[id_] for id_ in found.touchpoint}
        (desk,) = [figure for figure in by_name["Desk"] if figure.kpi == "sentiment"]
        csat = next(figure for figure in by_name["Desk"] if figure.kpi == "csat")
        assert desk.n == 240
        assert desk.low < desk.value < desk.high
        assert desk.value == pytest.approx(csat.value, abs=5)
        assert not [figure for figure in by_name["Bus"] if figure.kpi == "sentiment"]
        assert any("no figure here" in warning for warning in intake.warnings)
        assert not [p for p in proposals(session.document, found, session.cube) if p.source.startswith("sentiment")]
        (block,) = [b for (m, c), b in intake.blocks.items() if c == "group" and m == desk.measure_id]
        assert sum(block.n) == 240


def test_themes_have_count_share_trend_touchpoint_and_quotes(survey, empty_map):
    (heard,) = listen([survey], RECIPE, [])
    queue = next(theme for theme in heard.themes if "queue" in theme.words)
    with survey.open() as file:
        lines = [row["comment"] for row in csv.DictReader(file)]
    assert queue.count == sum("queue" in line for line in lines)
    assert queue.low < queue.share == queue.count / 480 < queue.high
    assert queue.change == "rising"
    assert queue.trend[0][1] < queue.trend[-1][1]
    assert {place for place, _n in queue.touchpoints} == {"Desk", "Bus"}
    assert queue.quotes
    intake = bring(prepare(empty_map, [survey], RECIPE), [heard], [])
    kept = json.loads(intake.data_set.account)["comments"]
    assert kept[0]["themes"][0]["count"] >= kept[0]["themes"][-1]["count"]
    assert "was endless" not in intake.data_set.account
    assert not any(text in intake.data_set.account for text, _place in queue.quotes)
    assert intake.as_json()["comments"] == kept


def test_listening_tells_how_far_it_is_and_can_be_stopped(survey):
    seen = []
    listen([survey], RECIPE, [], progress=lambda part, text: seen.append((part, text)))
    parts = [part for part, _text in seen]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0, 1)
    assert len({text for _part, text in seen}) >= 4
    with pytest.raises(Stopped):
        listen([survey], RECIPE, [], cancelled=lambda: True)


def test_listening_can_be_stopped_at_every_step_and_leaves_nothing(survey, tmp_path, monkeypatch):
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    asked = []
    listen([survey], RECIPE, [], cancelled=lambda: bool(asked.append(1)))
    assert len(asked) >= 8
    for wanted in range(1, len(asked) + 1, max(len(asked) // 8, 1)):
        turns = iter(range(1, len(asked) + 1))
        with pytest.raises(Stopped):
            listen([survey], RECIPE, [], cancelled=lambda turns=turns, wanted=wanted: next(turns) >= wanted)
        assert list(private.iterdir()) == []


def test_real_comments_are_judged_question_by_question(shared):
    """The bars are what was measured, less a margin: see benchmarks/comments.py for the figures."""
    recipe = Recipe.from_toml(
        '[columns]\ntouchpoint = "question"\ncomments = ["feedback"]\n'
        '[[measure]]\nkpi = "rating"\ncolumn = "criticality"\nscale = [-5, 5]\n'
    )
    (heard,) = listen([shared / "data/nhs_friends_and_family/phase1_text_data.csv"], recipe, [])
    assert heard.count == 10_334
    judged = heard.judged
    assert judged["Trust A - Q1"].value > 0.75
    assert judged["Trust C - Q2"].value > 0.8
    assert judged["Trust C - Q1"].holds
    assert not judged["Trust A - Q2"].holds, "two critical comments among 1,696 tell nothing"
    assert not judged["Trust B - Q1"].holds, "praise is labelled neutral there"
    assert sum(theme.count for theme in heard.themes) > 4000


def test_german_reviews_are_judged(shared):
    recipe = Recipe.from_toml(
        '[columns]\ncomments = ["review"]\n[[measure]]\nkpi = "rating"\ncolumn = "rating"\nscale = [1, 5]\n'
    )
    (heard,) = listen([shared / "data/de_coffee_reviews/kaffee_reviews.csv"], recipe, [])
    assert heard.languages["de"] > 450
    assert heard.judged[""].value > 0.55
    assert any("preis" in theme.words for theme in heard.themes)


SENTIMENT = """
[columns]
touchpoint = "where"
date = "date"
segments = ["group"]
[[measure]]
kpi = "csat"
column = "score"
scale = [1, 5]
[[measure]]
kpi = "sentiment"
column = "comment"
name = "Tone"
"""


def test_a_recipe_may_ask_for_sentiment_and_gets_it_where_it_holds(survey, empty_map):
    recipe = Recipe.from_toml(SENTIMENT)
    assert recipe.columns.comments == ("comment",)
    assert Recipe.from_toml(recipe.to_toml()) == recipe
    intake = bring(prepare(empty_map, [survey], recipe), listen([survey], recipe, []), [])
    tones = [one for one in intake.measures if one.kpi == "sentiment"]
    assert [(one.name, intake.places[one.id][0]) for one in tones] == [("Tone", "Desk")]
    assert any(warning.startswith("Bus: Sentiment is no figure here") for warning in intake.warnings)
    assert any(one.kpi == "csat" and intake.places[one.id][0] == "Bus" for one in intake.measures)


def test_sentiment_that_holds_is_a_measured_emotion_where_nothing_better_was_asked(survey, empty_map):
    recipe = Recipe.from_toml(SENTIMENT)
    intake = bring(prepare(empty_map, [survey], recipe), listen([survey], recipe, []), [])
    (tone,) = [one for one in intake.measures if one.kpi == "sentiment"]
    empty_map.apply(intake.change)
    ines = Persona(new_id(), "a0", "Ines")
    empty_map.apply(adding("", ines))
    cube = Cube(intake.blocks)
    counts = tally(intake.blocks[tone.id, ""])
    part = {code: counts.among([code]) / counts.answers for code in (-1.0, 1.0)}
    (felt,) = measured_emotions(empty_map, lambda _id: cube, tone.touchpoint_id)
    assert felt.kpi == "csat"  # a score says more than words
    alone = {tone.id} | {one.id for one in intake.measures if one.touchpoint_id != tone.touchpoint_id}
    scores = [one for one in intake.measures if one.id not in alone]
    unscored = Document([one for one in empty_map if one not in scores])
    (felt,) = measured_emotions(unscored, lambda _id: cube, tone.touchpoint_id)
    assert (felt.kpi, felt.n) == ("sentiment", counts.answers)
    assert felt.value == pytest.approx(2 * (part[1.0] - part[-1.0]))
    assert felt.low < felt.value < felt.high


def test_sentiment_at_a_touchpoint_that_the_recipe_names(survey, empty_map):
    recipe = Recipe.from_toml(SENTIMENT + "touchpoint = 'Desk'\n")
    (heard,) = listen([survey], recipe, ["Desk", "Bus"])
    assert set(heard.said.places) == {"Desk"}


@pytest.mark.parametrize("line", ["scale = [1, 5]", "phase = 'After'", "statistic = 'mean'"])
def test_sentiment_takes_no_scale(line):
    with pytest.raises(Failure, match="sentiment"):
        Recipe.from_toml(SENTIMENT + line)
