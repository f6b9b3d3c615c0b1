"""Who moves from one plan to another, page by page of every partition's subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.rating.plan_migration import api, rows
from services.rating.plan_migration.decide import MigrationCommand, decide_migration, evolve_migration, indexed
from services.rating.plan_migration.react import react_migration
from services.rating.plan_migration.state import CancelledHere, PlanMigration, SubscriptionIndex, SubscriptionsOfPage
from services.rating.preview.preview import Previews
from services.rating.subscription.decide import decide_subscription
from shared.engine.aggregate import Aggregate
from shared.kernel.decider import Context, View
from shared.kernel.message import Event


def _decide(command: MigrationCommand, view: View, context: Context) -> Sequence[Event]:
    """A migration changes subscriptions as anybody who asks for it does."""
    return decide_migration(command, view, context, decide_subscription)


AGGREGATE: Final = Aggregate(
    decides=(_decide,),
    folds=(evolve_migration, indexed),
    follows=(react_migration,),
    states=(PlanMigration, CancelledHere, SubscriptionIndex, SubscriptionsOfPage),
    project=rows.TABLES.projection(rows.rows),
    routers=(lambda asked: api.router(asked, Previews(asked).of),),
)
