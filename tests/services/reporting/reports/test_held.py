"""What reports and lists say to people who are held to legal entities: of theirs everything, of others nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from services.reporting.held import HOLDING
from services.reporting.held_sums import SUMS
from services.reporting.report_rows import row_lists
from services.reporting.reports import reports
from shared.engine.held import OPERATOR, Held, HeldDatabase, Relations
from tests.services.reporting.identity.people import tokens_of
from tests.services.reporting.reports.test_rows import questions
from tests.services.reporting.reports.whole_story import whole_story
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

# All that is of the story, as if one brand had sold it.
SOLD_BY_NL: Final = (
    "insert into journal_entity select partition, 'invoicing', account_id, 'nl' from account_row",
    *(f"update {table} set legal_entity = 'nl' where number is not null" for table in ("invoice_row", "invoice_list")),
    *(f"update {t} set legal_entity = 'nl'" for t in ("journal_entry", "journal_posting", "journal_sum")),
)
LISTS: Final = (
    *("/v1/invoices", "/v1/customer-configs", "/v1/journal", "/v1/trial-balance", "/v1/overview"),
    *("/v1/overview/next-runs", "/v1/events", "/v1/usage/records", "/v1/usage/summary"),
)
NOT_OF_ACCOUNTS: Final = frozenset(
    {
        *("/v1/events", "/v1/reports/events-timeline", "/v1/overview"),
        *("/v1/usage/records", "/v1/usage/summary", "/v1/reports/usage"),
    }
)
"""Here are also events of reference data, and records that nobody's resource has sent: of no account, of no brand."""


async def asked(stage: Stage, path: str, question: dict[str, str], entities: list[str] | None) -> Any:
    token = tokens_of(stage).issue("user:u1", "auditor", legal_entities=entities)
    async with stage.client(role=None) as client:
        answer = await client.get(path, params=question, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, (path, question, entities, answer.text)
    return answer.json()


def all_questions() -> list[tuple[str, dict[str, str]]]:
    of_reports = [(f"/v1/reports/{r.name}", question) for r in reports().values() for question in questions(r)]
    rows: list[tuple[str, dict[str, str]]] = [(f"/v1/reports/rows/{name}", {}) for name in row_lists()]
    summary = {"/v1/usage/summary": {"from": "2026-09-01T00:00:00Z", "to": "2026-10-20T00:00:00Z"}}
    return [*of_reports, *rows, *((path, summary.get(path, {})) for path in LISTS)]


async def test_whoever_is_held_is_told_of_their_own_what_everybody_is_and_of_others_nothing(stage: Stage) -> None:
    await whole_story(stage)
    wrong: list[Any] = []
    for theirs in (OPERATOR, "nl"):
        if theirs == "nl":
            for sql in SOLD_BY_NL:
                await stage.pool.execute(sql)
        for path, question in all_questions():
            whole, mine, others = [await asked(stage, path, question, held) for held in (None, [theirs], ["de"])]
            if path not in NOT_OF_ACCOUNTS and mine != whole:
                wrong.append((theirs, path, question, mine, whole))
            if others.get("items") and figures(others):
                wrong.append(("others", path, question, others))
    assert wrong == [], "\n".join(map(str, wrong))


def figures(answer: dict[str, Any]) -> list[Any]:
    """What rows say beside names and zeros: a report that always has its rows has nothing to tell."""
    nothing = (None, "0.00", "0", 0, "0.0")
    named = ("currency", "group", "bucket", "month", "step", "figure", "rows", "definition", "unit", "points", "name")
    return [
        (name, value)
        for item in answer["items"]
        for name, value in item.items()
        if name not in named and value not in nothing and not isinstance(value, str | list | dict)
    ]


@pytest.mark.parametrize("entity", [OPERATOR, "nl"])
async def test_sums_that_are_made_anew_are_those_that_are_kept(stage: Stage, entity: str) -> None:
    await whole_story(stage)
    if entity == "nl":
        for sql in SOLD_BY_NL:
            await stage.pool.execute(sql)
    relations = await Relations.of(HOLDING, stage.pool)
    theirs = HeldDatabase(stage.pool, relations, Held(frozenset({entity})))
    for table in sorted(set(SUMS) - {"event_day"}):
        columns = ", ".join(sorted(column for column in relations.columns(table) if column != "partition"))
        whose = "where state = 'accepted'" if table.startswith("usage") else ""  # what is set aside may be nobody's
        sql = f"select {columns} from {table} {whose} order by {columns}"
        kept, made = [sorted(repr(plain(row)) for row in await db.fetch(sql)) for db in (stage.pool, theirs)]
        assert without_zeros(kept) == without_zeros(made), table
        assert made, table


def plain(row: Any) -> list[Any]:
    return [value.normalize() if isinstance(value, Decimal) else value for value in row]


def without_zeros(rows: list[str]) -> list[str]:
    """A row that comes to nothing stays where it is kept."""
    return [row for row in rows if not ("Decimal('0')" in row or ", 0)" in row)]
