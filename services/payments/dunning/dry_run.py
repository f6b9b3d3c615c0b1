"""Who would be dunned, without doing anything: today, or up to a day if nobody pays until then.

POST /v1/dunning/dry-run {"on": "2026-10-29"}
-> {"accounts": 118, "groups": [{"policy_id": "standard", "step": 2, "name": "Block", "currency": "EUR",
                                 "accounts": 12, "overdue": {...}, "access": "blocked"}], "items": [...]}

The days are played by the functions that the timers call, on the states that they would read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictInt

from services.payments.balance.state import Payer
from services.payments.dunning.coming import Coming, coming
from services.payments.dunning.seeing import account_of, seen_on
from services.payments.dunning.shapes import AccessShown
from services.payments.dunning.standing import day_after
from services.payments.dunning.state import DunningAccount
from services.payments.promise.state import OpenPromise
from shared.engine.stored_states import StoredStates
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.http.openapi import takes
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.calendar import local_date
from shared.kernel.decider import View
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

CHUNK: Final = 1000
AHEAD_MAX: Final = 400
_DEBTORS: Final = """
select partition, account_id from receivable_row where open > 0 and due_on < $1
 group by partition, account_id order by partition, account_id
"""


class DryRunBody(Body):
    """`on`: as it would be by the end of that day, today without it. `policy_id`: only what that one does."""

    on: BillingDate | None = None
    policy_id: IdText | None = None
    limit: Annotated[StrictInt, Field(ge=0, le=1000)] = 200


class WouldReach(BaseModel):
    """A step that an account would reach on the day `on`."""

    account_id: str
    policy_id: str
    on: date
    step: int
    name: str
    overdue: MoneyBody
    days_overdue: int
    access: AccessShown
    fee: MoneyBody | None
    terminate: bool


class WouldReachGroup(BaseModel):
    """All that would reach the same step of a policy, by currency."""

    policy_id: str
    step: int
    name: str
    currency: str
    access: AccessShown
    accounts: int
    overdue: MoneyBody


class DryRunShape(BaseModel):
    """`accounts` would reach a step; `items` are the first of them, `total` in all."""

    on: date
    accounts: int
    groups: list[WouldReachGroup]
    items: list[WouldReach]
    total: int
    as_of: AwareDatetime


class Would(NamedTuple):
    """An account, its policy, and a step that it would reach."""

    account_id: str
    policy_id: str
    coming: Coming


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    asked: dict[str, Any] = {"response_model": DryRunShape, "openapi_extra": takes()}

    @routes.post("/v1/dunning/dry-run", dependencies=[api.roles(*READERS)], **asked)
    async def dunning_dry_run(body: DryRunBody) -> Response:
        """Nothing happens: what would."""
        now = api.clock.now()
        until = body.on or now.date()
        if not now.date() <= until <= day_after(now.date(), AHEAD_MAX):
            detail = f"give a day from {now.date()} on, at most {AHEAD_MAX} days ahead"
            raise Rejection("out_of_bounds", detail, pointer="/on")
        found = await _everybody(api, now, until)
        found = [one for one in found if body.policy_id in (None, one.policy_id)]
        return Answer(_answer(found, body.limit, until, now))

    return routes


def would(accounts: Sequence[str], view: View, now: datetime, until: date) -> list[Would]:
    """What those accounts would reach. The states are asked for in one question each."""
    payers = view.get_many(Payer, accounts)
    view.get_many(DunningAccount, accounts)
    view.get_many(OpenPromise, accounts)
    found: list[Would] = []
    for account_id in accounts:
        payer = payers.get(account_id)
        if payer is None:
            continue
        today = local_date(now, payer.time_zone)
        for step in coming(payer, view, today, until):
            found.append(Would(account_id, _policy_of(payer, view, step.on), step))
    return found


async def _everybody(api: Api, now: datetime, until: date) -> list[Would]:
    found: list[Would] = []
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        by_partition: dict[int, list[str]] = {}
        for row in await connection.fetch(_DEBTORS, day_after(until)):
            by_partition.setdefault(row["partition"], []).append(row["account_id"])
        for partition, accounts in by_partition.items():
            for start in range(0, len(accounts), CHUNK):
                chunk = accounts[start : start + CHUNK]
                states = StoredStates(connection, home=partition)
                found += await states.ask(lambda view, chunk=chunk: would(chunk, view, now, until))  # type: ignore[misc]
                await asyncio.sleep(0)
    return found


def _policy_of(payer: Payer, view: View, day: date) -> str:
    account = account_of(payer.account_id, view)
    seen = seen_on(payer, account, view, day)
    policy = seen.running or seen.policy
    return "" if policy is None else policy.policy_id


def _answer(found: Sequence[Would], limit: int, until: date, now: datetime) -> dict[str, Any]:
    groups: dict[tuple[str, int, str, str, str], list[Decimal]] = {}
    for one in found:
        step = one.coming.step
        key = (one.policy_id, step.step, step.name, step.currency, one.coming.access)
        groups.setdefault(key, []).append(step.overdue)
    return {
        "on": until,
        "accounts": len({one.account_id for one in found}),
        "groups": [_group(key, amounts) for key, amounts in sorted(groups.items())],
        "items": [_item(one) for one in found[:limit]],
        "total": len(found),
        "as_of": now,
    }


def _group(key: tuple[str, int, str, str, str], amounts: Sequence[Decimal]) -> dict[str, Any]:
    policy_id, step, name, currency, access = key
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    told = {"policy_id": policy_id, "step": step, "name": name, "currency": currency, "access": access}
    return {**told, "accounts": len(amounts), "overdue": money(total, currency)}


def _item(one: Would) -> dict[str, Any]:
    step = one.coming.step
    return {
        "account_id": one.account_id,
        "policy_id": one.policy_id,
        "on": one.coming.on,
        **{name: getattr(step, name) for name in ("step", "name", "days_overdue", "terminate")},
        "overdue": money(step.overdue, step.currency),
        "access": one.coming.access,
        "fee": None if step.fee is None else money(step.fee.amount, step.currency),
    }
