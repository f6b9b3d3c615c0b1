"""What of an account's services is restricted because it does not pay."""

from __future__ import annotations

from services.rating.service_restriction.messages import RestrictedLine
from services.rating.subscription.messages import Access, Billing
from shared.kernel.decider import State


class ServiceRestriction(State, frozen=True, kw_only=True):
    """In force for a case: on these lines, each suspended by the change that is named."""

    account_id: str
    case_id: str
    access: Access
    profile: str | None = None
    billing: Billing = "continue"
    lines: tuple[RestrictedLine, ...] = ()

    def change_of(self, subscription_id: str) -> str | None:
        return next((line.change_id for line in self.lines if line.subscription_id == subscription_id), None)
