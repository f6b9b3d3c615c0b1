"""A batch is created, filled page by page, activated, and ends void or expired. Pure.

CreateVoucherBatch 1000      VoucherBatchCreated                       preparing
AddVouchers 1, 501           VouchersAdded, VouchersAdded              created
ActivateVoucherBatch         VoucherBatchActivated                     activated
VoidVoucherBatch             VoucherBatchVoided                        void, but for what was redeemed before
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, assert_never

import msgspec

from services.payments.amounts import checked_sum
from services.payments.voucher_batch.messages import (
    PAGE_MAX,
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
from services.payments.voucher_batch.state import OVER, VoucherBatch, found_batch
from shared.kernel.calendar import midnight
from shared.kernel.decider import Context, Due, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event, encode, type_name
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

CREDIT_DAYS_MAX: Final = 3_650
EVERYWHERE: Final = timedelta(hours=12)
"""So long after midnight in UTC a day is over in every time zone."""

Moved = VoucherBatchActivated | VoucherBatchVoided | VoucherBatchExpired


def decide_creation(command: CreateVoucherBatch, view: View, context: Context) -> Sequence[Event]:
    if view.get(VoucherBatch, command.batch_id) is not None:
        detail = f"there is a batch of vouchers {command.batch_id}; choose another id"
        raise Rejection("voucher_batch_exists", detail, pointer="/id", status=409)
    if not 1 <= command.count <= VOUCHERS_MAX:
        detail = f"a batch has 1 to {VOUCHERS_MAX} vouchers, not {command.count}; make several"
        raise Rejection("out_of_bounds", detail, pointer="/count")
    return [same_fields(VoucherBatchCreated, command, terms=_checked(command.terms, context.now))]


def decide_page(command: AddVouchers, view: View, context: Context) -> Sequence[Event]:
    batch = found_batch(command.batch_id, view)
    if command.first != batch.filled + 1:
        raise codes_shown(command.batch_id)
    if not 1 <= len(command.hashes) <= min(PAGE_MAX, batch.count - batch.filled):
        raise Rejection("out_of_bounds", f"1 to {PAGE_MAX} vouchers are added at once, within the batch's number")
    return [same_fields(VouchersAdded, command, prefix=batch.prefix)]


def decide_end(
    command: ActivateVoucherBatch | VoidVoucherBatch | ExpireVoucherBatch, view: View, context: Context
) -> Sequence[Event]:
    batch = found_batch(command.batch_id, view)
    version = batch.version + 1
    match command:
        case ExpireVoucherBatch():
            said = VoucherBatchExpired(batch_id=batch.batch_id, version=version)
            return [] if batch.status in OVER else [said]
        case ActivateVoucherBatch():
            context.check_version(batch.version)
            if batch.status == "activated":
                return []
            _check_open(batch)
            if batch.status == "preparing":
                detail = f"{batch.filled} of its {batch.count} vouchers have codes; void it and make another one"
                raise Rejection("voucher_batch_incomplete", detail, status=409)
            return [same_fields(VoucherBatchActivated, command, version=version)]
        case VoidVoucherBatch():
            context.check_version(batch.version)
            if batch.status == "void":
                return []
            _check_open(batch)
            return [same_fields(VoucherBatchVoided, command, version=version)]
        case _ as never:
            assert_never(never)


def evolve_batch(event: VoucherBatchCreated | VouchersAdded, envelope: Envelope, view: View) -> Iterator[State]:
    if isinstance(event, VoucherBatchCreated):
        yield same_fields(VoucherBatch, event)
        if event.terms.valid_until is not None:
            yield _timer(event.batch_id, event.terms.valid_until)
        return
    batch = _known(event.batch_id, view)
    filled = batch.filled + len(event.hashes)
    status = "created" if filled >= batch.count and batch.status == "preparing" else batch.status
    yield msgspec.structs.replace(batch, filled=filled, status=status)


def evolve_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    status = {VoucherBatchActivated: "activated", VoucherBatchVoided: "void", VoucherBatchExpired: "expired"}
    batch = _known(event.batch_id, view)
    yield msgspec.structs.replace(batch, status=status[type(event)], version=event.version)


def codes_shown(batch_id: str) -> Rejection:
    """Codes are drawn once and told once: who asks again, or did not get the answer, has to make another batch."""
    detail = f"the codes of batch {batch_id} were told once and are kept nowhere; void it and make another one"
    return Rejection("voucher_codes_shown", detail, status=409)


def _checked(terms: VoucherTerms, now: datetime) -> VoucherTerms:
    """With the amount written in the currency's decimals. Raises `Rejection`."""
    amount = checked_sum(Money(terms.amount, terms.currency), "a voucher")
    if terms.valid_until is not None and terms.valid_until < now.astimezone(UTC).date():
        raise Rejection("in_past", f"{terms.valid_until} is over; give a later last day", pointer="/valid_until")
    if terms.valid_from is not None and terms.valid_until is not None and terms.valid_until < terms.valid_from:
        detail = f"its last day {terms.valid_until} is before its first, {terms.valid_from}"
        raise Rejection("invalid", detail, pointer="/valid_until")
    if terms.credit_days is not None and not 1 <= terms.credit_days <= CREDIT_DAYS_MAX:
        raise Rejection("out_of_bounds", f"money is good for 1 to {CREDIT_DAYS_MAX} days", pointer="/credit_days")
    return msgspec.structs.replace(terms, amount=amount)


def _check_open(batch: VoucherBatch) -> None:
    if batch.status in OVER:
        raise Rejection("voucher_batch_over", f"batch {batch.batch_id} is {batch.status}", status=409)


def _known(batch_id: str, view: View) -> VoucherBatch:
    batch = view.get(VoucherBatch, batch_id)
    if batch is None:
        raise NeverBegan(f"batch of vouchers {batch_id} was never created")
    return batch


def _timer(batch_id: str, last: date) -> Due:
    """When the last day is over everywhere."""
    over = last + timedelta(days=1) if last < date.max else last
    return Due(
        name=f"voucher-batch/{batch_id}",
        due_at=midnight(over, "UTC") + EVERYWHERE,
        command_type=type_name("payments", ExpireVoucherBatch),
        command=msgspec.Raw(encode(ExpireVoucherBatch(batch_id=batch_id))),
    )
