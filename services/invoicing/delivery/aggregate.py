"""Issued documents on their way to customers."""

from __future__ import annotations

from typing import Final

from services.invoicing.delivery import api, print_api, report_api, rows, send_api
from services.invoicing.delivery.attempting import decide_end, decide_print, decide_start
from services.invoicing.delivery.decide import decide_issued, decide_person, decide_send
from services.invoicing.delivery.evolve import evolve_delivery
from services.invoicing.delivery.messages import DeliveryPreferencesChanged, DeliveryStarted
from services.invoicing.delivery.preferences import decide_preferences, evolve_preferences
from services.invoicing.delivery.preload import preload
from services.invoicing.delivery.react import react
from services.invoicing.delivery.state import Deliveries, Preferences
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_send, decide_issued, decide_person, decide_start, decide_end, decide_print, decide_preferences),
    folds=(evolve_delivery, evolve_preferences),
    follows=(react,),
    preloads=(preload,),
    states=(Deliveries, Preferences),
    # What was said of the last attempt, or of the webhook that was there, is written before.
    project=rows.TABLES.projection(rows.rows, anew=(DeliveryStarted, DeliveryPreferencesChanged)),
    # A print batch is no delivery with an odd id, and neither is a report.
    routers=(print_api.router, report_api.router, api.router, send_api.router),
)
