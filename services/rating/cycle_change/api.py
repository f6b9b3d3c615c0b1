"""An account goes over to another cycle, and what its flat prices cost over the period in between.

POST /v1/accounts/acc-1/cycle {"cycle_id": "mid-month", "effective_on"?: "2026-12-01", "transition"?: "long",
                               "preview"?: true}
-> {"effective_on": "2026-12-01", "transition": {"start": "2026-12-01", "end": "2027-01-15"},
    "periods": [...], "lines": [{"period": {...}, "amount": {...}, "fraction": "0.466666667", ...}], ...}

With `preview` nothing is recorded. The cycle that the account has takes a change back that has not begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StrictBool

from services.rating.account.messages import ChangeAccountCycle, Transition
from services.rating.account.state import Account
from services.rating.cycle_change.planning import account_after
from services.rating.fields import Body
from services.rating.period.charging import Charge, charges_of, plans_of
from services.rating.period.stored_states import StoredStates
from services.rating.period.unbilled import UnbilledLine, shown_line
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.state import Subscription
from services.rating.used import used_by
from shared.http.answer import Answer
from shared.http.api import Api, expected_version
from shared.http.auth import WRITERS
from shared.http.periods import period as period_shape
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText, PeriodBody
from shared.kernel.decider import Context, View
from shared.kernel.errors import NeverBegan
from shared.kernel.partition import partition_of

PERIODS_SHOWN: Final = 6


class CycleChangeBody(Body):
    """The cycle to bill by, from the end of the open period or of the one that contains `effective_on`.

    `transition`: whether the first period there ends at the new cycle's next boundary, or at the one after.
    """

    cycle_id: IdText
    effective_on: BillingDate | None = None
    transition: Transition = "short"
    preview: StrictBool = False


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
    async def change_account_cycle(account_id: str, body: CycleChangeBody, request: Request) -> Response:
        command = ChangeAccountCycle(
            account_id=account_id,
            cycle_id=body.cycle_id,
            effective_on=body.effective_on,
            transition=body.transition,
        )
        if not body.preview:
            await api.command(request, command)
        home = partition_of(account_id, api.settings.partitions)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            states = StoredStates(connection, home=home)
            if not (found := await states.load(Account, [account_id])):
                raise not_found("account", account_id)
            account = found[account_id]
            for kind in (Subscription, UsageSum):
                await states.load(kind, account.subscriptions)
            if body.preview:
                context = Context(
                    now=api.clock.now(),
                    partition=home,
                    partitions=api.settings.partitions,
                    command_id="preview",
                    expected_version=expected_version(request),
                )
                account = await states.ask(lambda view: account_after(command, found[account_id], view, context))
            charges = await states.ask(lambda view: _charges(account, view))
        return Answer(_shown(account, charges, preview=body.preview))

    return routes


def _charges(account: Account, view: View) -> list[Charge]:
    """What flat prices cost over the period in between: by the functions that will charge it."""
    if account.next_cycle is None:
        return []
    span = account.next_cycle.transition
    charges: list[Charge] = []
    for subscription_id in account.subscriptions:
        subscription = view.get(Subscription, subscription_id)
        if subscription is None:
            raise NeverBegan(f"account {account.account_id} names {subscription_id}, which never started")
        unused = used_by(subscription_id, (), view)
        charges += charges_of(account, subscription, plans_of(subscription, view), unused, contexts=(), target=span.end)
    return [charge for charge in charges if span.contains(charge.period.start)]


def _shown(account: Account, charges: Sequence[Charge], *, preview: bool) -> dict[str, Any]:
    coming = account.next_cycle
    shown = islice(account.open_periods(), PERIODS_SHOWN)
    return {
        "account_id": account.account_id,
        "cycle_id": account.terms.cycle_id if coming is None else coming.terms.cycle_id,
        "effective_on": None if coming is None else coming.effective_on,
        "transition": None if coming is None else period_shape(coming.transition.start, coming.transition.end),
        "periods": [period_shape(period.start, period.end) for period in shown],
        "lines": [shown_line(charge, account.currency, {}) for charge in charges],
        "preview": preview,
        "version": account.version,
    }
