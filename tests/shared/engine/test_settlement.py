"""What a takeover closes: everything its predecessor may have written to."""

from __future__ import annotations

import pytest

from services.invoicing.service import SERVICE as INVOICING
from services.payments.app import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.usage.app import SERVICE as USAGE
from shared.engine.service import Service
from shared.engine.settlement import written_by


@pytest.mark.parametrize(
    ("service", "addressed"),
    [
        (USAGE, ["usage.commands", "usage.guided"]),
        (RATING, ["rating.commands", "usage.commands"]),
        (INVOICING, ["invoicing.commands", "rating.commands", "usage.commands"]),
        (PAYMENTS, ["invoicing.commands", "payments.commands", "rating.commands"]),
    ],
    ids=["usage", "rating", "invoicing", "payments"],
)
def test_own_events_and_dead_letters_and_every_partition_that_is_sent_to_are_closed(
    service: Service, addressed: list[str]
) -> None:
    closed = [(tp.topic, tp.partition) for tp in written_by(service, 3, env="local", partitions=4)]
    assert closed == [
        (f"local.{service.name}.events", 3),
        (f"local.{service.name}.dead", 3),
        *((f"local.{topic}", partition) for topic in addressed for partition in range(4)),
    ]
