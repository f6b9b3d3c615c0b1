"""Changes of a subscription, each with the day from which it counts, or as a preview of the next bill.

POST /v1/subscriptions/sub-1/change-plan {"plan_id": "office", "effective_on": "2026-09-16"}
POST /v1/subscriptions/sub-1/suspend     {"billing": "fee", "fee": "5.00", "until": "2026-10-01", "preview": true}
POST /v1/subscriptions/sub-1/add-ons     {"plan_id": "static-ip"}
POST /v1/subscriptions/sub-1/changes/7fk…/cancel
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool

from services.rating.fields import Body, VersionNumber
from services.rating.subscription.api import (
    SUBSCRIPTIONS,
    ContractBody,
    Quantity,
    SubscriptionPage,
    contract_term,
    list_subscriptions,
    read_subscription,
)
from services.rating.subscription.changes import ChangeCommand
from services.rating.subscription.messages import (
    Access,
    Billing,
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    PauseBilling,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SuspendSubscription,
    TerminateSubscription,
)
from services.rating.subscription.previewing import ChangePreview, Preview
from services.rating.subscription.shapes import SubscriptionShape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import BillingDate, IdText, PrintableText
from shared.kernel.calendar import local_date
from shared.kernel.money import PriceString

Reason = Annotated[PrintableText, Field(min_length=1, max_length=200)]

_PATH: Final = "/v1/subscriptions/{subscription_id}"


class ChangeBody(Body):
    """`effective_on` is the first day of the change, today where it is left out. `preview`: nothing is stored."""

    effective_on: BillingDate | None = None
    preview: StrictBool = False


class ChangePlanBody(ChangeBody):
    """Without `effective_on` a plan that costs as much or more begins today, a cheaper one when the period is over.

    `plan_version` pins a published version, else the plan's versions are followed; without `quantity` it stays.
    """

    plan_id: IdText
    plan_version: VersionNumber | None = None
    quantity: Quantity | None = None
    term: ContractBody | None = None


class ChangeQuantityBody(ChangeBody):
    quantity: Quantity


class SuspendBody(ChangeBody):
    """`billing`: recurring prices cost nothing, a `fee` for a whole period in their place, or what they always do.

    `until` is the first day of service again; without it, until it is resumed. `access` is what the network shall give:
    nothing, or little by a bandwidth `profile`.
    """

    billing: Billing = "free"
    fee: PriceString | None = None
    until: BillingDate | None = None
    reason: Reason | None = None
    access: Access = "blocked"
    profile: IdText | None = None


class PauseBody(ChangeBody):
    """As a suspension; `extend` is free, and makes the term of the contract longer by as many days."""

    billing: PauseBilling = "free"
    fee: PriceString | None = None
    until: BillingDate | None = None
    reason: Reason | None = None


class TerminateBody(ChangeBody):
    """`waive_fee`: why the fee for leaving before the end of the contract is not charged."""

    reason: Reason | None = None
    waive_fee: Reason | None = None


class ReasonBody(ChangeBody):
    reason: Reason | None = None


class AddOnBody(ChangeBody):
    """A subscription of its own that ends with this one; it begins on `effective_on`."""

    id: IdText | None = None
    plan_id: IdText
    plan_version: VersionNumber | None = None
    quantity: Quantity = 1


class _Asking:
    """Has a change decided, or previewed."""

    def __init__(self, api: Api, preview: Preview) -> None:
        self._api = api
        self._preview = preview

    async def names(self, subscription_id: str, body: ChangeBody) -> dict[str, Any]:
        """The fields that every change has."""
        account_id, _ = await self.account(subscription_id)
        return {"subscription_id": subscription_id, "account_id": account_id, "effective_on": body.effective_on}

    async def account(self, subscription_id: str) -> tuple[str, str]:
        """The account of a subscription and its time zone. Raises `not_found`."""
        row = await self._api.db.fetchrow(
            """select account_id, a.terms ->> 'time_zone' as time_zone
                 from subscription_row s join account_row a using (partition, account_id)
                where subscription_id = $1""",
            subscription_id,
        )
        if row is None:
            raise not_found("subscription", subscription_id)
        return row["account_id"], row["time_zone"]

    async def answer(self, request: Request, command: ChangeCommand, body: ChangeBody) -> Response:
        if body.preview:
            return Answer(await self._preview(request, command))
        await self._api.command(request, command)
        return Answer(await read_subscription(self._api, command.subscription_id))


def router(api: Api, preview: Preview) -> APIRouter:
    routes = APIRouter()
    asking = _Asking(api, preview)
    _change_routes(api, routes, asking)
    _rest_routes(api, routes, asking)
    _add_on_routes(api, routes, asking, preview)
    return routes


def _change_routes(api: Api, routes: APIRouter, asking: _Asking) -> None:
    writes: dict[str, Any] = {
        "response_model": SubscriptionShape | ChangePreview,
        "dependencies": [api.roles(*WRITERS)],
    }

    @routes.post(f"{_PATH}/change-plan", **writes)
    async def change_plan(subscription_id: str, body: ChangePlanBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        command = ChangePlan(
            **names,
            plan_id=body.plan_id,
            plan_version=body.plan_version,
            quantity=body.quantity,
            term=contract_term(body.term),
        )
        return await asking.answer(request, command, body)

    @routes.post(f"{_PATH}/change-quantity", **writes)
    async def change_quantity(subscription_id: str, body: ChangeQuantityBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        return await asking.answer(request, ChangeQuantity(**names, quantity=body.quantity), body)

    @routes.post(f"{_PATH}/terminate", **writes)
    async def terminate_subscription(subscription_id: str, body: TerminateBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        command = TerminateSubscription(**names, reason=body.reason, waive_fee=body.waive_fee)
        return await asking.answer(request, command, body)

    @routes.post(f"{_PATH}/changes/{{change_id}}/cancel", **{**writes, "response_model": SubscriptionShape})
    async def cancel_change(subscription_id: str, change_id: str, request: Request) -> Response:
        account_id, _ = await asking.account(subscription_id)
        await api.command(
            request, CancelChange(subscription_id=subscription_id, account_id=account_id, change_id=change_id)
        )
        return Answer(await read_subscription(api, subscription_id))


def _rest_routes(api: Api, routes: APIRouter, asking: _Asking) -> None:
    writes: dict[str, Any] = {
        "response_model": SubscriptionShape | ChangePreview,
        "dependencies": [api.roles(*WRITERS)],
    }

    @routes.post(f"{_PATH}/suspend", **writes)
    async def suspend_subscription(subscription_id: str, body: SuspendBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        command = SuspendSubscription(
            **names,
            billing=body.billing,
            fee=body.fee,
            until=body.until,
            reason=body.reason,
            access=body.access,
            profile=body.profile,
        )
        return await asking.answer(request, command, body)

    @routes.post(f"{_PATH}/pause", **writes)
    async def pause_subscription(subscription_id: str, body: PauseBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        command = PauseSubscription(**names, billing=body.billing, fee=body.fee, until=body.until, reason=body.reason)
        return await asking.answer(request, command, body)

    @routes.post(f"{_PATH}/resume", **writes)
    async def resume_subscription(subscription_id: str, body: ReasonBody, request: Request) -> Response:
        names = await asking.names(subscription_id, body)
        return await asking.answer(request, ResumeSubscription(**names, reason=body.reason), body)


def _add_on_routes(api: Api, routes: APIRouter, asking: _Asking, preview: Preview) -> None:
    @routes.post(
        f"{_PATH}/add-ons",
        status_code=201,
        response_model=SubscriptionShape | ChangePreview,
        dependencies=[api.roles(*WRITERS)],
    )
    async def add_add_on(subscription_id: str, body: AddOnBody, request: Request) -> Response:
        account_id, time_zone = await asking.account(subscription_id)
        command = StartSubscription(
            subscription_id=body.id or api.new_id(request, "subscription"),
            account_id=account_id,
            plan_id=body.plan_id,
            start=body.effective_on or local_date(api.clock.now(), time_zone),
            plan_version=body.plan_version,
            quantity=body.quantity,
            parent_id=subscription_id,
        )
        if body.preview:
            return Answer(await preview(request, command))
        await api.command(request, command)
        return Answer(await read_subscription(api, command.subscription_id), status_code=201)

    @routes.get(f"{_PATH}/add-ons", **listed(api, SUBSCRIPTIONS, SubscriptionPage))
    async def add_ons(subscription_id: str, request: Request) -> Response:
        await asking.account(subscription_id)
        return Answer(await list_subscriptions(api, request, parent_id=subscription_id))
