"""The mandates of an account: few, so they are one state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from services.payments.mandate.messages import MandateKind, MandateScheme
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection

MandateStatus = Literal["pending", "active", "revoked", "expired"]
OVER: Final = ("revoked", "expired")


class Mandate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`uses` are the debits of it that have not come back; `used_on` is when the last one was collected."""

    mandate_id: str
    method_id: str
    kind: MandateKind
    scheme: MandateScheme
    since: date
    status: MandateStatus = "pending"
    signed_on: date | None = None
    uses: int = 0
    used_on: date | None = None


class Mandates(State, frozen=True, kw_only=True):
    account_id: str
    mandates: tuple[Mandate, ...] = ()

    def get(self, mandate_id: str) -> Mandate | None:
        return next((one for one in self.mandates if one.mandate_id == mandate_id), None)

    def of_method(self, method_id: str) -> Sequence[Mandate]:
        """Those of a bank account that are not over."""
        return [one for one in self.mandates if one.method_id == method_id and one.status not in OVER]

    def with_(self, mandate: Mandate) -> Mandates:
        """With this one as it is now; what is new comes last."""
        there = self.get(mandate.mandate_id) is not None
        kept = tuple(mandate if one.mandate_id == mandate.mandate_id else one for one in self.mandates)
        return msgspec.structs.replace(self, mandates=kept if there else (*kept, mandate))


def mandates_of(account_id: str, view: View) -> Mandates:
    return view.get(Mandates, account_id) or Mandates(account_id=account_id)


def found_mandate(mandate_id: str, account_id: str, view: View) -> Mandate:
    """The mandate of the account. Raises `Rejection`: `mandate_not_found`."""
    found = mandates_of(account_id, view).get(mandate_id)
    if found is None:
        raise Rejection("mandate_not_found", f"there is no mandate {mandate_id!r}", status=404)
    return found
