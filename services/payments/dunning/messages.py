"""Dunning: what happens to accounts that stay overdue, step by step, and stops by itself when nothing is overdue.

ReceivableOpened, …Allocated, …           -> LookAtDunning     -> DunningWatched          the next instant that matters
(timer, the day after something was due)  -> LookAtDunning     -> DunningCaseOpened
(timer, the day of a step)                -> LookAtDunning     -> DunningStepReached, ServiceRestrictionAsked
PaymentAllocated, the earliest is paid    -> LookAtDunning     -> DunningCaseMoved
PaymentAllocated, nothing is overdue      -> LookAtDunning     -> ServiceRestrictionAsked(None), DunningCaseCleared
people                                       PauseDunning, ResumeDunning, AdvanceDunning, ExemptFromDunning
DefaultDunningPolicySet, …Announced       -> WalkDunning       -> DunningPageWalked -> LookAtDunning for each of a page

A day is one of the account. The balance, the policy, promises and disputes are read when a step is taken, not before.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from services.payments.dunning_policy.messages import Channel, Letter, Restriction
from services.rating.service_restriction.messages import LineLeft
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event

ServiceOutcome = Literal["restricted", "restored", "ended"]
WhyCleared = Literal["paid", "below_minimum", "disputed", "exempted", "policy_changed", "no_policy"]


class OfCase(Command, frozen=True, kw_only=True):
    """Which case of which account. Refused: `dunning_case_not_found`, `dunning_case_closed`."""

    account_id: str
    case_id: str


class LookAtDunning(Command, frozen=True, kw_only=True):
    """See what is so with the account now. A timer sends it, or it is decided in place. `walked`: the operator has
    set `default` as his policy a moment ago, or none, and the tables may not say so yet."""

    account_id: str
    default: str | None = None
    walked: bool = False


class WalkDunning(Command, frozen=True, kw_only=True):
    """Look at the accounts of this partition that owe something, a page of them, those after `after`. `by_tables`: the
    operator's policy is the one of the tables, and not `policy_id`."""

    KEY_FIELD = "walk"

    walk: str
    policy_id: str | None = None
    by_tables: bool = False
    after: str = ""


class AssignDunningPolicy(Command, frozen=True, kw_only=True):
    """Dun the account by a policy of its own; by the operator's where it is `None`.

    Refused: `account_not_found`, `dunning_policy_not_found`.
    """

    account_id: str
    policy_id: str | None = None


class ExemptFromDunning(Command, frozen=True, kw_only=True):
    """Leave the account alone, up to before the day `until` or until it is said otherwise; what it was denied it gets
    back. Refused: `account_not_found`, `out_of_bounds`."""

    account_id: str
    reason: str
    until: date | None = None


class EndDunningExemption(Command, frozen=True, kw_only=True):
    """Dun the account again, from the first step on. Refused: `account_not_found`, `not_exempt`."""

    account_id: str


class PauseDunning(OfCase, frozen=True, kw_only=True):
    """Take no step up to before the day `until`, or until it is resumed. `unless_paused`: one that is paused already
    stays so, for the reason it has. Refused also: `out_of_bounds`, and then `dunning_paused`."""

    reason: str
    until: date | None = None
    unless_paused: bool = False


class ResumeDunning(OfCase, frozen=True, kw_only=True):
    """Go on where it stood. Refused also: `dunning_not_paused`."""


class AdvanceDunning(OfCase, frozen=True, kw_only=True):
    """Take the next step now, whatever its day. `step` is how many were taken when that was said, so that two who say
    it at once mean one step. Refused also: `step_taken`, `no_step_left`, `dunning_paused`, `promise_open`."""

    step: Count | None = None


class NoteServices(OfCase, frozen=True, kw_only=True):
    """Rating has said what it did with the lines of the account. Decided in place."""

    outcome: ServiceOutcome
    lines: tuple[str, ...] = ()
    left: tuple[LineLeft, ...] = ()


class NoteFeeRefused(OfCase, frozen=True, kw_only=True):
    """Invoicing has not added the fee of a step. Decided in place."""

    fee_id: str
    reason: str


class DunningFee(Checked, frozen=True, kw_only=True):
    """What a step costs, for being late with that invoice."""

    fee_id: str
    invoice_id: str
    number: str
    due_on: date
    amount: Decimal
    base: Decimal
    tax_class: str | None = None


class OfDunning(Event, frozen=True, kw_only=True):
    """The account is looked at on the day `look_on` next; with `None` not before something else happens."""

    account_id: str
    look_on: date | None = None


class OfOpenCase(OfDunning, frozen=True, kw_only=True):
    """What is so of a case."""

    case_id: str


class DunningWatched(OfDunning, frozen=True, kw_only=True):
    """Another day than before is the next that matters, for the case that is open or until there is one."""

    time_zone: str
    case_id: str | None = None


class DunningPolicyAssigned(Event, frozen=True, kw_only=True):
    """The account has a policy of its own, or the operator's with `None`."""

    account_id: str
    policy_id: str | None = None


class DunningExempted(Event, frozen=True, kw_only=True):
    """The account is left alone, up to before the day `until` or until somebody says otherwise."""

    account_id: str
    reason: str
    until: date | None = None


class DunningExemptionEnded(Event, frozen=True, kw_only=True):
    """It is dunned again, by whatever is overdue."""

    account_id: str


class DunningCaseOpened(OfOpenCase, frozen=True, kw_only=True):
    """Something is overdue, since the day `since` was over: `overdue` in all. The case goes by this version of the
    policy until it is cleared."""

    policy_id: str
    policy_version: Count
    currency: str
    time_zone: str
    since: date
    overdue: Decimal
    opened_on: date


class DunningStepReached(OfOpenCase, frozen=True, kw_only=True):
    """Step `step` (from 1) is taken, with `overdue` open since `since`; `oldest` is the number of that invoice.

    `fee` goes to invoicing, `letters` to the customer in his language, `collection` to an agency, and with `terminate`
    the subscriptions end. `again`: it was taken before for that day, of which a payment came and went; it costs nothing
    and nobody is written to. `by_hand`: a person said so, before its day.
    """

    step: Count
    name: str
    currency: str
    since: date
    overdue: Decimal
    days_overdue: Count
    reached_on: date
    oldest: str
    fee: DunningFee | None = None
    letters: tuple[Letter, ...] = ()
    channels: tuple[Channel, ...] = ()
    collection: bool = False
    agency: str | None = None
    terminate: bool = False
    again: bool = False
    by_hand: bool = False


class DunningCaseMoved(OfOpenCase, frozen=True, kw_only=True):
    """Something else is overdue than before, since the day `since`: the case stands at step `step` by it."""

    since: date
    step: Count
    overdue: Decimal
    moved_on: date


class DunningCasePaused(OfOpenCase, frozen=True, kw_only=True):
    """No step is taken up to before the day `until`, or until somebody says so."""

    reason: str
    until: date | None = None


class DunningCaseResumed(OfOpenCase, frozen=True, kw_only=True):
    """It goes on where it stood."""


class DunningCaseCleared(OfOpenCase, frozen=True, kw_only=True):
    """The case is over: nothing that counts is overdue, or nobody is to be dunned."""

    reason: WhyCleared
    cleared_on: date


class ServiceRestrictionAsked(Event, frozen=True, kw_only=True):
    """Rating is asked to restrict every subscription of the account; with `None` to give back what dunning took."""

    account_id: str
    case_id: str
    restriction: Restriction | None = None


class DunningServicesNoted(Event, frozen=True, kw_only=True):
    """These lines of the account were restricted, restored or ended for the case; `left` were not, and why."""

    account_id: str
    case_id: str
    outcome: ServiceOutcome
    lines: tuple[str, ...] = ()
    left: tuple[LineLeft, ...] = ()


class DunningFeeRefused(Event, frozen=True, kw_only=True):
    """The fee of a step is not billed, for its invoice claims nothing any more."""

    account_id: str
    case_id: str
    fee_id: str
    reason: str


class DunningPageWalked(Event, frozen=True, kw_only=True):
    """A partition looks at these accounts, since the operator has another policy, or (`by_tables`) one takes less than
    before; `last` when there are no more."""

    KEY_FIELD = "walk"

    walk: str
    partition: Count
    accounts: tuple[str, ...]
    last: bool
    policy_id: str | None = None
    by_tables: bool = False
