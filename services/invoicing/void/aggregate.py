"""Invoices that are taken back. They are asked for, folded and shown with the invoice (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.void.decide import decide_completion, decide_void
from services.invoicing.void.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_void, decide_completion),
    preloads=(preload,),
)
