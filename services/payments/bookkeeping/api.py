"""The chart of accounts over HTTP: which number of bookkeeping stands for which account of the journal.

GET /v1/chart-of-accounts            every chart that was set, and which of them holds on a day
PUT /v1/chart-of-accounts {"effective_from": "2027-01-01", "name": "SKR 03", "rules": [{"account": "revenue", ...}]}
GET /v1/chart-of-accounts/samples    charts to begin with
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt

from services.payments.bookkeeping.checking import RULES_MAX
from services.payments.bookkeeping.messages import (
    NEUTRAL,
    AccountRule,
    ChartTerms,
    DatevTerms,
    LedgerAccount,
    SetChartOfAccounts,
)
from services.payments.bookkeeping.samples import SAMPLES
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.kernel.bodies import BillingDate, Body, PrintableText

Short = Annotated[PrintableText, Field(max_length=100)]
Number = Annotated[StrictInt, Field(ge=0, le=10**9)]
Part = Annotated[PrintableText, Field(min_length=1, max_length=64)]


class ChartRuleBody(Body):
    """The number that stands for a ledger account: for all of it, or for what is named beside. `automatic`: bookkeeping
    computes tax by itself for that number, which a DATEV export tells it not to do (key 40), as tax is booked apart."""

    account: LedgerAccount
    number: Annotated[PrintableText, Field(min_length=1, max_length=20)]
    name: Short = ""
    plan_id: Part | None = None
    tax_class: Part | None = None
    tax_category: Part | None = None
    tax_rate: Part | None = None
    method: Part | None = None
    automatic: StrictBool = False


class ChartDatevBody(Body):
    """Whose books these are in DATEV: consultant (Beraternummer), client (Mandantennummer), the month in which their
    year begins, and how many digits accounts have (Sachkontenlänge)."""

    consultant: Number
    client: Number
    year_begins_in: Number = 1
    account_length: Number = 4


class ChartOfAccountsBody(Body):
    """A whole chart, for what is booked from `effective_from` on. `datev` is needed for exports in its format."""

    effective_from: BillingDate
    name: Annotated[PrintableText, Field(min_length=1, max_length=100)]
    rules: Annotated[list[ChartRuleBody], Field(max_length=RULES_MAX)]
    datev: ChartDatevBody | None = None


class ChartRuleShape(BaseModel):
    account: LedgerAccount
    number: str
    name: str
    plan_id: str | None
    tax_class: str | None
    tax_category: str | None
    tax_rate: str | None
    method: str | None
    automatic: bool


class ChartDatevShape(BaseModel):
    consultant: int
    client: int
    year_begins_in: int
    account_length: int


class ChartTermsShape(BaseModel):
    name: str
    rules: list[ChartRuleShape]
    datev: ChartDatevShape | None


class AccountChartShape(ChartTermsShape):
    """A chart that was set. `effective_to` is the day before another one holds; `null` where none follows."""

    version: int
    effective_from: date
    effective_to: date | None
    set_at: AwareDatetime
    set_by: str | None


class ChartOfAccountsShape(BaseModel):
    """The charts, the latest first; of two of the same day the earlier one never holds. `version` is that of the last,
    for `If-Match`. `in_force` is the chart of today, of version 0 the neutral one that holds before any was set."""

    items: list[AccountChartShape]
    version: int
    in_force: ChartTermsShape
    in_force_version: int


class ChartSamplesShape(BaseModel):
    items: list[ChartTermsShape]


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers, path = [api.roles(*READERS)], "/v1/chart-of-accounts"

    @routes.get(path, response_model=ChartOfAccountsShape, dependencies=readers)
    async def chart_of_accounts() -> Response:
        """Every chart that was set, the latest first, and the one that holds today."""
        return Answer(await _charts(api))

    @routes.get(f"{path}/samples", response_model=ChartSamplesShape, dependencies=readers)
    async def samples() -> Response:
        """Charts to begin with: a neutral one, SKR 03 and SKR 04."""
        return Answer({"items": [_terms(sample) for sample in SAMPLES]})

    @routes.put(path, response_model=ChartOfAccountsShape, dependencies=[api.roles("admin")])
    async def set_chart_of_accounts(body: ChartOfAccountsBody, request: Request) -> Response:
        """A whole chart, from a day on that is not closed. `If-Match` takes the version."""
        rules = [AccountRule(**rule.model_dump()) for rule in body.rules]
        datev = None if body.datev is None else msgspec.convert(body.datev.model_dump(), DatevTerms)
        terms = ChartTerms(name=body.name, rules=rules, datev=datev)
        await api.command(request, SetChartOfAccounts(effective_from=body.effective_from, terms=terms))
        return Answer(await _charts(api))

    return routes


_SQL: Final = """
select version, effective_from, terms::text as terms, set_at, set_by from chart_of_accounts_row
 order by effective_from desc, version desc
"""


async def _charts(api: Api) -> dict[str, Any]:
    rows = await api.db.fetch(_SQL)
    today, items = api.clock.now().date(), []
    until: date | None = None
    for row in rows:
        terms = msgspec.json.decode(row["terms"], type=ChartTerms)
        said = {name: row[name] for name in ("version", "effective_from", "set_at", "set_by")}
        items.append({**_terms(terms), **said, "effective_to": until})
        until = date.fromordinal(row["effective_from"].toordinal() - 1)
    holds = next((item for item in items if item["effective_from"] <= today), None)
    return {
        "items": items,
        "version": max((item["version"] for item in items), default=0),
        "in_force": _terms(NEUTRAL) if holds is None else {name: holds[name] for name in _TERMS},
        "in_force_version": 0 if holds is None else holds["version"],
    }


_TERMS: Final[Sequence[str]] = ("name", "rules", "datev")


def _terms(terms: ChartTerms) -> dict[str, Any]:
    rules = [msgspec.structs.asdict(rule) for rule in terms.rules]
    datev = None if terms.datev is None else msgspec.structs.asdict(terms.datev)
    return {"name": terms.name, "rules": rules, "datev": datev}
