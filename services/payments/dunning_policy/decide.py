"""Dunning policies: each defined once, changed by version, deleted while nobody has it; one is the operator's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.payments.dunning_policy.checking import check_terms
from services.payments.dunning_policy.messages import (
    ChangeDunningPolicy,
    DefaultDunningPolicySet,
    DefineDunningPolicy,
    DeleteDunningPolicy,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningPolicyDeleted,
    SetDefaultDunningPolicy,
)
from services.payments.dunning_policy.state import (
    DEFAULT,
    DunningDefault,
    DunningPolicy,
    DunningPolicyUse,
    DunningPolicyVersion,
    no_policy,
    policy_there,
)
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

PolicyCommand = DefineDunningPolicy | ChangeDunningPolicy | DeleteDunningPolicy
PolicyEvent = DunningPolicyDefined | DunningPolicyChanged | DunningPolicyDeleted


def decide_policy(command: PolicyCommand, view: View, context: Context) -> Sequence[Event]:
    known = view.get(DunningPolicy, command.policy_id)
    if isinstance(command, DefineDunningPolicy):
        if known is not None and not known.deleted:
            detail = f"{command.policy_id} exists already; choose another id, or change it"
            raise Rejection("dunning_policy_exists", detail, pointer="/id", status=409)
        check_terms(command.terms)
        return [same_fields(DunningPolicyDefined, command, version=1 if known is None else known.version + 1)]
    if known is None or known.deleted:
        raise no_policy(command.policy_id)
    context.check_version(known.version)
    match command:
        case ChangeDunningPolicy():
            check_terms(command.terms)
            same = command.terms == known.terms
            return [] if same else [same_fields(DunningPolicyChanged, command, version=known.version + 1)]
        case DeleteDunningPolicy():
            _check_free(command.policy_id, view)
            return [same_fields(DunningPolicyDeleted, command)]
        case _:
            assert_never(command)


def evolve_policy(event: PolicyEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    match event:
        case DunningPolicyDefined() | DunningPolicyChanged():
            yield same_fields(DunningPolicy, event)
            yield same_fields(DunningPolicyVersion, event)
        case DunningPolicyDeleted():
            known = view.get(DunningPolicy, event.policy_id)
            if known is None:
                raise NeverBegan(f"dunning policy {event.policy_id} was never defined")
            yield msgspec.structs.replace(known, deleted=True)


def decide_default(command: SetDefaultDunningPolicy, view: View, context: Context) -> Sequence[Event]:
    if command.policy_id is not None and policy_there(command.policy_id, view) is None:
        raise no_policy(command.policy_id, pointer="/policy_id")
    now = view.get(DunningDefault, DEFAULT)
    if command.policy_id == (now.policy_id if now else None):
        return []
    return [DefaultDunningPolicySet(policy_id=command.policy_id, partitions=context.partitions)]


def evolve_default(event: DefaultDunningPolicySet, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    yield Gone(DunningDefault, DEFAULT) if event.policy_id is None else DunningDefault(policy_id=event.policy_id)


def _check_free(policy_id: str, view: View) -> None:
    default = view.get(DunningDefault, DEFAULT)
    if default is not None and default.policy_id == policy_id:
        detail = f"{policy_id} is the operator's policy; set another one first: PUT /v1/dunning/settings"
        raise Rejection("dunning_policy_in_use", detail, status=409)
    use = view.get(DunningPolicyUse, policy_id)
    if use is not None:
        more = "" if use.accounts <= len(use.examples) else ", …"
        detail = f"{policy_id} is the policy of {use.accounts} accounts ({', '.join(use.examples)}{more})"
        raise Rejection("dunning_policy_in_use", f"{detail}; give them another one first", status=409)
