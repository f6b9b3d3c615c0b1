"""Runs of direct debits over HTTP.

PUT  /v1/direct-debits/creditor {"name": "Northwind Telecom", "iban": "DE89…", "creditor_id": "DE98ZZZ09999999999"}
POST /v1/direct-debits {"collection_date": "2026-10-15", "dry_run": true}      what it would collect
POST /v1/direct-debits {"collection_date": "2026-10-15", "dry_run": false}     a run; its debits are pending payments
GET  /v1/direct-debits/{id}/file?version=08                                    pain.008 for the bank
POST /v1/direct-debits/{id}/submit, …/book {"booked_on": "2026-10-15"}, …/cancel
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StrictBool

from services.payments.direct_debit.candidates import (
    Candidate,
    candidates,
    check_collection_date,
    earliest_collection,
    total_of,
)
from services.payments.direct_debit.file import file_of
from services.payments.direct_debit.messages import (
    ONLY,
    AskDebits,
    BookRun,
    CancelRun,
    DebitItem,
    OfRun,
    SetCreditor,
    StartDirectDebitRun,
    SubmitRun,
)
from services.payments.direct_debit.shapes import (
    RUNS,
    CreditorShape,
    DirectDebitPlanShape,
    DirectDebitRunPage,
    DirectDebitRunShape,
    plan_shape,
    read_creditor,
    read_run,
    run_shape,
)
from services.payments.mandate.messages import MandateScheme
from services.payments.sepa.pain008 import Creditor, Version, render
from services.payments.statements.parsing import clean
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.http.waiting import until
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive

PAGE: Final = 500
PATH: Final = "/v1/direct-debits"


class CreditorBody(Body):
    """The operator as a creditor: his name, account, and creditor identifier."""

    name: Annotated[PrintableText, Field(min_length=1, max_length=70)]
    iban: Annotated[PrintableText, Field(max_length=50)]
    creditor_id: Annotated[str, Field(pattern="^[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$")]
    bic: Annotated[str, Field(pattern="^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)?$")] = ""


class DirectDebitRunBody(Body):
    """`collection_date`: the first possible one if not said. `notice_days`: how long customers have to know of an
    invoice before it is collected; 14 unless something shorter was agreed."""

    id: Annotated[IdText, Field(max_length=30)] | None = None
    collection_date: BillingDate | None = None
    scheme: MandateScheme = "CORE"
    account_ids: Annotated[list[IdText], Field(min_length=1, max_length=10_000)] | None = None
    notice_days: Annotated[int, Field(strict=True, ge=1, le=60)] = 14
    dry_run: StrictBool = True


class DirectDebitBookBody(Body):
    booked_on: BillingDate


_PLANNED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": DirectDebitPlanShape, "description": "With `dry_run`: what a run would collect."}
}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one, writers = f"{PATH}/{{run_id}}", [api.roles(*WRITERS)]
    said: dict[str, Any] = {"response_model": DirectDebitRunShape, "dependencies": writers}

    async def done(request: Request, command: OfRun) -> Response:
        await read_run(api, command.run_id)
        await api.command(request, command)
        return Answer(run_shape(await read_run(api, command.run_id)))

    @routes.put(f"{PATH}/creditor", response_model=CreditorShape, dependencies=writers)
    async def set_creditor(body: CreditorBody, request: Request) -> Response:
        """Who collects; runs that there are keep theirs."""
        iban = clean.iban(body.iban)
        if not iban:
            raise Rejection("invalid", "this is no IBAN", pointer="/iban")
        creditor = Creditor(name=body.name, iban=iban, creditor_id=body.creditor_id, bic=body.bic)
        await api.command(request, SetCreditor(creditor_key=ONLY, creditor=creditor))
        return Answer(msgspec.structs.asdict(await read_creditor(api)))

    @routes.get(f"{PATH}/creditor", response_model=CreditorShape, dependencies=[api.roles(*READERS)])
    async def read_creditor_identity() -> Response:
        return Answer(msgspec.structs.asdict(await read_creditor(api)))

    @routes.post(PATH, status_code=201, responses=_PLANNED, **said)
    async def start_direct_debit_run(body: DirectDebitRunBody, request: Request) -> Response:
        """With `dry_run`, what a run would collect, and what not; else the run, whose debits are pending payments."""
        today = api.clock.now().date()
        day = body.collection_date or earliest_collection(today)
        check_collection_date(day, today)
        found = await candidates(
            api.db,
            collection_date=day,
            scheme=body.scheme,
            accounts=body.account_ids,
            notice_days=body.notice_days,
        )
        if body.dry_run:
            return Answer(plan_shape(found, day, body.scheme), status_code=200)
        run_id = body.id or f"dd-{api.new_id(request, 'direct-debit-run')}"
        await _start(api, request, run_id, day, body.scheme, [one for one in found if one.why_not is None])
        row = await until(lambda: read_run(api, run_id), lambda row: not row["placing"])
        return Answer(run_shape(row), status_code=201)

    @routes.get(PATH, **listed(api, RUNS, DirectDebitRunPage))
    async def direct_debit_runs(request: Request) -> Response:
        return await RUNS.fetch(request, api, shape=run_shape)

    @routes.get(one, response_model=DirectDebitRunShape, dependencies=[api.roles(*READERS)])
    async def direct_debit_run(run_id: str) -> Response:
        return Answer(run_shape(await read_run(api, run_id)))

    @routes.get(f"{one}/file", response_class=Response, dependencies=writers)
    async def direct_debit_file(run_id: str, version: Annotated[Literal["02", "08"], Query()] = "02") -> Response:
        """pain.008 for the bank, the same bytes each time. 409 `run_placing` while its debits are being placed."""
        return await _file(api, run_id, version)

    @routes.post(f"{one}/submit", **said)
    async def submit_direct_debit_run(run_id: str, request: Request) -> Response:
        """The bank has the file."""
        if (await read_run(api, run_id))["placing"]:
            raise Rejection("run_placing", "its debits are still being placed; wait a moment", status=409)
        return await done(request, SubmitRun(run_id=run_id))

    @routes.post(f"{one}/book", **said)
    async def book_direct_debit_run(run_id: str, body: DirectDebitBookBody, request: Request) -> Response:
        """The bank has booked it: each debit that has not come back is a payment that has succeeded."""
        if body.booked_on > (today := api.clock.now().date()):
            raise Rejection("in_future", f"nothing is booked after today, {today}", pointer="/booked_on")
        return await done(request, BookRun(run_id=run_id, booked_on=body.booked_on))

    @routes.post(f"{one}/cancel", **said)
    async def cancel_direct_debit_run(run_id: str, request: Request) -> Response:
        """The bank never had the file: its payments are cancelled."""
        return await done(request, CancelRun(run_id=run_id))

    return routes


async def _start(
    api: Api, request: Request, run_id: str, day: Any, scheme: MandateScheme, found: list[Candidate]
) -> None:
    if not found:
        raise Rejection("nothing_due", f"no invoice can be collected on {day}; dry_run says why", status=409)
    start = StartDirectDebitRun(
        run_id=run_id,
        creditor=await read_creditor(api),
        scheme=scheme,
        collection_date=day,
        debits=len(found),
        total=total_of(found),
    )
    await api.command(request, start)
    for first in range(0, len(found), PAGE):
        items = [_item(run_id, one) for one in found[first : first + PAGE]]
        await api.command(request, AskDebits(run_id=run_id, first=first, items=items))


def _item(run_id: str, one: Candidate) -> DebitItem:
    return DebitItem(
        debit_id=f"d-{derive('direct-debit', run_id, one.invoice_id)}",
        account_id=one.account_id,
        invoice_id=one.invoice_id,
        mandate_id=one.mandate_id,
        amount=one.amount,
    )


async def _file(api: Api, run_id: str, version: Version) -> Response:
    content = render(await file_of(api, run_id), version)
    headers = {"Content-Disposition": f'attachment; filename="{run_id}.xml"'}
    return Response(content, media_type="application/xml", headers=headers)
