"""Accounts with a credit limit or a wallet as the overview counts them.

acc-1   EUR   over   -2.00 available   restricted
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.payments.automatic_top_up.messages import AutomaticTopUpSet, AutomaticTopUpSwitchedOff
from services.payments.exposure.messages import CreditRestrictionAsked, ExposureMoved, UnbilledAsked
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class CreditStandingRow(Row, frozen=True, kw_only=True):
    """An account; `available` is what is left to it, `None` without a limit. `watched`: it has one now. `top_up_off`:
    the rule by which it tops itself up has switched itself off."""

    TABLE = "credit_standing_row"
    KEY = ("account_id",)

    account_id: str
    currency: str
    watched: bool = False
    standing: str = "ok"
    available: Amount | None = None
    restricted: bool = False
    top_up_off: bool = False


class OfAccount(Columns, frozen=True, kw_only=True):
    TABLE = "credit_standing_row"
    KEY = ("account_id",)

    account_id: str


class Watched(OfAccount, Change, frozen=True, kw_only=True):
    watched: bool


class Stands(OfAccount, Change, frozen=True, kw_only=True):
    standing: str
    available: Amount | None


class Restricted(OfAccount, Change, frozen=True, kw_only=True):
    restricted: bool


class TopUpOff(OfAccount, Change, frozen=True, kw_only=True):
    top_up_off: bool


TABLES: Final = Tables(
    insert(CreditStandingRow, known="kept"), update(Watched), update(Stands), update(Restricted), update(TopUpOff)
)
Shown = UnbilledAsked | ExposureMoved | CreditRestrictionAsked | AutomaticTopUpSet | AutomaticTopUpSwitchedOff


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event = applied.event
    match event:
        case UnbilledAsked():
            yield CreditStandingRow.of(event, watched=False)
            if event.watched is not None:
                yield Watched(account_id=event.account_id, watched=event.watched)
        case ExposureMoved():
            yield Stands.of(event)
        case CreditRestrictionAsked():
            yield Restricted.of(event)
        case AutomaticTopUpSet():
            # Whoever sets it has seen it: on, or off because somebody wants it so.
            yield CreditStandingRow(account_id=event.account_id, currency=event.terms.currency)
            yield TopUpOff(account_id=event.account_id, top_up_off=False)
        case AutomaticTopUpSwitchedOff():
            yield TopUpOff(account_id=event.account_id, top_up_off=True)
