"""What follows from each step, in the other partition.

VoucherClaimed                       -> CreditVoucher     to the account
VoucherCredited, VoucherRefused      -> SettleVoucher     to the batch
"""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.voucher.messages import (
    CreditVoucher,
    SettleVoucher,
    VoucherClaimed,
    VoucherCredited,
    VoucherRefused,
)
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(event: VoucherClaimed | VoucherCredited | VoucherRefused, envelope: Envelope, view: View) -> Iterator[Send]:
    if isinstance(event, VoucherClaimed):
        yield Send(same_fields(CreditVoucher, event), to="payments")
    else:
        yield Send(same_fields(SettleVoucher, event), to="payments")
