"""Statements of the operator's bank accounts, and the payments that their entries become."""

from __future__ import annotations

from typing import Final

from services.payments.bank_statement import api, entry_api, rows
from services.payments.bank_statement.booking import decide_booking
from services.payments.bank_statement.decide import (
    decide_entries,
    decide_entry,
    decide_forgotten,
    decide_matches,
    decide_pairs,
    decide_progress,
    decide_receipt,
    evolve_decided,
    evolve_forgotten,
    evolve_moved,
    evolve_received,
    evolve_taken,
)
from services.payments.bank_statement.messages import BankEntryBooked, BankEntryRefused
from services.payments.bank_statement.preload import preload
from services.payments.bank_statement.react import react
from services.payments.bank_statement.state import BankEntry, BankStatement
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(
        *(decide_receipt, decide_entries, decide_matches, decide_progress, decide_pairs, decide_entry),
        *(decide_booking, decide_forgotten),
    ),
    folds=(evolve_received, evolve_taken, evolve_moved, evolve_decided, evolve_forgotten),
    unfolded=(BankEntryBooked, BankEntryRefused),
    follows=(react,),
    preloads=(preload,),
    states=(BankStatement, BankEntry),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, entry_api.router),
)
