"""Ways in which the customer of an account pays: a bank account for direct debits, a card or wallet at a gateway.

AddPaymentMethod(kind="bank_account", details=<sealed>, label="NL•••4300")     -> PaymentMethodAdded
PreferPaymentMethod                                                            -> PaymentMethodPreferred
RemovePaymentMethod                                                            -> PaymentMethodRemoved

Of a card there is the token that its gateway gave, never a number.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from shared.kernel.message import Command, Event
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed

MethodKind = Literal["bank_account", "card", "mobile_money", "bank_transfer"]
"""`bank_transfer`: the customer pays by himself, and is told where to and with which reference."""


class MethodDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sealed of a method: of a bank account its IBAN, of others the gateway's token or the phone."""

    holder: str = ""
    iban: str = ""
    bic: str = ""
    token: str = ""
    phone: str = ""


class OfMethod(Command, frozen=True, kw_only=True):
    method_id: str
    account_id: str


class AddPaymentMethod(OfMethod, frozen=True, kw_only=True):
    """`payer` stands for the bank account, by which money from it is known. The first one is preferred.

    Refused: `account_not_found`, `payment_method_exists`, `too_many_payment_methods`.
    """

    kind: MethodKind
    label: str
    details: Sealed
    payer: str = ""
    gateway: str = ""


class PreferPaymentMethod(OfMethod, frozen=True, kw_only=True):
    """Take this one where nothing else is said. Refused: `payment_method_not_found`."""


class RemovePaymentMethod(OfMethod, frozen=True, kw_only=True):
    """Refused: `payment_method_not_found`, `payment_method_in_use` (by a mandate that is not over)."""


class PaymentMethodAdded(Event, frozen=True, kw_only=True):
    """The account may pay like this. `label` is what people see of it."""

    VERSION: ClassVar[int] = 2

    method_id: str
    account_id: str
    kind: MethodKind
    label: str
    details: Sealed
    payer: str = ""
    gateway: str = ""


class PaymentMethodAddedV1(Event, frozen=True, kw_only=True):
    """Version 1: nobody paid by himself."""

    method_id: str
    account_id: str
    kind: Literal["bank_account", "card", "mobile_money"]
    label: str
    details: Sealed
    payer: str = ""
    gateway: str = ""

    def upcast(self) -> PaymentMethodAdded:
        return same_fields(PaymentMethodAdded, self)


class PaymentMethodPreferred(Event, frozen=True, kw_only=True):
    """This one is taken from now on, where nothing else is said."""

    method_id: str
    account_id: str


class PaymentMethodRemoved(Event, frozen=True, kw_only=True):
    """The account pays like this no longer. `preferred` is the one that takes its place, where it was preferred."""

    method_id: str
    account_id: str
    preferred: str | None = None
