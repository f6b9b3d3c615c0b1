"""Where the rows behind figures of money are read that several reports show."""

from __future__ import annotations

from datetime import timedelta

from services.reporting.report.drilling import Days, between, rows_at
from services.reporting.reports.contract import Question


def invoiced_rows(days: Days, currency: str | None) -> str:
    return rows_at("/v1/invoices", status="issued", currency=currency, **between(days))


def credited_rows(days: Days, currency: str | None) -> str:
    return rows_at("/v1/credit-notes", status="issued", currency=currency, **between(days))


def collected_rows(days: Days, currency: str | None) -> str:
    return rows_at("payment-events", currency=currency, **between(days))


def open_rows(question: Question, days: Days, currency: str | None) -> str | None:
    """What is open now; what was open on another day is no list."""
    return rows_at("open-items", claim=True, currency=currency) if _is_today(question, days) else None


def overdue_rows(question: Question, days: Days, currency: str | None) -> str | None:
    before = days[1] - timedelta(days=1)
    return rows_at("open-items", claim=True, currency=currency, due_to=before) if _is_today(question, days) else None


def _is_today(question: Question, days: Days) -> bool:
    return days[0] <= question.today <= days[1] == question.days[1]
