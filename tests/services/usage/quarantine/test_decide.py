"""What rating gives back is parked."""

from __future__ import annotations

from services.usage.quarantine.messages import ReturnUsage, UsageReturned
from tests.services.usage.story import partition


def test_rating_gives_records_back() -> None:
    partition().when(ReturnUsage(seq=7, items=[(3, "too_late")], account_id="acme")).then(
        UsageReturned(seq=7, items=[(3, "too_late")], account_id="acme")
    )
