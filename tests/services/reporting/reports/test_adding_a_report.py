"""A report is one file: its path, its shape and its export follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from services.reporting import reports as folder
from services.reporting.export.columns import columns_of
from services.reporting.reports import reports
from services.reporting.reports.contract import Report
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened

CURRENCIES = '''"""How many accounts there are in each currency."""

from services.reporting.reports.contract import Column, Report, fetch


SQL = """
select currency, count(*) as accounts from account_row
 where :currency is null or currency = :currency group by 1 order by 1
"""


async def run(database, question):
    return [dict(row) for row in await fetch(database, SQL, question)]


REPORT = Report(
    name="currencies",
    definition="How many accounts there are in each currency.",
    columns=(Column("currency", "text", "the currency"), Column("accounts", "count", "accounts in it")),
    run=run,
    takes=("currency",),
    examples=({"currency": "EUR", "accounts": 7},),
)
'''


@pytest.fixture
def _added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "currencies.py").write_text(CURRENCIES)
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    reports.cache_clear()
    yield
    monkeypatch.undo()
    reports.cache_clear()


@pytest.mark.parametrize("report", reports().values(), ids=lambda report: report.name)
def test_a_report_shows_what_its_rows_look_like(report: Report) -> None:
    assert report.examples
    for example in report.examples:
        row: BaseModel = report.row.model_validate(example, extra="forbid")
        shown: dict[str, Any] = row.model_dump(by_alias=True, exclude_unset=True)
        assert shown == example


@pytest.mark.usefixtures("_added")
def test_a_new_file_is_a_report_and_can_be_exported() -> None:
    assert columns_of(reports()["currencies"].row) == ("currency", "accounts")


@pytest.mark.servers
@pytest.mark.usefixtures("_added")
async def test_a_new_file_has_a_path_and_a_shape(stage: Stage) -> None:
    again = Stage(stage.pool, stage.settings, stage.vault)  # the routes are made when a process starts
    await again.tell("rating.events", account_opened(), account_opened("acc-2", currency="JPY"))
    answer = await again.read("/v1/reports/currencies", currency="JPY")
    assert answer["items"] == [{"currency": "JPY", "accounts": 1, "rows": {"accounts": None}}]
    assert (await again.get("/v1/reports/currencies", group_by="day")).status_code == 422
    paths = (await again.read("/openapi.json", role=None))["paths"]
    assert "/v1/reports/currencies" in paths
