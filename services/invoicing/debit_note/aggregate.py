"""What is claimed beside issued invoices. Its state and its rows are those of invoices (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.debit_note import api
from services.invoicing.debit_note.decide import decide_debit
from services.invoicing.debit_note.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(decides=(decide_debit,), preloads=(preload,), routers=(api.router, api.documents))
