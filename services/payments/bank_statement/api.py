"""Bank statements over HTTP: a file is sent as it is, taken once, matched, and processed when somebody says so.

    POST /v1/bank-statements                 (camt.053 or MT940 as the body)
    POST /v1/bank-statements?format=csv&bank_account=DE89…&currency=EUR&columns={"booked_on":"Buchungstag",…}
    201 {"id": "bs-…", "status": "matched", "counts": {"exact": 812, "probable": 41, "unmatched": 7, …}}
    POST /v1/bank-statements/{id}/process    what is exact becomes payments

The same file again answers 200 with the statement that is there. `?preview=true` tells what is in a file, and takes
nothing. Entries are in entry_api.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Annotated, Final

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from services.payments.bank_statement.importing import commands, received_of, summarised
from services.payments.bank_statement.limits import FILE_BYTES_MAX, STATEMENTS_PATH
from services.payments.bank_statement.messages import MatchAgain, OfBankAccount, ProcessStatement, ReceiveStatement
from services.payments.bank_statement.preview import preview_of
from services.payments.bank_statement.shapes import (
    STATEMENTS,
    BankStatementPage,
    BankStatementPreview,
    BankStatementShape,
    read_statement,
    statement_shape,
)
from services.payments.statements import HEAD_BYTES, detected, statement_formats
from services.payments.statements.contract import Reading, StatementFormat
from services.payments.statements.parsing import clean
from services.payments.statements.parsing.csv_columns import CsvColumns
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.parameters import listed
from shared.http.problems import BadParameter
from shared.http.upload import Upload, spooled
from shared.http.waiting import until
from shared.kernel.bodies import refusals
from shared.kernel.errors import Rejection, Rejections

_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": f"The file, at most {FILE_BYTES_MAX >> 20} MB once unpacked; `Content-Encoding` may be gzip.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}
_WAIT_S: Final = 3.0
"""A small file is matched by then; of a larger one its status says how far it is."""

Text = Annotated[str, Query(max_length=64)]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = f"{STATEMENTS_PATH}/{{statement_id}}"

    @routes.post(
        STATEMENTS_PATH,
        status_code=201,
        response_model=BankStatementShape,
        responses={
            200: {
                "model": BankStatementShape | BankStatementPreview,
                "description": "The file was taken before, or is only previewed.",
            }
        },
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=_BODY,
    )
    async def take_bank_statement(
        request: Request,
        format: Annotated[str | None, Query(json_schema_extra={"enum": [*statement_formats()]})] = None,
        bank_account: Text = "",
        currency: Annotated[str, Query(max_length=3)] = "",
        columns: Annotated[str, Query(max_length=4_000, description="of CSV: `CsvColumns` as JSON")] = "",
        name: Annotated[str, Query(max_length=255)] = "",
        preview: bool = False,
    ) -> Response:
        """Take a file of bank statements, once, and match its entries."""
        account = clean.iban(bank_account) or clean.line(bank_account, 64)
        reading = Reading(bank_account=account, currency=currency.upper(), columns=_columns(columns))
        async with spooled(
            request.stream(), request.headers.get("content-encoding", ""), bytes_max=FILE_BYTES_MAX
        ) as upload:
            form = _format(format, upload.opened().read(HEAD_BYTES))
            if preview:
                return Answer(await preview_of(upload.opened(), form, reading))
            if form is None:
                detail = f"this looks like none of {', '.join(statement_formats())}; say format"
                raise BadParameter("format", detail, code="required")
            return await _take(api, request, upload, form, reading, clean.line(name, 255))

    @routes.get(STATEMENTS_PATH, **listed(api, STATEMENTS, BankStatementPage))
    async def bank_statements(request: Request) -> Response:
        return await STATEMENTS.fetch(request, api, shape=statement_shape)

    @routes.get(one, response_model=BankStatementShape, dependencies=[api.roles(*READERS)])
    async def bank_statement(statement_id: str) -> Response:
        return Answer(statement_shape(await read_statement(api, statement_id)))

    @routes.post(f"{one}/process", response_model=BankStatementShape, dependencies=[api.roles(*WRITERS)])
    async def process_bank_statement(statement_id: str, request: Request) -> Response:
        """Book what is matched exactly; the rest waits."""
        return await _progress(api, request, statement_id, ProcessStatement, "processing")

    @routes.post(f"{one}/match", response_model=BankStatementShape, dependencies=[api.roles(*WRITERS)])
    async def match_bank_statement(statement_id: str, request: Request) -> Response:
        """Match what is open once more, as invoices have been issued and paid meanwhile."""
        return await _progress(api, request, statement_id, MatchAgain, "matching")

    return routes


async def _take(
    api: Api, request: Request, upload: Upload, form: StatementFormat, reading: Reading, name: str
) -> Response:
    file = upload.opened()
    found = await summarised(file, form, reading)
    received = {
        account: received_of(summary, sha256=upload.sha256, form=form.name, name=name)
        for account, summary in found.items()
    }
    ids = [receive.statement_id for receive in received.values()]
    # A key stands for this file, also where the file was taken before under another or none.
    await api.bind_key(request, upload.sha256)
    known = await _known(api, ids)
    if known != set(ids):
        await _send(api, request, file, form, reading, received)
    row = await until(
        lambda: read_statement(api, ids[0]), lambda row: row["status"] not in ("taking", "matching"), wait_s=_WAIT_S
    )
    return Answer(statement_shape(row, ids[1:]), status_code=200 if known == set(ids) else 201)


async def _send(
    api: Api,
    request: Request,
    file: IO[bytes],
    form: StatementFormat,
    reading: Reading,
    received: Mapping[str, ReceiveStatement],
) -> None:
    """Each statement is there before its entries are on their way; these are in the log when this returns."""
    async for command in commands(file, form, reading, received, api.vault):
        if isinstance(command, ReceiveStatement):
            await api.command(request, command)
        else:
            await api.send(request, command)


async def _known(api: Api, ids: Sequence[str]) -> set[str]:
    """Which of these statements are there, with all their entries."""
    sql = "select statement_id from bank_statement_row where statement_id = any($1::text[]) and taken = entries"
    return {row["statement_id"] for row in await api.db.fetch(sql, ids)}


async def _progress(api: Api, request: Request, statement_id: str, kind: type[OfBankAccount], busy: str) -> Response:
    row = await read_statement(api, statement_id)
    await api.command(request, kind(bank_account=row["bank_account"], statement_id=statement_id))
    after = await until(
        lambda: read_statement(api, statement_id),
        lambda row: row["status"] != busy and not row["booking"],
        wait_s=_WAIT_S,
    )
    return Answer(statement_shape(after))


def _format(name: str | None, head: bytes) -> StatementFormat | None:
    if name is None:
        return detected(head)
    found = statement_formats().get(name)
    if found is None:
        detail = f"format is one of {', '.join(statement_formats())}, not {name[:40]!r}"
        raise BadParameter("format", detail, code="not_allowed")
    return found


def _columns(text: str) -> CsvColumns | None:
    if not text:
        return None
    try:
        return CsvColumns.model_validate(msgspec.json.decode(text))
    except msgspec.DecodeError as error:
        raise Rejection("malformed", f"columns is not JSON: {error}", pointer="/columns") from error
    except ValidationError as error:
        raise Rejections(refusals(error, pointer="/columns")) from error
