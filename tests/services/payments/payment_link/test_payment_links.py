"""An invoice has one link; what it shows is live, names nobody, and a bank's app can read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from meterlog.entry.routing import is_public, owner_of
from services.invoicing.documents.paper.language import languages as languages_of_documents
from services.payments.payment_link.messages import MakePaymentLink, MakeTopUpLink, PaymentLinkMade, TopUpLinkMade
from services.payments.payment_link.page import OpenAmount, code, html
from services.payments.payment_link.speech import languages, speech_of
from services.payments.receivable.messages import WithdrawReceivable
from services.payments.references import creditor_reference_of, key_in
from services.payments.sepa.pain008 import Creditor
from services.payments.settings.messages import ONLY, PaymentSettingsChanged, SettingsTerms, TopUpLimits
from services.rating.account.messages import AccountClosed
from shared.kernel.money import Money
from tests.services.payments.story import ACCOUNT, OPENED, owed, payments

LINK: dict[str, Any] = {"account_id": ACCOUNT, "invoice_id": "inv-1", "token": "0123456789abcdef0123"}
SHOWN = OpenAmount(
    number="INV-000042",
    currency="EUR",
    open=Decimal("36.04"),
    due_on=date(2026, 10, 15),
    is_void=False,
    creditor=Creditor(name="Northwind & Co", iban="DE89370400440532013000", creditor_id="DE98ZZZ09999999999"),
)


def changed(**fields: Any) -> OpenAmount:
    return msgspec.structs.replace(SHOWN, **fields)


def test_an_invoice_has_one_link_however_often_it_is_asked_for() -> None:
    story = payments().given(OPENED, owed(1, "36.04")).when(MakePaymentLink(**LINK)).then(PaymentLinkMade(**LINK))
    story.when(MakePaymentLink(**LINK)).then_nothing()
    story.when(MakePaymentLink(**{**LINK, "invoice_id": "inv-9"})).then_refused("invoice_not_found")


def test_of_a_void_invoice_there_is_no_link() -> None:
    story = payments().given(OPENED, owed(1, "36.04"))
    story.when(WithdrawReceivable(account_id=ACCOUNT, invoice_id="inv-1"))
    story.when(MakePaymentLink(**LINK)).then_refused("nothing_open")


def test_the_page_shows_what_is_open_now_and_where_to_pay_it() -> None:
    page = html(SHOWN, "/code.svg")
    assert (
        "<strong>€36.04</strong>, due on 15 October 2026" in page
        and "DE89370400440532013000" in page
        and 'src="/code.svg"' in page
    )
    assert "Northwind &amp; Co" in page and "<script" not in page
    paid, void = html(changed(open=Decimal("0.00")), "/c"), html(changed(is_void=True), "/c")
    assert "is paid" in paid and "is void" in void and "IBAN" not in paid + void


def test_every_language_of_the_page_has_the_same_words_with_the_same_holes() -> None:
    def holes(words: Mapping[str, str]) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}

    assert set(languages()) == set(languages_of_documents())
    assert all(holes(words) == holes(languages()["en"]) for words in languages().values())


@pytest.mark.parametrize(
    ("asked", "tag", "title", "told"),
    [
        ("", "en", "Invoice INV-000042", "<strong>€1,236.04</strong>, due on 15 October 2026"),
        ("en-US", "en", "Invoice INV-000042", "<strong>€1,236.04</strong>, due on October 15, 2026"),
        (
            "de-DE,de;q=0.9,en;q=0.8",
            "de",
            "Rechnung INV-000042",
            "<strong>1.236,04 €</strong>, fällig am 15. Oktober 2026",
        ),
        (
            "pt, fr;q=0.5",
            "fr",
            "Facture INV-000042",
            "<strong>1 236,04 €</strong>, à payer au plus tard le 15 octobre 2026",
        ),
        ("es", "es", "Factura INV-000042", "<strong>1.236,04 €</strong>, con vencimiento el 15 de octubre de 2026"),
        (
            "es-MX,es",
            "es",
            "Factura INV-000042",
            "<strong>EUR1,236.04</strong>, con vencimiento el 15 de octubre de 2026",
        ),
        ("fr;q=0, ;q=x,, *;q=0.1", "en", "Invoice INV-000042", "<strong>€1,236.04</strong>, due on 15 October 2026"),
    ],
)
def test_the_page_speaks_as_the_browser_asks(asked: str, tag: str, title: str, told: str) -> None:
    page = html(changed(open=Decimal("1236.04")), "/code.svg", speech_of(asked))
    page = page.replace("\xa0", " ").replace("\u202f", " ")
    assert f'<html lang="{tag}" dir="ltr">' in page and f"<h1>{title}</h1>" in page and told in page


def test_an_amount_has_the_digits_of_its_currency_and_all_of_its_own() -> None:
    said = speech_of("es")
    amounts = (("5", "EUR"), ("1234567", "JPY"), ("1.234", "KWD"), ("0.00001", "EUR"))
    written = [said.money(Decimal(amount), currency).replace("\xa0", " ") for amount, currency in amounts]
    assert written == ["5,00 €", "1.234.567 JPY", "1,234 KWD", "0,00001 €"]
    assert 'dir="rtl"' in html(SHOWN, "/code.svg", speech_of("ar"))


@pytest.mark.parametrize(
    "shown",
    [
        changed(currency="USD"),
        changed(creditor=None),
        changed(open=Decimal(0)),
        changed(is_void=True),
        changed(open=Decimal("1000000000.00")),
    ],
)
def test_a_bank_reads_a_code_of_euros_that_are_owed_to_somebody_and_of_nothing_else(shown: OpenAmount) -> None:
    assert SHOWN.has_code and not shown.has_code


def test_the_code_is_the_same_each_time() -> None:
    assert code(SHOWN) == code(SHOWN) and code(SHOWN).startswith("<svg")
    assert code(SHOWN) != code(changed(open=Decimal("36.05")))


@pytest.mark.parametrize(
    ("method", "path", "public"),
    [
        ("GET", b"/v1/payment-links/0123456789abcdef0123", True),
        ("GET", b"/v1/payment-links/0123456789abcdef0123/code.svg", True),
        ("POST", b"/v1/payment-links/0123456789abcdef0123", False),
        ("GET", b"/v1/payment-links", False),
        ("GET", b"/v1/payments", False),
        ("POST", b"/v1/session", True),
        ("POST", b"/v1/gateways/stripe/webhook", True),
        ("PUT", b"/v1/gateways/stripe", False),
        ("GET", b"/v1/gateways/stripe/webhook", False),
    ],
)
def test_who_has_a_link_needs_no_login_and_for_anything_else_one_does(method: str, path: bytes, public: bool) -> None:
    assert is_public(method, path) is public


def test_a_link_is_made_where_the_money_is() -> None:
    assert owner_of("POST", b"/v1/invoices/inv-7/payment-link") == "payments"
    assert owner_of("GET", b"/v1/invoices/inv-7/lines") == "invoicing"


def test_a_link_for_money_on_an_account_is_within_the_limits_and_has_a_reference_of_its_own() -> None:
    limits = SettingsTerms(top_ups={"EUR": TopUpLimits(minimum=Decimal(5), maximum=Decimal(100))})
    settled = PaymentSettingsChanged(terms=limits, version=1, settings_id=ONLY)
    story = payments().given(OPENED, settled)
    asked: dict[str, Any] = {"account_id": ACCOUNT, "link_id": "tl-1", "token": "0123456789abcdef0123"}
    for amount, currency, code_ in (
        ("4.99", "EUR", "below_minimum"),
        ("100.01", "EUR", "above_maximum"),
        ("-1", "EUR", "amount_not_positive"),
        ("20.001", "EUR", "too_many_decimals"),
        ("20.00", "USD", "currency_mismatch"),
    ):
        story.when(MakeTopUpLink(**asked, amount=Money(Decimal(amount), currency))).then_refused(code_)
    story.when(MakeTopUpLink(**asked, amount=Money(Decimal(20), "EUR")))
    [made] = story.events
    assert isinstance(made, TopUpLinkMade) and (str(made.amount), made.statement_key[0]) == ("20.00", "T")
    assert key_in(f"Guthaben {creditor_reference_of(made.statement_key)}") == made.statement_key
    story.when_event(AccountClosed(account_id=ACCOUNT, closed_on=date(2026, 10, 9), version=2), service="rating")
    story.when(MakeTopUpLink(**asked, amount=Money(Decimal(20), "EUR"))).then_refused("account_closed")


def test_the_page_of_a_top_up_says_so_and_is_due_on_no_day() -> None:
    page = html(changed(number="RF04MZQ22OWTPTZ2", due_on=None, is_top_up=True), "/code.svg")
    assert "<h1>Top-up RF04MZQ22OWTPTZ2</h1>" in page and "due on" not in page
