"""The PDF says what the invoice says, in the decimals of its currency, over as many pages as it takes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import typst

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.paper import setting
from services.invoicing.documents.paper.setting import set_in_type
from services.invoicing.documents.paper.writing import written
from services.invoicing.documents.pdf import render
from services.invoicing.invoice.messages import TaxGroup
from shared.kernel.customer import AddressBody
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from tests.kit.pdf_text import text_of
from tests.kit.source import ROOT

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is absent")
needs_pdftoppm = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is absent")


@pytest.fixture
def invoice() -> InvoiceContents:
    return EXAMPLES[0]


def test_it_is_an_archive_pdf_with_tags(invoice: InvoiceContents) -> None:
    document = render(invoice)
    assert document.startswith(b"%PDF-1.")
    assert b"pdfaid:part>3<" in document and b"pdfaid:conformance>A<" in document and b"pdfuaid:part>1<" in document


def test_the_date_inside_is_the_issue_date_and_no_clock(invoice: InvoiceContents) -> None:
    assert b"2026-10-01" in render(invoice)


@needs_pdftotext
def test_it_names_parties_number_dates_and_what_to_pay(invoice: InvoiceContents) -> None:
    text = text_of(render(invoice))
    for said in (
        "Northwind Telecom",
        "Élodie Ångström-Müller",
        "Account acc-1",
        "INV-000042",
        "1 October 2026",
        "15 October 2026",
        "30 Sept 2026",
        "VAT BE 0123.456.749",
        "Rue Haute 12",
        "BE 0987.654.394",
        "Please pay 1,336.48 EUR by 15 October 2026, quoting INV-000042.",
        "IBAN BE71 0961 2345 6769",
        "Page 1 of 2",
    ):
        assert said in text


@needs_pdftotext
def test_it_shows_lines_with_their_tiers_taxes_and_totals(invoice: InvoiceContents) -> None:
    text = text_of(render(invoice))
    for said in (
        "30 Sept 2026 1 39.90 39.90",
        "30 Sept 2026 350 GB 1,115.50",
        "Included 100 GB 0.00",
        "Tier 1 100 GB 1.15 / GB 115.00",
        "Tier 2 150 GB 6.67 / GB 1,000.50",
        "Standard rate 20% 1,155.40 231.08",
        "Total EUR 1,386.48",
        "Credit applied −50.00",
        "Amount due EUR 1,336.48",
    ):
        assert said in text


@needs_pdftotext
@pytest.mark.parametrize(("lines", "pages"), [(2, 1), (8, 2), (14, 3)])
def test_few_lines_with_much_to_say_count_their_pages_too(invoice: InvoiceContents, lines: int, pages: int) -> None:
    said = "Fibre to the house, with a static address and a number for the telephone. " * 4
    line = msgspec.structs.replace(invoice.lines[0], description=said, daily=None, steps=[])
    made = [msgspec.structs.replace(line, n=n) for n in range(1, lines + 1)]
    text = text_of(render(msgspec.structs.replace(invoice, lines=made)))
    assert [f"Page {n} of {pages}" in text for n in range(1, pages + 2)] == [*[True] * pages, False]


@needs_pdftotext
@pytest.mark.parametrize("name", ['") #panic("x") //', "ends in \\", '\\" #read("setting.py")', "#emph[x] $y$ /* z"])
def test_no_words_of_a_customer_are_taken_for_those_of_the_typesetter(invoice: InvoiceContents, name: str) -> None:
    assert name in text_of(render(msgspec.structs.replace(invoice, bill_to=name)))


@needs_pdftotext
def test_a_long_invoice_repeats_its_head_and_counts_its_pages(invoice: InvoiceContents) -> None:
    lines = [msgspec.structs.replace(invoice.lines[n % 2], n=n + 1, daily=None) for n in range(80)]
    text = text_of(render(msgspec.structs.replace(invoice, lines=lines)))
    pages = [page for page in text.split("\f") if page.strip()]
    assert len(pages) > 2
    for n, page in enumerate(pages, 1):
        assert f"Page {n} of {len(pages)}" in page and ("Description" in page or n == len(pages))


def test_more_lines_than_anybody_reads_are_refused_by_name(invoice: InvoiceContents) -> None:
    with pytest.raises(Rejection, match="too_many_lines"):
        render(msgspec.structs.replace(invoice, lines=invoice.lines * 5001))


@pytest.mark.slow
def test_five_thousand_lines_take_bounded_memory() -> None:
    """In a process of its own, whose peak is what it took: 74 MB before, some 500 after."""
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource; from bench.documents import invoice; from services.invoicing.documents.pdf import render;"
            "render(invoice(1, 5000)); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)",
        ],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert int(made.stdout) < 800


@needs_pdftotext
@pytest.mark.parametrize(
    ("currency", "net", "tax", "total", "shown"),
    [
        ("JPY", "1005", "101", "1106", ("1,005", "101", "1,106")),
        ("KWD", "12.345", "0.617", "12.962", ("12.345", "0.617", "12.962")),
    ],
)
def test_amounts_have_the_decimals_of_the_currency_R4(
    invoice: InvoiceContents, currency: str, net: str, tax: str, total: str, shown: tuple[str, str, str]
) -> None:
    line = msgspec.structs.replace(invoice.lines[0], net=Decimal(net), steps=[])
    group = TaxGroup(category="S", rate=Decimal("5.5"), base=Decimal(net), tax=Decimal(tax))
    text = text_of(
        render(
            msgspec.structs.replace(
                invoice,
                currency=currency,
                lines=[line],
                tax_groups=[group],
                net=Decimal(net),
                tax=Decimal(tax),
                total=Decimal(total),
            )
        )
    )
    assert f"Standard rate 5.5% {shown[0]} {shown[1]}" in text
    assert f"Total {currency} {shown[2]}" in text


@needs_pdftotext
def test_a_tax_that_is_none_says_why(invoice: InvoiceContents) -> None:
    zero = Decimal("0.00")
    group = TaxGroup(
        category="AE", rate=Decimal(0), base=Decimal("1155.40"), tax=zero, name="Reverse charge", reason="Article 196"
    )
    text = text_of(render(msgspec.structs.replace(invoice, tax_groups=[group], tax=zero, total=invoice.net)))
    assert "Reverse charge" in text and "Article 196" in text and "Standard rate" not in text


@needs_pdftotext
def test_a_period_over_the_turn_of_the_year_names_both_years(invoice: InvoiceContents) -> None:
    winter = Period(date(2026, 12, 15), date(2027, 1, 15))
    assert "15 Dec 2026 – 14 Jan 2027" in text_of(render(msgspec.structs.replace(invoice, period=winter)))


@needs_pdftotext
def test_nothing_is_asked_for_when_nothing_is_due(invoice: InvoiceContents) -> None:
    text = text_of(render(msgspec.structs.replace(invoice, credit_applied=invoice.total)))
    assert "Nothing is due on this invoice." in text and "Please pay" not in text


SCRIPTS = {
    "Hangul": "한국전력공사 주식회사",
    "Kanji and Kana": "東京電力ホールディングス",
    "Han": "中国移动通信集团",
    "Thai": "บริษัท ไทย จำกัด (มหาชน)",
    "Arabic": "شركة الاتصالات",
    "Hebrew": "חברת החשמל",
    "Devanagari": "भारतीय दूरसंचार",
    "Greek and Cyrillic": "Ελληνική Эталон",
    "Georgian and Armenian": "საქართველო Հայաստան",
    "Tamil and Bengali": "தமிழ் বাংলা",
    "emoji": "Café 😀 🏢 ☎",
}


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_name_in_any_script_is_an_archive_file(invoice: InvoiceContents, name: str) -> None:
    """An archive file holds no box in place of a letter: making one fails where a font lacks it."""
    assert b"pdfaid:part>3<" in render(msgspec.structs.replace(invoice, bill_to=name))


@needs_pdftoppm
@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_name_in_any_script_is_ink_where_the_name_stands(invoice: InvoiceContents, name: str, tmp_path: Path) -> None:
    """As much of it as letters have: the picture of another name differs, and of a blank one has none."""
    pictures = [name_on_paper(invoice, text, tmp_path) for text in (name, name[::-1], "\u00a0")]
    ink = [sum(pixel < 128 for pixel in picture) for picture in pictures]
    assert pictures[0] != pictures[1]
    assert ink[0] > 5 * len(name.replace(" ", "")) and ink[2] == 0


def name_on_paper(invoice: InvoiceContents, name: str, folder: Path) -> bytes:
    """The pixels of the place where the name is printed, grey, at 100 dpi."""
    subprocess.run(
        [
            "pdftoppm",
            *["-r", "100", "-gray", "-singlefile", "-x", "76", "-y", "147", "-W", "200", "-H", "16", "-"],
            str(folder / "name"),
        ],
        input=render(msgspec.structs.replace(invoice, bill_to=name)),
        check=True,
    )
    return (folder / "name.pgm").read_bytes().split(b"\n", 3)[3]


def test_a_character_without_a_letter_still_gives_a_document(invoice: InvoiceContents) -> None:
    assert render(msgspec.structs.replace(invoice, bill_to="\u0378 Ltd")).startswith(b"%PDF-1.")


def test_the_fonts_of_the_machine_are_not_asked(invoice: InvoiceContents, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same invoice has the same bytes on every machine, whatever it has installed."""
    asked: list[object] = []

    def noting(make: Callable[..., object]) -> Callable[..., object]:
        def note(*given: object, **named: object) -> object:
            asked.append(named["font_paths"])
            return make(*given, **named)

        return note

    for name in ("Compiler", "compile"):
        monkeypatch.setattr(typst, name, noting(getattr(typst, name)))
    monkeypatch.setattr(setting, "_IDLE", [])
    for logo in (b"", b"<svg/>"):
        set_in_type(written(invoice), issued_on=invoice.issued_on, logo=logo)
    packages = Path(sysconfig.get_paths()["purelib"])
    assert len(asked) >= 2
    for fonts in asked:
        assert isinstance(fonts, typst.Fonts)
        assert all(font.path is None or packages in Path(font.path).parents for font in fonts.fonts())


@needs_pdftotext
@needs_pdftoppm
def test_long_words_stay_in_their_column(invoice: InvoiceContents, tmp_path: Path) -> None:
    long = [msgspec.structs.replace(line, description="W" * 200) for line in invoice.lines]
    wide = AddressBody(lines=["W" * 100], postal_code="1", city="W", country="BE")
    hostile = msgspec.structs.replace(
        invoice, bill_to="W" * 200, account_id="m" * 64, bill_to_address=wide, lines=long, number="W" * 30
    )
    pages = text_of(render(hostile)).replace("\u200b", "")
    assert pages.count("W") >= 200 + 100 + 2 * 200 and pages.count("m") >= 64
    assert_margins_are_blank(hostile, tmp_path)


def test_markup_in_a_name_is_text_and_nothing_else(invoice: InvoiceContents) -> None:
    hostile = '#read("/etc/passwd") $x$ *bold* "quoted" \\ <label>'
    document = render(msgspec.structs.replace(invoice, bill_to=hostile))
    if shutil.which("pdftotext"):
        assert '#read("/etc/passwd")' in text_of(document)


@needs_pdftoppm
def test_the_page_has_ink_inside_its_margins_only(invoice: InvoiceContents, tmp_path: Path) -> None:
    assert_margins_are_blank(invoice, tmp_path)


def assert_margins_are_blank(invoice: InvoiceContents, folder: Path) -> None:
    subprocess.run(
        ["pdftoppm", "-r", "36", "-gray", "-singlefile", "-", str(folder / "page")],
        input=render(invoice),
        check=True,
    )
    raw = (folder / "page.pgm").read_bytes()
    _, size, _, pixels = raw.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[n * width : (n + 1) * width] for n in range(height)]
    margin = 20  # 14 mm at 36 dpi
    assert all(min(row[:margin] + row[-margin:]) > 200 for row in rows)
    assert min(min(row) for row in rows) < 100
