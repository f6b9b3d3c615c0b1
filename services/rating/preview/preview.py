"""What a change of a subscription would do to the next bill; nothing is stored.

POST /v1/subscriptions/sub-1/change-plan {"plan_id": "office", "effective_on": "2026-09-16", "preview": true}
-> {"preview": true, "effective_on": "2026-09-16", "period": {...}, "difference": {"amount": "15.00", ...},
    "without_change": {"amount": ..., "lines": [...]}, "with_change": {...}, "timeline": [...]}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from fastapi import Request

from services.rating.account.state import Account
from services.rating.period.messages import ChargeFixed
from services.rating.period.stored_states import StoredStates
from services.rating.preview.next_bill import Asked, Bill, Compared, compared
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.decide import SubscriptionCommand
from services.rating.subscription.messages import SubscriptionChanged, SubscriptionStarted
from services.rating.subscription.shapes import timeline_shape
from services.rating.subscription.state import Subscription
from shared.http.api import Api, caller_of, expected_version
from shared.http.money import money
from shared.http.periods import period as period_shape
from shared.kernel.decider import State, View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import PartitionAddress

D = TypeVar("D", bound=State)


class Previews:
    """Answers what a command would do."""

    def __init__(self, api: Api) -> None:
        self._api = api

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
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            states = StoredStates(connection, home=home)
            account = (await states.load(Account, [command.account_id])).get(command.account_id)
            for kind in (Subscription, UsageSum):
                await states.load(kind, account.subscriptions if account else ())
            found = await states.ask(
                lambda view: compared(api.domain, _Of(api.states, view), place, now=now, ask=Asked(command, envelope))
            )
        return _answer(found, account.currency if account else "")


class _Of:
    """The view of states of these kinds; of what the runtime keeps (results, parked inputs) a preview knows nothing."""

    def __init__(self, kinds: frozenset[type[State]], view: View) -> None:
        self._kinds = kinds
        self._view = view

    def get(self, kind: type[D], key: str) -> D | None:
        return self._view.get(kind, key) if kind in self._kinds else None

    def get_many(self, kind: type[D], keys: Collection[str]) -> Mapping[str, D]:
        return self._view.get_many(kind, keys) if kind in self._kinds else {}


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
        "includes_tax": charge.includes_tax,
    }
