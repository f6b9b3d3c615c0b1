"""Two corrections of one invoice or payment: what is credited is credited once, and what a bank takes twice is owed.

Each row is a story of inv-1 over 40.00 and what it comes to: `open` of inv-1, `owed` in all, `credit` of the account.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from services.payments.adjustment.messages import AdjustBalance, BalanceAdjusted
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import PaymentChargedBack, RecordChargeback, ReverseChargeback
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.dispute.messages import DisputeResolved, OpenDispute, ResolveDispute
from services.payments.granted_credit.messages import GrantCredit
from services.payments.payment.messages import PaymentReversed, ReversePayment
from services.payments.payment.state import KnownPayment
from services.payments.receivable.state import KnownInvoice
from services.payments.refund.messages import RefundPayment
from services.payments.settings.messages import ONLY, PaymentSettingsChanged, SettingsTerms
from services.payments.write_off.messages import RecoverWriteOff, WriteOff
from services.payments.write_off.state import KnownWriteOff
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.credit_note.test_credit_note import credit_note
from tests.services.payments.ledger.test_ledger import accounts
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments

Step = Callable[[Specification], object]
PAYMENT: dict[str, Any] = {"payment_id": "pay-1", "account_id": ACCOUNT}
INVOICE: dict[str, Any] = {"account_id": ACCOUNT, "invoice_id": "inv-1"}


def euros(amount: str | None) -> Money | None:
    return None if amount is None else Money(Decimal(amount), "EUR")


def paid(amount: str) -> Step:
    return lambda spec: spec.when(pay(amount))


def refund(amount: str, *, adjust: bool = False) -> Step:
    command = RefundPayment(**PAYMENT, refund_id="rf-1", reason="x", amount=euros(amount), adjust_invoice=adjust)
    return lambda spec: spec.when(command)


def bank_takes(amount: str) -> Step:
    command = RecordChargeback(
        **PAYMENT, chargeback_id="cb-1", reason="fraud", received_on=NOON.date(), amount=euros(amount)
    )
    return lambda spec: spec.when(command)


def bank_gives_back(spec: Specification) -> None:
    spec.when(ReverseChargeback(**PAYMENT, chargeback_id="cb-1"))


def never_came(spec: Specification) -> None:
    spec.when(ReversePayment(**PAYMENT, reason="booked twice"))


def noted(amount: str, n: int = 1) -> Step:
    return lambda spec: spec.when_event(credit_note(n, amount), seq=n, service="invoicing")


def disputed(amount: str) -> Step:
    return lambda spec: spec.when(OpenDispute(dispute_id="dp-1", reason="x", amount=euros(amount), **INVOICE))


def accepted(amount: str | None = None) -> Step:
    return lambda spec: spec.when(ResolveDispute(outcome="accepted", amount=euros(amount), **INVOICE))


def adjusted(amount: str, invoice_id: str | None = "inv-1") -> Step:
    said: dict[str, Any] = {"direction": "credit", "reason_code": "goodwill", "role": "admin"}
    money = Money(Decimal(amount), "EUR")
    command = AdjustBalance(adjustment_id="adj-1", account_id=ACCOUNT, amount=money, invoice_id=invoice_id, **said)
    return lambda spec: spec.when(command)


def given_up(spec: Specification) -> None:
    spec.when(WriteOff(write_off_id="wo-1", reason_code="lost", **INVOICE))


def recovered(spec: Specification) -> None:
    spec.when(RecoverWriteOff(write_off_id="wo-1", account_id=ACCOUNT))


# fmt: off
STORIES: list[tuple[str, list[Step], str, str, str]] = [
    # what happens                                                            open    in all   credit
    ("a dispute whose credit note came first",
     [disputed("15.00"), noted("15.00"), accepted()],                         "25.00", "25.00", "0.00"),
    ("a dispute whose credit note was smaller",
     [disputed("15.00"), noted("10.00"), accepted()],                         "25.00", "25.00", "0.00"),
    ("a dispute accepted in part, less than was noted",
     [disputed("15.00"), noted("10.00"), accepted("5.00")],                   "30.00", "30.00", "0.00"),
    ("a dispute that was credited by hand",
     [disputed("15.00"), adjusted("15.00"), accepted()],                      "25.00", "25.00", "0.00"),
    ("a dispute besides credit that names no invoice",
     [disputed("15.00"), adjusted("15.00", None), accepted()],                "10.00", "10.00", "0.00"),
    ("a dispute of what was written off",
     [disputed("15.00"), given_up, accepted()],                                "0.00",  "0.00", "0.00"),
    ("a dispute of what was written off, recovered afterwards",
     [disputed("15.00"), given_up, accepted(), recovered],                    "25.00", "25.00", "0.00"),
    ("a dispute of what was paid meanwhile",
     [disputed("15.00"), paid("40.00"), accepted()],                           "0.00",  "0.00", "15.00"),
    ("a credit note of what was written off",
     [given_up, noted("40.00")],                                               "0.00",  "0.00", "0.00"),
    ("a credit note of a part of what was written off, recovered afterwards",
     [given_up, noted("15.00"), recovered],                                   "25.00", "25.00", "0.00"),
    ("a credit note of what was paid in part and written off",
     [paid("30.00"), given_up, noted("15.00")],                                "0.00",  "0.00", "5.00"),
    ("a credit note of all after an accepted dispute",
     [disputed("15.00"), accepted(), noted("40.00")],                          "0.00",  "0.00", "0.00"),
    ("a credit note of all after an accepted dispute and a payment",
     [disputed("15.00"), accepted(), paid("25.00"), noted("40.00")],           "0.00",  "0.00", "25.00"),
    ("a credit note of all after an adjustment that names the invoice",
     [adjusted("40.00"), noted("40.00")],                                      "0.00",  "0.00", "0.00"),
    ("a refund that lowers what a credit note has lowered",
     [paid("40.00"), noted("30.00"), refund("40.00", adjust=True)],            "0.00",  "0.00", "0.00"),
    ("a bank that takes what was refunded in part",
     [paid("40.00"), refund("10.00"), bank_takes("40.00")],                   "40.00", "50.00", "0.00"),
    ("and gives it back",
     [paid("40.00"), refund("10.00"), bank_takes("40.00"), bank_gives_back],  "10.00", "10.00", "0.00"),
    ("a bank that takes what was refunded as a whole",
     [paid("40.00"), refund("40.00"), bank_takes("40.00")],                   "40.00", "80.00", "0.00"),
    ("and gives it back",
     [paid("40.00"), refund("40.00"), bank_takes("40.00"), bank_gives_back],  "40.00", "40.00", "0.00"),
    ("a bank that takes what was refunded and lowered the invoice",
     [paid("40.00"), refund("10.00", adjust=True), bank_takes("40.00")],      "30.00", "40.00", "0.00"),
    ("a bank that takes back what is left alone",
     [paid("40.00"), refund("10.00"), bank_takes("30.00")],                   "40.00", "40.00", "0.00"),
    ("a payment that never came and was refunded in part",
     [paid("40.00"), refund("10.00"), never_came],                            "40.00", "50.00", "0.00"),
    ("a payment that never came and was refunded as a whole",
     [paid("40.00"), refund("40.00"), never_came],                            "40.00", "80.00", "0.00"),
    ("a payment that never came after a part was charged back",
     [paid("40.00"), bank_takes("15.00"), never_came],                        "40.00", "40.00", "0.00"),
    ("a chargeback of what pays an invoice that was written off otherwise",
     [paid("30.00"), given_up, bank_takes("30.00")],                          "30.00", "30.00", "0.00"),
    ("a chargeback of what a credit note had made credit",
     [paid("40.00"), noted("40.00"), bank_takes("40.00")],                     "0.00",  "0.00", "0.00"),
]
# fmt: on


def told(steps: Sequence[Step]) -> tuple[Specification, list[Any]]:
    opened = owed(1, "40.00")
    spec = payments().given(OPENED)
    spec.given(opened)
    events: list[Any] = [opened]
    for step in steps:
        step(spec)
        events += spec.events
    return spec, events


@pytest.mark.parametrize(("what", "steps", "open_", "in_all", "credit"), STORIES, ids=[story[0] for story in STORIES])
def test_what_is_corrected_twice_comes_to_what_the_customer_owes_R49_R50_R51(
    what: str, steps: list[Step], open_: str, in_all: str, credit: str
) -> None:
    spec, events = told(steps)
    assert not [event for event in events if type(event).__name__ == "CommandRejected"], what
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None
    assert str(payer.open_of("inv-1") or Decimal("0.00")) == open_, what
    assert sum((one.open for one in payer.owed), Decimal("0.00")) == Decimal(in_all), what
    assert sum((one.left for one in payer.credits), Decimal("0.00")) == Decimal(credit), what
    sums = accounts(events)
    assert sum(sums.values()) == 0
    assert (sums["receivables"], -sums["unapplied"]) == (Decimal(in_all), Decimal(credit)), what
    invoice = spec.get(KnownInvoice, "inv-1")
    assert invoice is not None and invoice.noted + invoice.corrected <= invoice.amount


def test_what_the_bank_took_is_what_left_the_clearing_account() -> None:
    _, events = told([paid("40.00"), refund("10.00"), bank_takes("40.00")])
    sums = accounts(events)
    # The refund is still to be paid.
    assert (sums["clearing:bank_transfer"], sums["refunds_payable"]) == (Decimal(0), Decimal("-10.00"))
    assert sums["adjustments"] == 0
    _, events = told([paid("40.00"), refund("10.00"), bank_takes("40.00"), bank_gives_back])
    sums = accounts(events)
    assert (sums["clearing:bank_transfer"], sums["adjustments"]) == (Decimal("40.00"), Decimal(0))


def test_a_credit_note_after_an_accepted_dispute_is_the_document_of_what_was_credited() -> None:
    """Revenue goes down by the whole note, and what was given without a document is given no more."""
    _, events = told([disputed("15.00"), accepted(), noted("40.00")])
    sums = accounts(events)
    assert (sums["billed"], sums["credits_given"]) == (Decimal(0), Decimal(0))
    [note] = [event for event in events if isinstance(event, CreditNoteTaken)]
    assert (str(note.applied), str(note.unallocated), str(note.covered)) == ("25.00", "0.00", "15.00")


def test_a_credit_note_of_what_was_written_off_takes_it_out_of_the_losses() -> None:
    spec, events = told([given_up, noted("40.00")])
    assert accounts(events)["write_offs"] == 0
    known = spec.get(KnownWriteOff, "wo-1")
    assert known is not None and not known.parts
    spec.when(RecoverWriteOff(write_off_id="wo-1", account_id=ACCOUNT)).then_refused("over_written_off")


def test_events_say_what_was_covered_and_what_was_taken_twice() -> None:
    _, events = told([disputed("15.00"), noted("10.00"), accepted()])
    [resolved] = [event for event in events if isinstance(event, DisputeResolved)]
    assert (str(resolved.accepted), str(resolved.covered)) == ("15.00", "10.00")
    _, events = told([paid("40.00"), refund("10.00"), bank_takes("40.00")])
    [taken] = [event for event in events if isinstance(event, PaymentChargedBack)]
    [debit] = [event for event in events if isinstance(event, BalanceAdjusted)]
    assert (str(taken.amount), str(taken.paid_back_before), taken.owed_as) == ("30.00", "10.00", debit.adjustment_id)
    assert (debit.reason_code, debit.direction, str(debit.amount)) == ("paid_back_twice", "debit", "10.00")
    _, events = told([paid("40.00"), refund("10.00"), never_came])
    [never] = [event for event in events if isinstance(event, PaymentReversed)]
    assert (str(never.amount), str(never.paid_back_before)) == ("30.00", "10.00")


def test_what_was_paid_of_a_debit_is_credit_once_the_bank_gives_the_money_back() -> None:
    spec, _ = told([paid("40.00"), refund("10.00"), bank_takes("40.00")])
    spec.when(pay("50.00", payment="pay-2"))
    bank_gives_back(spec)
    payer = spec.get(Payer, ACCOUNT)
    assert payer is not None and not payer.owed
    assert sum((one.left for one in payer.credits), Decimal(0)) == Decimal("40.00")


def test_a_bank_takes_no_more_than_came_and_what_was_refunded_once() -> None:
    spec, _ = told([paid("40.00"), refund("10.00")])
    again: dict[str, Any] = {"chargeback_id": "cb-2", "reason": "fraud", "received_on": NOON.date()}
    spec.when(RecordChargeback(**PAYMENT, amount=euros("40.01"), **again)).then_refused("over_charged_back")
    bank_takes("40.00")(spec)
    spec.when(RecordChargeback(**PAYMENT, amount=euros("0.01"), **again)).then_refused("over_charged_back")
    spec.when(ReversePayment(**PAYMENT, reason="x")).then_refused("payment_not_succeeded")
    known = spec.get(KnownPayment, "pay-1")
    assert known is not None and (str(known.charged_back), str(known.charged_again)) == ("30.00", "10.00")


@pytest.mark.parametrize(
    ("steps", "last", "code"),
    [
        ([adjusted("40.00")], AdjustBalance, "over_credited"),
        ([noted("40.00")], AdjustBalance, "over_credited"),
        ([paid("40.00")], WriteOff, "nothing_open"),
        ([paid("40.00")], OpenDispute, "nothing_open"),
        ([given_up], OpenDispute, "nothing_open"),
        ([paid("40.00"), bank_takes("40.00")], RefundPayment, "over_refund"),
        ([paid("40.00"), bank_takes("40.00")], ReversePayment, "payment_not_succeeded"),
        ([paid("40.00"), never_came], RecordChargeback, "payment_not_succeeded"),
        ([paid("40.00"), never_came], RefundPayment, "payment_not_succeeded"),
        ([paid("40.00"), bank_takes("15.00"), never_came], ReverseChargeback, "chargeback_closed"),
        ([paid("40.00"), bank_takes("15.00"), bank_gives_back], ReverseChargeback, "chargeback_closed"),
        ([given_up, recovered], RecoverWriteOff, "over_written_off"),
    ],
)
def test_a_pair_that_can_not_be_is_refused_for_a_reason(steps: list[Step], last: type, code: str) -> None:
    said: dict[type, Any] = {
        AdjustBalance: AdjustBalance(
            adjustment_id="adj-2",
            direction="credit",
            amount=Money(Decimal("0.01"), "EUR"),
            reason_code="x",
            role="admin",
            **INVOICE,
        ),
        WriteOff: WriteOff(write_off_id="wo-2", reason_code="x", **INVOICE),
        OpenDispute: OpenDispute(dispute_id="dp-2", reason="x", **INVOICE),
        RefundPayment: RefundPayment(**PAYMENT, refund_id="rf-2", reason="x"),
        ReversePayment: ReversePayment(**PAYMENT, reason="x"),
        RecordChargeback: RecordChargeback(**PAYMENT, chargeback_id="cb-2", reason="x", received_on=NOON.date()),
        ReverseChargeback: ReverseChargeback(**PAYMENT, chargeback_id="cb-1"),
        RecoverWriteOff: RecoverWriteOff(write_off_id="wo-1", account_id=ACCOUNT),
    }
    spec, _ = told(steps)
    spec.when(said[last]).then_refused(code)


def test_limits_hold_for_all_that_a_role_gives_away() -> None:
    """Who may adjust 10.00 neither writes off, nor accepts, nor grants more than that."""
    ten = {"billing": {"EUR": Decimal("10.00")}}
    terms = SettingsTerms(limits=ten, write_off_limits=ten)
    spec = payments().given(PaymentSettingsChanged(settings_id=ONLY, terms=terms, version=1), OPENED)
    spec.given(owed(1, "40.00"), owed(2, "10.00"))
    disputed("15.00")(spec)
    role: dict[str, Any] = {"role": "billing"}
    spec.when(WriteOff(write_off_id="wo-1", reason_code="x", **INVOICE, **role)).then_refused("above_approval_limit")
    every = WriteOff(write_off_id="wo-1", reason_code="x", account_id=ACCOUNT, **role)
    spec.when(every).then_refused("above_approval_limit")
    resolve = ResolveDispute(outcome="accepted", **INVOICE, **role)
    spec.when(resolve).then_refused("above_approval_limit", pointer="/amount/amount")
    money = Money(Decimal("10.01"), "EUR")
    grant = GrantCredit(credit_id="cr-1", account_id=ACCOUNT, amount=money, reason="goodwill", **role)
    spec.when(grant).then_refused("above_approval_limit", pointer="/amount/amount")
    spec.when(WriteOff(write_off_id="wo-1", reason_code="x", account_id=ACCOUNT, invoice_id="inv-2", **role))
    assert len(spec.events) == 1
