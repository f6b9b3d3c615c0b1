"""A process that dies between the log and the gateway leaves a collection that is `calling`: who comes after it asks
the gateway, and calls again only where that can't be a second charge.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from services.payments.collection.messages import EndCollection
from services.payments.payment_method.messages import MethodDetails
from services.payments.processes.collections import Collections
from services.payments.processes.gateway_calls import GatewayCalls

NOW = datetime(2026, 10, 9, 12, tzinfo=UTC)


class Told:
    """What was said to the owner of the account."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    async def send(self, command: Any, command_id: str) -> None:
        self.sent.append(command)


async def looked_up(gateway: str, token: str, *, after: timedelta = timedelta(minutes=1), **said: Any) -> list[Any]:
    """What a process tells that finds a row of another that is no more; no gateway has been set up."""
    told = Told()

    async def opened(sealed: str) -> str:
        return msgspec.json.encode(MethodDetails(token=token)).decode()

    async def nothing(sql: str, *arguments: Any) -> None:
        return None

    pool, vault = SimpleNamespace(fetchrow=nothing), SimpleNamespace(open=opened)
    host = SimpleNamespace(clock=SimpleNamespace(now=lambda: NOW), pool=pool, owned={0})
    calls = GatewayCalls(pool, vault, None)  # type: ignore[arg-type]
    collections = Collections(host, told, vault, calls)  # type: ignore[arg-type]
    row = {
        **{"collection_id": "col-1", "account_id": "acc-1", "invoice_id": None, "attempts": 1, "status": "calling"},
        **{"gateway": gateway, "details": "v1.k.x", "amount": Decimal("10.00"), "currency": "EUR", "reference": ""},
        **{"statement_key": "MZQ22OWTPTZ2", "return_url": "", "outcome": "", "moved_at": NOW - after, **said},
    }
    await collections._look_up(row, ("col-1", 1))
    return told.sent


@pytest.mark.parametrize(
    ("gateway", "token", "outcome", "code"),
    [
        ("test", "ok", "succeeded", ""),
        ("test", "declined_stolen_card", "failed", "stolen_card"),
        ("test", "lost", "unknown", "timeout"),
        ("bank_transfer", "", "failed", "gateway_not_configured"),
        ("stripe", "pm_visa", "unknown", "timeout"),
        ("mpesa", "254712345678", "unknown", "timeout"),
    ],
)
async def test_what_was_never_called_is_called_where_it_is_safe_and_waits_for_somebody_elsewhere(
    gateway: str, token: str, outcome: str, code: str
) -> None:
    [end] = await looked_up(gateway, token)
    assert isinstance(end, EndCollection) and (end.attempt, end.outcome, end.code) == (1, outcome, code)


async def test_what_is_pending_already_is_not_called_again() -> None:
    assert await looked_up("test", "ok", status="pending", outcome="unknown") == []
