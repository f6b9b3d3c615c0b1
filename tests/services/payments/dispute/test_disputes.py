"""Disputes: what is on hold is not charged late fees for; what is accepted is credited."""

from __future__ import annotations

from decimal import Decimal

from services.payments.balance.state import Payer
from services.payments.dispute.messages import OpenDispute, Outcome, ResolveDispute
from services.payments.dispute.state import Dispute
from services.payments.receivable.messages import WithdrawReceivable
from shared.kernel.money import Money
from tests.services.payments.late_fee.stories import Account, flat, percent, policy
from tests.services.payments.story import ACCOUNT, OPENED, owed, pay, payments


def dispute(amount: str | None = None, n: int = 1) -> OpenDispute:
    money = None if amount is None else Money(Decimal(amount), "EUR")
    said = {"account_id": ACCOUNT, "invoice_id": f"inv-{n}", "reason": "not supplied"}
    return OpenDispute(dispute_id=f"dp-{n}", amount=money, **said)


def resolve(outcome: Outcome, amount: str | None = None) -> ResolveDispute:
    money = None if amount is None else Money(Decimal(amount), "EUR")
    return ResolveDispute(account_id=ACCOUNT, invoice_id="inv-1", outcome=outcome, amount=money)


def test_no_late_fee_is_asked_for_on_what_is_disputed_and_one_on_the_rest_R54() -> None:
    account = Account().owes("100.00", policy(percent(1, "10")))
    account.spec.when(dispute("60.00"))
    assert account.until("2026-12-01").fees == [("2026-10-16", "4.00")]
    whole = Account().owes("100.00", policy(flat(1, "5.00")))
    whole.spec.when(dispute())
    assert whole.until("2026-12-01").fees == []


def test_an_accepted_dispute_is_credited_to_its_invoice_and_a_rejected_one_is_owed() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "25.00", "2026-10-10"))
    spec.when(dispute("15.00")).when(resolve("accepted", "10.00"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and payer.open_of("inv-1") == Decimal("30.00") and spec.get(Dispute, "inv-1") is None
    spec.when(resolve("accepted")).then_refused("dispute_not_found")
    spec.when(dispute()).when(resolve("rejected"))
    after = spec.get(Payer, ACCOUNT)
    assert after is not None and after.open_of("inv-1") == Decimal("30.00")


def test_what_was_paid_meanwhile_of_an_accepted_dispute_is_credit() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(dispute()).when(pay("40.00")).when(resolve("accepted"))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.owed and [str(one.left) for one in payer.credits] == ["40.00"]


def test_an_invoice_that_is_void_is_disputed_no_more_and_nothing_is_credited() -> None:
    spec = payments().given(OPENED, owed(1, "40.00")).when(dispute())
    spec.when(WithdrawReceivable(invoice_id="inv-1", account_id=ACCOUNT))
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.owed and not payer.credits and spec.get(Dispute, "inv-1") is None


def test_a_dispute_that_can_not_be_is_refused() -> None:
    spec = payments().given(OPENED, owed(1, "40.00"), owed(2, "0.00"))
    spec.when(dispute("40.01")).then_refused("over_open", pointer="/amount/amount")
    spec.when(dispute(n=9)).then_refused("invoice_not_found")
    spec.when(dispute(n=2)).then_refused("nothing_open")
    spec.when(dispute()).when(dispute("1.00")).then_refused("dispute_exists")
    spec.when(resolve("accepted", "40.01")).then_refused("over_disputed")
    spec.when(resolve("rejected", "1.00")).then_refused("not_of_rejected")
