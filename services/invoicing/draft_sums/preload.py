"""Whose drafts are asked for; the drafts are loaded when they are known."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.draft_sums.messages import TellDrafts
from shared.kernel.decider import State


def preload(command: TellDrafts) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, command.account_id
