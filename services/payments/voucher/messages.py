"""One voucher: claimed where its batch lives, credited where the account lives, and then redeemed, once.

    RedeemVoucher SUMMER-00042 for acc-1     batch's partition     VoucherClaimed      nobody else gets it meanwhile
    CreditVoucher                            account's partition   VoucherCredited, PaymentRecorded, PaymentAllocated
    SettleVoucher                            batch's partition     VoucherRedeemed

Where the account takes no money (`VoucherRefused`: it is closed, or in another currency) the claim ends and the voucher
is as it was: `VoucherReleased`. Each step is sent in the transaction of the event that causes it, so a crash between
two of them only delays the next.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.payments.voucher_batch.messages import OfVoucherBatch
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class RedeemVoucher(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """Put the money of voucher number `n` on an account, which is billed in `currency` and lives in `time_zone`.

    Refused: `voucher_not_found`, `voucher_not_active`, `voucher_void`, `voucher_expired`, `voucher_not_valid_yet`,
    `voucher_redeemed`, `voucher_claimed` while another redemption of it is decided, `currency_mismatch`.
    """

    n: Count
    redemption_id: str
    account_id: str
    currency: Currency
    time_zone: str


class CreditVoucher(Command, frozen=True, kw_only=True):
    """A voucher is claimed for the account: take its money, or say why not. It is never refused: a refusal is told to
    the batch (`VoucherRefused`)."""

    account_id: str
    redemption_id: str
    batch_id: str
    n: Count
    serial: str
    amount: Decimal
    currency: Currency
    credit_days: Count | None = None


class SettleVoucher(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """What the account made of a claim: `payment_id` or `credit_id`, or `code` and `detail` of its refusal."""

    n: Count
    redemption_id: str
    payment_id: str | None = None
    credit_id: str | None = None
    expires_on: date | None = None
    code: str = ""
    detail: str = ""


class VoidVoucher(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """Nobody may redeem it. Refused: `voucher_not_found`, `voucher_redeemed`, `voucher_claimed`, `voucher_expired`."""

    n: Count
    reason: str


class VoucherClaimed(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """The voucher is held for this redemption."""

    n: Count
    serial: str
    redemption_id: str
    account_id: str
    amount: Decimal
    currency: Currency
    credit_days: Count | None = None


class VoucherCredited(Event, frozen=True, kw_only=True):
    """The account has the money: as payment `payment_id`, or as credit `credit_id` that counts until `expires_on`."""

    account_id: str
    redemption_id: str
    batch_id: str
    n: Count
    serial: str
    amount: Decimal
    currency: Currency
    payment_id: str | None = None
    credit_id: str | None = None
    expires_on: date | None = None


class VoucherRefused(Event, frozen=True, kw_only=True):
    """The account takes no money of the voucher."""

    account_id: str
    redemption_id: str
    batch_id: str
    n: Count
    serial: str
    code: str
    detail: str


class VoucherRedeemed(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """The voucher is used up, for ever."""

    n: Count
    serial: str
    redemption_id: str
    account_id: str
    payment_id: str | None = None
    credit_id: str | None = None
    expires_on: date | None = None


class VoucherReleased(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """The voucher is as it was before the claim."""

    n: Count
    serial: str
    redemption_id: str
    account_id: str
    code: str
    detail: str


class VoucherVoided(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """Nobody may redeem it."""

    n: Count
    serial: str
    reason: str
