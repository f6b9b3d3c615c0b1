"""By which policy an account is asked for late fees; by none until somebody says so.

PATCH {"late_fee_policy": "standard"}  ->  LateFeePolicyAssigned(policy=standard, version 3 of it)
PATCH {"late_fee_policy": null}        ->  LateFeePolicyAssigned(policy=None): nothing more is asked for
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.messages import AssignLateFeePolicy, LateFeePolicyAssigned
from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.invoicing.late_fee_policy.state import no_policy, policy_in_force
from shared.kernel.currency import Currency
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent


def decide_late_fee_policy(
    command: AssignLateFeePolicy, view: View, context: Context
) -> Sequence[LateFeePolicyAssigned]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    if command.policy_id == profile.late_fee_policy:
        return []
    policy = None if command.policy_id is None else _found(command.policy_id, profile.currency, view)
    return [LateFeePolicyAssigned(account_id=command.account_id, version=profile.version + 1, policy=policy)]


def evolve_late_fee_policy(event: LateFeePolicyAssigned, envelope: Envelope, view: View) -> Iterable[State]:
    policy_id = None if event.policy is None else event.policy.policy_id
    profile = profile_of(view, event.account_id)
    yield msgspec.structs.replace(profile, late_fee_policy=policy_id, version=event.version)


def _found(policy_id: str, currency: Currency, view: View) -> PolicyInForce:
    """Raises `Rejection`."""
    policy = policy_in_force(policy_id, view)
    if policy is None:
        raise no_policy(policy_id, pointer="/late_fee_policy")
    if policy.terms.currency not in (None, currency):
        detail = f"the amounts of {policy_id} are in {policy.terms.currency}, the account in {currency}"
        raise Rejection("currency_mismatch", detail, pointer="/late_fee_policy")
    return policy
