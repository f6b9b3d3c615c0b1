"""Series of customers open by themselves, and nobody else has numbers like theirs."""

from __future__ import annotations

from datetime import date

import pytest

from services.invoicing.numbering_series.choice import series_of
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    Document,
    NumberAssigned,
    NumberingSeriesOpened,
    OpenNumberingSeries,
)
from tests.services.invoicing.story import invoicing


@pytest.mark.parametrize(
    ("kind", "account", "number"),
    [
        ("invoice", "acc-1", "C-acc-1/000001"),
        ("credit_note", "acc-1", "CC-acc-1/000001"),
        ("debit_note", "42", "CD-42/000001"),
    ],
    ids=["invoice", "credit note", "debit note"],
)
def test_a_customers_series_opens_with_its_first_number_and_prints_the_account_r46(
    kind: str, account: str, number: str
) -> None:
    series_id = series_of(kind, account, chosen={}, per_customer=True)
    spec = invoicing().when(
        AssignNumber(
            series_id=series_id,
            document=Document(kind=kind, id="d-1"),
            account_id=account,
            issue_date_asked=date(2026, 10, 1),
        )
    )
    opened, assigned = spec.events
    assert isinstance(opened, NumberingSeriesOpened) and opened.kind == kind
    assert isinstance(assigned, NumberAssigned) and (assigned.n, assigned.number) == (1, number)


@pytest.mark.parametrize(
    ("series_id", "pattern"),
    [("C-acc-1", "X-{n}"), ("mine", "C-acc-1/{n:06}"), ("mine", "cc-{n}"), ("cd-1", "X-{n}")],
    ids=["id", "pattern", "small letters", "id of debit notes"],
)
def test_what_customers_series_begin_with_is_kept_for_them_r46(series_id: str, pattern: str) -> None:
    opening = OpenNumberingSeries(series_id=series_id, kind="invoice", pattern=pattern)
    invoicing().when(opening).then_refused("invalid")
