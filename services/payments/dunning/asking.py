"""Dunning of an account as the deciders see it, read from the database for an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from services.payments.balance.state import Payer
from services.payments.dunning.coming import Coming, coming
from services.payments.dunning.standing import day_after
from shared.engine.stored_states import StoredStates
from shared.http.api import Api
from shared.kernel.calendar import local_date
from shared.kernel.decider import View
from shared.kernel.partition import partition_of

T = TypeVar("T")
AHEAD_DAYS: Final = 400
"""So far ahead steps are shown."""


async def asked(api: Api, account_id: str, function: Callable[[View], T]) -> T:
    """What the function says of the states of the account's partition."""
    home = partition_of(account_id, api.settings.partitions)
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        return await StoredStates(connection, home=home).ask(function)


async def coming_steps(api: Api, account_id: str) -> list[Coming]:
    """The steps that an account reaches if nothing is paid."""

    def found(view: View) -> list[Coming]:
        payer = view.get(Payer, account_id)
        if payer is None:
            return []
        today: date = local_date(api.clock.now(), payer.time_zone)
        return coming(payer, view, today, day_after(today, AHEAD_DAYS))

    return await asked(api, account_id, found)
