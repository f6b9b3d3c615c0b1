"""Issued invoices as something owed."""

from __future__ import annotations

from typing import Final

from services.payments.receivable import api, rows
from services.payments.receivable.decide import decide_receivable, evolve_receivable
from services.payments.receivable.preload import preload
from services.payments.receivable.react import react
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_receivable,),
    folds=(evolve_receivable,),
    follows=(react,),
    preloads=(preload,),
    states=(KnownInvoice, InvoiceNumber),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
