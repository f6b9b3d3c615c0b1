"""A request for a deposit is told to invoicing, which prints it, and that nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.deposit_request.messages import CloseDepositRequest, NoteDepositRequest
from services.payments.deposit.messages import DepositCancelled, DepositReceived, DepositRequested
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(
    event: DepositRequested | DepositReceived | DepositCancelled, envelope: Envelope, view: View
) -> Iterator[Send]:
    match event:
        case DepositRequested():
            yield Send(same_fields(NoteDepositRequest, event), to="invoicing")
        case DepositReceived():
            yield Send(same_fields(CloseDepositRequest, event, why="received"), to="invoicing")
        case DepositCancelled():
            yield Send(same_fields(CloseDepositRequest, event, why="cancelled"), to="invoicing")
