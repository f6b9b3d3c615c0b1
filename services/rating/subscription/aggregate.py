"""What an account has of a plan, and from when to when. Its changes can be previewed."""

from __future__ import annotations

from typing import Final

from services.rating.preview.preview import Previews
from services.rating.subscription import api, change_api, rows
from services.rating.subscription.decide import decide_subscription, evolve_subscription
from services.rating.subscription.preload import preload_subscription
from services.rating.subscription.react import react_end, react_subscription
from services.rating.subscription.state import Subscription
from shared.engine.aggregate import Aggregate
from shared.kernel.claims import EarlierUse

AGGREGATE: Final = Aggregate(
    decides=(decide_subscription,),
    folds=(evolve_subscription,),
    follows=(react_subscription, react_end),
    preloads=(preload_subscription,),
    states=(Subscription,),
    loaders={EarlierUse: rows.earlier_uses},
    project=rows.TABLES.projection(rows.rows),
    routers=(
        lambda asked: api.router(asked, Previews(asked).of),
        lambda asked: change_api.router(asked, Previews(asked).of),
    ),
)
