"""Dunning policies: each defined once, changed by version, deleted while nobody has it; one is the operator's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.payments.dunning_policy.checking import check_terms
from services.payments.dunning_policy.messages import (
    AnnounceDunningPolicy,
    ChangeDunningPolicy,
    DefaultDunningPolicySet,
    DefineDunningPolicy,
    DeleteDunningPolicy,
    DunningPolicyAnnounced,
    DunningPolicyChanged,
    DunningPolicyDefined,
    DunningPolicyDeleted,
    DunningTerms,
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
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event, encode, type_name
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
    known = view.get(DunningPolicy, event.policy_id)
    match event:
        case DunningPolicyDefined() | DunningPolicyChanged():
            yield same_fields(DunningPolicy, event)
            yield same_fields(DunningPolicyVersion, event)
            if known is not None and _takes_less(event.terms, known.terms):
                yield _announced(event.policy_id, envelope)
        case DunningPolicyDeleted():
            if known is None:
                raise NeverBegan(f"dunning policy {event.policy_id} was never defined")
            yield msgspec.structs.replace(known, deleted=True)


def decide_announced(command: AnnounceDunningPolicy, view: View, context: Context) -> Sequence[Event]:
    return [DunningPolicyAnnounced(policy_id=command.policy_id, partitions=context.partitions)]


def evolve_announced(event: DunningPolicyAnnounced, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    yield Gone(Due, _timer_name(event.policy_id))


def decide_default(command: SetDefaultDunningPolicy, view: View, context: Context) -> Sequence[Event]:
    if command.policy_id is not None and policy_there(command.policy_id, view) is None:
        raise no_policy(command.policy_id, pointer="/policy_id")
    now = view.get(DunningDefault, DEFAULT)
    if command.policy_id == (now.policy_id if now else None):
        return []
    return [DefaultDunningPolicySet(policy_id=command.policy_id, partitions=context.partitions)]


def evolve_default(event: DefaultDunningPolicySet, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    yield Gone(DunningDefault, DEFAULT) if event.policy_id is None else DunningDefault(policy_id=event.policy_id)


def _takes_less(now: DunningTerms, before: DunningTerms) -> bool:
    """Whether somebody who owed too little under the terms before owes enough under these."""
    return any(now.minimum(least.currency) < least.amount for least in before.minimums)


def _announced(policy_id: str, envelope: Envelope) -> Due:
    """Due at once: a timer is sent from the tables, which have the policy then, so that every partition reads it."""
    return Due(
        name=_timer_name(policy_id),
        due_at=envelope.recorded_at,
        command_type=type_name("payments", AnnounceDunningPolicy),
        command=msgspec.Raw(encode(AnnounceDunningPolicy(policy_id=policy_id))),
    )


def _timer_name(policy_id: str) -> str:
    return f"dunning-policy/{policy_id}"


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
