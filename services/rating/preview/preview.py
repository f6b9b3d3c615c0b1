"""What a change of a subscription would do to the next bill; nothing is stored.

POST /v1/subscriptions/sub-1/change-plan {"plan_id": "office", "effective_on": "2026-09-16", "preview": true}
-> {"preview": true, "effective_on": "2026-09-16", "period": {...}, "difference": {"amount": "15.00", ...},
    "without_change": {"amount": ..., "lines": [...]}, "with_change": {...}, "timeline": [...]}
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

import asyncpg
from fastapi import Request

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed
from services.rating.preview.next_bill import Asked, Bill, Compared, compared
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.decide import SubscriptionCommand
from services.rating.subscription.messages import SubscriptionChanged, SubscriptionStarted
from services.rating.subscription.shapes import timeline_shape
from services.rating.subscription.state import Subscription
from shared.http.api import Api, caller_of, expected_version
from shared.http.money import money
from shared.http.periods import period as period_shape
from shared.kernel.decider import Home, State
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import Domain, Missing, PartitionAddress
from shared.kernel.wire import read

D = TypeVar("D", bound=State)

_STATES: Final = "select key, body from state where partition = $1 and kind = $2 and key = any($3::text[])"
# Each round loads what the one before asked for: accounts, subscriptions, plans, meters.
_ROUNDS_MAX: Final = 1_000


class Previews:
    """Answers what a command would do. `kinds` are the states of the service."""

    def __init__(self, api: Api, domain: Domain, kinds: Collection[type[State]]) -> None:
        self._api = api
        self._domain = domain
        self._kinds = frozenset(kinds)

    async def of(self, request: Request, command: SubscriptionCommand) -> dict[str, Any]:
        """The answer of `ChangePreview`. Raises what the command would be refused with."""
        api, now = self._api, self._api.clock.now()
        partitions = api.settings.partitions
        home = partition_of(command.account_id, partitions)
        envelope = Envelope(
            env=api.settings.env,
            service="rating",
            partition=home,
            type="",
            recorded_at=now,
            subject=command.key,
            command_id=api.command_id(request),
            actor=caller_of(request).actor,
            expected_version=expected_version(request),
            claims=tuple(claim.digest("rating") for claim in command.claims(api.command_id(request))),
        )
        place = PartitionAddress(env=api.settings.env, partition=home, partitions=partitions)
        ask = Asked(command, envelope)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            states = _Stored(connection, home, self._kinds)
            await states.load_account(command.account_id)
            for _ in range(_ROUNDS_MAX):
                try:
                    # In a thread: an account may have thousands of lines, and the partition workers share this loop.
                    found = await asyncio.to_thread(compared, self._domain, states, place, now=now, ask=ask)
                except Missing as missing:
                    await states.load(missing)
                else:
                    return _answer(found, states.currency(command.account_id))
        raise RuntimeError(f"a preview of {command.subscription_id} asked for more than {_ROUNDS_MAX} rounds of states")


class _Stored:
    """The states of a partition as they are stored, of those kinds that the service has; others are not there."""

    def __init__(
        self, connection: asyncpg.pool.PoolConnectionProxy[Any], home: int, kinds: frozenset[type[State]]
    ) -> None:
        self._connection = connection
        self._home = home
        self._kinds = kinds
        self._held: dict[tuple[type[State], str], State | None] = {}

    def get(self, kind: type[D], key: str) -> D | None:
        if kind not in self._kinds:
            return None
        if (kind, key) not in self._held:
            raise Missing(kind, [key])
        return self._held[kind, key]  # type: ignore[return-value]

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        missing = [key for key in keys if kind in self._kinds and (kind, key) not in self._held]
        if missing:
            raise Missing(kind, missing)
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}

    async def load_account(self, account_id: str) -> None:
        """The account with all its subscriptions at once."""
        await self._load(Account, [account_id])
        account = self.get(Account, account_id)
        for kind in (Subscription, UsageSum):
            await self._load(kind, account.subscriptions if account else ())

    async def load(self, missing: Missing) -> None:
        for kind, keys in missing.wanted.items():
            await self._load(kind, keys)

    def currency(self, account_id: str) -> str:
        account = self.get(Account, account_id)
        return account.currency if account else ""

    async def _load(self, kind: type[State], keys: Sequence[str]) -> None:
        home = 0 if kind.HOME is Home.REFERENCE else self._home
        rows = await self._connection.fetch(_STATES, home, kind.__name__, list(keys))
        self._held.update({(kind, key): None for key in keys})
        self._held.update({(kind, row["key"]): read(kind, row["body"]) for row in rows})


def _answer(found: Compared, currency: str) -> dict[str, Any]:
    with exact():
        difference = found.with_it.amount - (found.without.amount if found.without else Decimal(0))
    return {
        "preview": True,
        "effective_on": _effective_on(found.events),
        "period": period_shape(found.with_it.period.start, found.with_it.period.end),
        "difference": money(difference, currency),
        "without_change": None if found.without is None else _bill(found.without, currency),
        "with_change": _bill(found.with_it, currency),
        "timeline": timeline_shape(found.subscription) if found.subscription else [],
    }


def _effective_on(events: Sequence[Event]) -> date | None:
    for event in events:
        if isinstance(event, SubscriptionChanged):
            return event.effective_on
        if isinstance(event, SubscriptionStarted):
            return event.start
    return None


def _bill(bill: Bill, currency: str) -> dict[str, Any]:
    return {"amount": money(bill.amount, currency), "lines": [_line(charge) for charge in bill.charges]}


def _line(charge: ChargeFixed) -> dict[str, Any]:
    return {
        "kind": charge.kind,
        "description": charge.description,
        "subscription_id": charge.subscription_id or None,
        "plan_id": charge.plan_id or None,
        "plan_version": charge.plan_version,
        "period": period_shape(charge.period.start, charge.period.end),
        "quantity": None if charge.quantity is None else format_decimal(charge.quantity),
        "amount": money(charge.amount, charge.currency),
    }
