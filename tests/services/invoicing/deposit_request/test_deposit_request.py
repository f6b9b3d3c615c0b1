"""Requests for deposits on paper: no tax, no number of a series, in the customer's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest.mock import ANY

import msgspec
import pytest

from services.invoicing.deposit_request.messages import (
    CloseDepositRequest,
    DepositRequestClosed,
    DepositRequestNoted,
    NoteDepositRequest,
)
from services.invoicing.documents.examples.deposit import DEPOSIT
from services.invoicing.documents.paper.language import languages
from services.invoicing.documents.paper.payment_code import transfer
from services.invoicing.documents.paper.writing import written
from services.invoicing.documents.pdf import render
from services.payments.deposit.messages import DepositCancelled, DepositReceived, DepositRequested
from services.payments.deposit.react import react
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed
from tests.services.invoicing.story import ACCOUNT, invoicing, opened, tell

ASKED = DepositRequested(
    deposit_id="dep-1",
    account_id=ACCOUNT,
    amount=Decimal("100.00"),
    currency="EUR",
    purpose="equipment",
    requested_on=date(2026, 10, 9),
)


def test_what_payments_asks_for_is_noted_with_the_customer_s_name() -> None:
    (sent,) = react(ASKED, ANY, ANY)
    assert sent.to == "invoicing" and sent.message == same_fields(NoteDepositRequest, ASKED)
    spec = tell(invoicing(), opened())
    [noted] = [one for one in spec.when(sent.message).events if isinstance(one, DepositRequestNoted)]
    assert (noted.amount, noted.purpose, noted.name) == (Decimal("100.00"), "equipment", Sealed("v1.k.x"))


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (same_fields(DepositReceived, ASKED, method="cash", received_on=date(2026, 10, 9)), "received"),
        (same_fields(DepositCancelled, ASKED, cancelled_on=date(2026, 10, 9)), "cancelled"),
    ],
)
def test_a_request_that_nobody_waits_for_is_closed(event: DepositReceived | DepositCancelled, why: str) -> None:
    (sent,) = react(event, ANY, ANY)
    assert isinstance(sent.message, CloseDepositRequest)
    spec = tell(invoicing(), opened()).when(sent.message)
    assert DepositRequestClosed(deposit_id="dep-1", account_id=ACCOUNT, why=why) in spec.events


@pytest.mark.parametrize("code", languages())
def test_it_says_what_for_and_how_to_pay_and_has_no_tax(code: str) -> None:
    said = written(msgspec.structs.replace(DEPOSIT, language=code))
    assert not said["taxed"] and said["taxes"] == [] and said["hint"]
    assert (said["period"], said["lines"][0]["period"]) == ("", "")
    assert said["lines"][0]["description"] != "equipment"
    assert DEPOSIT.number in said["asked"]
    assert transfer(DEPOSIT).endswith(f"EUR100.00\n\n\n{DEPOSIT.number}")


def test_one_that_names_no_day_says_none_and_is_no_electronic_invoice() -> None:
    without = msgspec.structs.replace(DEPOSIT, due_on=DEPOSIT.issued_on, language="en")
    said = written(without)
    assert said["due_on"] == "" and said["asked"] == f"Please pay 100.00 EUR, quoting {DEPOSIT.number}."
    assert b"factur-x.xml" not in render(without)
