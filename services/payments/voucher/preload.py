"""Which states a message about a voucher will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.closed_account.state import ClosedAccount
from services.payments.payment.state import KnownPayment
from services.payments.voucher.messages import CreditVoucher, RedeemVoucher, SettleVoucher, VoidVoucher
from services.payments.voucher.state import CreditedVoucher
from services.payments.voucher_batch.state import VoucherBatch
from shared.kernel.decider import Asked


def preload(message: RedeemVoucher | CreditVoucher | SettleVoucher | VoidVoucher) -> Iterator[Asked]:
    if isinstance(message, CreditVoucher):
        yield Payer, message.account_id
        yield ClosedAccount, message.account_id
        yield CreditedVoucher, message.redemption_id
        yield KnownPayment, message.redemption_id
    else:
        yield VoucherBatch, message.batch_id
