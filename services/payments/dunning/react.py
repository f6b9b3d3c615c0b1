"""Whatever changes what an account owes is looked at in place; what a step asks for goes to those who can do it.

ReceivableOpened, …Allocated, CreditNoteTaken, Promise…          -> LookAtDunning                     in place
DunningPolicyAssigned, DunningExempted, …Resumed                 -> LookAtDunning                     in place
DefaultDunningPolicySet, DunningPolicyAnnounced                  -> WalkDunning                       in each partition
ServiceRestrictionAsked                                          -> RestrictServices, RestoreServices to rating
DunningStepReached with terminate                                -> EndServices                       to rating
DunningStepReached with letters, a fee                           -> WriteDunningLetter, AddLateFee    to invoicing
ServicesRestricted, …Restored, …Ended (rating), LateFeeRefused   -> NoteServices, NoteFeeRefused      in place
"""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.dunning_letter.messages import LetterText, WriteDunningLetter
from services.invoicing.late_fee.messages import AddLateFee, LateFeeAsked, LateFeeRefused
from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.dispute.messages import DisputeOpened, DisputeResolved
from services.payments.dunning.messages import (
    DunningCaseResumed,
    DunningExempted,
    DunningExemptionEnded,
    DunningPageWalked,
    DunningPolicyAssigned,
    DunningStepReached,
    LookAtDunning,
    NoteFeeRefused,
    NoteServices,
    ServiceRestrictionAsked,
    WalkDunning,
)
from services.payments.dunning.seeing import account_of
from services.payments.dunning_policy.messages import DefaultDunningPolicySet, DunningPolicyAnnounced
from services.payments.promise.messages import PromiseBroken, PromiseCancelled, PromiseKept, PromiseMade
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from services.rating.service_restriction.messages import (
    EndServices,
    RestoreServices,
    RestrictServices,
    ServicesEnded,
    ServicesRestored,
    ServicesRestricted,
)
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields

Moved = (
    ReceivableOpened
    | ReceivableWithdrawn
    | BalanceAdjusted
    | PaymentAllocated
    | PaymentDeallocated
    | CreditAllocated
    | CreditNoteTaken
    | DisputeOpened
    | DisputeResolved
    | ReceivableWrittenOff
    | WriteOffRecovered
    | PromiseMade
    | PromiseKept
    | PromiseBroken
    | PromiseCancelled
    | DunningPolicyAssigned
    | DunningExempted
    | DunningExemptionEnded
    | DunningCaseResumed
)
"""What may change how dunning stands with an account: whatever else does is a name more here."""


def react_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(LookAtDunning(account_id=event.account_id))


def react_default(
    event: DefaultDunningPolicySet | DunningPolicyAnnounced | DunningPageWalked, envelope: Envelope, view: View
) -> Iterator[Do | Send]:
    """Each partition walks its debtors, a page after the other."""
    if not isinstance(event, DunningPageWalked):
        by_tables = isinstance(event, DunningPolicyAnnounced)
        name = f"{envelope.partition}-{envelope.seq}"
        walk = WalkDunning(walk=name, policy_id=None if by_tables else event.policy_id, by_tables=by_tables)
        for partition in range(event.partitions):
            yield Send(walk, to="payments", partition=partition)
        return
    for account_id in event.accounts:
        default = None if event.by_tables else event.policy_id
        yield Do(LookAtDunning(account_id=account_id, default=default, walked=not event.by_tables))
    if not event.last:
        onward = same_fields(WalkDunning, event, after=event.accounts[-1])
        yield Send(onward, to="payments", partition=event.partition)


def react_service(event: ServiceRestrictionAsked, envelope: Envelope, view: View) -> Iterator[Send]:
    if (asked := event.restriction) is None:
        yield Send(same_fields(RestoreServices, event), to="rating")
    else:
        yield Send(
            same_fields(RestrictServices, asked, account_id=event.account_id, case_id=event.case_id), to="rating"
        )


def react_step(event: DunningStepReached, envelope: Envelope, view: View) -> Iterator[Send]:
    if event.letters:
        yield Send(_letter(event), to="invoicing")
    if event.fee is not None:
        yield Send(AddLateFee(account_id=event.account_id, fee=_asked(event, view)), to="invoicing")
    if event.terminate:
        yield Send(same_fields(EndServices, event), to="rating")


def react_told(
    event: ServicesRestricted | ServicesRestored | ServicesEnded | LateFeeRefused, envelope: Envelope, view: View
) -> Iterator[Do]:
    """What rating and invoicing made of it."""
    match event:
        case ServicesRestricted():
            lines = tuple(line.subscription_id for line in event.lines)
            yield Do(same_fields(NoteServices, event, outcome="restricted", lines=lines))
        case ServicesRestored():
            yield Do(same_fields(NoteServices, event, outcome="restored"))
        case ServicesEnded():
            yield Do(same_fields(NoteServices, event, outcome="ended"))
        case LateFeeRefused() if event.dunning_case is not None:
            yield Do(same_fields(NoteFeeRefused, event, case_id=event.dunning_case))


def _letter(event: DunningStepReached) -> WriteDunningLetter:
    return same_fields(
        WriteDunningLetter,
        event,
        letter_id=derive("dunning-letter", event.case_id, event.since.isoformat(), event.step),
        number=f"{event.oldest}/{event.step}",
        letters=tuple(same_fields(LetterText, letter) for letter in event.letters),
        written_on=event.reached_on,
    )


def _asked(event: DunningStepReached, view: View) -> LateFeeAsked:
    assert event.fee is not None
    case = account_of(event.account_id, view).case
    return same_fields(
        LateFeeAsked,
        event.fee,
        currency=event.currency,
        step=event.step,
        kind="flat",
        flat=event.fee.amount,
        charged_on=event.reached_on,
        policy_id="" if case is None else case.policy_id,
        policy_version=0 if case is None else case.policy_version,
        dunning_case=event.case_id,
    )
