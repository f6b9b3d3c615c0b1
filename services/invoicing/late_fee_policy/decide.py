"""Late-fee policies: each defined once, changed by version, deleted while no account has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.invoicing.late_fee_policy.checking import check_terms
from services.invoicing.late_fee_policy.messages import (
    ChangeLateFeePolicy,
    DefineLateFeePolicy,
    DeleteLateFeePolicy,
    LateFeePolicyChanged,
    LateFeePolicyDefined,
    LateFeePolicyDeleted,
)
from services.invoicing.late_fee_policy.state import LateFeePolicy, LateFeePolicyUse, no_policy
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.same_fields import same_fields

PolicyCommand = DefineLateFeePolicy | ChangeLateFeePolicy | DeleteLateFeePolicy
PolicyEvent = LateFeePolicyDefined | LateFeePolicyChanged | LateFeePolicyDeleted


def decide_policy(command: PolicyCommand, view: View, context: Context) -> Sequence[PolicyEvent]:
    known = view.get(LateFeePolicy, command.policy_id)
    if isinstance(command, DefineLateFeePolicy):
        if known is not None:
            detail = f"{command.policy_id} exists already; choose another id, or change it"
            raise Rejection("late_fee_policy_exists", detail, pointer="/id", status=409)
        check_terms(command.terms)
        return [same_fields(LateFeePolicyDefined, command)]
    if known is None:
        raise no_policy(command.policy_id)
    context.check_version(known.version)
    match command:
        case ChangeLateFeePolicy():
            return _changed(known, command, view)
        case DeleteLateFeePolicy():
            if (use := view.get(LateFeePolicyUse, command.policy_id)) is not None:
                raise in_use(use, "it can't be deleted")
            return [same_fields(LateFeePolicyDeleted, command)]
        case _:
            assert_never(command)


def evolve_policy(event: PolicyEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case LateFeePolicyDefined():
            yield same_fields(LateFeePolicy, event)
        case LateFeePolicyChanged():
            known = view.get(LateFeePolicy, event.policy_id)
            if known is None:
                raise NeverBegan(f"late-fee policy {event.policy_id} was never defined")
            yield msgspec.structs.replace(known, terms=event.terms, version=event.version)
        case LateFeePolicyDeleted():
            yield Gone(LateFeePolicy, event.policy_id)


def in_use(use: LateFeePolicyUse, what: str) -> Rejection:
    """The refusal that says who has the policy."""
    more = "" if use.accounts <= len(use.examples) else ", …"
    detail = f"{use.policy_id} is the policy of {use.accounts} accounts ({', '.join(use.examples)}{more}), so {what}"
    return Rejection("late_fee_policy_in_use", f"{detail}; give them another one first", status=409)


def _changed(known: LateFeePolicy, command: ChangeLateFeePolicy, view: View) -> Sequence[PolicyEvent]:
    check_terms(command.terms)
    if command.terms == known.terms:
        return []
    if command.terms.currency not in (None, known.terms.currency):
        use = view.get(LateFeePolicyUse, command.policy_id)
        if use is not None:
            raise in_use(use, "its currency stays")
    return [same_fields(LateFeePolicyChanged, command, version=known.version + 1)]
