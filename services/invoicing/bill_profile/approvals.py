"""Whether every invoice of an account waits for an approval; what the operator's policy says until somebody says so.

PATCH {"approval": "always"}  ->  ApprovalChanged(always=True)
PATCH {"approval": null}      ->  ApprovalChanged(always=False): by the operator's policy again

An account may ask for more than the policy, and never for less: whoever bills it can't free it of an approval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.messages import ApprovalChanged, ChangeApproval
from services.invoicing.bill_profile.state import BillProfile, profile_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import absent


def decide_approval_of_account(command: ChangeApproval, view: View, context: Context) -> Sequence[ApprovalChanged]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    if command.always == profile.always_approved:
        return []
    return [ApprovalChanged(account_id=command.account_id, always=command.always, version=profile.version + 1)]


def evolve_approval_of_account(event: ApprovalChanged, envelope: Envelope, view: View) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    yield msgspec.structs.replace(profile, always_approved=event.always, version=event.version)
