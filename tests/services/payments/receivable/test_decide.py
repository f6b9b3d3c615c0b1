"""Receivables: what an issued invoice becomes here."""

from __future__ import annotations

import msgspec
import pytest

from services.payments.balance.state import Payer, UnknownPayer
from tests.services.payments.story import ACCOUNT, OPENED, issued, owed, paid, pay, payments


def test_an_invoice_of_nothing_is_never_open() -> None:
    spec = payments().given(OPENED).when_event(issued(1, "0.00"), service="invoicing").then(owed(1, "0.00"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.owed == ()
    spec.when(pay("5.00")).then(paid("5.00"))


def test_an_invoice_heard_of_twice_is_owed_once() -> None:
    payments().given(OPENED, owed(1, "15.00")).when_event(issued(1, "15.00"), service="invoicing").then()


def test_an_invoice_of_an_account_never_opened_is_parked_not_lost() -> None:
    with pytest.raises(UnknownPayer):
        payments().when_event(issued(1, "15.00"), service="invoicing")


def test_the_place_in_the_series_goes_along_from_the_issued_invoice_R48() -> None:
    numbered = msgspec.structs.replace(issued(1, "40.00"), series_n=7)
    payments().given(OPENED).when_event(numbered, service="invoicing").then(
        msgspec.structs.replace(owed(1, "40.00"), series_n=7)
    )
