"""A top-up is charged once, within the operator's limits, and never beside another one. Pure.

TopUpWallet 20.00              WalletTopUpAsked, CollectionAsked, PaymentRecorded
TopUpWallet 20.00, at once     refused: top_up_running
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.amounts import checked_amount
from services.payments.balance.state import Payer
from services.payments.closed_account.state import ClosedAccount, check_open
from services.payments.collection.decide import decide_collect
from services.payments.collection.messages import Collect, CollectionAsked
from services.payments.collection.state import Collection
from services.payments.payment_method.state import PaymentMethods
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings, top_up_limits
from services.payments.top_up.messages import TopUpWallet, WalletTopUpAsked
from services.payments.top_up.state import LastTopUp, running_top_up
from shared.kernel.decider import Asked, Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields


def decide_top_up(command: TopUpWallet, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `TopUpWallet`."""
    return charged(command, view, context)


def charged(command: TopUpWallet, view: View, context: Context, *, automatic: bool = False) -> Sequence[Event]:
    """What is asked for, with its collection. Raises `Rejection`; see `TopUpWallet`."""
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    check_open(command.account_id, view)
    check_limits(command.amount, payer, view)
    running = running_top_up(command.account_id, view)
    if running is not None:
        detail = f"top-up {running} of the account is being charged; wait for its end"
        raise Rejection("top_up_running", detail, status=409)
    collect = Collect(
        account_id=command.account_id,
        collection_id=command.top_up_id,
        amount=command.amount,
        method_id=command.method_id,
        once=True,
    )
    events = decide_collect(collect, view, context)
    (asked,) = (event for event in events if isinstance(event, CollectionAsked))
    return [same_fields(WalletTopUpAsked, asked, top_up_id=command.top_up_id, automatic=automatic), *events]


def check_limits(money: Money, payer: Payer, view: View, *, pointer: str = "/amount") -> None:
    """Raises `Rejection`: `below_minimum`, `above_maximum`, and as `checked_amount`."""
    amount, where = checked_amount(money, payer, "a top-up", pointer=pointer), f"{pointer}/amount"
    limits = top_up_limits(payer.currency, view)
    if limits.minimum is not None and amount < limits.minimum:
        raise Rejection("below_minimum", f"{limits.minimum} {payer.currency} is the least of a top-up", pointer=where)
    if limits.maximum is not None and amount > limits.maximum:
        raise Rejection("above_maximum", f"{limits.maximum} {payer.currency} is the most of a top-up", pointer=where)


def evolve_top_up(event: WalletTopUpAsked, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(LastTopUp, event)


def preload(message: TopUpWallet) -> Iterator[Asked]:
    yield Payer, message.account_id
    yield ClosedAccount, message.account_id
    yield PaymentSettings, ONLY
    yield LastTopUp, message.account_id
    yield PaymentMethods, message.account_id
    yield Collection, message.top_up_id
