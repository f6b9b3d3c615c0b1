"""Codes that no voucher has."""

from __future__ import annotations

from typing import Final

from services.payments.voucher_guess import rows
from services.payments.voucher_guess.decide import decide_guess, evolve_guess, preload
from services.payments.voucher_guess.state import Guesser
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_guess,),
    folds=(evolve_guess,),
    preloads=(preload,),
    states=(Guesser,),
    project=rows.TABLES.projection(rows.rows),
)
