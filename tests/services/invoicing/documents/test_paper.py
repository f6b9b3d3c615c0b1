"""The document speaks the customer's language, on the customer's paper, in the operator's colours."""

from __future__ import annotations

import shutil
import string
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.invoicing.credit_note.crediting import Creditable, whole
from services.invoicing.document_style import UnreadableStyle, style_of
from services.invoicing.documents.contract import Cited, InvoiceContents
from services.invoicing.documents.examples.abroad import ARABIC, CREDIT, FRENCH, GERMAN, SPANISH
from services.invoicing.documents.examples.brussels import BRUSSELS, NORTHWIND
from services.invoicing.documents.examples.late_fees import LATE
from services.invoicing.documents.paper.language import language_of, languages
from services.invoicing.documents.paper.numbers import Figures
from services.invoicing.documents.paper.payment_code import payment_code, transfer
from services.invoicing.documents.paper.style import DocumentStyle, Texts
from services.invoicing.documents.paper.writing import written
from services.invoicing.documents.pdf import render
from services.invoicing.invoice.state import Issued
from services.invoicing.taxes.engine.categories import CATEGORIES
from services.rating.period.messages import DailyUsage
from shared.engine.settings import Settings
from shared.kernel.customer import AddressBody
from shared.kernel.period import Period
from tests.kit.pdf_text import text_of

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is absent")
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" fill="#c00"/></svg>'
)
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))


def but(contents: InvoiceContents, **other: Any) -> InvoiceContents:
    return msgspec.structs.replace(contents, **other)


@pytest.mark.parametrize("code", languages())
def test_every_language_has_the_same_words_with_the_same_places(code: str) -> None:
    def places(words: Any) -> dict[str, set[str | None]]:
        return {
            key: {part[1] for part in string.Formatter().parse(str(text)) if part[1]}
            for key, text in words.items()
            if key != "units"
        }

    assert places(languages()[code]) == places(languages()["en"])


@needs_pdftotext
@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (BRUSSELS, ("Invoice", "15 October 2026", "1,336.48", "Belgium")),
        (GERMAN, ("Rechnung", "15. Oktober 2026", "0,1988 / min", "Deutschland", "Steuerschuldnerschaft")),
        (FRENCH, ("Facture", "15 octobre 2026", "1 224,73", "350 Go", "5,5 %")),
        (SPANISH, ("Factura", "15 de octubre de 2026", "39,90", "España", "Exento de impuesto")),
        (CREDIT, ("Rechnungskorrektur", "Zur Rechnung INV-000043 vom 1. Oktober 2026.", "gutgeschrieben")),
        (ARABIC, ("1,155.40", "12 Harbour Street", "acc-5")),
    ],
    ids=lambda value: value.language if isinstance(value, InvoiceContents) else "",
)
def test_a_document_speaks_the_language_of_its_customer(contents: InvoiceContents, said: tuple[str, ...]) -> None:
    told = text_of(render(contents)).replace("\u00a0", " ").replace("\u202f", " ")
    assert [part for part in said if part not in told] == []


@pytest.mark.parametrize(
    ("tag", "fee", "interest", "waived"),
    [
        (
            "en",
            "INV-000017, due on 15 August 2026: 5.00 EUR or 2% of 200.00 EUR",
            "9% a year on 200.00 EUR",
            "We waive",
        ),
        ("de", "Mahngebühr zur Rechnung INV-000017, fällig am 15. August 2026", "9 % im Jahr", "Wir erlassen"),
        ("fr", "Frais de retard sur la facture INV-000017, échue le 15 août 2026", "9 % par an", "grâce"),
        ("es", "Recargo por demora de la factura INV-000017, vencida el 15 de", "9 % anual", "condonamos"),
        ("ar", "رسوم تأخير على الفاتورة", "سنويًا", "أعفيناكم"),
    ],
)
def test_a_late_fee_says_what_it_is_for_in_the_customers_language_R54(
    tag: str, fee: str, interest: str, waived: str
) -> None:
    blanks = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")
    lines = written(but(LATE, language=tag))["lines"]
    told = [f"{line['description']} · {line['detail']}".translate(blanks) for line in lines]
    assert fee in told[1] and interest in told[2] and waived in told[4]


@pytest.mark.parametrize(
    ("tag", "country", "amount", "period"),
    [
        ("en", "BE", "1,234.50", "1 – 30 Sept 2026"),
        ("en", "US", "1,234.50", "Sep 1 – 30, 2026"),
        ("en-US", "DE", "1,234.50", "Sep 1 – 30, 2026"),
        ("de", "DE", "1.234,50", "1.–30. Sept. 2026"),
        ("de", "CH", "1'234.50", "1.–30. Sept. 2026"),
        ("fr", "BE", "1 234,50", "1–30 sept. 2026"),
        ("es", "MX", "1,234.50", "1–30 de sep de 2026"),
        ("ar", "SA", "1,234.50", "1–30 سبتمبر 2026"),
        ("pt", "PT", "1,234.50", "1 – 30 Sept 2026"),
        ("zh-Hant-TW", "", "1,234.50", "1 – 30 Sept 2026"),
        ("", "", "1,234.50", "1 – 30 Sept 2026"),
    ],
)
def test_numbers_and_dates_are_those_of_the_customers_country(tag: str, country: str, amount: str, period: str) -> None:
    figures = Figures(language_of(tag, country), "EUR")
    blanks = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")
    told = (figures.amount(Decimal("1234.5")), figures.period(SEPTEMBER))
    assert tuple(text.translate(blanks) for text in told) == (amount, period)


@given(
    tag=st.from_regex(r"^([a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?)?$", fullmatch=True),
    country=st.from_regex(r"^([A-Z]{2})?$", fullmatch=True),
)
@settings(max_examples=100, deadline=None)
def test_any_tag_and_country_is_some_language(tag: str, country: str) -> None:
    figures = Figures(language_of(tag, country), "EUR")
    assert figures.amount(Decimal("1.5")) and figures.period(SEPTEMBER) and figures.day(SEPTEMBER.start)


def test_a_rate_and_a_price_keep_all_their_decimals_R40() -> None:
    figures = Figures(language_of("de", "DE"), "EUR")
    assert figures.number(Decimal("0.00880"), 2) == "0,0088"
    assert figures.percent(Decimal("7.125")).replace("\u00a0", " ") == "7,125 %"
    assert figures.amount(Decimal("-0.5")) == "−0,50"


@pytest.mark.parametrize("code", languages())
def test_what_is_made_here_is_said_in_the_customers_words_and_dates_R54(code: str) -> None:
    """A credited late fee, what was carried forward, and a credit of no line: no ISO date, and no English elsewhere."""
    fee = next(line for line in whole(_creditable(LATE)).lines if line.kind == "late_fee")
    carried = msgspec.structs.replace(
        BRUSSELS.lines[0], kind="carried_forward", description="Carried forward from 2026-09-01 to 2026-09-30", steps=[]
    )
    credit = msgspec.structs.replace(carried, kind="credit", description="Credit on invoice INV-000047")
    cites = (Cited(number="INV-000047", issued_on=date(2026, 10, 1)),)
    said = written(but(LATE, kind="credit_note", cites=cites, language=code, lines=[fee, carried, credit]))
    told = [line["description"] for line in said["lines"]]
    assert all("2026-" not in text for text in told) and "INV-000047" in told[2]
    assert len({*told}) == 3 and all(code == "en" or "arried forward" not in text for text in told)
    assert said["taxes"][1]["reason"] == language_of(code, "").say("late_outside_vat")


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("code", languages())
def test_a_category_of_tax_is_a_word_and_never_its_code(code: str, category: str) -> None:
    for name in ("", CATEGORIES[category].name):
        group = msgspec.structs.replace(BRUSSELS.tax_groups[0], category=category, name=name)
        (said,) = written(but(CREDIT, language=code, tax_groups=[group]))["taxes"]
        assert said["category"] == language_of(code, "").say(f"tax_{category}") != category


def _creditable(contents: InvoiceContents) -> Creditable:
    issued = Issued(
        number=contents.number,
        issued_on=contents.issued_on,
        net=contents.net,
        tax=contents.tax,
        total=contents.total,
        tax_groups=contents.tax_groups,
    )
    return Creditable(
        issued=issued,
        currency=contents.currency,
        period=contents.period,
        lines=contents.lines,
        before=issued.credited_so_far,
    )


def test_a_tax_group_of_its_own_name_keeps_it() -> None:
    group = msgspec.structs.replace(BRUSSELS.tax_groups[0], name="City of Ghent")
    assert written(but(BRUSSELS, language="de", tax_groups=[group]))["taxes"][0]["category"] == "City of Ghent"
    usual = msgspec.structs.replace(group, name="Standard rate")
    assert written(but(BRUSSELS, language="de", tax_groups=[usual]))["taxes"][0]["category"] == "Regelsatz"


@pytest.mark.parametrize(("country", "size"), [("BE", "595.276 x 841.89"), ("US", "612 x 792")])
def test_the_paper_is_that_of_the_country(country: str, size: str) -> None:
    address = AddressBody(lines=["1 Main Street"], postal_code="1", city="Springfield", country=country)
    assert size in info_of(render(but(BRUSSELS, bill_to_address=address)))


def test_the_operator_s_paper_goes_before() -> None:
    assert "612 x 792" in info_of(render(but(BRUSSELS, style=DocumentStyle(paper="us-letter"))))


def info_of(document: bytes) -> str:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is absent")
    return subprocess.run(["pdfinfo", "-"], input=document, capture_output=True, check=True).stdout.decode()


@needs_pdftotext
def test_logo_and_texts_of_the_operator_are_on_it_in_the_customers_language_if_there() -> None:
    texts = {"en": Texts(closing="Thank you.", footer="Company 123"), "de": Texts(footer="HRB 123")}
    style = DocumentStyle(logo=LOGO, accent="#aa0000", texts=texts)
    assert b"pdfaid:part>3<" in render(but(BRUSSELS, style=style))
    assert all(said in text_of(render(but(FRENCH, style=style))) for said in ("Thank you.", "Company 123"))
    german = text_of(render(but(GERMAN, style=style)))
    assert "HRB 123" in german and "Thank you." not in german


def test_a_style_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(LOGO)
    (tmp_path / "style.json").write_text('{"accent": "#aa0000", "logo": "logo.svg", "texts": {"en": {"footer": "x"}}}')
    style = style_of(Settings(document_style=tmp_path))
    assert (style.accent, style.logo, style.texts_in("fr").footer) == ("#aa0000", LOGO, "x")
    assert style_of(Settings()) == DocumentStyle()


@pytest.mark.parametrize(
    "written_style",
    [
        *("", "[]", '{"accent": "red"}', '{"colour": "#000000"}', '{"paper": "a3"}'),
        *('{"logo": "gone.svg"}', '{"logo": "style.json"}'),
    ],
)
def test_a_style_that_can_t_be_set_ends_the_start(tmp_path: Path, written_style: str) -> None:
    (tmp_path / "style.json").write_text(written_style)
    with pytest.raises(UnreadableStyle):
        style_of(Settings(document_style=tmp_path))


@needs_pdftotext
def test_usage_is_shown_day_by_day_on_a_page_of_its_own() -> None:
    pages = text_of(render(BRUSSELS)).split("\f")
    assert "Usage by day" in pages[1] and "22 GB" in pages[1] and "30 Sept" in pages[1]
    without = [msgspec.structs.replace(line, daily=None) for line in BRUSSELS.lines]
    assert "Usage by day" not in text_of(render(but(BRUSSELS, lines=without)))


def test_days_of_use_are_bars_of_the_largest_and_never_below_zero() -> None:
    quantities = [f"{gigabytes}000000000" for gigabytes in (-9, 11, 8, 14, 22)]
    daily = DailyUsage(first=date(2026, 9, 1), quantities=quantities)
    fibre, data = BRUSSELS.lines
    [used] = written(but(BRUSSELS, lines=[fibre, msgspec.structs.replace(data, daily=daily)]))["usage"]
    assert used["bars"] == [0, 500, 363, 636, 1000]
    assert used["table"][:2] == ["1 Sept", "−9 GB"]


def test_the_code_to_pay_says_what_the_standard_wants() -> None:
    assert transfer(BRUSSELS).split("\n") == [
        *("BCD", "002", "1", "SCT", "GKCCBEBB", "Northwind Telecom", "BE71096123456769", "EUR1336.48"),
        *("", "", "INV-000042"),
    ]
    assert payment_code(BRUSSELS).startswith("<svg")


@pytest.mark.parametrize(
    "contents",
    [
        but(BRUSSELS, currency="GBP"),
        but(BRUSSELS, credit_applied=BRUSSELS.total),
        but(BRUSSELS, seller=msgspec.structs.replace(NORTHWIND, iban="")),
        but(BRUSSELS, number="語" * 140, seller=msgspec.structs.replace(NORTHWIND, name="語" * 70)),
        CREDIT,
    ],
    ids=["another currency", "nothing due", "no account", "too long", "credit note"],
)
def test_what_can_t_be_transferred_has_no_code(contents: InvoiceContents) -> None:
    assert payment_code(contents) == ""


@needs_pdftotext
def test_a_payment_link_is_where_one_pays() -> None:
    told = text_of(render(but(BRUSSELS, payment_link="https://pay.example/i/42")))
    assert "Pay online: https://pay.example/i/42" in told
