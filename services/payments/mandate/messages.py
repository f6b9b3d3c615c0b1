"""SEPA mandates: the customer's leave to collect from his bank account.

RegisterMandate(signed_on=None)     -> MandateRegistered       pending: waits for the signature
SignMandate                         -> MandateSigned           active
AmendMandate(method_id="pm-2")      -> MandateAmended          from another bank account from now on
RevokeMandate                       -> MandateRevoked
ExpireMandate (a timer)             -> MandateExpired          36 months after it was used last
a direct debit                      -> MandateUsed             the first one is FRST, later ones RCUR

A mandate's id is its unique reference: what the customer's bank shows him.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event

MandateKind = Literal["recurring", "one_off"]
MandateScheme = Literal["CORE", "B2B"]


def mandate_exists(mandate_id: str) -> Rejection:
    return Rejection("mandate_exists", f"there is a mandate {mandate_id}", pointer="/id", status=409)


class OfMandate(Command, frozen=True, kw_only=True):
    mandate_id: str
    account_id: str


class RegisterMandate(OfMandate, frozen=True, kw_only=True):
    """`signed_on` says that it is signed already.

    Refused: `account_not_found`, `payment_method_not_found`, `not_a_bank_account`, `mandate_exists`,
    `too_many_mandates`, `in_future`.
    """

    method_id: str
    kind: MandateKind = "recurring"
    scheme: MandateScheme = "CORE"
    signed_on: date | None = None

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("mandate", self.mandate_id, mandate_exists, command_id=command_id)


class SignMandate(OfMandate, frozen=True, kw_only=True):
    """The customer has signed it. Refused: `mandate_not_found`, `mandate_not_pending`, `in_future`."""

    signed_on: date


class AmendMandate(OfMandate, frozen=True, kw_only=True):
    """Collect from another bank account of the same customer.

    Refused: `mandate_not_found`, `mandate_over`, `payment_method_not_found`, `not_a_bank_account`.
    """

    method_id: str


class RevokeMandate(OfMandate, frozen=True, kw_only=True):
    """Nothing is collected by it any more. Refused: `mandate_not_found`, `mandate_over`."""

    reason: str


class ExpireMandate(OfMandate, frozen=True, kw_only=True):
    """Nothing was collected by it for 36 months. Decided in place."""


class MandateRegistered(Event, frozen=True, kw_only=True):
    """A mandate; without `signed_on` it waits for its signature."""

    mandate_id: str
    account_id: str
    method_id: str
    kind: MandateKind
    scheme: MandateScheme
    registered_on: date
    signed_on: date | None = None


class MandateSigned(Event, frozen=True, kw_only=True):
    mandate_id: str
    account_id: str
    signed_on: date


class MandateAmended(Event, frozen=True, kw_only=True):
    """It is of another bank account from now on; at another bank the next debit is a first one again."""

    mandate_id: str
    account_id: str
    method_id: str


class MandateRevoked(Event, frozen=True, kw_only=True):
    mandate_id: str
    account_id: str
    reason: str
    revoked_on: date


class MandateExpired(Event, frozen=True, kw_only=True):
    mandate_id: str
    account_id: str
    expired_on: date
