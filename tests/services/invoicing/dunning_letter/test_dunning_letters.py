"""Letters of dunning: written once, in the customer's language, delivered as the account gets its documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any

import pytest

from services.invoicing.bill_profile.messages import AssignLegalEntity
from services.invoicing.delivery.documents import Letter
from services.invoicing.delivery.mail import Posting, posted
from services.invoicing.delivery.messages import (
    ChangeDeliveryPreferences,
    DeliveryAsked,
    DeliveryPreferences,
)
from services.invoicing.dunning_letter.messages import DunningLetterWritten, LetterText, WriteDunningLetter
from services.invoicing.dunning_letter.writing import Facts, written
from services.invoicing.invoice.printed import Seller
from services.invoicing.legal_entity.messages import LegalEntityDefined
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.services.invoicing.story import invoicing, opened

LETTERS = (
    LetterText(language="en", subject="Overdue: {overdue}", text="{overdue} since {oldest}, {days} days. {account}"),
    LetterText(language="de", subject="Mahnung", text="{overdue} seit {oldest}, {days} Tage. {{so}}"),
)
FACTS = Facts("acc-1", Decimal("1236.04"), "EUR", date(2026, 10, 15), 10)


@pytest.mark.parametrize(
    ("language", "country", "text"),
    [
        ("en", "IE", "1,236.04 EUR since 15 October 2026, 10 days. acc-1"),
        ("de-AT", "AT", "1.236,04 EUR seit 15. Oktober 2026, 10 Tage. {so}"),
        ("fr", "FR", "1,236.04 EUR since 15 October 2026, 10 days. acc-1"),  # the policy's first
        ("", "", "1,236.04 EUR since 15 October 2026, 10 days. acc-1"),
    ],
)
def test_a_letter_is_in_the_customers_language_where_the_policy_has_it(language: str, country: str, text: str) -> None:
    found = written(LETTERS, FACTS, language, country).text
    assert found.replace("\xa0", " ") == text


def test_a_letter_is_a_mail_without_a_document_and_its_headers_are_one_line() -> None:
    letter = Letter(
        written((LetterText(language="en", subject="a\nb", text="Pay {overdue}."),), FACTS, "en", "IE"), "Shop"
    )
    posting = Posting("d-1", "billing@operator.example", ["ann@example.org"], datetime(2026, 10, 25, tzinfo=UTC))
    mail = message_from_bytes(posted(posting, letter), policy=policy.default)
    assert (mail["Subject"], mail["Message-ID"], mail["Content-Language"]) == ("a b", "<d-1@operator.example>", "en")
    assert mail.get_content().replace("\r\n", "\n") == "Pay 1,236.04 EUR.\n\nShop\n"


def write(**more: Any) -> WriteDunningLetter:
    said: dict[str, Any] = {
        "letter_id": "let-1",
        "account_id": "acc-1",
        "number": "INV-000042/1",
        "case_id": "case-1",
        "letters": LETTERS,
        "overdue": Decimal("36.04"),
        "currency": "EUR",
        "since": date(2026, 10, 15),
        "days_overdue": 10,
        "written_on": date(2026, 10, 25),
    }
    return WriteDunningLetter(**said | more)


def story(**preferences: Any) -> Specification:
    found = invoicing().when_event(opened("acc-1"))
    wanted = DeliveryPreferences(**preferences)
    return found.when(ChangeDeliveryPreferences(account_id="acc-1", preferences=wanted)) if preferences else found


def asked(found: Specification) -> list[str]:
    return [event.channel for event in found.events if isinstance(event, DeliveryAsked)]


def test_a_letter_is_written_and_sent_once() -> None:
    found = story().when(write())
    assert len([event for event in found.events if isinstance(event, DunningLetterWritten)]) == 1
    assert asked(found) == ["email"]
    found.when(write()).then_nothing()


def test_a_letter_is_of_the_legal_entity_that_bills_the_account() -> None:
    dutch = LegalEntityDefined(legal_entity_id="nl", seller=Seller(name="Northwind Nederland B.V.", country="NL"))
    found = invoicing().given(dutch).when_event(opened("acc-1"))
    found.when(AssignLegalEntity(account_id="acc-1", legal_entity_id="nl")).when(write())
    (letter,) = [event for event in found.events if isinstance(event, DunningLetterWritten)]
    assert letter.seller == "Northwind Nederland B.V."
    (operators,) = [event for event in story().when(write()).events if isinstance(event, DunningLetterWritten)]
    assert operators.seller is None


@pytest.mark.parametrize(
    ("preferences", "channels", "sent"),
    [
        ({"print": True, "email": False}, (), ["print"]),
        ({"email": False}, (), ["email"]),  # no way at all: by mail all the same
        ({"webhook": Sealed("v1.k.x"), "email": False}, (), ["webhook"]),
        ({"webhook": Sealed("v1.k.x")}, (), ["email", "webhook"]),
        ({"webhook": Sealed("v1.k.x")}, ("email",), ["email"]),
        ({}, ("email", "webhook"), ["email"]),  # it has no webhook
        ({"print": True, "email": False}, ("webhook",), ["print"]),
    ],
)
def test_a_letter_goes_as_the_policy_says_or_as_documents_do(
    preferences: dict[str, Any], channels: tuple[Any, ...], sent: list[str]
) -> None:
    assert asked(story(**preferences).when(write(channels=channels))) == sent
