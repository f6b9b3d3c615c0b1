"""What accounts owe and will owe, what they may, and what happens at the limit."""

from __future__ import annotations

from typing import Final

from services.payments.exposure import api, mode_api, rows, settings_api
from services.payments.exposure.decide import (
    decide_asked,
    decide_look,
    decide_mode,
    decide_noted,
    decide_settings,
    decide_terms,
)
from services.payments.exposure.evolve import evolve, evolve_alerted, evolve_issued, evolve_settings
from services.payments.exposure.members import decide_member, preload_member, react_left
from services.payments.exposure.preload import preload, preload_asking
from services.payments.exposure.react import react_asked, react_charged, react_drafted, react_money
from services.payments.exposure.state import CreditSettings, Exposure, MemberUnbilled
from services.payments.exposure.telling import preload_spent, react_alerted
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_terms, decide_mode, decide_asked, decide_noted, decide_member, decide_look, decide_settings),
    folds=(evolve, evolve_alerted, evolve_issued, evolve_settings),
    follows=(react_money, react_charged, react_drafted, react_asked, react_alerted, react_left),
    preloads=(preload, preload_asking, preload_spent, preload_member),
    states=(Exposure, MemberUnbilled, CreditSettings),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, mode_api.router, settings_api.router),
)
