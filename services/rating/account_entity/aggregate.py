"""By which legal entity an account is billed."""

from __future__ import annotations

from typing import Final

from services.rating.account_entity import rows
from services.rating.account_entity.decide import decide_noted
from services.rating.account_entity.messages import AccountEntityNoted
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_noted,),
    unfolded=(AccountEntityNoted,),
    project=rows.TABLES.projection(rows.rows),
)
