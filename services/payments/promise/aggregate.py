"""Promises to pay: what an account has pledged, by when, and what became of it."""

from __future__ import annotations

from typing import Final

from services.payments.promise import api, rows
from services.payments.promise.decide import (
    decide_cancel,
    decide_promise,
    decide_review,
    evolve_closed,
    evolve_lowered,
    evolve_made,
    evolve_taken_back,
)
from services.payments.promise.preload import preload
from services.payments.promise.react import react
from services.payments.promise.state import OpenPromise
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_promise, decide_cancel, decide_review),
    folds=(evolve_made, evolve_closed, evolve_lowered, evolve_taken_back),
    follows=(react,),
    preloads=(preload,),
    states=(OpenPromise,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
