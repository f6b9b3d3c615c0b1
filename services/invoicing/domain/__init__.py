"""Invoicing decides here: `decide` answers commands with events, `evolve` folds events into states. Pure.

drafting.py      charges become lines, the close completes the draft
carrying.py      a draft below zero goes to the next one
issuing.py       lock, issue
numbering.py     the series' owner gives numbers
billing_run.py   many accounts at once
profiles.py      how an account is billed
state.py         the states
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.invoicing import commands as c
from services.invoicing import events as e
from services.invoicing.domain import billing_run, carrying, drafting, issuing, numbering, profiles
from services.invoicing.domain.state import STATES
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Event

__all__ = ["STATES", "decide", "evolve"]


def decide(command: Command, view: View, context: Context) -> Sequence[Event]:
    """The events that a command of this service leads to; none where nothing has to change. Raises `Rejection`."""
    match command:
        case c.AddDraftLine():
            return drafting.decide_line(command, view)
        case c.CompleteDraft():
            return drafting.decide_complete(command, view)
        case c.ExpectPeriod():
            return profiles.decide_expected(command, view)
        case c.OpenBillProfile():
            return profiles.decide_profile(command, view)
        case c.NoteBillingCycle():
            return profiles.decide_cycle(command, view)
        case c.FinaliseInvoice():
            return issuing.decide_finalise(command, view, context)
        case c.AssignNumber():
            return numbering.decide(command, view)
        case c.CompleteIssue():
            return issuing.decide_complete_issue(command, view)
        case c.StateAmountDue():
            return issuing.decide_amount_due(command, view)
        case c.StartBillingRun():
            return billing_run.decide_start(command, view, context)
        case c.WalkAccounts():
            return billing_run.decide_walk(command, view, context)
        case _:
            raise TypeError(f"{type(command).__name__} is no command of invoicing")


def evolve(event: Event, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The states as they are after the event."""
    match event:
        case e.DraftLineAdded():
            return drafting.evolve_line(event, view)
        case e.DraftCarriedForward():
            return carrying.evolve(event, view)
        case e.InvoiceDrafted():
            return drafting.evolve_drafted(event, view)
        case e.DraftDisagreed():
            return drafting.evolve_disagreed(event, view)
        case e.PeriodExpected():
            return profiles.evolve_expected(event, view)
        case e.BillProfileOpened():
            return profiles.evolve_profile(event, view)
        case e.BillingCycleKnown():
            return profiles.evolve_cycle(event)
        case e.InvoiceLocked():
            return issuing.evolve_locked(event, view)
        case e.NumberAssigned():
            return numbering.evolve(event)
        case e.InvoiceIssued():
            return issuing.evolve_issued(event, view)
        case e.AmountDueStated():
            return issuing.evolve_amount_due(event, view)
        case e.BillingRunStarted():
            return billing_run.evolve_start(event)
        case e.NumberConfirmed() | e.BillingRunPageWalked():
            return ()
        case _:
            raise TypeError(f"{type(event).__name__} is no event of invoicing")
