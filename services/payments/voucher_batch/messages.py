"""Batches of vouchers: so many codes over the same amount, made at once for one seller.

CreateVoucherBatch("b-1", 20.00 EUR, count=1000, prefix="SUMMER")  -> VoucherBatchCreated
AddVouchers(first=1, hashes=[…])                                   -> VouchersAdded       page after page, up to `count`
ActivateVoucherBatch                                               -> VoucherBatchActivated    sold: may be redeemed
VoidVoucherBatch                                                   -> VoucherBatchVoided       what is left of it
(timer, behind the last day)  -> ExpireVoucherBatch                -> VoucherBatchExpired      what is left of it

A voucher's public name is its serial, `SUMMER-00042`. Of its code only a keyed hash comes here: nobody reads the code
out of the log or a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from shared.kernel.bounds import Checked, Count
from shared.kernel.claims import Claim
from shared.kernel.currency import Currency
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event, Message

VOUCHERS_MAX: Final = 10_000
"""In one batch."""
PAGE_MAX: Final = 500
"""In one message: 18 kB of hashes."""


class VoucherTerms(Checked, frozen=True, kw_only=True):
    """Each voucher brings `amount`. It is redeemed from `valid_from` to `valid_until`, both included; `None`: without
    such a bound. `credit_days`: the money expires so many days after it was redeemed; `None`: never."""

    amount: Decimal
    currency: Currency
    valid_from: date | None = None
    valid_until: date | None = None
    credit_days: Count | None = None


class OfVoucherBatch(Message, frozen=True, kw_only=True):
    """What is asked or said of a batch, in the partition of the batch."""

    KEY_FIELD = "batch_id"

    batch_id: str


class CreateVoucherBatch(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """`seller` is who sells them, `seller_reference` what he calls it. No other serials begin with `prefix`.

    Refused: `voucher_batch_exists`, `voucher_prefix_used`, `out_of_bounds`, `amount_not_positive`, `too_many_decimals`,
    `in_past`, `invalid`.
    """

    terms: VoucherTerms
    count: Count
    prefix: str
    seller: str
    seller_reference: str = ""

    def claims(self, command_id: str) -> Sequence[Claim]:
        return (Claim("voucher_prefix", self.prefix, self.batch_id, self._taken),)

    def _taken(self, holder: str) -> Rejection:
        detail = f"serials of batch {holder} begin with {self.prefix}; choose another prefix"
        return Rejection("voucher_prefix_used", detail, pointer="/prefix", status=409)


class AddVouchers(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """The next vouchers, number `first` and on, by the hashes of their codes.

    Refused: `voucher_batch_not_found`, `voucher_codes_shown` for numbers that were added before.
    """

    first: Count
    hashes: tuple[str, ...]


class ActivateVoucherBatch(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """They are sold. Refused: `voucher_batch_not_found`, `voucher_batch_incomplete`, `voucher_batch_over`,
    `version_mismatch`."""


class VoidVoucherBatch(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """What nobody has redeemed is void. Refused: `voucher_batch_not_found`, `voucher_batch_over`,
    `version_mismatch`."""

    reason: str


class ExpireVoucherBatch(OfVoucherBatch, Command, frozen=True, kw_only=True):
    """The timer of its last day has fired: that day is over everywhere."""


class VoucherBatchCreated(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """There will be `count` vouchers of these terms."""

    terms: VoucherTerms
    count: Count
    prefix: str
    seller: str
    seller_reference: str = ""


class VouchersAdded(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """Vouchers number `first` and on, by the keyed hashes of their codes."""

    first: Count
    hashes: tuple[str, ...]
    prefix: str


class VoucherBatchActivated(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """Its vouchers may be redeemed from now on."""

    version: Count


class VoucherBatchVoided(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """What nobody has redeemed of it is void."""

    version: Count
    reason: str


class VoucherBatchExpired(OfVoucherBatch, Event, frozen=True, kw_only=True):
    """What nobody has redeemed of it has expired."""

    version: Count


def serial(prefix: str, n: int) -> str:
    """The public name of a voucher, which is its id.

    >>> serial("SUMMER", 42)
    'SUMMER-00042'
    """
    return f"{prefix}-{n:05d}"
