"""SEPA direct debits: runs, and the debits of each."""

from __future__ import annotations

from typing import Final

from services.payments.direct_debit import api, debit_api, rows
from services.payments.direct_debit.collecting import decide_debit, decide_placed, evolve_ended, evolve_placed
from services.payments.direct_debit.decide import (
    decide_creditor,
    decide_debits,
    decide_run,
    decide_start,
    evolve_run,
    evolve_started,
    react,
)
from services.payments.direct_debit.messages import CreditorSet, DirectDebitRefused
from services.payments.direct_debit.preload import preload
from services.payments.direct_debit.state import DirectDebit, DirectDebitRun, InvoiceDebit
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_creditor, decide_start, decide_debits, decide_run, decide_placed, decide_debit),
    folds=(evolve_started, evolve_run, evolve_placed, evolve_ended),
    unfolded=(CreditorSet, DirectDebitRefused),
    follows=(react,),
    preloads=(preload,),
    states=(DirectDebitRun, DirectDebit, InvoiceDebit),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, debit_api.router),
)
