"""A plan that an account takes, and how far its flat prices are charged."""

from __future__ import annotations

from datetime import date

from shared.kernel.decider import State


class Subscription(State, frozen=True, kw_only=True):
    """A plan that an account takes from `start` to `end` (exclusive, open when `None`).

    `charged_through` maps a flat price, `<plan version>/<price index>`, to the end of what has been charged of it.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    end: date | None = None
    charged_through: dict[str, date] = {}

    @property
    def key(self) -> str:
        return self.subscription_id

    def active_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def charged_key(plan_version: int, price_index: int) -> str:
    """Which flat price a `charged_through` is about."""
    return f"{plan_version}/{price_index}"
