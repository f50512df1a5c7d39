"""Every word a person sees can be translated."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from journeymap import cli, i18n
from journeymap.formats import stamps
from journeymap.model import lanes, lens

PACKAGE = Path(i18n.__file__).parent


@pytest.mark.usefixtures("pseudo")
def test_the_help_of_every_command_is_translated() -> None:
    text = cli.parser().format_help()
    for line in text.splitlines():
        words = line.strip().split(maxsplit=1)
        if words and words[0] in cli.COMMANDS:
            assert "⟦" in line


def test_a_sum_of_money_stands_behind_its_sign() -> None:
    assert [stamps.money(value, "EUR") for value in (316_000, 940)] == ["€\u202f316\u202fk", "€\u202f940"]


@pytest.mark.usefixtures("german")
def test_a_sum_of_money_stands_before_its_sign_in_german() -> None:
    assert [stamps.money(value, "EUR") for value in (316_000, 940)] == ["316\u202fTsd.\u202f€", "940\u202f€"]


def test_an_unknown_language_falls_back_to_english() -> None:
    i18n.use("xx")
    assert i18n._("Stopped. The map is as it was.") == "Stopped. The map is as it was."
    i18n.use("en")


def test_translated_strings_are_literals_so_that_a_translator_can_find_them() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                literals = node.args[:1] if node.func.id == "_" else node.args[:2]
                if not all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in literals):
                    wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


def test_failures_speak_to_people_through_translation() -> None:
    """`raise Failure("plain text")` would stay English for ever."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Failure", "Broken"}
                and node.args
                and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
            ):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


@pytest.mark.usefixtures("pseudo")
def test_words_that_are_kept_follow_the_language() -> None:
    said = lanes.prompt(lanes.PAINS), lens.name(lens.HEAT)
    assert all("⟦" in words for words in said)
    i18n.use("en")
    assert (lanes.prompt(lanes.PAINS), lens.name(lens.HEAT)) == ("What hurts here?", "KPI heat map")
    assert lens.name("of a newer file") == "of a newer file"
