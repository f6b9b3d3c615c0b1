"""Collecting through gateways."""

from __future__ import annotations

from typing import Final

from services.payments.collection import api, attention_api, gateway_api, rows
from services.payments.collection.decide import (
    decide_collect,
    decide_gateway,
    decide_hurry,
    decide_start,
    decide_stop,
    evolve_asked,
    evolve_moved,
)
from services.payments.collection.ending import decide_end
from services.payments.collection.messages import GatewaySet
from services.payments.collection.preload import preload
from services.payments.collection.state import Collection, InvoiceCollection
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_gateway, decide_collect, decide_start, decide_end, decide_hurry, decide_stop),
    folds=(evolve_asked, evolve_moved),
    unfolded=(GatewaySet,),
    preloads=(preload,),
    states=(Collection, InvoiceCollection),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, gateway_api.router, attention_api.router),
)
