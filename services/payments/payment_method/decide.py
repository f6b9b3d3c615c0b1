"""Ways of paying are added, preferred and removed. Pure.

AddPaymentMethod pm-1                 PaymentMethodAdded, PaymentMethodPreferred      the first one
RemovePaymentMethod pm-1, mandate     refused: payment_method_in_use
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from services.payments.balance.state import Payer
from services.payments.collection.messages import CollectionFailed, CollectionRescheduled, is_for_good
from services.payments.mandate.state import Mandates
from services.payments.payment_method.messages import (
    AddPaymentMethod,
    PaymentMethodAdded,
    PaymentMethodPreferred,
    PaymentMethodRemoved,
    PreferPaymentMethod,
    RemovePaymentMethod,
)
from services.payments.payment_method.state import Method, PaymentMethods, found_method, methods_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

METHODS_MAX: Final = 20


def decide_added(command: AddPaymentMethod, view: View, context: Context) -> Sequence[Event]:
    if view.get(Payer, command.account_id) is None:
        raise absent("account", command.account_id, pointer="/account_id")
    known = methods_of(command.account_id, view)
    if known.get(command.method_id) is not None:
        detail = f"there is a payment method {command.method_id}"
        raise Rejection("payment_method_exists", detail, pointer="/id", status=409)
    if len(known.methods) >= METHODS_MAX:
        detail = f"{command.account_id} has {METHODS_MAX} payment methods; remove one first"
        raise Rejection("too_many_payment_methods", detail, status=409)
    added: list[Event] = [same_fields(PaymentMethodAdded, command)]
    return added if known.preferred else [*added, same_fields(PaymentMethodPreferred, command)]


def decide_method(command: PreferPaymentMethod | RemovePaymentMethod, view: View, context: Context) -> Sequence[Event]:
    found_method(command.method_id, command.account_id, view)
    known = methods_of(command.account_id, view)
    if isinstance(command, PreferPaymentMethod):
        return [] if known.preferred == command.method_id else [same_fields(PaymentMethodPreferred, command)]
    mandates = view.get(Mandates, command.account_id)
    if mandates is not None and (used := mandates.of_method(command.method_id)):
        detail = f"mandate {used[0].mandate_id} is of it; revoke or amend that first"
        raise Rejection("payment_method_in_use", detail, status=409)
    others = [one.method_id for one in known.methods if one.method_id != command.method_id]
    next_ = others[0] if others and known.preferred == command.method_id else None
    return [same_fields(PaymentMethodRemoved, command, preferred=next_)]


def evolve_declined(event: CollectionRescheduled | CollectionFailed, envelope: Envelope, view: View) -> Iterator[State]:
    """A method that was declined for good; of one that its customer has not said yes to in time nothing follows."""
    known = methods_of(event.account_id, view)
    method = known.get(event.declined)
    if method is None or not is_for_good(event):
        return
    declined = msgspec.structs.replace(method, declined=event.code or "declined")
    others = (declined if one.method_id == method.method_id else one for one in known.methods)
    yield msgspec.structs.replace(known, methods=tuple(others))


def evolve_methods(
    event: PaymentMethodAdded | PaymentMethodPreferred | PaymentMethodRemoved, envelope: Envelope, view: View
) -> Iterator[State]:
    known = methods_of(event.account_id, view)
    match event:
        case PaymentMethodAdded():
            yield msgspec.structs.replace(known, methods=(*known.methods, same_fields(Method, event)))
        case PaymentMethodPreferred():
            yield msgspec.structs.replace(known, preferred=event.method_id)
        case PaymentMethodRemoved():
            left = tuple(one for one in known.methods if one.method_id != event.method_id)
            preferred = event.preferred if known.preferred == event.method_id else known.preferred
            yield PaymentMethods(account_id=event.account_id, methods=left, preferred=preferred)
