"""Payments, put together: its aggregates, and which of them decides, folds, follows and shows what.

    balance/        what an account owes and has, and what pays for what
    receivable/     issued invoices as something owed
    payment/        money that came in

An event is folded, and written to rows, by every aggregate that lists it, in this order. gateways/ is for plug-ins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, assert_never

from fastapi import APIRouter

from services.invoicing import commands as ask_invoicing
from services.invoicing import events as invoicing
from services.payments import unsupported
from services.payments.balance import api as balance_api
from services.payments.balance import decide as balance
from services.payments.balance import preload as balance_preload
from services.payments.balance import react as balance_react
from services.payments.balance import rows as balance_rows
from services.payments.balance.messages import OpenPayer, PayerOpened, PaymentAllocated
from services.payments.balance.state import Payer
from services.payments.commands import COMMANDS
from services.payments.events import EVENTS
from services.payments.payment import api as payment_api
from services.payments.payment import decide as payment
from services.payments.payment import preload as payment_preload
from services.payments.payment import rows as payment_rows
from services.payments.payment.earlier_uses import earlier_uses
from services.payments.payment.messages import PaymentRecorded, RecordPayment
from services.payments.payment.state import ExternalKey, KnownPayment
from services.payments.receivable import api as receivable_api
from services.payments.receivable import decide as receivable
from services.payments.receivable import preload as receivable_preload
from services.payments.receivable import react as receivable_react
from services.payments.receivable import rows as receivable_rows
from services.payments.receivable.messages import OpenReceivable, ReceivableOpened
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from services.rating import events as rating
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Input, Service
from shared.engine.tables import Tables
from shared.http.api import Api
from shared.kernel.claims import EarlierUse
from shared.kernel.decider import Context, Do, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message

PaymentsCommand = OpenPayer | OpenReceivable | RecordPayment
PaymentsEvent = PayerOpened | ReceivableOpened | PaymentRecorded | PaymentAllocated

_FOLDER: Final = Path(__file__).parent


def decide(command: PaymentsCommand, view: View, context: Context) -> Sequence[Event]:
    """The events that a command of this service leads to; none where nothing has to change. Raises `Rejection`."""
    match command:
        case RecordPayment():
            return payment.decide_payment(command, view, context)
        case OpenReceivable():
            return receivable.decide_receivable(command, view)
        case OpenPayer():
            return balance.decide_payer(command, view)
        case _:
            assert_never(command)


def evolve(event: PaymentsEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The states as they are after the event."""
    match event:
        case PaymentAllocated():
            yield from balance.evolve_allocated(event, view)
        case PaymentRecorded():
            yield from balance.evolve_credit(event, view)
            yield from payment.evolve_payment(event)
        case ReceivableOpened():
            yield from balance.evolve_owed(event, view)
            yield from receivable.evolve_receivable(event)
        case PayerOpened():
            yield from balance.evolve_payer(event)
        case _:
            assert_never(event)


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """What follows, from events of rating, invoicing and our own. No event has consequences in two aggregates."""
    yield from balance_react.react(event)
    yield from receivable_react.react(event)


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """Which states a message will ask for. Only a hint: what is missing here is loaded when it is asked for."""
    return [
        *balance_preload.preload(message),
        *receivable_preload.preload(message),
        *payment_preload.preload(message),
    ]


_ROWS: Final = (balance_rows, receivable_rows, payment_rows)
_TABLES: Final = Tables(*balance_rows.STATEMENTS, *receivable_rows.STATEMENTS, *payment_rows.STATEMENTS)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch, inside the worker's transaction."""
    rows = (row for event, envelope, _ in batch for module in _ROWS for row in module.rows(event, envelope))
    await _TABLES.write(connection, partition, rows)


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (payment_api, balance_api, receivable_api, unsupported):
        routes.include_router(part.router(api))
    return routes


SERVICE = Service(
    name="payments",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS), Input("invoicing.events", invoicing.EVENTS)),
    sends={"invoicing": ask_invoicing.COMMANDS},
    decide=decide,
    evolve=evolve,
    react=react,
    states=(Payer, KnownInvoice, InvoiceNumber, KnownPayment, ExternalKey),
    loaders={EarlierUse: earlier_uses},
    preload=preload,
    project=project,
    tables=tuple(_FOLDER / name / "tables.sql" for name in ("balance", "receivable", "payment")),
    projection_version=2,
    router=router,
)
