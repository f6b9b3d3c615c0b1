"""What every list answers, for the OpenAPI document and the clients generated from it.

class ChargePage(Page):
    items: list[ChargeShape]
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import AwareDatetime, BaseModel


class Total(BaseModel):
    """The sum of one currency over everything that matches."""

    currency: str
    amount: str


class Page(BaseModel):
    """`total` and `totals` are over everything that matches, not only this page; `totals` is empty without money.

    `next_cursor` is null on the last page. Lists that grow for ever are counted up to a bound: if `total_is_minimum`,
    there are more than `total`.
    """

    total: int
    total_is_minimum: bool = False
    totals: Sequence[Total]
    next_cursor: str | None
    as_of: AwareDatetime
