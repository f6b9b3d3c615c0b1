"""Whose deposit it is."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.deposit_request.messages import NoteDepositRequest
from shared.kernel.decider import State


def preload(message: NoteDepositRequest) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, message.account_id
