"""An account goes over to another cycle, and what its flat prices cost over the period in between.

POST /v1/accounts/acc-1/cycle {"cycle_id": "mid-month", "effective_on"?: "2026-12-01", "transition"?: "long",
                               "preview"?: true}
-> {"effective_on": "2026-12-01", "transition": {"start": "2026-12-01", "end": "2027-01-15"},
    "periods": [...], "lines": [{"period": {...}, "amount": {...}, "fraction": "0.466666667", ...}], ...}

With `preview` nothing is recorded. The cycle that the account has takes a change back that has not begun.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from services.rating.account.messages import ChangeAccountCycle, Transition
from services.rating.account.state import Account, NextCycle
from services.rating.billing_cycle.state import BillingCycle
from services.rating.cycle_change.planning import check_change, planned, terms_for
from services.rating.fields import Body
from services.rating.period.charging import charges_of
from services.rating.period.unbilled import Loaded, UnbilledLine, load, shown_line, states
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.periods import period as period_shape
from shared.kernel.bodies import BillingDate, IdText, PeriodBody
from shared.kernel.calendar import local_date
from shared.kernel.errors import absent

PERIODS_SHOWN: Final = 6


class CycleChangeBody(Body):
    """The cycle to bill by, from the end of the open period or of the one that contains `effective_on`.

    `transition`: whether the first period there ends at the new cycle's next boundary, or at the one after.
    """

    cycle_id: IdText
    effective_on: BillingDate | None = None
    transition: Transition = "short"
    preview: bool = False


class CycleChangeShape(BaseModel):
    """A change of cycle. `periods` are the open one and those after; `lines` what flat prices cost in `transition`.

    `effective_on` and `transition` are `null` where the account had no period yet, and where no change is left.
    """

    account_id: str
    cycle_id: str
    effective_on: date | None
    transition: PeriodBody | None
    periods: list[PeriodBody]
    lines: list[UnbilledLine]
    preview: bool
    version: int


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/accounts/{account_id}/cycle", response_model=CycleChangeShape, dependencies=[api.roles(*WRITERS)])
    async def change_cycle(account_id: str, body: CycleChangeBody, request: Request) -> Response:
        if not body.preview:
            command = ChangeAccountCycle(
                account_id=account_id,
                cycle_id=body.cycle_id,
                effective_on=body.effective_on,
                transition=body.transition,
            )
            await api.command(request, command)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            loaded = await load(connection, account_id, api.settings.partitions)
            if body.preview:
                cycle = (await states(connection, BillingCycle, 0, [body.cycle_id])).get(body.cycle_id)
                if cycle is None:
                    raise absent("cycle", body.cycle_id, pointer="/cycle_id")
                today = local_date(api.clock.now(), loaded.account.terms.time_zone)
                loaded = loaded._replace(account=_as_planned(loaded, cycle, body, today))
        return Answer(_shown(loaded, preview=body.preview))

    return routes


def _as_planned(loaded: Loaded, cycle: BillingCycle, body: CycleChangeBody, today: date) -> Account:
    """The account with the change that the command would schedule. Raises what it would be refused with."""
    account = loaded.account
    sums = [sums for _, _, sums in loaded.held if sums is not None]
    used = max((start for held in sums for start in held.periods), default=date.min)
    check_change(account, today, used)
    if cycle.terms.cycle_id == account.terms.cycle_id:
        return msgspec.structs.replace(account, next_cycle=None)
    first = min((subscription.start for subscription, _, _ in loaded.held), default=None)
    terms = terms_for(account, cycle.terms, first)
    if account.open_period is None:
        return msgspec.structs.replace(account, terms=terms)
    coming = planned(account, terms, effective_on=body.effective_on, transition=body.transition, today=today, used=used)
    return msgspec.structs.replace(account, next_cycle=coming)


def _shown(loaded: Loaded, *, preview: bool) -> dict[str, Any]:
    account, coming = loaded.account, loaded.account.next_cycle
    shown = islice(account.open_periods(), PERIODS_SHOWN)
    return {
        "account_id": account.account_id,
        "cycle_id": account.terms.cycle_id if coming is None else coming.terms.cycle_id,
        "effective_on": None if coming is None else coming.effective_on,
        "transition": None if coming is None else period_shape(coming.transition.start, coming.transition.end),
        "periods": [period_shape(period.start, period.end) for period in shown],
        "lines": [] if coming is None else _lines(loaded, coming),
        "preview": preview,
        "version": account.version,
    }


def _lines(loaded: Loaded, coming: NextCycle) -> list[dict[str, Any]]:
    """What flat prices cost over the transition: by the functions that will charge it."""
    span = coming.transition
    return [
        shown_line(charge, loaded.account.currency, loaded.meters)
        for subscription, plan, _ in loaded.held
        for charge in charges_of(loaded.account, subscription, plan, None, periods=(), target=span.end)
        if span.contains(charge.period.start)
    ]
