"""Which states a message about a batch will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.voucher_batch.messages import (
    ActivateVoucherBatch,
    AddVouchers,
    CreateVoucherBatch,
    ExpireVoucherBatch,
    VoidVoucherBatch,
)
from services.payments.voucher_batch.state import VoucherBatch
from shared.kernel.decider import Asked

Asking = CreateVoucherBatch | AddVouchers | ActivateVoucherBatch | VoidVoucherBatch | ExpireVoucherBatch


def preload(message: Asking) -> Iterator[Asked]:
    yield VoucherBatch, message.batch_id
