"""What comes of an attempt: money that is here, one that failed, one that is still on its way. Pure.

    succeeded               CollectionSucceeded, PaymentSucceeded, PaymentAllocated
    failed, soft            CollectionRescheduled by the days of the settings (1, 3, 5); after the last CollectionFailed
    failed, hard            CollectionRescheduled by another method at once, or CollectionFailed, PaymentFailed
    succeeded after that    CollectionSucceeded late, PaymentSucceeded: money that has come has come

What is heard of an attempt twice, late or out of order changes nothing: success is the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from services.payments.collection.messages import (
    CollectionFailed,
    CollectionPending,
    CollectionRescheduled,
    CollectionStopped,
    CollectionSucceeded,
    EndCollection,
)
from services.payments.collection.state import OVER, Collection, found_collection
from services.payments.gateways import fits
from services.payments.payment.decide import decide_arrival, decide_cancel, decide_failure
from services.payments.payment.messages import CancelPayment, FailPayment, SucceedPayment
from services.payments.payment.state import PENDING, KnownPayment
from services.payments.payment_method.state import Method, methods_of
from services.payments.settings.state import settings
from shared.kernel.decider import Context, View
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

MISMATCH: Final = "amount_mismatch"


def decide_end(command: EndCollection, view: View, context: Context) -> Sequence[Event]:
    known = found_collection(command, view)
    if command.attempt > known.attempt:
        return []
    # Money that has come has come, whatever was heard before and whichever attempt it was of.
    if command.outcome == "succeeded":
        return _succeeded(command, known, view, context)
    is_news = command.attempt == known.attempt and known.status not in (*OVER, "waiting")
    if not is_news:
        return []
    if command.outcome == "failed":
        return _failed(command, known, view, context)
    return _pending(command, known)


def stopped(known: Collection, reason: str, view: View, context: Context) -> Sequence[Event]:
    """It is over, and its payment is waited for no longer."""
    over = same_fields(CollectionStopped, known, reason=reason)
    if not is_waited_for(known, view):
        return [over]
    cancel = CancelPayment(payment_id=known.collection_id, account_id=known.account_id, reason=reason)
    return [over, *decide_cancel(cancel, view, context)]


def is_waited_for(known: Collection, view: View) -> bool:
    """Whether its payment is still to come: somebody may have said otherwise by hand."""
    payment = view.get(KnownPayment, known.collection_id)
    return payment is not None and payment.status in PENDING


def given_up(known: Collection, code: str, view: View, context: Context, *, hard: bool, **said: Any) -> Sequence[Event]:
    """It has failed, and so has its payment."""
    failed = same_fields(CollectionFailed, known, code=code, hard=hard, declined=known.method_id, **said)
    if not is_waited_for(known, view):
        return [failed]
    fail = FailPayment(payment_id=known.collection_id, account_id=known.account_id, reason_code=code, hard=hard)
    return [failed, *decide_failure(fail, view, context)]


def by_another(known: Collection, code: str, view: View, context: Context) -> Sequence[Event]:
    """At once by another method that was not declined, where there is one, the operator wants it so, and whoever asked
    did not want just this one."""
    if known.once:
        return []
    tried = {*known.tried, known.method_id}
    other = next((one for one in methods_of(known.account_id, view).methods if _may(one, known, tried)), None)
    if other is None or not settings(view).terms.fallback:
        return []
    said = {"code": code, "hard": True, "due_at": context.now, "declined": known.method_id}
    return [same_fields(CollectionRescheduled, known, **said, **of_method(other))]


def of_method(method: Method) -> dict[str, str]:
    return {"method_id": method.method_id, "gateway": method.gateway, "details": method.details}


def _succeeded(command: EndCollection, known: Collection, view: View, context: Context) -> Sequence[Event]:
    if known.status == "succeeded":
        return []
    if command.amount is not None and command.amount != known.amount:
        # Another sum than we asked for is nobody's payment before a person has looked at it.
        odd = msgspec.structs.replace(command, outcome="unknown", code=MISMATCH)
        return _pending(odd, known) if known.status in ("calling", "pending") else []
    succeed = SucceedPayment(payment_id=known.collection_id, account_id=known.account_id)
    late = known.status in OVER
    return [same_fields(CollectionSucceeded, command, late=late), *decide_arrival(succeed, view, context)]


def _pending(command: EndCollection, known: Collection) -> Sequence[Event]:
    """What is told again, by a webhook or a look, is no event."""
    told = (command.outcome, command.code, command.reference, command.action_url)
    if known.status == "pending" and told == (known.outcome, known.code, known.reference, known.action_url):
        return []
    return [same_fields(CollectionPending, command)]


def _failed(command: EndCollection, known: Collection, view: View, context: Context) -> Sequence[Event]:
    if known.stopping:
        return stopped(known, known.stopping, view, context)
    days = settings(view).terms.retry_days
    method = methods_of(known.account_id, view).get(known.method_id)
    if not command.hard and not known.once and command.attempt <= len(days) and method is not None:
        due_at = context.now + timedelta(days=days[command.attempt - 1])
        again = same_fields(CollectionRescheduled, command, due_at=due_at, **of_method(method))
        return [again]
    if command.hard and (another := by_another(known, command.code, view, context)):
        return another
    return given_up(known, command.code, view, context, hard=command.hard, reference=command.reference)


def _may(method: Method, known: Collection, tried: set[str]) -> bool:
    is_new = bool(method.gateway) and not method.declined and method.method_id not in tried
    return is_new and fits(method.gateway, known.amount)
