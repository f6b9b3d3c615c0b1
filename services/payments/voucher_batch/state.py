"""Batches of vouchers, each as one state; what happened to a single voucher is in voucher/."""

from __future__ import annotations

from typing import Literal

from services.payments.voucher_batch.messages import VoucherTerms
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection

BatchStatus = Literal["preparing", "created", "activated", "void", "expired"]
OVER = ("void", "expired")


class VoucherBatch(State, frozen=True, kw_only=True):
    """`filled` of its `count` vouchers have their codes. What nothing else has happened to is as the batch is."""

    KEY_FIELD = "batch_id"

    batch_id: str
    terms: VoucherTerms
    count: int
    prefix: str
    filled: int = 0
    status: BatchStatus = "preparing"
    version: int = 1


def found_batch(batch_id: str, view: View) -> VoucherBatch:
    """Raises `Rejection`: `voucher_batch_not_found`."""
    batch = view.get(VoucherBatch, batch_id)
    if batch is None:
        raise Rejection("voucher_batch_not_found", f"there is no batch of vouchers {batch_id!r}", status=404)
    return batch
