"""A voucher is redeemed once, and its money is on one account once, whatever comes in whatever order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.balance.messages import CreditAllocated, PayerOpened, PaymentAllocated
from services.payments.balance.state import Payer
from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.granted_credit.messages import (
    CreditExpired,
    CreditGranted,
    CreditReversed,
    ExpireCredit,
    ReverseCredit,
)
from services.payments.ledger.postings import postings
from services.payments.payment.messages import PaymentRecorded
from services.payments.voucher.messages import (
    RedeemVoucher,
    SettleVoucher,
    VoidVoucher,
    VoucherClaimed,
    VoucherCredited,
    VoucherRedeemed,
    VoucherRefused,
    VoucherReleased,
    VoucherVoided,
)
from services.payments.voucher.state import Voucher
from shared.kernel.message import Command, Event
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, OPENED, owed, payments
from tests.services.payments.voucher_batch.test_batches import EXPIRE, VOID, add, create, made


def redeem(n: int = 1, redemption: str = "red-1", account: str = ACCOUNT, currency: str = "EUR") -> RedeemVoucher:
    return RedeemVoucher(
        batch_id="b-1", n=n, redemption_id=redemption, account_id=account, currency=currency, time_zone="UTC"
    )


def void(n: int = 1) -> VoidVoucher:
    return VoidVoucher(batch_id="b-1", n=n, reason="scratched")


def sent(story: Specification) -> Command:
    [send] = story.sends
    assert send.to == "payments"
    assert isinstance(send.message, Command)
    return send.message


def account(*more: Event) -> Specification:
    """The partition of the account."""
    return payments().given(OPENED, *more)


def credit_of(story: Specification) -> Decimal:
    payer = story.get(Payer, ACCOUNT)
    assert payer is not None
    return sum((credit.left for credit in payer.credits), Decimal(0))


def test_a_voucher_is_claimed_credited_and_redeemed_and_pays_what_is_open_r48() -> None:
    batch = made().when(redeem())
    assert isinstance(batch.events[0], VoucherClaimed)
    there = account(owed(1, "12.50")).when(credit := sent(batch))
    credited, recorded, allocated = there.events[:3]
    assert isinstance(credited, VoucherCredited) and isinstance(recorded, PaymentRecorded)
    assert (recorded.method, recorded.amount, recorded.payment_id) == ("voucher", Decimal("20.00"), "red-1")
    assert isinstance(allocated, PaymentAllocated) and credit_of(there) == Decimal("7.50")
    assert [(one.debit, one.credit) for one in postings(recorded)] == [("clearing:voucher", "unapplied")]
    settle = sent(there)
    there.when(credit).then_nothing()
    batch.when(settle)
    [redeemed, *_] = batch.events
    assert isinstance(redeemed, VoucherRedeemed) and redeemed.payment_id == "red-1"
    batch.when(settle).then_nothing()
    batch.when(redeem(redemption="red-2")).then_refused("voucher_redeemed", pointer="/code")


def test_while_it_is_claimed_nobody_else_has_it_and_the_claim_asked_again_is_the_same() -> None:
    batch = made().when(redeem())
    batch.when(redeem(redemption="red-2", account="acc-2")).then_refused("voucher_claimed", pointer="/code")
    batch.when(void()).then_refused("voucher_claimed")
    batch.when(redeem()).then_nothing()


@pytest.mark.parametrize(
    ("there", "code"),
    [
        (account(AccountClosingNoted(account_id=ACCOUNT, closed=True)), "account_closed"),
        (payments().given(PayerOpened(account_id=ACCOUNT, currency="USD")), "currency_mismatch"),
        (payments(), "account_not_found"),
    ],
)
def test_an_account_that_takes_no_money_gives_the_voucher_back(there: Specification, code: str) -> None:
    batch = made().when(redeem())
    there.when(sent(batch))
    [refused, *_] = there.events
    assert isinstance(refused, VoucherRefused) and refused.code == code
    batch.when(sent(there))
    [released, *_] = batch.events
    assert isinstance(released, VoucherReleased) and released.code == code
    batch.when(redeem(redemption="red-2"))
    assert isinstance(batch.events[0], VoucherClaimed)


def test_a_claim_made_before_the_batch_was_voided_is_kept_and_one_given_back_is_void() -> None:
    batch = made().when(redeem(1)).when(redeem(2, "red-2")).when(VOID)
    batch.when(SettleVoucher(batch_id="b-1", n=1, redemption_id="red-1", payment_id="red-1"))
    assert isinstance(batch.events[0], VoucherRedeemed)
    batch.when(SettleVoucher(batch_id="b-1", n=2, redemption_id="red-2", code="account_closed", detail="closed"))
    batch.when(redeem(2, "red-3")).then_refused("voucher_void", pointer="/code")


def test_money_that_expires_is_credit_until_its_last_day_and_what_is_lost_of_it_is_no_gift() -> None:
    batch = made(credit_days=30).when(redeem())
    there = account(owed(1, "12.50")).when(sent(batch))
    credited, granted, allocated = there.events[:3]
    assert isinstance(credited, VoucherCredited) and isinstance(granted, CreditGranted)
    assert (credited.credit_id, credited.payment_id) == ("red-1", None)
    assert credited.expires_on == granted.expires_on == date(2026, 11, 8)
    assert isinstance(allocated, CreditAllocated) and credit_of(there) == Decimal("7.50")
    assert [(one.debit, one.credit) for one in postings(granted)] == [("clearing:voucher", "unapplied")]
    there.when(ExpireCredit(credit_id="red-1", account_id=ACCOUNT), now=there.now.replace(month=11, day=9))
    [expired, *_] = there.events
    assert isinstance(expired, CreditExpired) and expired.amount == Decimal("7.50")
    assert [(one.debit, one.credit) for one in postings(expired)] == [("unapplied", "vouchers_expired")]


def test_credit_of_a_voucher_that_is_taken_back_goes_back_where_it_came_from() -> None:
    there = account().when(sent(made(credit_days=30).when(redeem())))
    there.when(ReverseCredit(credit_id="red-1", account_id=ACCOUNT, reason="by mistake"))
    [reversed_, *_] = there.events
    assert isinstance(reversed_, CreditReversed)
    assert [(one.debit, one.credit) for one in postings(reversed_)] == [("unapplied", "clearing:voucher")]


@pytest.mark.parametrize(
    ("story", "command", "code"),
    [
        (made(), redeem(3), "voucher_not_found"),
        (made(), redeem(0), "voucher_not_found"),
        (made(), redeem(currency="USD"), "currency_mismatch"),
        (made().when(void()), redeem(), "voucher_void"),
        (made().when(VOID), redeem(), "voucher_void"),
        (made(valid_until=date(2026, 10, 9)).when(EXPIRE), redeem(), "voucher_expired"),
        (made(valid_from=date(2026, 10, 10)), redeem(), "voucher_not_valid_yet"),
        (payments(), redeem(), "voucher_batch_not_found"),
    ],
)
def test_what_can_not_be_redeemed_is_refused(story: Specification, command: Command, code: str) -> None:
    story.when(command).then_refused(code)


def test_a_voucher_is_good_on_its_last_day_where_the_account_is_and_not_on_the_next() -> None:
    story = made(valid_until=date(2026, 10, 9))
    story.when(redeem(), now=story.now.replace(hour=23))
    assert isinstance(story.events[0], VoucherClaimed)
    story.when(redeem(2, "red-2"), now=story.now.replace(day=10, hour=0)).then_refused("voucher_expired")


def test_before_it_is_sold_nobody_redeems_it() -> None:
    payments().when(create()).when(add(1, "h1", "h2")).when(redeem()).then_refused("voucher_not_active")


def test_one_that_is_void_is_void_once_and_one_that_was_redeemed_stays_so() -> None:
    story = made().when(void())
    assert isinstance(story.events[0], VoucherVoided)
    story.when(void()).then_nothing()
    story.when(redeem(2, "red-2")).when(SettleVoucher(batch_id="b-1", n=2, redemption_id="red-2", payment_id="red-2"))
    story.when(void(2)).then_refused("voucher_redeemed")


STEPS = st.lists(
    st.tuples(st.sampled_from(["redeem", "credit", "settle", "refuse", "void", "batch"]), st.integers(1, 3)),
    max_size=25,
)


@given(STEPS)
def test_in_whatever_order_it_is_heard_a_voucher_brings_its_money_once_or_not_at_all(
    steps: list[tuple[str, int]],
) -> None:
    """Three who want voucher 1, with messages that come late, twice and after the end."""
    batch, there = made(), account()
    claimed: dict[str, Command] = {}
    answered: dict[str, Command] = {}
    redeemed: list[str] = []
    for step, who in steps:
        name = f"red-{who}"
        before = batch.events
        match step:
            case "redeem":
                batch.when(redeem(redemption=name))
                if batch.sends:
                    claimed[name] = sent(batch)
            case "credit" if name in claimed:
                there.when(claimed[name])
                if there.sends:
                    answered[name] = sent(there)
            case "settle" if name in answered:
                batch.when(answered[name])
            case "void":
                batch.when(void())
            case "batch":
                batch.when(VOID)
        told = () if batch.events is before else batch.events
        redeemed += [event.redemption_id for event in told if isinstance(event, VoucherRedeemed)]
    assert len(set(redeemed)) == len(redeemed) <= 1
    assert credit_of(there) == Decimal("20.00") * len(answered) <= Decimal("20.00")
    known = batch.get(Voucher, "SUM-00001")
    assert (known is not None and known.status == "redeemed") == bool(redeemed)
