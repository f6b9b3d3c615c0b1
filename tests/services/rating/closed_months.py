"""Waiting until an account has no month to close."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.services.rating.test_service import Rating, until


async def all_closed(rating: Rating, *names: str) -> None:
    """Wait until these customers have no month to close: each is charged in advance for the one that is open."""
    # A month is closed an hour after its end.
    current = f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-01}"

    async def charged() -> bool:
        pages = [await rating.get("/v1/charges", account_id=f"acc-{name}") for name in names]
        return all(any(item["period"]["start"] >= current for item in page["items"]) for page in pages)

    await until(charged)
