"""How many wrong codes an account and a caller may try, at the API.

Ten in an hour for an account; a hundred for a caller, who may be the shop of all customers. A code is one of 29^15:
whoever tries a hundred an hour for a century hits one of ten million vouchers with a chance of one in 10^8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fastapi import Request

from services.payments.voucher_guess.messages import CountVoucherGuess
from shared.http.api import Api, caller_of
from shared.http.problems import Unavailable

OF_ACCOUNT: Final = 10
OF_CALLER: Final = 100
_LOCKED: Final = "select max(locked_until) from voucher_guess_row where guesser = any($1::text[])"


async def check_guesses(api: Api, request: Request, account_id: str) -> None:
    """Raises `Unavailable`: 429 `too_many_attempts`, with `Retry-After`."""
    until = await api.db.fetchval(_LOCKED, [guesser for guesser, _ in _guessers(request, account_id)])
    now = api.clock.now()
    if until is not None and now < until:
        wait_s = int((until - now).total_seconds()) + 1
        detail = f"too many codes were wrong; no code is looked at before {until:%Y-%m-%dT%H:%M:%SZ}"
        raise Unavailable("too_many_attempts", detail, retry_after_s=wait_s, status=429)


async def count_guess(api: Api, request: Request, account_id: str) -> None:
    """A code was wrong."""
    for guesser, at_most in _guessers(request, account_id):
        await api.command(request, CountVoucherGuess(guesser=guesser, at_most=at_most, account_id=account_id))


def _guessers(request: Request, account_id: str) -> Iterator[tuple[str, int]]:
    yield f"account:{account_id}", OF_ACCOUNT
    yield f"actor:{caller_of(request).actor}", OF_CALLER
