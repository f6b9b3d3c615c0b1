"""What a query string asks of a report, checked the same way for its path and for its export.

    ask(report, {"from": "2026-09-01", "group_by": "month"}, now)     Question(start=2026-09-01, end=today, ...)

Raises `BadParameter`, which names the parameter and what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from services.reporting.reports.contract import Question, Report
from shared.http.problems import BadParameter
from shared.kernel.bodies import parse_date
from shared.kernel.currency import is_currency


def ask(report: Report, given: Mapping[str, str], now: datetime) -> Question:
    """The question, with the report's own defaults filled in."""
    for name in given:
        if name not in report.takes:
            detail = f"{name} of the report {report.name} is not supported by this version"
            raise BadParameter(name, detail, code="unsupported")
    start, end = (_date(name, given.get(name)) for name in ("from", "to"))
    group_by, currency = given.get("group_by"), given.get("currency")
    if start is not None and end is not None and end < start:
        raise BadParameter("to", f"to ({end}) is before from ({start})")
    if group_by is not None and group_by not in report.groups:
        raise BadParameter("group_by", f"group_by is one of {', '.join(report.groups)}, not {group_by[:100]!r}")
    if currency is not None and not is_currency(currency):
        raise BadParameter("currency", f"{currency[:100]!r} is no currency of ISO 4217")
    asked = report.asked(Question(now=now, start=start, end=end, group_by=group_by, currency=currency))
    _check_span(report, asked)
    return asked


def _date(name: str, text: str | None) -> date | None:
    try:
        return None if text is None else parse_date(text)
    except ValueError as error:
        raise BadParameter(name, str(error)) from error


def _check_span(report: Report, asked: Question) -> None:
    start, end = asked.start, asked.end
    if start is None or end is None:
        return
    if end < start:  # only one of them was given
        raise BadParameter("from", f"from ({start}) is after to ({end})")
    if (end - start).days >= report.days_max:
        detail = f"the report {report.name} is of at most {report.days_max} days; {start} to {end} are more"
        raise BadParameter("from", detail)
