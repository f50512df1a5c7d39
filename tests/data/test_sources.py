"""Every kind of source becomes the same table; every key of [source] does what it says; nothing is taken on trust."""

from __future__ import annotations

import gzip
import json
import tempfile
from datetime import date, datetime
from pathlib import Path

import pytest
from breaking import bombs, raw_workbook, workbook, zipped

from journeymap.data import Columns, Question, Recipe, Source, guess, peek, prepare
from journeymap.data.recipe import Join
from journeymap.data.sources import apart
from journeymap.failure import Failure
from journeymap.model.cube import EVERYBODY
from journeymap.model.tally import tally

CSAT = Question("csat", "score", scale=(1, 5))
TABLE = [["score", "who", "day"], *[[str(n % 5 + 1), "ab"[n % 2], f"2026-01-{n % 28 + 1:02}"] for n in range(40)]]
TEXT = "\n".join(",".join(row) for row in TABLE) + "\n"
WHO = Recipe(columns=Columns(segments=("who",), date="day"), questions=(CSAT,))


def counts(intake, segment=EVERYBODY, value=None):
    found = tally(intake.blocks[intake.measures[0].id, segment], None, value)
    return dict(zip(found.codes, found.n, strict=True))


def parquet_file(path: Path) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    columns = {
        "score": pa.array([int(row[0]) for row in TABLE[1:]], pa.int8()),
        "who": pa.array([row[1] for row in TABLE[1:]]).dictionary_encode(),
        "day": pa.array([datetime.fromisoformat(row[2]) for row in TABLE[1:]], pa.timestamp("ns")),
    }
    parquet.write_table(pa.table(columns), path)
    return path


def old_workbook() -> bytes:
    """XLS as Excel wrote it until 2007, with numbers and dates as such; the first sheet is a cover."""
    import io

    import xlwt

    book = xlwt.Workbook()
    book.add_sheet("Cover")
    sheet = book.add_sheet("Answers")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for column, name in enumerate(TABLE[0]):
        sheet.write(0, column, name)
    for number, (score, who, on) in enumerate(TABLE[1:], 1):
        sheet.write(number, 0, int(score))
        sheet.write(number, 1, who)
        sheet.write(number, 2, date.fromisoformat(on), day)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    b"</manifest:manifest>"
)


def macro_workbook() -> bytes:
    """XLSM: the workbook says that it holds macros, and holds something in their place."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook(TABLE))) as book:
        members = {name: book.read(name) for name in book.namelist()}
    types = members["[Content_Types].xml"]
    plain, macros = (
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    )
    assert plain in types
    return zipped(
        {**members, "[Content_Types].xml": types.replace(plain, macros), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    )


def open_document() -> bytes:
    """ODS as LibreOffice writes it: typed cells, and a row of many repeated blanks at the end."""
    header = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>' for name in TABLE[0]
    )
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="float" office:value="{score}"/>'
        f'<table:table-cell office:value-type="string"><text:p>{who}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="date" office:date-value="{on}"/></table:table-row>'
        for score, who, on in TABLE[1:]
    )
    blank = '<table:table-row table:number-rows-repeated="1048535"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Answers"><table:table-row>{header}</table:table-row>{rows}{blank}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": _MANIFEST,
            "content.xml": content.encode(),
        }
    )


def sav_file(path: Path) -> Path:
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame(TABLE[1:], columns=TABLE[0])
    frame["score"] = frame["score"].astype(float)
    frame["day"] = [date.fromisoformat(day) for day in frame["day"]]
    pyreadstat.write_sav(frame, str(path))
    return path


@pytest.fixture(
    params=[
        "csv",
        "tsv",
        "semicolon",
        "utf16",
        "xlsx",
        "parquet",
        "json",
        "object",
        "ndjson",
        "sav",
        "zsav",
        "gz",
        "zip",
        "zipped xlsx",
        "blanks",
        "banner",
        "quoted",
        "pipes",
        "carets",
        "xlsm",
        "xls",
        "ods",
        "zipped xls",
        "zipped ods",
        "gzipped sav",
        "zipped parquet",
        "gzipped ndjson",
        "gzip in zip",
    ]
)
def source(request, tmp_path) -> Path:
    """The same forty answers as one kind of source after another."""
    rows = [dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]
    made = {
        "csv": ("a.csv", TEXT.encode()),
        "tsv": ("a.tsv", TEXT.replace(",", "\t").encode()),
        "semicolon": ("a.csv", ("sep=;\r\n" + TEXT.replace(",", ";").replace("\n", "\r\n")).encode("cp1252")),
        "utf16": ("a.txt", TEXT.replace(",", "\t").encode("utf-16")),
        "xlsx": ("a.xlsx", workbook(TABLE)),
        "json": ("a.json", json.dumps(rows).encode()),
        "object": ("a.json", json.dumps({"meta": {"page": 1}, "responses": rows}).encode()),
        "ndjson": ("a.ndjson", "\n".join(map(json.dumps, rows)).encode()),
        "gz": ("a.csv.gz", gzip.compress(TEXT.encode())),
        "zip": ("a.zip", zipped({"readme/": b"", "__MACOSX/a.csv": b"x", "answers.csv": TEXT.encode()})),
        "zipped xlsx": ("a.zip", zipped({"answers.xlsx": workbook(TABLE)})),
        "blanks": ("a.txt", "\n".join("   ".join(row) for row in TABLE).encode()),
    }  # fmt: skip
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in TABLE)
    lines = "\n".join(map(json.dumps, rows)).encode()
    made |= {
        "banner": ("a.csv", f"Report of January\nAll answers\n\n{TEXT}".encode()),
        "quoted": ("a.csv", f"\ufeff{quoted}\r\n".encode()),
        "pipes": ("a.txt", TEXT.replace(",", "|").encode()),
        "carets": ("a.txt", TEXT.replace(",", "^").encode()),
        "xlsm": ("a.xlsm", macro_workbook()),
        "xls": ("a.xls", old_workbook()),
        "ods": ("a.ods", open_document()),
        "zipped xls": ("a.zip", zipped({"answers.xls": old_workbook()})),
        "zipped ods": ("a.zip", zipped({"answers.ods": open_document()})),
        "gzipped ndjson": ("a.ndjson.gz", gzip.compress(lines)),
        "gzip in zip": ("a.zip", zipped({"answers.csv.gz": gzip.compress(TEXT.encode())})),
    }  # fmt: skip
    if request.param == "gzipped sav":
        made["gzipped sav"] = ("b.sav.gz", gzip.compress(sav_file(tmp_path / "a.sav").read_bytes()))
    if request.param == "zipped parquet":
        made["zipped parquet"] = (
            "b.zip",
            zipped({"answers.parquet": parquet_file(tmp_path / "a.parquet").read_bytes()}),
        )
    if request.param == "parquet":
        return parquet_file(tmp_path / "a.parquet")
    if request.param in {"sav", "zsav"}:
        return sav_file(tmp_path / f"a.{request.param}")
    name, content = made[request.param]
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def test_every_kind_of_source_gives_the_same_counts(source, empty_map, monkeypatch, tmp_path):
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    sample = peek(source)
    assert sample.columns == ("score", "who", "day")
    assert sample.count == 40
    intake = prepare(empty_map, [source], WHO)
    assert intake.as_json()["rows_read"] == 40
    assert counts(intake) == dict.fromkeys([1.0, 2.0, 3.0, 4.0, 5.0], 8)
    assert sum(counts(intake, "who", "a").values()) == 20
    assert (intake.data_set.first_day, intake.data_set.last_day) == ("2026-01-01", "2026-01-28")
    assert list(private.iterdir()) == []


def test_several_files_of_different_kinds_become_one_data_set(write, tmp_path, empty_map):
    paths = [write(TEXT, "jan.csv"), write(workbook(TABLE), "feb.xlsx"), parquet_file(tmp_path / "mar.parquet")]
    intake = prepare(empty_map, paths, WHO)
    assert intake.as_json()["rows_read"] == 120
    assert intake.measures[0].n == 120
    with pytest.raises(Failure, match="same file"):
        prepare(empty_map, [paths[1], paths[1]], WHO)


def test_a_sheet_is_chosen_by_name_and_the_first_with_a_table_else(write, empty_map):
    path = write(workbook([["About"]], ("Answers 1", TABLE), ("Answers 2", TABLE[:11]), name="Cover"), "book.xlsx")
    sample = peek(path)
    assert sample.facts.tables == ("Cover", "Answers 1", "Answers 2")
    assert sample.count == 40
    assert any("“Answers 1”" in note for note in sample.facts.notes)
    recipe = Recipe(Source(sheet="answers 2"), WHO.columns, WHO.questions)
    assert prepare(empty_map, [path], recipe).as_json()["rows_read"] == 10
    with pytest.raises(Failure, match=r"“Answers 3”.*Cover, Answers 1"):
        peek(path, Source(sheet="Answers 3"))


def test_a_workbook_with_a_title_and_two_header_rows_is_read(write, empty_map):
    rows = [
        ["Survey 2026", "", ""],
        ["", "", ""],
        ["Check-in", "", "Person"],
        ["score", "speed", "who"],
        *[["4", "5", "a"], ["2", "1", "b"]] * 4,
    ]
    path = write(workbook(rows), "two.xlsx")
    sample = peek(path)
    assert sample.columns == ("Check-in: score", "Check-in: speed", "Person: who")
    assert any("above the header" in note for note in sample.facts.notes)
    assert (
        prepare(empty_map, [path], Recipe(questions=(Question("csat", "Check-in: score", scale=(1, 5)),))).measures[0].n
        == 8
    )


def test_header_rows_can_be_said(write, empty_map):
    three = write("A,,B\nx,y,\n1,2,3\n" + "4,5,2\n" * 5, "three.csv")
    assert peek(three, Source(header_rows=3)).columns == ("A: x: 1", "A: y: 2", "B: 3")
    none = write("4,5,2\n" * 5, "none.csv")
    assert peek(none).columns == ("column 1", "column 2", "column 3")
    recipe = Recipe(Source(header_rows=0), questions=(Question("csat", "column 1", scale=(1, 5)),))
    assert prepare(empty_map, [none], recipe).measures[0].n == 5


def test_lines_above_the_header_are_passed_over_and_told(write, empty_map):
    path = write("Report of October\nmade by Anna\n\n" + TEXT)
    sample = peek(path)
    assert sample.columns == ("score", "who", "day")
    intake = prepare(empty_map, [path], WHO)
    assert intake.as_json()["rows_read"] == 40
    assert any("2 lines above" in warning for warning in intake.warnings)


def test_cells_of_several_lines_with_quotes_and_delimiters_inside_stay_whole(write, empty_map):
    path = write('score;what\r\n5;"He said ""no; never"",\r\nand left"\r\n4;"a\nb"\r\n3;plain\r\n')
    assert peek(path).rows == (("5", 'He said "no; never",\r\nand left'), ("4", "a\nb"), ("3", "plain"))
    intake = prepare(empty_map, [path], Recipe(columns=Columns(comments=("what",)), questions=(CSAT,)))
    assert counts(intake) == {3.0: 1, 4.0: 1, 5.0: 1}


def test_three_header_rows_one_of_them_over_several_columns(write, empty_map):
    """As Excel saves merged headings: the upper ones stand over their first column only."""
    path = write("Arrival,,Stay\nDesk,Room,Bar\nspeed,clean,price\n" + "5,4,3\n2,1,4\n" * 10, "merged.csv")
    said = Source(header_rows=3)
    assert peek(path, said).columns == ("Arrival: Desk: speed", "Arrival: Room: clean", "Stay: Bar: price")
    question = Question("csat", "Arrival: Room: clean", scale=(1, 5))
    assert counts(prepare(empty_map, [path], Recipe(said, questions=(question,)))) == {4.0: 10, 1.0: 10}


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-8", "utf-16-be"])
def test_encodings_are_told_by_their_letters(write, encoding):
    rows = "\n".join(["5,Küche schön", "4,Café très bien", "3,Straße – größer", "2,niño où"] * 5)
    path = write(f"score,was gefällt\n{rows}\n".encode(encoding))
    assert peek(path).columns == ("score", "was gefällt")
    assert peek(path).rows[1] == ("4", "Café très bien")


def test_a_few_damaged_bytes_do_not_make_it_another_encoding(write, empty_map):
    good = "score,wo\n" + "5,Küche\n4,Café\n" * 20
    path = write(good.encode().replace("Küche".encode(), b"K\xfcche", 1))
    sample = peek(path)
    assert (sample.encoding, sample.damaged) == ("utf-8", 1)
    assert sample.rows[1] == ("4", "Café")
    intake = prepare(empty_map, [path], Recipe(columns=Columns(segments=("wo",)), questions=(CSAT,)))
    assert intake.measures[0].n == 40
    assert any("damaged" in warning for warning in intake.warnings)


def test_numbers_keep_their_worth_in_every_spelling(write, empty_map):
    path = write("a;b;c\n1.234,56 €;17 %;1 200\n2 000,00 €;62,5 %;8.586.476\n")
    questions = tuple(Question("number", name) for name in "abc")
    intake = prepare(empty_map, [path], Recipe(questions=questions))
    found = [sorted(tally(intake.blocks[one.id, EVERYBODY]).codes) for one in intake.measures]
    assert found == [[1234.56, 2000.0], [17.0, 62.5], [1200.0, 8586476.0]]


@pytest.mark.parametrize(
    ("filter_", "used"),
    [
        ("who = 'a'", 20),
        ("who != 'a' and score >= 3", 12),
        ("who in ('a', 'c') or score in (1)", 24),
        ("score between 2 and 4", 24),
        ("not (score < 3)", 24),
        ("day >= '2026-01-15'", 14),
        ("who is null", 0),
        ("who is not null and true", 40),
        ("who like '%a%'", 20),
        ("score > 10 or who = 'b'", 20),
        ("day < day", 0),
    ],
)
def test_a_filter_uses_the_rows_it_names_and_counts_the_others(write, empty_map, filter_, used):
    recipe = Recipe(Source(filter=filter_), WHO.columns, WHO.questions)
    if not used:
        with pytest.raises(Failure, match="none of the 40 rows"):
            prepare(empty_map, [write(TEXT)], recipe)
        return
    report = prepare(empty_map, [write(TEXT)], recipe).as_json()
    assert report["rows_used"] == used
    assert report["rows_dropped"] == ({filter_: 40 - used} if used < 40 else {})


@pytest.mark.parametrize(
    "filter_",
    ["who =", "drop table x", "who = 'a'; select 1", "read_csv('/etc/passwd') = 'x'", "(select 1) = 1", "score + 1 = 2", "who", "x.who = 'a'", "who = 'a' --", "((((", "1" * 3000],
)  # fmt: skip
def test_a_filter_that_is_more_than_a_comparison_is_refused(write, empty_map, filter_):
    recipe = Recipe(Source(filter=filter_), WHO.columns, WHO.questions)
    if filter_.endswith("--"):
        assert prepare(empty_map, [write(TEXT)], recipe).as_json()["rows_used"] == 20
        return
    with pytest.raises(Failure, match="filter"):
        prepare(empty_map, [write(TEXT)], recipe)


def test_a_filter_of_a_column_that_is_not_there_names_it(write, empty_map):
    with pytest.raises(Failure, match="“Stat”"):
        prepare(empty_map, [write(TEXT)], Recipe(Source(filter="Stat = '1'"), WHO.columns, WHO.questions))


def test_a_second_table_stands_beside_the_first(write, empty_map):
    write("user,score\n1,5\n2,4\n3,1\n2,3\n9,2\n", "answers.csv")
    write(workbook([["user", "age", "score"], ["1", "young", "x"], ["2", "old", "y"], ["3", "old", "z"]]), "users.xlsx")
    path = write("user,score\n1,5\n2,4\n3,1\n2,3\n9,2\n", "answers.csv")
    source = Source(join=(Join("users.xlsx", "user"),))
    assert peek(path, source).columns == ("user", "score", "age", "score (users)")
    intake = prepare(empty_map, [path], Recipe(source, Columns(segments=("age",)), (CSAT,)))
    assert counts(intake, "age", "old") == {1.0: 1, 3.0: 1, 4.0: 1}
    assert intake.measures[0].n == 5
    assert any("1 row has no partner in users.xlsx" in warning for warning in intake.warnings)


def test_several_tables_are_joined_one_after_the_other_and_a_later_one_by_a_column_of_an_earlier(write, empty_map):
    sheets = workbook(
        [["ignored"]], ("Cover", [["Cover"]]), ("Towns", [["town", "region"], ["Kiel", "north"], ["Ulm", "south"]])
    )
    write(sheets, "places.xlsx")
    write("user;town\n1;Kiel\n2;Ulm\n3;Kiel\n", "users.csv")
    path = write("user,score\n1,5\n2,4\n3,1\n4,2\n", "answers.csv")
    said = """
        [source]
        join = [{ file = "users.csv", on = "user" }, { file = "places.xlsx", on = "town", sheet = "Towns" }]
        [columns]
        segments = ["region"]
        [[measure]]
        kpi = "csat"
        column = "score"
        scale = [1, 5]
        """
    recipe = Recipe.from_toml(said)
    assert peek(path, recipe.source).columns == ("user", "score", "town", "region")
    intake = prepare(empty_map, [path], recipe)
    assert counts(intake, "region", "north") == {5.0: 1, 1.0: 1}
    assert counts(intake, "region", "south") == {4.0: 1}
    assert sum(counts(intake).values()) == 4
    lonely = [warning for warning in intake.warnings if "no partner" in warning]
    assert [("users.csv" in one, "places.xlsx" in one) for one in lonely] == [(True, False), (False, True)]


def test_a_join_that_would_multiply_rows_is_refused(write, empty_map):
    write("user,age\n1,young\n1,old\n", "users.csv")
    path = write("user,score\n1,5\n", "answers.csv")
    for file, on, said in (
        ("users.csv", "user", "more than once"),
        ("users.csv", "id", "“id”"),
        ("gone.csv", "user", "gone.csv"),
    ):
        with pytest.raises(Failure, match=said):
            prepare(empty_map, [path], Recipe(Source(join=(Join(file, on),)), questions=(CSAT,)))


def test_days_begin_in_the_time_zone_of_the_recipe(write, empty_map):
    path = write("score,at\n5,2026-03-01T23:30:00Z\n4,2026-03-01T22:30:00+00:00\n3,2026-03-02T01:00:00+05:00\n")
    plain = Recipe(columns=Columns(date="at"), questions=(CSAT,))
    zoned = Recipe(Source(timezone="Europe/Berlin"), plain.columns, plain.questions)
    first, second = (prepare(empty_map, [path], recipe) for recipe in (plain, zoned))
    assert (first.data_set.first_day, first.data_set.last_day) == ("2026-03-01", "2026-03-02")
    days = second.blocks[second.measures[0].id, EVERYBODY]
    assert sorted(zip(days.day, [days.codes[code] for code in days.code], strict=True)) == [
        (20513, 3.0), (20513, 4.0), (20514, 5.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ("1612069510766593", "2021-01-31"),
        ("1612069510", "2021-01-31"),
        ("2026-Q3", "2026-07-01"),
        ("Q1 2026", "2026-01-01"),
    ],
)
def test_points_in_time_and_quarters_are_dates(write, empty_map, times, day):
    path = write("score,when\n" + f"5,{times}\n" * 3)
    intake = prepare(empty_map, [path], Recipe(columns=Columns(date="when"), questions=(CSAT,)))
    assert intake.data_set.first_day == day


# ---------------------------------------------------------------- SPSS


def test_user_missing_codes_and_ranges_are_no_answers_and_labels_name_groups(shared, empty_map):
    path = shared / "formats" / "sav" / "simple_alltypes.sav"
    sample = peek(path)
    assert sample.facts.missing["x"] == (7.0, 8.0, 99.0) or set(sample.facts.missing["x"]) <= {7.0, 8.0, 99.0}
    assert -9.0 in sample.facts.missing["z"]  # in the range −999…0
    assert sample.facts.labels["x"] == {"1": "red", "2": "green", "3": "blue"}
    assert "My multiple response set" in sample.facts.kinds["bool1"][1]
    questions = (Question("number", "z"),)
    intake = prepare(empty_map, [path], Recipe(columns=Columns(segments=("x",)), questions=questions))
    (measure,) = intake.measures
    assert (measure.rows, measure.n + measure.missing) == (6, 6)
    assert measure.missing >= 2
    assert set(intake.blocks[measure.id, "x"].values) & {"red", "green", "blue"}


def test_dates_beyond_every_calendar_leave_the_others_alone(tmp_path, empty_map):
    import pandas as pd
    import pyreadstat

    path = tmp_path / "dates.sav"
    frame = pd.DataFrame({"score": [5.0, 4.0, 3.0], "at": [13_166_064_000.0, 1e18, 13_166_150_400.0]})
    pyreadstat.write_sav(frame, str(path), variable_format={"at": "DATETIME20"})
    report = prepare(empty_map, [path], Recipe(columns=Columns(date="at"), questions=(CSAT,))).as_json()
    assert report["rows_dropped"] == {"no readable date": 1}
    assert report["measures"][0]["n"] == 2


def test_labels_of_codes_make_a_scale_also_where_one_is_best(tmp_path, empty_map):
    import pandas as pd
    import pyreadstat

    path = tmp_path / "labels.sav"
    frame = pd.DataFrame({"Q1": [1.0, 2.0, 3.0, 4.0, 5.0, 9.0] * 5})
    words = {
        1: "Very satisfied",
        2: "Satisfied",
        3: "Neutral",
        4: "Dissatisfied",
        5: "Very dissatisfied",
        9: "No answer",
    }
    pyreadstat.write_sav(
        frame, str(path), variable_value_labels={"Q1": words}, column_labels=["How satisfied are you?"]
    )
    (question,) = guess(peek(path), empty_map).recipe.questions
    assert (question.kpi, question.scale, question.reversed, question.missing) == ("csat", (1.0, 5.0), True, (9.0,))
    intake = prepare(empty_map, [path], Recipe(questions=(question,)))
    assert (intake.measures[0].n, intake.measures[0].missing) == (25, 5)


# ---------------------------------------------------------------- figures summed up before


def test_figures_summed_up_before_have_no_n_and_no_interval(write, small_map):
    from journeymap.model.cube import Cube
    from journeymap.model.figures import figures

    path = write(
        "year,quarter,question,average score\n2025,4,Search,4.51\n2026,1,Search,4.67\n2026,1,Check-in,No Data\n"
    )
    measure = Question("rating", "average score", scale=(1, 5), missing=("No Data",), aggregate=True)
    recipe = Recipe(columns=Columns(touchpoint="question", date="Period"), questions=(measure,))
    assert Recipe.from_toml(recipe.to_toml()) == recipe
    intake = prepare(small_map, [path], recipe)
    small_map.apply(intake.change)
    found = figures(small_map, lambda _id: Cube(intake.blocks, intake.pairs))
    (figure,) = [figure for group in found.touchpoint.values() for figure in group if figure.value is not None]
    assert figure.value == pytest.approx(4.59)
    assert (figure.n, figure.low, figure.high, figure.hatched, figure.status) == (None, None, None, True, "none")
    assert "unknown" in figure.note
    assert found.emotion == {}


# ---------------------------------------------------------------- bombs


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_bomb_is_refused_in_a_sentence_soon_and_leaves_nothing(tmp_path, monkeypatch, empty_map, name):
    import resource

    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    path = tmp_path / name
    path.write_bytes(bombs()[name])
    with pytest.raises(Failure) as caught:
        prepare(empty_map, [path], Recipe(questions=(CSAT,)))
    assert "\n" not in str(caught.value)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000
    assert list(private.iterdir()) == []


def test_a_workbook_that_takes_too_long_to_read_is_given_up(tmp_path, monkeypatch, empty_map):
    monkeypatch.setattr(apart, "SECONDS", 0.1)  # less than it takes to start reading, on any machine
    monkeypatch.setattr(apart, "SECONDS_A_MEGABYTE", 0.0)
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(200))
    path = tmp_path / "slow.xlsx"
    path.write_bytes(raw_workbook([("A", f"<row>{cells}</row>" * 10_000)]))
    with pytest.raises(Failure, match=r"longer than \d+ seconds"):
        prepare(empty_map, [path], Recipe(questions=(CSAT,)))
