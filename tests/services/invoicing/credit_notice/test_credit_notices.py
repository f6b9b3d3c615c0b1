"""Notices of credit: written once, in the customer's language, by mail or on paper as documents are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast, get_args

import pytest

from services.invoicing.bill_profile.messages import AssignLegalEntity
from services.invoicing.credit_notice.messages import CreditNoticeWritten, NoticeKind, WriteCreditNotice
from services.invoicing.credit_notice.writing import Told, noticed
from services.invoicing.delivery.documents import Documents
from services.invoicing.delivery.messages import (
    ChangeDeliveryPreferences,
    DeliveryAsked,
    DeliveryPreferences,
    ShownKind,
)
from services.invoicing.documents.paper.language import languages
from services.invoicing.documents.paper.letters import PaperLetter, on_paper, printed
from services.invoicing.invoice.printed import Seller
from services.invoicing.legal_entity.messages import LegalEntityDefined
from shared.engine.settings import Settings
from shared.http.vault import Vault
from shared.kernel.customer import AddressBody
from tests.kit.decider import Specification
from tests.services.invoicing.story import invoicing, opened

NORTHWIND = Seller(name="Northwind Nederland B.V.", country="NL")


@pytest.mark.parametrize("kind", get_args(NoticeKind))
@pytest.mark.parametrize("language", sorted(languages()))
def test_a_notice_says_its_figures_in_every_language_that_documents_have(kind: NoticeKind, language: str) -> None:
    told = Told("acc-1", kind, Decimal("4.10"), Decimal("5.00"), "EUR")
    found = noticed(told, language, "")
    assert found.language == language
    assert "acc-1" in found.subject
    assert "{" not in found.subject + found.text


def test_the_figures_are_written_as_the_customer_writes_them() -> None:
    told = Told("acc-1", "low", Decimal("1234.10"), Decimal("5.00"), "EUR")
    assert "1.234,10 EUR" in noticed(told, "de-DE", "DE").text.replace("\xa0", " ")
    assert noticed(told, "xx", "").text == noticed(told, "en", "").text


def write(**more: Any) -> WriteCreditNotice:
    said: dict[str, Any] = {"notice_id": "n-1", "account_id": "acc-1", "kind": "low", "currency": "EUR"}
    amounts = {"amount": Decimal("4.10"), "threshold": Decimal("5.00"), "written_on": date(2026, 10, 25)}
    return WriteCreditNotice(**said | amounts | more)


def written(found: Specification) -> list[CreditNoticeWritten]:
    return [event for event in found.events if isinstance(event, CreditNoticeWritten)]


def asked(found: Specification) -> list[tuple[str, str, str]]:
    events = [event for event in found.events if isinstance(event, DeliveryAsked)]
    return [(event.document.shown_kind, event.channel, event.number) for event in events]


def test_a_notice_is_written_and_sent_once() -> None:
    found = invoicing().when_event(opened("acc-1")).when(write())
    assert len(written(found)) == 1
    assert asked(found) == [("credit_notice", "email", "low 2026-10-25")]
    found.when(write()).then_nothing()


def test_a_notice_goes_by_post_where_documents_do_and_is_of_who_bills() -> None:
    found = invoicing().given(LegalEntityDefined(legal_entity_id="nl", seller=NORTHWIND)).when_event(opened("acc-1"))
    found.when(AssignLegalEntity(account_id="acc-1", legal_entity_id="nl"))
    wanted = DeliveryPreferences(email=False, print=True)
    found.when(ChangeDeliveryPreferences(account_id="acc-1", preferences=wanted)).when(write())
    assert [channel for _, channel, _ in asked(found)] == ["print"]
    (notice,) = written(found)
    assert (notice.seller, notice.legal_entity) == (NORTHWIND, "nl")
    assert notice.name == opened("acc-1").name


LETTER = PaperLetter(
    account_id="acc-1",
    addressee="Ann Example",
    address=AddressBody(lines=["12 Main Street"], postal_code="D01", city="Dublin", country="IE"),
    language="en",
    subject='Overdue: "#let" \\ and more',
    text="36.04 EUR are overdue.\n\nPlease pay,\nor write to us.",
    written_on=date(2026, 10, 25),
    currency="EUR",
    seller=NORTHWIND,
)


def test_a_letter_on_paper_is_the_same_bytes_and_no_word_of_it_is_markup() -> None:
    document = on_paper(LETTER)
    assert document.startswith(b"%PDF-1.7")
    assert on_paper(LETTER) == document
    sheet = printed(LETTER)
    assert sheet["address"] == ["12 Main Street", "D01 Dublin", "Ireland"]
    assert sheet["paragraphs"] == ["36.04 EUR are overdue.", "Please pay,\nor write to us."]


def test_a_letter_of_an_erased_customer_and_in_a_script_without_font_is_printed_all_the_same() -> None:
    nobody = {"addressee": "", "address": None, "language": "ar", "subject": "\U0010fffd" * 3, "text": "x" * 5_000}
    said = {field: getattr(LETTER, field) for field in LETTER.__struct_fields__}
    assert on_paper(PaperLetter(**said | nobody)).startswith(b"%PDF")


class OpenVault:
    """A vault whose seals are the words themselves."""

    async def open(self, sealed: str) -> str:
        return str(sealed)


@pytest.mark.parametrize("kind", ["credit_notice", "dunning_letter"])
async def test_a_print_batch_has_letters_of_every_kind_and_older_ones_without_a_name(kind: ShownKind) -> None:
    documents = Documents(None, cast("Vault", OpenVault()), Settings(seller_name="Operator"))
    both = {"account_id": "acc-1", "currency": "EUR", "written_on": date(2026, 10, 25), "details": None, "name": None}
    seller = '{"name":"Northwind Nederland B.V."}'
    notice = {"kind": "low", "amount": Decimal("4.10"), "threshold": Decimal("5.00"), "seller": seller}
    overdue = {"overdue": Decimal("36.04"), "since": date(2026, 10, 15), "days_overdue": 10, "number": "INV-1/1"}
    texts = '[{"language":"en","subject":"s","text":"{overdue}"}]'
    letter = {**overdue, "letters": texts, "seller": "Northwind Nederland B.V.", "issuer": None}
    row: Any = {**both, **(notice if kind == "credit_notice" else letter), "legal_entity": None}
    found = await documents.printed(kind, row)
    assert found.file_name == ("low-2026-10-25.pdf" if kind == "credit_notice" else "INV-1-1.pdf")
    assert found.data.startswith(b"%PDF")
    assert (await documents.letter(kind, row)).seller == "Northwind Nederland B.V."
