"""What of an account's services is restricted because it does not pay, or because who pays for it does not."""

from __future__ import annotations

from services.rating.service_restriction.messages import RestrictedLine
from services.rating.subscription.messages import Access, Billing
from shared.kernel.decider import State, View


class ServiceRestriction(State, frozen=True, kw_only=True):
    """In force for a case: on these lines, each suspended by the change that is named; with `paid_for` on `members`,
    for which the account pays."""

    account_id: str
    case_id: str
    access: Access
    profile: str | None = None
    billing: Billing = "continue"
    lines: tuple[RestrictedLine, ...] = ()
    payer_id: str | None = None
    paid_for: bool = False
    members: tuple[str, ...] = ()

    def change_of(self, subscription_id: str) -> str | None:
        return next((line.change_id for line in self.lines if line.subscription_id == subscription_id), None)


class PayersRestriction(ServiceRestriction, frozen=True, kw_only=True):
    """The same for a case of the account `payer_id`, which pays for this one."""


def held_for(account_id: str, payer_id: str | None, view: View) -> ServiceRestriction | None:
    """What is in force for the account's own debts, or for those of who pays for it."""
    return view.get(ServiceRestriction if payer_id is None else PayersRestriction, account_id)
