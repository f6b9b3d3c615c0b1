"""Whatever changes what is owed asks what is with an agency: the same messages that ask how dunning stands."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.dunning.preload import Asking
from services.payments.handover.state import Handovers
from shared.kernel.decider import State


def preload(message: Asking) -> Iterator[tuple[type[State], str]]:
    yield Handovers, message.account_id
