"""Whatever is asked of bookkeeping asks for all that it has been told."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.bookkeeping.messages import ONLY, ExportJournal, SetChartOfAccounts
from services.payments.bookkeeping.state import Bookkeeping
from shared.kernel.decider import Asked


def preload(message: SetChartOfAccounts | ExportJournal) -> Iterator[Asked]:
    yield Bookkeeping, ONLY
