"""Write-offs: what is given up, and what of it comes after all."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from services.payments.balance.messages import PaymentAllocated
from services.payments.balance.state import Payer
from services.payments.write_off.messages import ReceivableWrittenOff, RecoverWriteOff, WriteOff, WriteOffRecovered
from shared.kernel.money import Money
from tests.services.payments.late_fee.stories import Account, flat, policy
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments


def write_off(invoice_id: str | None = "inv-1", n: int = 1) -> WriteOff:
    return WriteOff(write_off_id=f"wo-{n}", account_id=ACCOUNT, reason_code="uncollectable", invoice_id=invoice_id)


def recover(amount: str | None = None) -> RecoverWriteOff:
    money = None if amount is None else Money(Decimal(amount), "EUR")
    return RecoverWriteOff(write_off_id="wo-1", account_id=ACCOUNT, amount=money)


def test_the_rest_of_an_account_is_written_off_by_invoice() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00")).when(pay("50.00")).when(write_off(None))
    assert [(e.invoice_id, str(e.amount)) for e in spec.events if isinstance(e, ReceivableWrittenOff)] == [
        ("inv-2", "15.00")
    ]
    spec.when(write_off(None, n=2)).then_refused("nothing_open")
    spec.when(write_off("inv-9", n=2)).then_refused("invoice_not_found", pointer="/invoice_id")


def test_what_comes_after_all_is_owed_again_and_paid_at_once() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(write_off()).when(pay("12.00")).when(recover("12.00"))
    again, paid = spec.events
    assert isinstance(again, WriteOffRecovered) and isinstance(paid, PaymentAllocated)
    assert (str(again.open), str(again.left), str(paid.open)) == ("12.00", "28.00", "0.00")
    spec.when(recover("28.01")).then_refused("over_written_off", pointer="/amount")
    spec.when(recover())
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.open_of("inv-1") == Decimal("28.00")
    spec.when(recover()).then_refused("over_written_off")


def test_no_late_fee_is_asked_for_on_what_was_given_up_and_again_on_what_is_owed_again_R54() -> None:
    account = Account().owes("40.00", policy(flat(1, "5.00"), flat(30, "7.00")))
    account.spec.when(write_off())
    assert account.until("2026-10-20").fees == [] and not account.timers
    account.spec.when(recover(), now=datetime(2026, 10, 20, 12, tzinfo=UTC))
    assert account.until("2027-01-01").fees == [("2026-11-14", "7.00")]
