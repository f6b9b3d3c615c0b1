"""Invoices that stay unpaid are asked late fees for (R54). Pure; the days and amounts are in watching.py.

    InvoiceIssued, policy standard 2       LateFeesWatched        a timer at the first midnight that matters
    (timer)                                LateFeeRequested       what is open is read at that moment
    (timer, again)                         nothing                its day is past
    PaymentAllocated, 0.00 left            LateFeesEnded          with the interest until then

An invoice keeps the version of its policy. Another policy of the account is that of its open invoices, too, from the
next day on; steps that have passed then are left out, and `null` ends all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import Payer, opened_payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.late_fee.messages import (
    ChargeLateFees,
    DropLateFee,
    FollowLateFeePolicy,
    InterestBegan,
    InterestPutOff,
    LateFeeDropped,
    LateFeeRequested,
    LateFeesEnded,
    LateFeeStepPassed,
    LateFeesWatched,
    SettleInterest,
    WatchLateFees,
)
from services.payments.late_fee.state import LateFeeWatches, Paid, PastWatch, Watch
from services.payments.late_fee.watching import INTEREST, accrued, after, beginning, days_until, next_day, step_day
from services.payments.late_fee.withheld import withheld
from services.payments.payment.state import KnownPayment
from services.payments.receivable.messages import ReceivableWithdrawn
from services.payments.receivable.state import known_invoice
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, encode, type_name
from shared.kernel.same_fields import same_fields

Lowered = PaymentAllocated | CreditAllocated | CreditNoteTaken | ReceivableWithdrawn | ReceivableWrittenOff
Raised = PaymentDeallocated | WriteOffRecovered
Followed = LateFeeRequested | LateFeeStepPassed | InterestBegan | InterestPutOff | LateFeeDropped


def decide_watch(command: WatchLateFees, view: View, context: Context) -> Sequence[Event]:
    """Nothing where credit has paid it at once, or it is watched."""
    payer = opened_payer(view, command.account_id)
    if not payer.open_of(command.invoice_id) or watch_of(command.account_id, command.invoice_id, view) is not None:
        return []
    past = view.get(PastWatch, command.invoice_id)
    return [_watched(command.invoice_id, payer, command.policy, past, view, context)]


def decide_policy(command: FollowLateFeePolicy, view: View, context: Context) -> Sequence[Event]:
    """What is open is asked for by the policy from tomorrow on; by none any more without one."""
    held = view.get(LateFeeWatches, command.account_id)
    watches = held.watches if held else ()
    if (policy := command.policy) is None:
        return [LateFeesEnded(account_id=command.account_id, invoice_id=watch.invoice_id) for watch in watches]
    payer = opened_payer(view, command.account_id)
    before = {watch.invoice_id: watch for watch in watches}
    return [
        event
        for owed in payer.owed
        for event in _changed_over(owed.invoice_id, payer, policy, before.get(owed.invoice_id), view, context)
    ]


def decide_charge(command: ChargeLateFees, view: View, context: Context) -> Sequence[Event]:
    watch = watch_of(command.account_id, command.invoice_id, view)
    if watch is None:
        return []
    today = local_date(context.now, watch.time_zone)
    return list(days_until(watch, command.account_id, chargeable(watch, command.account_id, view), today))


def decide_settled(command: SettleInterest, view: View, context: Context) -> Sequence[Event]:
    """The interest of the days before the last payment; later ones have no base. A timer that is late comes first."""
    watch = watch_of(command.account_id, command.invoice_id, view)
    if watch is None:
        return []
    account_id, open = command.account_id, chargeable(watch, command.account_id, view)
    today = local_date(context.now, watch.time_zone)
    events: list[Event] = []
    for happened in days_until(watch, account_id, open, today):
        events.append(happened)
        watch = after(watch, happened)
    last = accrued(watch, account_id, open, max([today, *(paid.day for paid in watch.paid)]))
    ended = LateFeesEnded(account_id=account_id, invoice_id=command.invoice_id)
    return [*events, ended] if last is None else [*events, last, ended]


def decide_dropped(command: DropLateFee, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(LateFeeDropped, command)]


def evolve_watched(event: LateFeesWatched, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    return _with(same_fields(Watch, event), event.account_id, view)


def evolve_ended(event: LateFeesEnded, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """Of what was paid its policy is kept: the payment may be taken back."""
    paid = not opened_payer(view, event.account_id).open_of(event.invoice_id)
    return _without(event.invoice_id, event.account_id, view, kept=paid)


def evolve_followed(event: Followed, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    invoice_id = event.fee.invoice_id if isinstance(event, LateFeeRequested) else event.invoice_id
    watch = watch_of(event.account_id, invoice_id, view)
    return [] if watch is None else _with(after(watch, event), event.account_id, view)


def evolve_lowered(event: Lowered, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """Less is open. Where nothing is, no timer waits; interest is settled next (react.py)."""
    watch = watch_of(event.account_id, event.invoice_id, view)
    if watch is None:
        return []
    if isinstance(event, ReceivableWithdrawn):
        return _without(event.invoice_id, event.account_id, view)
    given_up = isinstance(event, ReceivableWrittenOff) and not event.rounding
    if not event.open and (given_up or not _bears_interest(watch)):
        return _without(event.invoice_id, event.account_id, view, kept=True)
    if not isinstance(event, CreditNoteTaken) and _bears_interest(watch):
        paid = Paid(day=_day_of(event, envelope, watch, view), amount=event.amount)
        watch = msgspec.structs.replace(watch, paid=(*watch.paid, paid))
    changed = _with(watch, event.account_id, view)
    return changed if event.open else [*(c for c in changed if not isinstance(c, Due)), _no_timer(event.invoice_id)]


def watch_of(account_id: str, invoice_id: str, view: View) -> Watch | None:
    """The watch of an invoice; `None` where no fee is asked for."""
    held = view.get(LateFeeWatches, account_id)
    return None if held is None else held.of(invoice_id)


def chargeable(watch: Watch, account_id: str, view: View) -> Decimal:
    """What is open now, without what no fee may be asked for."""
    open = opened_payer(view, account_id).open_of(watch.invoice_id)
    return max(EXACT.subtract(open, withheld(watch.invoice_id, view)), Decimal(0))


def _changed_over(
    invoice_id: str, payer: Payer, policy: PolicyInForce, before: Watch | None, view: View, context: Context
) -> Iterator[Event]:
    """Interest by the policy before is asked for up to today; what was asked for counts to the cap of the new one."""
    if before is not None and before.interest is not None:
        today = local_date(context.now, payer.time_zone)
        last = accrued(before, payer.account_id, chargeable(before, payer.account_id, view), today)
        if last is not None:
            yield last
            before = after(before, last)
    yield _watched(invoice_id, payer, policy, before, view, context)


def _watched(
    invoice_id: str, payer: Payer, policy: PolicyInForce, before: Watch | PastWatch | None, view: View, context: Context
) -> LateFeesWatched:
    known = known_invoice(view, invoice_id)
    owed = next(invoice for invoice in payer.owed if invoice.invoice_id == invoice_id)
    today = local_date(context.now, payer.time_zone)
    terms = policy.terms
    passed = sum(step_day(owed.due_on, terms, place) <= today for place in range(len(terms.steps)))
    runs = [n for n, step in enumerate(terms.steps[:passed], 1) if step.fee.kind == INTEREST]
    return LateFeesWatched(
        account_id=payer.account_id,
        invoice_id=invoice_id,
        number=owed.number,
        due_on=owed.due_on,
        currency=payer.currency,
        time_zone=payer.time_zone,
        amount=EXACT.subtract(known.amount, known.late_fees),
        late_fees=known.late_fees,
        policy=policy,
        watched_on=today,
        passed=passed,
        charged=before.charged if before else Decimal(0),
        interest=beginning(terms.steps[runs[-1] - 1].fee, runs[-1], today) if runs else None,
    )


def evolve_raised(event: Raised, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """More is open from today on. What was paid in full is watched anew (react.py)."""
    watch = watch_of(event.account_id, event.invoice_id, view)
    if watch is None:
        return []
    if _bears_interest(watch):
        day = local_date(envelope.recorded_at, watch.time_zone)
        back = Paid(day=day, amount=EXACT.minus(event.amount))
        watch = msgspec.structs.replace(watch, paid=(*watch.paid, back))
    return _with(watch, event.account_id, view)


def _day_of(
    event: PaymentAllocated | CreditAllocated | ReceivableWrittenOff, envelope: Envelope, watch: Watch, view: View
) -> date:
    """When the money came in; of a credit note, the day on which it pays."""
    payment = view.get(KnownPayment, event.payment_id) if isinstance(event, PaymentAllocated) else None
    received_on = None if payment is None else payment.received_on
    return received_on or local_date(envelope.recorded_at, watch.time_zone)


def _bears_interest(watch: Watch) -> bool:
    """Whether interest runs or may yet begin, so that the days of payments matter."""
    steps = watch.policy.terms.steps[watch.passed :]
    return watch.interest is not None or any(step.fee.kind == INTEREST for step in steps)


def _with(watch: Watch, account_id: str, view: View) -> Iterable[State | Gone]:
    """The account's watches with this one, and the timer of its next day."""
    held = view.get(LateFeeWatches, account_id)
    others = tuple(one for one in (held.watches if held else ()) if one.invoice_id != watch.invoice_id)
    yield LateFeeWatches(account_id=account_id, watches=(*others, watch))
    day = next_day(watch)
    yield _no_timer(watch.invoice_id) if day is None else _timer(watch, account_id, day)


def _without(invoice_id: str, account_id: str, view: View, *, kept: bool = False) -> Iterable[State | Gone]:
    held = view.get(LateFeeWatches, account_id)
    if held is None:
        return
    if kept and (watch := held.of(invoice_id)) is not None:
        yield same_fields(PastWatch, watch)
    left = tuple(watch for watch in held.watches if watch.invoice_id != invoice_id)
    yield LateFeeWatches(account_id=account_id, watches=left) if left else Gone(LateFeeWatches, account_id)
    yield _no_timer(invoice_id)


def _timer(watch: Watch, account_id: str, day: date) -> Due:
    command = ChargeLateFees(account_id=account_id, invoice_id=watch.invoice_id, day=day)
    return Due(
        name=timer_name(watch.invoice_id),
        due_at=midnight(day, watch.time_zone),
        command_type=type_name("payments", ChargeLateFees),
        command=msgspec.Raw(encode(command)),
    )


def timer_name(invoice_id: str) -> str:
    return f"late-fees/{invoice_id}"


def _no_timer(invoice_id: str) -> Gone:
    return Gone(Due, timer_name(invoice_id))
