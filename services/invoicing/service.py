"""Invoicing, put together: its aggregates, and which of them decides, folds, follows and shows what.

    bill_profile/       how an account is billed
    invoice/            drafts, locked, issued
    numbering_series/   numbers without gaps
    billing_run/        many accounts at once

An event is folded by every aggregate that lists it, in this order. taxes/ and documents/ are plug-ins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, assert_never

from fastapi import APIRouter

from services.invoicing import unsupported
from services.invoicing.bill_profile import decide as bill_profile
from services.invoicing.bill_profile import preload as bill_profile_preload
from services.invoicing.bill_profile import react as bill_profile_react
from services.invoicing.bill_profile import rows as bill_profile_rows
from services.invoicing.bill_profile.messages import (
    BillingHeld,
    BillingReleased,
    BillProfileOpened,
    CustomerRenamed,
    CycleFollowed,
    ExpectPeriod,
    FollowCycle,
    OpenBillProfile,
    PeriodExpected,
    RenameCustomer,
    SetHold,
)
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.billing_run import api as billing_run_api
from services.invoicing.billing_run import decide as billing_run
from services.invoicing.billing_run import preload as billing_run_preload
from services.invoicing.billing_run import react as billing_run_react
from services.invoicing.billing_run import rows as billing_run_rows
from services.invoicing.billing_run.messages import (
    BillingCycleForgotten,
    BillingCycleKnown,
    BillingRunPageWalked,
    BillingRunStarted,
    ForgetBillingCycle,
    NoteBillingCycle,
    StartBillingRun,
    WalkAccounts,
)
from services.invoicing.billing_run.state import AccountIndex, AccountPage, BillingRun, KnownCycle
from services.invoicing.commands import COMMANDS
from services.invoicing.events import EVENTS
from services.invoicing.invoice import api as invoice_api
from services.invoicing.invoice import carry_forward, drafting, passing_on
from services.invoicing.invoice import decide as invoice
from services.invoicing.invoice import document_api as invoice_document_api
from services.invoicing.invoice import lines_api as invoice_lines_api
from services.invoicing.invoice import preload as invoice_preload
from services.invoicing.invoice import react as invoice_react
from services.invoicing.invoice import rows as invoice_rows
from services.invoicing.invoice.messages import (
    AddDraftLine,
    AmountDueStated,
    ChargesTaken,
    CompleteDraft,
    CompleteIssue,
    DraftCarriedForward,
    DraftDisagreed,
    DraftLineAdded,
    DraftPassedOn,
    DraftTaken,
    FinaliseInvoice,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLocked,
    NoteTaken,
    StateAmountDue,
    TakeCharges,
)
from services.invoicing.invoice.state import Invoice
from services.invoicing.numbering_series import decide as numbering_series
from services.invoicing.numbering_series import preload as numbering_series_preload
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    NumberAssigned,
    NumberConfirmed,
    NumberingSeriesOpened,
)
from services.invoicing.numbering_series.state import Numbered, Series
from services.rating import events as rating
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Input, Service
from shared.http.api import Api
from shared.kernel.decider import Context, Do, Gone, Send, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message

InvoicingCommand = (
    OpenBillProfile
    | ExpectPeriod
    | RenameCustomer
    | FollowCycle
    | SetHold
    | AddDraftLine
    | CompleteDraft
    | TakeCharges
    | NoteTaken
    | FinaliseInvoice
    | CompleteIssue
    | StateAmountDue
    | AssignNumber
    | NoteBillingCycle
    | ForgetBillingCycle
    | StartBillingRun
    | WalkAccounts
)
InvoicingEvent = (
    BillProfileOpened
    | PeriodExpected
    | CustomerRenamed
    | CycleFollowed
    | BillingHeld
    | BillingReleased
    | DraftLineAdded
    | DraftCarriedForward
    | DraftPassedOn
    | ChargesTaken
    | DraftTaken
    | InvoiceDrafted
    | DraftDisagreed
    | InvoiceLocked
    | InvoiceIssued
    | AmountDueStated
    | NumberingSeriesOpened
    | NumberAssigned
    | NumberConfirmed
    | BillingCycleKnown
    | BillingCycleForgotten
    | BillingRunStarted
    | BillingRunPageWalked
)

_FOLDER: Final = Path(__file__).parent


def decide(command: InvoicingCommand, view: View, context: Context) -> Sequence[Event]:
    """The events that a command of this service leads to; none where nothing has to change. Raises `Rejection`."""
    match command:
        case AddDraftLine():
            return drafting.decide_line(command, view)
        case CompleteDraft():
            return drafting.decide_draft(command, view, context)
        case TakeCharges():
            return passing_on.decide_take(command, view, context)
        case NoteTaken():
            return passing_on.decide_note(command, view)
        case FinaliseInvoice():
            return invoice.decide_finalise(command, view, context)
        case CompleteIssue():
            return invoice.decide_issue(command, view)
        case StateAmountDue():
            return invoice.decide_amount_due(command, view)
        case OpenBillProfile():
            return bill_profile.decide_profile(command, view)
        case ExpectPeriod():
            return bill_profile.decide_expected(command, view)
        case RenameCustomer() | FollowCycle() | SetHold():
            return bill_profile.decide_followed(command, view)
        case AssignNumber():
            return numbering_series.decide_number(command, view)
        case NoteBillingCycle() | ForgetBillingCycle():
            return billing_run.decide_cycle(command, view)
        case StartBillingRun():
            return billing_run.decide_start(command, view, context)
        case WalkAccounts():
            return billing_run.decide_walk(command, view, context)
        case _:
            assert_never(command)


def evolve(event: InvoicingEvent, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The states as they are after the event."""
    match event:
        case DraftLineAdded():
            yield from drafting.evolve_line(event, view)
        case InvoiceDrafted():
            yield from bill_profile.evolve_waiting(event, view)
            yield from drafting.evolve_drafted(event, view)
        case DraftDisagreed():
            yield from bill_profile.evolve_waiting(event, view)
            yield from drafting.evolve_disagreed(event, view)
        case DraftCarriedForward():
            yield from bill_profile.evolve_waits_no_longer(event, view)
            yield from carry_forward.evolve_carried(event, view)
        case DraftPassedOn() | DraftTaken():
            yield from passing_on.evolve_passing(event, view)
        case InvoiceLocked():
            yield from bill_profile.evolve_waits_no_longer(event, view)
            yield from invoice.evolve_locked(event, view)
        case InvoiceIssued():
            yield from invoice.evolve_issued(event, view)
        case AmountDueStated():
            yield from invoice.evolve_amount_due(event, view)
        case BillProfileOpened():
            yield from bill_profile.evolve_profile(event)
            yield from billing_run.evolve_account(event, view)
        case PeriodExpected() | CustomerRenamed() | CycleFollowed() | BillingHeld() | BillingReleased():
            yield from bill_profile.evolve_followed(event, view)
        case NumberingSeriesOpened():
            yield from numbering_series.evolve_series(event, view)
        case NumberAssigned():
            yield from numbering_series.evolve_number(event, view)
        case BillingCycleKnown() | BillingCycleForgotten():
            yield from billing_run.evolve_cycle(event)
        case BillingRunStarted():
            yield from billing_run.evolve_start(event)
        case NumberConfirmed() | BillingRunPageWalked() | ChargesTaken():
            return
        case _:
            assert_never(event)


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """What follows, from rating's events and our own. A close completes its draft, then the next period is expected."""
    yield from invoice_react.react(event)
    yield from bill_profile_react.react(event)
    yield from billing_run_react.react(event)


def preload(message: Message) -> Sequence[tuple[type[State], str]]:
    """Which states a message will ask for. Only a hint: what is missing here is loaded when it is asked for."""
    return [
        *bill_profile_preload.preload(message),
        *invoice_preload.preload(message),
        *numbering_series_preload.preload(message),
        *billing_run_preload.preload(message),
    ]


_ROWS: Final = (bill_profile_rows, invoice_rows, billing_run_rows)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch inside the worker's transaction; an account's profile is there before its invoices."""
    for part in _ROWS:
        await part.TABLES.write(connection, partition, (row for applied in batch for row in part.rows(applied)))


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (billing_run_api, invoice_api, invoice_document_api, invoice_lines_api, unsupported):
        routes.include_router(part.router(api))
    return routes


SERVICE = Service(
    name="invoicing",
    events=EVENTS,
    commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS),),
    decide=decide,
    evolve=evolve,
    react=react,
    states=(KnownCycle, BillProfile, Invoice, AccountIndex, AccountPage, Series, Numbered, BillingRun),
    preload=preload,
    project=project,
    tables=tuple(_FOLDER / name / "tables.sql" for name in ("bill_profile", "invoice", "billing_run")),
    projection_version=2,
    router=router,
)
