"""The ways in which an account pays: few, so they are one state."""

from __future__ import annotations

import msgspec

from services.payments.payment_method.messages import MethodKind
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed


class Method(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    method_id: str
    kind: MethodKind
    details: Sealed
    gateway: str = ""
    declined: str = ""
    """Why it will not do any more, as its gateway has said; such a one is never asked again."""


class PaymentMethods(State, frozen=True, kw_only=True):
    """In the order in which they were added; `preferred` is one of them, if there is any."""

    account_id: str
    methods: tuple[Method, ...] = ()
    preferred: str | None = None

    def get(self, method_id: str) -> Method | None:
        return next((method for method in self.methods if method.method_id == method_id), None)


def methods_of(account_id: str, view: View) -> PaymentMethods:
    return view.get(PaymentMethods, account_id) or PaymentMethods(account_id=account_id)


def found_method(method_id: str, account_id: str, view: View, *, pointer: str | None = None) -> Method:
    """The method of the account. Raises `Rejection`: 404, with a `pointer` 422."""
    found = methods_of(account_id, view).get(method_id)
    if found is None:
        status = 404 if pointer is None else 422
        detail = f"there is no payment method {method_id!r} of this account"
        raise Rejection("payment_method_not_found", detail, pointer=pointer, status=status)
    return found
