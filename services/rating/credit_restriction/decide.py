"""Whether an account's lines are blocked for want of credit: as payments has said last. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.rating.account.state import Account
from services.rating.credit_restriction.messages import CreditRestricted, CreditRestrictionLifted, RestrictForCredit
from services.rating.credit_restriction.state import CreditRestriction
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def decide(
    command: RestrictForCredit, view: View, context: Context
) -> Sequence[CreditRestricted | CreditRestrictionLifted]:
    held = view.get(CreditRestriction, command.account_id) is not None
    if view.get(Account, command.account_id) is None or held == command.restricted:
        return []
    if command.restricted:
        return [CreditRestricted(account_id=command.account_id)]
    return [CreditRestrictionLifted(account_id=command.account_id)]


def evolve(event: CreditRestricted | CreditRestrictionLifted, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    if isinstance(event, CreditRestricted):
        yield same_fields(CreditRestriction, event)
    else:
        yield Gone(CreditRestriction, event.account_id)
