"""How an account is billed, which period is open, and which drafts wait to be finalised."""

from __future__ import annotations

from datetime import date

import msgspec

from services.invoicing.bill_profile.messages import TaxTerms
from shared.kernel.currency import Currency
from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed


class PendingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose period is closed and which is not locked yet; `agrees` is false where it needs a person.

    One that agrees and is `below_zero`, or was `deferred` by a run, waits for the account's next draft, which takes it
    over. `cycle_id` is the cycle
    that the account had when it was made; older drafts have the account's.
    """

    invoice_id: str
    period_end: date
    agrees: bool
    below_zero: bool = False
    deferred: bool = False
    cycle_id: str | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Runs pass the account by, before the day `until` or (`None`) until it is released."""

    reason: str
    until: date | None = None


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """The account is closed: the period that was open then is its last, and is still billed."""

    last_period: Period | None = None

    def is_over(self, expected: Period | None) -> bool:
        """Whether rating has closed that one: it expects another by now, or there never was one."""
        return self.last_period is None or self.last_period != expected


class BillProfile(State, frozen=True, kw_only=True):
    """An account as invoicing bills it. `expected` is `None` until something is subscribed.

    `terms_days` are the operator's unless the account has `own_terms`. `discounted`: it has or had a discount; of the
    others none is looked up. `legal_entity` issues its documents, or else the operator. `always_approved`: each of its
    invoices waits for an approval, whatever the policy says.
    """

    account_id: str
    name: Sealed
    currency: Currency
    tax: TaxTerms
    cycle_id: str
    time_zone: str
    terms_days: int
    details: Sealed | None = None
    expected: Period | None = None
    pending: tuple[PendingDraft, ...] = ()
    hold: Hold | None = None
    ending: Ending | None = None
    version: int = 1
    discounted: bool = False
    late_fee_policy: str | None = None
    own_terms: bool = False
    legal_entity: str | None = None
    always_approved: bool = False

    def held_on(self, day: date) -> Hold | None:
        """The hold that is on that day of the account."""
        return None if self.hold is None or (self.hold.until is not None and self.hold.until <= day) else self.hold

    def pending_of(self, cycle_id: str | None) -> list[PendingDraft]:
        """The drafts that a run over the cycle takes; of any cycle for `None`."""
        return [draft for draft in self.pending if cycle_id in (None, draft.cycle_id or self.cycle_id)]


class UnknownAccount(NeverBegan):
    """Rating reported on an account whose opening was never seen here: a fault in the log, not a refusal.

    The runtime parks the input with its payload; nothing of the account is skipped.
    """


def profile_of(view: View, account_id: str) -> BillProfile:
    """The account's profile, which must be there. Raises `UnknownAccount`."""
    profile = view.get(BillProfile, account_id)
    if profile is None:
        raise UnknownAccount(f"account {account_id} was never opened in invoicing")
    return profile
