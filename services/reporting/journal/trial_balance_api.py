"""What every account of the chart comes to, by whole months: of each currency debits are credits.

GET /v1/trial-balance?from=2026-10&to=2026-12&currency=EUR
{"items": [{"number": "1100", "account": "receivables", "opening": "0.00", "debit": "125.28", "credit": "50.00", ...}]}
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.reporting.journal.chart import charts
from services.reporting.journal.models import TrialBalance
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.problems import BadParameter
from shared.kernel.decimals import EXACT
from shared.kernel.money import CurrencyCode, format_amount

Month = Annotated[str, Query(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
_ABOUT: Final = ("plan_id", "tax_class", "tax_category", "tax_rate", "method")
_SUMS: Final = f"""
select month, account, currency, {", ".join(_ABOUT)}, sum(debit) as debit, sum(credit) as credit
  from journal_sum where month <= $1 and ($2::text is null or currency = $2) and ($3::text is null or legal_entity = $3)
 group by month, account, currency, {", ".join(_ABOUT)}
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/trial-balance", dependencies=[api.roles(*READERS)], response_model=TrialBalance)
    async def trial_balance(
        from_: Annotated[Month | None, Query(alias="from")] = None,
        to: Month | None = None,
        currency: CurrencyCode | None = None,
        legal_entity: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        """By number of the chart that holds in the last month; `from` and `to` are months, this one by default. What is
        booked at its end already (revenue that is released) is in a month that is not over. `legal_entity` empty is the
        operator; without it all are summed."""
        now = api.clock.now()
        end = _month(to) or now.date().replace(day=1)
        start = _month(from_) or end
        if end < start:
            raise BadParameter("to", f"to ({to}) is before from ({from_})")
        items = await _items(api, start, end, currency, legal_entity)
        months = {"month_from": f"{start:%Y-%m}", "month_to": f"{end:%Y-%m}"}
        return Answer({"items": items, **months, "as_of": now})

    return routes


def _month(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(f"{text}-01")


async def _items(
    api: Api, start: date, end: date, currency: str | None, legal_entity: str | None
) -> list[dict[str, Any]]:
    chart = (await charts(api.db)).on(end)
    sums: dict[tuple[str, str, str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in await api.db.fetch(_SUMS, end, currency, legal_entity):
        number = chart.number(row["account"], row)
        of = sums[number.number, number.name, row["account"], row["currency"]]
        change = EXACT.subtract(row["debit"], row["credit"])
        if row["month"] < start:
            of["opening"] = EXACT.add(of["opening"], change)
        else:
            of["debit"] = EXACT.add(of["debit"], row["debit"])
            of["credit"] = EXACT.add(of["credit"], row["credit"])
        of["closing"] = EXACT.add(of["closing"], change)
    return [
        {
            **{"number": number, "name": name, "account": account, "currency": code},
            **{part: format_amount(of[part], code) for part in ("opening", "debit", "credit", "closing")},
        }
        for (number, name, account, code), of in sorted(sums.items())
    ]
