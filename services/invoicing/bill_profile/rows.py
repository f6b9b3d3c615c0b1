"""How accounts are billed, as rows: one each, with the period that closes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from services.invoicing.bill_profile.messages import BillProfileOpened, PeriodExpected
from shared.engine.service import Applied

Row = tuple[Any, ...]

_PROFILE: Final = """
insert into bill_profile (partition, account_id, name, currency, tax, cycle_id, time_zone, terms_days)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_EXPECTED: Final = """
update bill_profile set expected_start = $3, expected_end = $4 where partition = $1 and account_id = $2
"""

IN_ORDER: Final = (
    _PROFILE,
    _EXPECTED,
)


def rows(applied: Applied) -> Iterator[tuple[str, Row]]:
    """The statements an event takes part in, with its values but the partition."""
    match applied.event:
        case BillProfileOpened() as event:
            yield _PROFILE, _profile(event)
        case PeriodExpected() as event:
            yield _EXPECTED, (event.account_id, event.period.start, event.period.end)


def _profile(event: BillProfileOpened) -> Row:
    return (
        event.account_id,
        event.name,
        event.currency,
        msgspec.json.encode(event.tax).decode(),
        event.cycle_id,
        event.time_zone,
        event.terms_days,
    )
