"""Whose drafts are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.on_demand.messages import InvoiceAccount
from shared.kernel.decider import State


def preload(message: InvoiceAccount) -> Sequence[tuple[type[State], str]]:
    return ((BillProfile, message.account_id),)
