"""Every figure leads to the list that holds exactly the rows behind it: what that sums up is what the report says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest

from services.invoicing.credit_note.shapes import CREDIT_NOTES
from services.reporting.report_rows import row_lists
from services.reporting.reports import reports
from services.reporting.reports.contract import Report
from tests.services.reporting.reports.whole_story import whole_story
from tests.services.reporting.stage import Stage

WITHOUT_ROWS = {
    "deferred-revenue": {"opening"},  # nothing was deferred before October here
    "dunning-funnel": {"step"},
    "kpis": {"delta"},
    "mrr": {"opening", "accounts", "arpu"},
    "top-customers": {"place"},
    "top-plans": {"place"},
}
"""Numbers that are no sums, and what stood on another day than today."""
DAYS = {"from": "2026-08-01", "to": "2026-10-12"}


def questions(report: Report) -> Iterator[dict[str, str]]:
    days = {name: value for name, value in DAYS.items() if report.default_range is not None}
    for group in report.groups or (None,):
        yield days if group is None else days | {"group_by": group}
    if report.groups and report.default_group is None:
        yield days


@pytest.mark.servers
async def test_what_a_list_sums_up_is_what_the_figure_says_that_leads_to_it(stage: Stage) -> None:
    await whole_story(stage)
    await rows_as_documented(stage)
    await stocks_agree(stage)
    compared: dict[str, set[str]] = {}
    wrong: list[Any] = []
    for report in reports().values():
        for question in questions(report):
            for row in (await stage.read(f"/v1/reports/{report.name}", **question))["items"]:
                for figure, path in row["rows"].items():
                    if path is not None:
                        said = Decimal(row[figure])
                        signed = figure.startswith("credited_") or "postings" in path
                        found = await behind(stage, report.name, figure, path, row)
                        differs = rounded(found) != said and (not signed or rounded(found) != -said)
                        wrong += [(report.name, figure, said, found, path, row)] if differs else []
                        compared.setdefault(report.name, set()).update({figure} if said else ())
    assert wrong == [], "\n".join(map(str, wrong))
    wanted = {
        report.name: {column.name for column in report.columns if column.kind in ("money", "count", "figure")}
        for report in reports().values()
    }
    missing = {name: figures - compared.get(name, set()) for name, figures in wanted.items()}
    assert {name: figures for name, figures in missing.items() if figures} == WITHOUT_ROWS


def rounded(amount: Decimal) -> Decimal:
    """To cents: what subscriptions pay for a month may have more digits."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


async def behind(stage: Stage, report: str, figure: str, path: str, row: Mapping[str, Any]) -> Decimal:
    """What the list at the path comes to, as the figure counts it."""
    page = await read(stage, path)
    kind = next(column.kind for column in reports()[report].columns if column.name == figure)
    if kind == "count" or row.get("unit") == "count":
        return Decimal(page["total"])
    assert [total["currency"] for total in page["totals"]] in ([], [row["currency"]])
    if not page["totals"]:
        return Decimal(0)
    (total,) = page["totals"]
    of = figure.removeprefix("credited_")
    return Decimal(total["counted" if report == "payment-methods" else of if of in total else "amount"])


async def read(stage: Stage, path: str) -> Any:
    """A list of reporting's; what invoicing would say of its credit notes, from what it told reporting of them."""
    asked = urlsplit(path)
    assert (asked.scheme, asked.netloc) == ("", ""), "of the same origin"
    given = {name: values[0] for name, values in parse_qs(asked.query).items()}
    if asked.path != "/v1/credit-notes":
        return await stage.read(path, role="auditor")
    assert given.keys() <= CREDIT_NOTES.filters.keys() and given.pop("status") == "issued"
    days = [date.fromisoformat(given[name]) for name in ("from", "to")]
    rows = await stage.pool.fetch(
        "select currency, count(*) as n, sum(total) as amount, sum(net) as net, sum(tax) as tax, sum(total) as total"
        " from credit_note_row where issued_on between $1 and $2 and currency = $3"
        " and ($4::text is null or reason = $4) group by 1",
        *(*days, given["currency"], given.get("reason")),
    )
    return {"total": sum(row["n"] for row in rows), "totals": [dict(row) for row in rows]}


STOCK: Final = """
select c.currency, sum(c.amount) filter (where c.what = 'open') as open,
       sum(c.amount) filter (where c.what = 'overdue') as overdue
  from (select currency, amount, 'open' as what from receivable_row where issued_on <= $1
         union all select currency, amount, 'overdue' from receivable_row where issued_on <= $1 and due_on < $1
         union all select currency, -amount, 'open' from settlement_view where effective_on <= $1
         union all select currency, -amount, 'overdue' from settlement_view where effective_on <= $1 and due_on < $1) c
 group by 1 order by 1
"""
KEPT: Final = """
select currency, sum(amount) filter (where what = 'open') as open,
       sum(amount) filter (where what = 'overdue') as overdue
  from owed_day where what <> 'invoiced' and day <= $1 group by 1 order by 1
"""


async def stocks_agree(stage: Stage) -> None:
    """What is kept by day is what claims and all that settled them come to, on every day."""
    for back in range(150):
        day = date(2026, 11, 1) - timedelta(days=back)
        kept, counted = [await stage.pool.fetch(sql, day) for sql in (KEPT, STOCK)]
        found, wanted = [
            {row["currency"]: (row["open"] or 0, row["overdue"] or 0) for row in rows} for rows in (kept, counted)
        ]
        assert found == wanted, day


async def rows_as_documented(stage: Stage) -> None:
    """Each list's answer is of the shape that it says, and its pages are the whole of it."""
    for rows in row_lists().values():
        whole = await stage.read(rows.path, limit=500)
        rows.page.model_validate(whole, extra="forbid")
        assert whole["total"] == len(whole["items"]) > 0, rows.name
        page = await stage.read(rows.path, limit=9)
        seen = page["items"]
        while page["next_cursor"] is not None:
            page = await stage.read(rows.path, limit=9, cursor=page["next_cursor"])
            seen += page["items"]
        assert seen == whole["items"], rows.name
