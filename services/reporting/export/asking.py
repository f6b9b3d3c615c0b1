"""What may be asked for as a file, checked before anything is queued: the job only reads.

asked_of(NewExport(list="invoices", query="status=issued", format="pdf"), caller, names, now)     -> Asked
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Final

import msgspec
from fastapi import Request
from pydantic import Field

from services.reporting.customer.names import CustomerNames
from services.reporting.export.formats import formats
from services.reporting.export.models import FormatName
from services.reporting.export.offered import columns_offered, columns_on_paper
from services.reporting.export.sources import LISTS, ListSource
from services.reporting.export.work import Asked, request_of
from services.reporting.report.asking import ask
from services.reporting.reports import reports
from shared.engine.held import out_of_entity
from shared.http.auth import READERS, Caller
from shared.http.paging import PARAMETERS
from shared.http.problems import BadParameter, not_found
from shared.http.scopes import admits, out_of_scope
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection

_PAGES: Final = tuple(name for name in PARAMETERS if name != "sort")
_SHOWN_MAX: Final = 100


class NewExport(Body):
    """One of `list` (the path below `/v1/`) and `report`; `query` is the query string of that path, without a page.

    `columns` chooses and orders; without it the file has all of them, and a PDF those that fit a page. A PDF speaks the
    `language` (BCP 47) as far as there are words for it (`en`, `de`, `fr`), else English; other formats have the names
    of the API.
    """

    list: str | None = Field(default=None, max_length=64)
    report: str | None = Field(default=None, max_length=64)
    query: PrintableText = Field(default="", max_length=4000)
    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)] | None = None
    format: FormatName = "csv"
    language: Annotated[str, Field(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$", max_length=35)] = "en"


async def asked_of(body: NewExport, caller: Caller, names: CustomerNames, now: datetime) -> Asked:
    """What the job needs to know. Raises what the list or the report itself would refuse."""
    if (body.list is None) == (body.report is None):
        raise Rejection("invalid", "name either a list or a report", pointer="/list")
    if body.report is not None:
        return _of_report(body, body.report, caller, now)
    source = LISTS.get(body.list or "")
    if source is None:
        raise Rejection("invalid", f"a list is one of {', '.join(LISTS)}", pointer="/list")
    asked = Asked(
        list=body.list,
        query=body.query,
        columns=_columns(body),
        format=body.format,
        entities=_entities(caller),
        language=body.language,
    )
    check_role(asked, caller)
    inner = request_of(body.query)
    _check_query(source, inner)
    inner.state.caller = caller
    return msgspec.structs.replace(asked, found=tuple(await names.matching(inner)))


def check_role(asked: Asked, caller: Caller) -> None:
    """Raises the 403 for what this role, or the scopes it is held to, may not read: a file is no way around them."""
    roles = READERS if asked.list is None else LISTS[asked.list].roles
    if caller.role not in roles:
        raise Rejection("forbidden", f"the role {caller.role} may not read this list", status=403)
    path = f"/v1/{asked.list}" if asked.list is not None else f"/v1/reports/{asked.report}"
    if not admits(caller.restrictions, "GET", path):
        raise out_of_scope(caller.role_name)
    held = caller.legal_entities
    if held is not None and (asked.entities is None or not held.issuperset(asked.entities)):
        raise out_of_entity("the file has what is of others, too")


def _entities(caller: Caller) -> tuple[str, ...] | None:
    return None if caller.legal_entities is None else tuple(sorted(caller.legal_entities))


def _of_report(body: NewExport, name: str, caller: Caller, now: datetime) -> Asked:
    report = reports().get(name)
    if report is None:
        raise not_found("report", name)
    asked = Asked(
        report=name,
        query=body.query,
        columns=_columns(body),
        format=body.format,
        entities=_entities(caller),
        language=body.language,
    )
    check_role(asked, caller)
    with _in_the_query():
        ask(report, request_of(body.query).query_params, now)
    return asked


def _columns(body: NewExport) -> tuple[str, ...]:
    most = formats()[body.format].columns_max
    known = tuple(column.name for column in columns_offered(body.list, body.report))
    if body.columns is None:
        return known if len(known) <= most else columns_on_paper(body.list, body.report, most)
    for n, name in enumerate(body.columns):
        if name not in known:
            detail = f"columns are {', '.join(known)}; not {name[:_SHOWN_MAX]!r}"
            raise Rejection("invalid", detail, pointer=f"/columns/{n}")
        if name in body.columns[:n]:
            raise Rejection("invalid", f"the column {name} is there twice", pointer=f"/columns/{n}")
    if len(body.columns) > most:
        detail = f"{body.format} has room for {most} columns; choose fewer, or take Excel"
        raise Rejection("too_many_columns", detail, pointer="/columns", status=422)
    return tuple(body.columns)


def _check_query(source: ListSource, request: Request) -> None:
    with _in_the_query():
        paged = next((name for name in _PAGES if name in request.query_params), None)
        if paged is not None:
            raise BadParameter(paged, f"an export has every row: leave {paged} out")
        source.listing.check(request)


@contextmanager
def _in_the_query() -> Iterator[None]:
    """What the list refuses is refused of the field that holds its query."""
    try:
        yield
    except BadParameter as error:
        raise Rejection(error.code, error.detail, pointer="/query") from error
