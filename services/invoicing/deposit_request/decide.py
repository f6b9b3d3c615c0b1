"""A request for a deposit is noted as payments has made it, with the customer as he is called now."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.deposit_request.messages import (
    CloseDepositRequest,
    DepositRequestClosed,
    DepositRequestNoted,
    NoteDepositRequest,
)
from shared.kernel.decider import Context, View
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_deposit_request(
    command: NoteDepositRequest | CloseDepositRequest, view: View, context: Context
) -> Sequence[Event]:
    match command:
        case NoteDepositRequest():
            profile = profile_of(view, command.account_id)
            said = {"name": profile.name, "details": profile.details, "legal_entity": profile.legal_entity}
            return [same_fields(DepositRequestNoted, command, **said)]
        case CloseDepositRequest():
            return [same_fields(DepositRequestClosed, command)]
