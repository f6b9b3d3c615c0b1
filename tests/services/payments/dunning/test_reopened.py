"""Dunning where something is owed again, or is said not to be: chargebacks, disputes, write-offs (R50, R55)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.payments.chargeback.messages import RecordChargeback, ReverseChargeback
from services.payments.dispute.messages import OpenDispute, ResolveDispute
from services.payments.promise.messages import PromiseKept
from services.payments.promise.state import OpenPromise
from services.payments.write_off.messages import WriteOff
from tests.services.payments.dunning.stories import Debtor
from tests.services.payments.story import ACCOUNT


def chargeback(payment_id: str, on: str) -> RecordChargeback:
    return RecordChargeback(
        payment_id=payment_id,
        account_id=ACCOUNT,
        chargeback_id="cb-1",
        reason="fraud",
        received_on=date.fromisoformat(on),
    )


def reversal(payment_id: str) -> ReverseChargeback:
    return ReverseChargeback(payment_id=payment_id, account_id=ACCOUNT, chargeback_id="cb-1")


def dispute(amount: None = None) -> OpenDispute:
    return OpenDispute(dispute_id="dis-1", account_id=ACCOUNT, invoice_id="inv-1", reason="wrong", amount=amount)


def test_a_chargeback_opens_a_case_that_warns_before_it_blocks_and_its_reversal_clears_it_R50() -> None:
    debtor = Debtor().owes("40.00").pays("40.00", "2026-10-14").until("2026-12-13")
    assert debtor.told == []
    # Overdue for 60 days at once: warned that day, blocked four days later.
    debtor.says(chargeback("pay-1", "2026-12-14"), "2026-12-14").until("2026-12-18")
    assert debtor.told == [("12-14", "1 warning"), ("12-18", "2 block"), ("12-18", "blocked")]
    debtor.says(reversal("pay-1"), "2026-12-19")
    assert debtor.told[-2:] == [("12-19", "open"), ("12-19", "paid")]


def test_a_step_for_a_day_that_comes_back_costs_nothing_again() -> None:
    debtor = Debtor().owes("40.00").owes("25.00", "2026-10-27", n=2).until("2026-10-30").pays("40.00", "2026-10-30")
    assert (debtor.case.stage, debtor.case.since) == (0, date(2026, 10, 27))
    debtor.says(chargeback("pay-1", "2026-11-02"), "2026-11-02").until("2026-11-20")
    # 15 October again: the steps that were taken for it are taken again, a distance apart, without a letter or a fee.
    assert [said for said in debtor.told if said[0] >= "11-02"] == [
        *(("11-02", "1 warning again"), ("11-06", "2 block again"), ("11-06", "blocked")),
        ("11-13", "3 cancel"),
    ]


def test_what_is_disputed_is_not_dunned_and_what_is_rejected_of_it_is_R54() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30").says(dispute(), "2026-10-30")
    assert debtor.told[-2:] == [("10-30", "open"), ("10-30", "disputed")]
    assert debtor.until("2026-11-20").told[-1] == ("10-30", "disputed")
    debtor.says(ResolveDispute(account_id=ACCOUNT, invoice_id="inv-1", outcome="rejected"), "2026-11-21")
    assert debtor.told[-1] == ("11-21", "1 warning")


def test_what_is_written_off_is_not_dunned_any_more() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-30")
    debtor.says(WriteOff(write_off_id="wo-1", account_id=ACCOUNT, reason_code="uncollectible"), "2026-11-02")
    assert debtor.told[-2:] == [("11-02", "open"), ("11-02", "paid")]


def test_money_that_is_taken_back_is_promised_again_R58() -> None:
    debtor = Debtor().owes("40.00").until("2026-10-26").promises("2026-11-20", "2026-10-26", "30.00")
    debtor.pays("20.00", "2026-10-28").says(chargeback("pay-3", "2026-10-29"), "2026-10-29")
    held = debtor.spec.get(OpenPromise, ACCOUNT)
    assert held is not None and (held.paid, held.parts[0].amount) == (Decimal(0), Decimal("30.00"))
    debtor.pays("30.00", "2026-10-30")
    assert [type(event) for _, event in debtor.heard if isinstance(event, PromiseKept)] == [PromiseKept]
