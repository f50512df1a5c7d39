"""Sources made by hand for tests: a German CSV of tickets, a workbook of several sheets."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape


def written(path: Path, rows: list[list[object]], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def tickets(path: Path) -> Path:
    """German tickets: opened, answered (some not), a state, a visit through a shop, a mark in words."""
    states, words = ["Bestand", "Gekündigt", "Neu"], ["sehr zufrieden", "zufrieden", "unzufrieden", "k. A."]
    rows: list[list[object]] = [
        ["Fall", "Gemeldet am", "Erste Antwort", "Kunde", "Zustand", "Korb", "Kasse", "Urteil", "Kanal"]
    ]
    for number in range(120):
        answered = f"{number % 28 + 1:02}.10.2026 {10 + number % 6:02}:30" if number % 10 else ""
        rows.append([
            f"F-{number:04}", f"{number % 28 + 1:02}.10.2026 08:30", answered, f"K{number % 40:03}", states[number % 3],
            "ja", "ja" if number % 4 else "nein", words[number % 4], ["Web", "Laden"][number % 2],
        ])  # fmt: skip
    return written(path, rows, encoding="cp1252")


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """An XLSX by hand: inline texts and numbers."""
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
        )
        file.writestr(
            "_rels/.rels",
            f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            f'{head}<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{names}</sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        )
        for number, rows in enumerate(sheets.values(), 1):
            cells = "".join("<row>" + "".join(_cell(cell) for cell in row) + "</row>" for row in rows)
            file.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'{head}<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
            )
    return path


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
