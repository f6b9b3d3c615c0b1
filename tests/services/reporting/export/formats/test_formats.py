"""Formats: what is written is read back, whatever is in it, and money of one currency is never added to other."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from services.reporting.export.formats import formats
from services.reporting.export.formats.contract import Column, Contents
from services.reporting.export.offered import columns_offered
from services.reporting.export.paper.language import WORDS, words_of
from services.reporting.export.sources import LISTS
from services.reporting.reports import reports
from tests.kit.pdf_text import text_of

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AT = datetime(2026, 10, 12, 8, tzinfo=UTC)
COLUMNS = (
    *(Column(name="group", kind="date", definition="the month"), Column(name="name"), Column(name="currency")),
    *(Column(name="net", kind="money", definition="net of tax", formula="a + b"), Column(name="n", kind="integer")),
    *(Column(name="at", kind="instant"), Column(name="rate", kind="number"), Column(name="open", kind="yes_no")),
)
NASTY = ("=1+1", "שלום עולם", "عبد الله", "<b>&\"'", "_x0041_", "bell\x07", "a\r\nb", "x" * 40_000, '#read("/etc")')


def row(n: int, currency: str = "EUR", amount: str = "12.40") -> dict[str, Any]:
    net = {"amount": amount, "currency": currency}
    more = {"at": "2026-09-01T10:00:00Z", "rate": "0.5", "open": True}
    return {"group": "2026-09-01", "name": NASTY[n % len(NASTY)], "net": net, "n": n, **more}


def file(
    name: str, items: Sequence[dict[str, Any]], columns: tuple[Column, ...] = COLUMNS, language: str = "en"
) -> bytes:
    facts = (("Asked for", "/v1/reports/revenue"), ("As of", "2026-10-12 08:00:00 UTC"), ("Asked by", "ann@op.example"))
    said = {
        "title": "Revenue",
        "definition": "What was invoiced.",
        "chart": ("group", "net"),
        "name": "revenue",
        "language": language,
    }
    contents = Contents(columns=columns, facts=facts, made_at=AT, **said)  # type: ignore[arg-type]
    writer = formats()[name].writer(contents)
    return b"".join([*(writer.rows([item]) for item in items), writer.end()])


def sheet(workbook: bytes, n: int) -> list[list[tuple[str, str | None, str | None]]]:
    """Rows of cells: place, type, and what stands in it."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(workbook)).read(f"xl/worksheets/sheet{n}.xml"))
    found = []
    for one in root.iter(f"{SPREADSHEET}row"):
        cells = []
        for cell in one.iter(f"{SPREADSHEET}c"):
            inner = cell.find("{*}v")
            text = cell.findtext("{*}is/{*}t") if inner is None else inner.text
            cells.append((cell.get("r", ""), cell.get("t"), text))
        found.append(cells)
    return found


def test_excel_has_numbers_as_numbers_text_as_text_and_a_total_of_each_currency() -> None:
    workbook = file("xlsx", [row(n) for n in range(9)] + [row(0, "JPY", "300"), row(0, "KWD", "-1.250")])
    rows = sheet(workbook, 1)
    assert [text for _, _, text in rows[0]] == [column.name for column in COLUMNS]
    assert rows[1] == [
        *(("A2", None, "46266"), ("B2", "inlineStr", "=1+1"), ("C2", "inlineStr", "EUR"), ("D2", None, "12.40")),
        *(("E2", None, "0"), ("F2", None, "46266.416666666666"), ("G2", None, "0.5"), ("H2", "b", "1")),
    ]
    names = [cells[1][2] for cells in rows[1:10]]
    assert names[1:4] == [*NASTY[1:4]] and names[4:6] == ["_x005F_x0041_", "bell_x0007_"]
    assert len(names[7] or "") == 32_767
    totals = [{place[0]: text for place, _, text in cells} for cells in rows[-3:]]
    assert [(each["A"], each["D"]) for each in totals] == [
        *(("Total EUR", "111.60"), ("Total JPY", "300"), ("Total KWD", "-1.250")),
    ]
    xml = zipfile.ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in xml and '<autoFilter ref="A1:H12"/>' in xml
    styles = zipfile.ZipFile(io.BytesIO(workbook)).read("xl/styles.xml").decode()
    assert all(code in styles for code in ("#,##0.00\\ [$EUR]", "#,##0\\ [$JPY]", "#,##0.000\\ [$KWD]"))


def test_excel_says_what_was_asked_and_what_its_columns_mean() -> None:
    about = [[text for _, _, text in cells] for cells in sheet(file("xlsx", []), 2)]
    assert ["Asked by", "ann@op.example"] in about and ["net", "net of tax", "a + b"] in about


def test_an_amount_of_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    rows = sheet(file("xlsx", [row(0, amount="12345678901234567.40"), row(0, amount="0.000000000000001")]), 1)
    assert [cells[3][1] for cells in rows[1:3]] == ["inlineStr", None]


@pytest.mark.parametrize("name", ["csv", "ndjson", "pdf", "xlsx"])
def test_a_file_of_nothing_is_a_file(name: str) -> None:
    made = file(name, [])
    assert {"csv": made[:5] == b"group", "ndjson": made == b"", "pdf": made[:5] == b"%PDF-"}.get(
        name, made[:2] == b"PK"
    )


def test_ndjson_has_what_was_asked_as_the_answer_has_it() -> None:
    lines = file("ndjson", [row(3), row(4)], COLUMNS[1:4]).decode().splitlines()
    assert [json.loads(line) for line in lines] == [{key: row(n)[key] for key in ("name", "net")} for n in (3, 4)]


def test_a_pdf_is_an_archive_with_its_pages_counted_and_text_stays_text() -> None:
    made = file("pdf", [row(n % 5, amount=f"{n}.00") for n in range(60)] + [row(8)])
    text = " ".join(text_of(made).split())
    assert "Page 1 of" in text and "Total EUR" in text and "1,782.40" in text and '#read("/etc")' in text
    assert b"pdfaid:part" in made and b"pdfuaid:part" in made


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de-AT", ("Umsatz", "Währung", "Stand 2026-10-12", "Seite 1 von", "Summe EUR", "744,00", "ja")),
        ("fr", ("Chiffre d’affaires", "Devise", "Au 2026-10-12", "Page 1 sur", "744,00", "oui")),
        ("pt", ("Revenue", "currency", "As of 2026-10-12", "Page 1 of", "Total EUR", "744.00", "yes")),
    ],
)
def test_a_pdf_speaks_the_language_it_was_asked_in_and_english_where_there_are_no_words(
    language: str, said: tuple[str, ...]
) -> None:
    made = file("pdf", [row(1) for _ in range(60)], language=language)
    text = " ".join(text_of(made).replace("\u200b", "").split())
    assert [word for word in said if word not in text] == []


def test_numbers_have_the_signs_of_their_language() -> None:
    said = {tag: words_of(tag).number("-1,234.50") for tag in ("en", "de", "fr")}
    assert said == {"en": "-1,234.50", "de": "-1.234,50", "fr": "-1\u202f234,50"}


def test_every_language_of_reports_has_the_same_words_and_one_for_each_column_and_title() -> None:
    files = {file.stem: json.loads(file.read_text("utf-8")) for file in WORDS.glob("*.json")}
    keys = {
        tag: [(key, sorted(of) if isinstance(of, dict) else "") for key, of in file.items()]
        for tag, file in files.items()
    }
    assert [tag for tag in keys if sorted(keys[tag]) != sorted(keys["en"])] == []
    names = {column.name for report in reports() for column in columns_offered(None, report)}
    names |= {name for source in LISTS.values() for name in source.on_paper}
    assert names - set(files["en"]["columns"]) == set()
    assert {*reports(), *LISTS} - set(files["en"]["titles"]) == set()


def test_every_byte_of_a_workbook_is_the_same_for_the_same_rows() -> None:
    assert file("xlsx", [row(1)]) == file("xlsx", [row(1)])
