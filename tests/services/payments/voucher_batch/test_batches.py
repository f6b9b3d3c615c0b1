"""A batch of vouchers is filled once, sold once and over once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.payments.voucher_batch.messages import (
    VOUCHERS_MAX,
    ActivateVoucherBatch,
    AddVouchers,
    CreateVoucherBatch,
    ExpireVoucherBatch,
    VoidVoucherBatch,
    VoucherBatchActivated,
    VoucherBatchCreated,
    VoucherBatchExpired,
    VoucherBatchVoided,
    VouchersAdded,
    VoucherTerms,
)
from services.payments.voucher_batch.state import VoucherBatch
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.payments.story import payments

ACTIVATE = ActivateVoucherBatch(batch_id="b-1")
VOID = VoidVoucherBatch(batch_id="b-1", reason="stolen")
EXPIRE = ExpireVoucherBatch(batch_id="b-1")


def create(count: int = 2, prefix: str = "SUM", batch: str = "b-1", **terms: Any) -> CreateVoucherBatch:
    said = VoucherTerms(**{"amount": Decimal("20.00"), "currency": "EUR", **terms})
    return CreateVoucherBatch(batch_id=batch, terms=said, count=count, prefix=prefix, seller="Kiosk Ltd")


def add(first: int, *hashes: str) -> AddVouchers:
    return AddVouchers(batch_id="b-1", first=first, hashes=hashes)


def made(**terms: Any) -> Specification:
    """Two vouchers that may be redeemed."""
    return payments().when(create(**terms)).when(add(1, "h1", "h2")).when(ACTIVATE)


def status(story: Specification) -> str:
    batch = story.get(VoucherBatch, "b-1")
    assert batch is not None
    return batch.status


def test_a_batch_is_sold_once_all_its_codes_are_there_and_filled_by_one_try_only() -> None:
    story = payments().when(create())
    assert [type(event) for event in story.events[:1]] == [VoucherBatchCreated] and status(story) == "preparing"
    story.when(ACTIVATE).then_refused("voucher_batch_incomplete")
    story.when(add(1, "h1")).when(ACTIVATE).then_refused("voucher_batch_incomplete")
    story.when(add(1, "x1")).then_refused("voucher_codes_shown")
    story.when(add(2, "h2", "h3")).then_refused("out_of_bounds")
    story.when(add(2, "h2"))
    assert [type(event) for event in story.events[:1]] == [VouchersAdded] and status(story) == "created"
    story.when(ACTIVATE)
    assert story.events[0] == VoucherBatchActivated(batch_id="b-1", version=2)
    story.when(ACTIVATE).then_nothing()


def test_what_is_left_is_void_once_and_never_sold_again() -> None:
    story = made().when(VOID)
    assert story.events[0] == VoucherBatchVoided(batch_id="b-1", version=3, reason="stolen")
    story.when(VOID).then_nothing()
    story.when(EXPIRE).then_nothing()
    story.when(ACTIVATE).then_refused("voucher_batch_over")


def test_a_batch_expires_when_its_last_day_is_over_everywhere() -> None:
    story = made(valid_until=date(2026, 12, 31))
    timer = story.get(Due, "voucher-batch/b-1")
    assert timer is not None and timer.due_at == datetime(2027, 1, 1, 12, tzinfo=UTC)
    story.when(EXPIRE)
    assert story.events[0] == VoucherBatchExpired(batch_id="b-1", version=3)
    story.when(EXPIRE).then_nothing()
    story.when(VOID).then_refused("voucher_batch_over")


def test_two_who_change_a_batch_at_once_are_told_that_it_has_changed() -> None:
    story = payments().when(create()).when(add(1, "h1", "h2"))
    story.when(VOID, expected_version=7).then_refused("version_mismatch")
    story.when(ACTIVATE, expected_version=1)
    story.when(VOID, expected_version=1).then_refused("version_mismatch")


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (create(0), "out_of_bounds", "/count"),
        (create(VOUCHERS_MAX + 1), "out_of_bounds", "/count"),
        (create(amount=Decimal("0.00")), "amount_not_positive", "/amount/amount"),
        (create(amount=Decimal("1.001")), "too_many_decimals", "/amount/amount"),
        (create(amount=Decimal("0.5"), currency="JPY"), "too_many_decimals", "/amount/amount"),
        (create(amount=Decimal("1e12")), "out_of_bounds", "/amount/amount"),
        (create(valid_until=date(2026, 10, 8)), "in_past", "/valid_until"),
        (create(valid_from=date(2027, 2, 1), valid_until=date(2027, 1, 31)), "invalid", "/valid_until"),
        (create(credit_days=0), "out_of_bounds", "/credit_days"),
        (create(credit_days=4_000), "out_of_bounds", "/credit_days"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused(command: CreateVoucherBatch, code: str, pointer: str) -> None:
    payments().when(command).then_refused(code, pointer=pointer)


def test_an_id_is_used_once_and_a_prefix_is_claimed_for_one_batch() -> None:
    payments().when(create()).when(create()).then_refused("voucher_batch_exists", pointer="/id")
    (claim,) = create().claims("c1")
    assert (claim.name, claim.holder, claim.taken("b-1").code) == ("voucher_prefix:SUM", "b-1", "voucher_prefix_used")
    (other,) = create(batch="b-2").claims("c2")
    assert other.digest("payments") == claim.digest("payments")
    for command in (ACTIVATE, VOID, EXPIRE, add(1, "h")):
        payments().when(command).then_refused("voucher_batch_not_found")


def test_an_amount_is_written_with_the_decimals_of_its_currency() -> None:
    story = payments().when(create(amount=Decimal("20")))
    [created] = story.events
    assert isinstance(created, VoucherBatchCreated) and str(created.terms.amount) == "20.00"
    assert msgspec.json.encode(created.terms.amount) == b'"20.00"'
