"""Charts of accounts, and exports of the journal that go forward only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from services.payments.bookkeeping.checking import check
from services.payments.bookkeeping.messages import (
    NEUTRAL,
    AccountRule,
    ChartOfAccountsSet,
    ChartTerms,
    DatevTerms,
    ExportJournal,
    JournalExported,
    LedgerAccount,
    SetChartOfAccounts,
)
from services.payments.bookkeeping.samples import SAMPLES
from services.payments.bookkeeping.state import Bookkeeping
from shared.kernel.errors import Rejection
from tests.services.payments.story import payments

DATEV = DatevTerms(consultant=29098, client=55003)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
OVER = datetime(2026, 12, 2, tzinfo=UTC)


def chart(effective_from: str = "2026-01-01", terms: ChartTerms = NEUTRAL) -> SetChartOfAccounts:
    return SetChartOfAccounts(effective_from=date.fromisoformat(effective_from), terms=terms)


def export(month: date = OCTOBER, n: int = 1, *, closes: bool = True, cut: tuple[int, ...] = (4, 0)) -> ExportJournal:
    return ExportJournal(export_id=f"je-{n}", month=month, closes=closes, cut={"payments": list(cut)})


def with_rule(account: LedgerAccount, number: str, **about: Any) -> ChartTerms:
    return msgspec.structs.replace(
        NEUTRAL, rules=[*NEUTRAL.rules, AccountRule(account=account, number=number, **about)]
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_are_charts_also_for_datev(sample: ChartTerms) -> None:
    check(msgspec.structs.replace(sample, datev=DATEV))


@pytest.mark.parametrize(
    ("terms", "code", "pointer"),
    [
        (msgspec.structs.replace(NEUTRAL, rules=NEUTRAL.rules[1:]), "account_missing", "/rules"),
        (with_rule("bank", "1201"), "account_named_twice", "/rules/17"),
        (with_rule("receivables", "1101", plan_id="home"), "not_of_this_account", "/rules/17/plan_id"),
        (with_rule("bank", "1 200", method="card"), "account_number_wrong", "/rules/17/number"),
        (
            msgspec.structs.replace(with_rule("bank", "12000000", method="card"), datev=DATEV),
            "account_number_wrong",
            "/rules/17/number",
        ),
        (
            msgspec.structs.replace(NEUTRAL, datev=DatevTerms(consultant=1000, client=1)),
            "out_of_bounds",
            "/datev/consultant",
        ),
    ],
)
def test_a_chart_that_leaves_something_open_is_refused(terms: ChartTerms, code: str, pointer: str) -> None:
    payments().when(chart(terms=terms)).then_refused(code, pointer=pointer)


def test_all_that_is_wrong_with_a_chart_is_told_together() -> None:
    wrong = msgspec.structs.replace(NEUTRAL, rules=[*NEUTRAL.rules[2:]], datev=DatevTerms(consultant=1, client=0))
    with pytest.raises(Rejection) as refused:
        check(wrong)
    assert len(refused.value.all) == 4


def test_charts_are_counted_and_a_stale_one_is_refused() -> None:
    spec = payments().when(chart()).then(ChartOfAccountsSet(effective_from=date(2026, 1, 1), terms=NEUTRAL, version=1))
    spec.when(chart("2027-01-01"), expected_version=0).then_refused("version_mismatch")
    spec.when(chart("2027-01-01"), expected_version=1)
    state = spec.get(Bookkeeping, "bookkeeping")
    assert state is not None and state.charts == 2


def test_a_month_is_exported_once_it_is_over_everywhere() -> None:
    spec = payments().when(export(), now=datetime(2026, 11, 1, 11, 59, tzinfo=UTC))
    spec.then_refused("month_not_over", pointer="/month")
    spec.when(export(), now=datetime(2026, 11, 1, 12, tzinfo=UTC)).then(
        JournalExported(export_id="je-1", n=1, month=OCTOBER, closes=True, cut={"payments": [4, 0]}, chart_version=0)
    )


def test_a_closed_month_is_exported_no_more_and_the_next_one_says_from_when_it_is_open() -> None:
    spec = payments().when(chart()).when(export(), now=OVER)
    spec.when(export(n=2)).then_refused("month_closed", pointer="/month")
    spec.when(chart("2026-10-31")).then_refused("month_closed", pointer="/effective_from")
    spec.when(export(NOVEMBER, 2, cut=(9, 3)))
    (event,) = (event for event in spec.events if isinstance(event, JournalExported))
    assert (event.n, event.opens_on, event.chart_version) == (2, NOVEMBER, 1)


def test_a_month_that_is_not_closed_is_exported_again_with_what_came_since_and_none_before_it() -> None:
    spec = payments().when(export(NOVEMBER, closes=False), now=OVER)
    spec.when(export(OCTOBER, 2)).then_refused("month_before_last", pointer="/month")
    spec.when(export(NOVEMBER, 2, closes=False, cut=(9, 3)))
    assert any(isinstance(event, JournalExported) and event.opens_on is None for event in spec.events)


def test_a_cut_goes_nowhere_back_though_a_caller_has_read_less() -> None:
    spec = payments().when(export(cut=(9, 3)), now=OVER).when(export(NOVEMBER, 2, cut=(7, 5)))
    (event,) = (event for event in spec.events if isinstance(event, JournalExported))
    assert event.cut == {"payments": [9, 5]}
