"""The ledger, over random lives of an account: it sums to zero, and says what is open and what is credit."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Final, get_args

import msgspec
import pytest

from services.payments.events import EVENTS
from services.payments.ledger.accounts import RECEIVABLES, UNAPPLIED
from services.payments.ledger.postings import Money, postings
from services.payments.payment.state import KnownPayment
from shared.kernel.message import Event
from tests.contracts.catalogues import SAMPLES
from tests.services.payments.ledger.lives import Life

SEEDS: Final = range(150)
NO_MONEY: Final = {
    *("PaymentFailed", "PaymentCancelled"),  # it never came
    *("DirectDebitPlaced", "CollectionAsked"),  # asked for; paid by `PaymentSucceeded`
    *("DepositRequested", "DepositApplied"),  # asked for; applied as a payment
    *("VoucherClaimed", "VoucherCredited"),  # credited by `PaymentRecorded` or `CreditGranted`
    *("WalletTopUpAsked", "AutomaticTopUpFired", "TopUpLinkMade"),  # asked for; paid by `PaymentSucceeded`
    *("DisputeOpened", "DisputeResolved"),  # on hold, and credited by `CreditGranted`
    *("DebtHandedOver", "HandoverChanged"),  # the agency's; paid by `PaymentRecorded`
    *("LateFeesWatched", "LateFeeDropped", "PromiseMade"),
}
"""Events that name an amount and move none."""


def accounts(events: list[Event]) -> dict[str, Decimal]:
    """The balance of each account of the ledger, debit above zero."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for event in events:
        if isinstance(event, Money):
            for posting in postings(event):
                assert posting.amount > 0
                sums[posting.debit] += posting.amount
                sums[posting.credit] -= posting.amount
    return sums


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return [Life(seed) for seed in SEEDS]


def test_every_event_that_names_an_amount_posts_or_is_known_to_move_nothing() -> None:
    money = {kind.__name__ for kind in get_args(Money)}
    named = {
        kind.__name__
        for kind in EVENTS.values()
        if {"amount", "account_id", "currency"} <= {field.name for field in msgspec.structs.fields(kind)}
    }
    assert named == money | NO_MONEY
    assert not money & NO_MONEY


@pytest.mark.parametrize("name", sorted(kind.__name__ for kind in get_args(Money)))
def test_what_an_event_posts_is_balanced_and_above_zero(name: str) -> None:
    event = EVENTS.decode(f"payments.{name}.v1", (SAMPLES / f"payments.{name}.v1.json").read_bytes())
    succeeded = msgspec.structs.replace(event, status="succeeded") if name == "PaymentRecorded" else event
    made = list(postings(succeeded))  # type: ignore[arg-type]
    assert made and all(posting.amount > 0 and posting.debit != posting.credit for posting in made)
    assert sum(accounts([succeeded]).values()) == 0


def test_the_ledger_sums_to_zero_and_its_accounts_are_what_is_open_and_what_is_credit_R47(lives: list[Life]) -> None:
    for seed, life in enumerate(lives):
        sums, payer = accounts(life.events), life.payer
        assert sum(sums.values()) == 0, seed
        assert sums[RECEIVABLES] == sum((invoice.open for invoice in payer.owed), Decimal(0)), seed
        assert -sums[UNAPPLIED] == sum((credit.left for credit in payer.credits), Decimal(0)), seed
        assert all(invoice.open > 0 for invoice in payer.owed) and all(credit.left > 0 for credit in payer.credits)


def test_of_each_payment_what_it_pays_what_is_left_and_what_is_gone_is_its_amount_R49(lives: list[Life]) -> None:
    for seed, life in enumerate(lives):
        for known in life.spec.state.all(KnownPayment):
            paid = sum((part.amount for part in known.parts), Decimal(0))
            left = life.payer.left_of(known.payment_id)
            here = known.status not in ("pending", "authorised", "failed", "cancelled", "reversed")
            assert paid + left == (known.left if here else 0), (seed, known)
            assert known.left >= 0 and all(part.amount > 0 for part in known.parts), (seed, known)


def test_every_kind_of_money_has_moved_in_these_lives(lives: list[Life]) -> None:
    seen = Counter(type(event).__name__ for life in lives for event in life.events)
    missing = {kind.__name__ for kind in get_args(Money)} - seen.keys()
    assert not missing, missing
