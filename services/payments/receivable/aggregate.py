"""Issued invoices as something owed."""

from __future__ import annotations

from typing import Final

from services.payments.receivable import api, rows
from services.payments.receivable.decide import (
    decide_receivable,
    decide_withdrawal,
    evolve_adjusted,
    evolve_corrected,
    evolve_given_up,
    evolve_receivable,
    evolve_withdrawn,
)
from services.payments.receivable.messages import WithdrawalRefused
from services.payments.receivable.preload import preload
from services.payments.receivable.react import react
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_receivable, decide_withdrawal),
    folds=(evolve_receivable, evolve_withdrawn, evolve_adjusted, evolve_corrected, evolve_given_up),
    unfolded=(WithdrawalRefused,),
    follows=(react,),
    preloads=(preload,),
    states=(KnownInvoice, InvoiceNumber),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
