"""A bank or a card's issuer takes money of a payment back: what it paid is open again (R50).

RecordChargeback 40.00     PaymentDeallocated 40.00 of inv-1, PaymentChargedBack 40.00      40.00 is open again
the same, 10.00 refunded   PaymentDeallocated 30.00, PaymentChargedBack 30.00 and 10.00, BalanceAdjusted debit 10.00
ReverseChargeback          ChargebackReversed 40.00, PaymentAllocated 40.00 to inv-1        it is paid again
the same, fee_returned     ChargebackReversed 40.00 with 15.00 of the fee                   that is the operator's
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from services.payments.payment.messages import Part, PaymentStatus, claimed_key
from services.payments.payment.refusals import exists_already
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class RecordChargeback(Command, frozen=True, kw_only=True):
    """Money of a payment was taken back, `amount` of it or all that is left; what was allocated last first.

    A bank may take what was refunded already: that is owed, for the customer has it twice. `fee` is what the bank asks
    for it besides, which the operator pays.

    Refused: `payment_not_found`, `payment_not_succeeded`, `deposit_payment`, `over_charged_back`, `in_future`,
    `amount_not_positive`, `too_many_decimals`, `currency_mismatch`, `chargeback_exists`, `duplicate_external_key`.
    """

    payment_id: str
    account_id: str
    chargeback_id: str
    reason: str
    received_on: date
    amount: Money | None = None
    note: str = ""
    external_key: str | None = None
    fee: Money | None = None

    def claims(self, command_id: str) -> Sequence[Claim]:
        refused = partial(exists_already, "chargeback", code="chargeback_exists")
        claims = claim_chosen("chargeback", self.chargeback_id, refused, command_id=command_id)
        return (*claims, *claimed_key(self.external_key, self.chargeback_id))


class ReverseChargeback(Command, frozen=True, kw_only=True):
    """The money came back after all: it pays first what it had paid.

    `fee_returned` is what the gateway or bank gives back of its fee, the operator's again; `None`, as most do, nothing.
    Refused: `chargeback_not_found`, `chargeback_closed`, `version_mismatch`, `over_fee`, `currency_mismatch`,
    `amount_not_positive`, `too_many_decimals`.
    """

    payment_id: str
    account_id: str
    chargeback_id: str
    reason: str = ""
    fee_returned: Money | None = None


class PaymentChargedBack(Event, frozen=True, kw_only=True):
    """`amount` of a payment was taken back on the day `received_on`. `charged_back` is what is gone in all afterwards,
    `unallocated` what is left as credit; `reopened` is what invoices lost, as told before (`PaymentDeallocated`).

    The bank took `paid_back_before` besides, which had been refunded: the customer has it twice, and owes it as the
    debit `owed_as` that follows (`BalanceAdjusted`). `fee` is what it has taken for that of the operator."""

    payment_id: str
    account_id: str
    chargeback_id: str
    amount: Decimal
    currency: str
    method: str
    reason: str
    received_on: date
    charged_back: Decimal
    unallocated: Decimal
    status: PaymentStatus
    reopened: tuple[Part, ...] = ()
    note: str = ""
    external_key: str | None = None
    paid_back_before: Decimal = Decimal(0)
    owed_as: str | None = None
    fee: Decimal = Decimal(0)


class ChargebackReversed(Event, frozen=True, kw_only=True):
    """The money of a chargeback is here again. `charged_back` is what is still gone of its payment, `unallocated` what
    is credit; what that pays is told by `PaymentAllocated`. With it came `paid_back_before`, which had been refunded:
    its debit `owed_as` is credited (`BalanceAdjusted`). `fee_returned` is what was given back of the fee, to the
    operator: the customer's balance has no part of it."""

    payment_id: str
    account_id: str
    chargeback_id: str
    amount: Decimal
    currency: str
    method: str
    reversed_on: date
    charged_back: Decimal
    unallocated: Decimal
    status: PaymentStatus
    reason: str = ""
    paid_back_before: Decimal = Decimal(0)
    owed_as: str | None = None
    fee_returned: Decimal = Decimal(0)
