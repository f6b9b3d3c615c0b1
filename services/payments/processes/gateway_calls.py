"""Calls of gateways, made: what a gateway file says as data goes over the wire here, and answers come back read.

    calls = GatewayCalls(pool, vault, client)
    await calls.charge(gateway, charge)                    # Answer(outcome="succeeded", reference="pi_1")
    await calls.look_up(gateway, "col-1-1", "", now)       # None where it can't be asked

Whatever is lost on the way is `unknown`, and so is what can't be read. A secret is opened for each call and kept
nowhere; what signing in has given is kept for its life.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import httpx
import structlog

from services.payments.direct_debit.messages import ONLY
from services.payments.gateways.contract import Access, Answer, Call, Charge, Gateway, PayTo, Refund, Refunds
from shared.engine.postgres import Pool
from shared.http.vault import Vault
from shared.kernel.sealed import SealedSecret

log = structlog.get_logger()

TIMEOUT_S: Final = 20.0
BYTES_MAX: Final = 1 << 20
_SPARE_S: Final = 60
"""A session is renewed so long before its end."""
NOT_CONFIGURED: Final = Answer(outcome="failed", code="gateway_not_configured")
NOT_SIGNED_IN: Final = Answer(outcome="failed", code="gateway_refuses_us")


class GatewayCalls:
    def __init__(self, pool: Pool, vault: Vault, client: httpx.AsyncClient) -> None:
        self._pool = pool
        self._vault = vault
        self._client = client
        self._sessions: dict[tuple[str, str], tuple[str, float]] = {}

    async def charge(self, gateway: Gateway, charge: Charge) -> Answer:
        if gateway.local is not None:
            return gateway.local(charge, Access(pay_to=await self._pay_to()))
        access = await self._access(gateway)
        if not isinstance(access, Access):
            # Nothing was charged: another day somebody has set it up, or it lets us in.
            return access
        call = gateway.charge(charge, access)
        return call if isinstance(call, Answer) else await self._called(gateway, call)

    async def look_up(self, gateway: Gateway, intent_id: str, reference: str, now: datetime) -> Answer | None:
        """`None` where there is nothing to ask, or nobody to be asked now."""
        if gateway.local is not None:
            return None
        access = await self._access(gateway)
        call = gateway.look_up(intent_id, reference, access, now) if isinstance(access, Access) else None
        return None if call is None else await self._called(gateway, call)

    async def refund(self, gateway: Gateway, refunds: Refunds, refund: Refund, *, asks: bool) -> Answer:
        """Pays back, or with `asks` asks what came of it. What could not be sent to anybody has not been paid."""
        if refunds.local is not None:
            return refunds.local(refund)
        access = await self._access(gateway)
        if not isinstance(access, Access):
            return Answer(outcome="unknown", code=access.code) if asks else access
        call = refunds.look_up(refund, access) if asks else refunds.refund(refund, access)
        said = await self._sent(gateway, call)
        if said is None:
            return Answer(outcome="unknown", code="timeout")
        return self._read(gateway, said, lambda status, body: refunds.read(status, body, refund.intent_id))

    async def cancel(self, gateway: Gateway, reference: str) -> Answer | None:
        """What the gateway says of a charge that is called off; `None` where it need not be told."""
        if gateway.cancel is None or not reference:
            return None
        access = await self._access(gateway)
        if not isinstance(access, Access):
            return Answer(outcome="unknown", code=access.code)
        return await self._called(gateway, gateway.cancel(reference, access))

    async def _pay_to(self) -> PayTo | None:
        row = await self._pool.fetchrow("select name, iban, bic from creditor_row where creditor_key = $1", ONLY)
        return None if row is None else PayTo(**row)

    async def _access(self, gateway: Gateway) -> Access | Answer:
        row = await self._pool.fetchrow("select * from gateway_row where gateway = $1", gateway.name)
        if row is None:
            return NOT_CONFIGURED
        access = Access(
            secret=await self._vault.open_secret(SealedSecret(row["secret"])),
            webhook_secret=await self._vault.open_secret(SealedSecret(row["webhook_secret"])),
            base_url=row["base_url"],
            merchant=row["merchant"],
            callback_url=row["callback_url"],
        )
        return await self._signed_in(gateway, access, row["secret"])

    async def _signed_in(self, gateway: Gateway, access: Access, sealed: str) -> Access | Answer:
        if gateway.sign_in is None or gateway.signed_in is None:
            return access
        key, now = (gateway.name, sealed), asyncio.get_running_loop().time()
        token, until = self._sessions.get(key, ("", 0.0))
        if now >= until:
            said = await self._sent(gateway, gateway.sign_in(access))
            session = None if said is None else gateway.signed_in(said.status_code, said.content)
            if session is None:
                return NOT_SIGNED_IN
            token = session.token
            self._sessions[key] = (token, now + max(0, session.life_s - _SPARE_S))
        fields = {name: getattr(access, name) for name in access.__struct_fields__}
        return Access(**{**fields, "session": token})

    async def _called(self, gateway: Gateway, call: Call) -> Answer:
        said = await self._sent(gateway, call)
        if said is None:
            return Answer(outcome="unknown", code="timeout")
        return self._read(gateway, said, gateway.read)

    def _read(self, gateway: Gateway, said: httpx.Response, read: Callable[[int, bytes], Answer]) -> Answer:
        if len(said.content) > BYTES_MAX:
            return Answer(outcome="unknown", code="too_large")
        try:
            return read(said.status_code, said.content)
        except Exception:
            # A bug of one gateway's file: what came of the charge is asked for again, and all else goes on.
            log.exception("gateway_answer_not_read", gateway=gateway.name, status=said.status_code)
            return Answer(outcome="unknown", code="unreadable")

    async def _sent(self, gateway: Gateway, call: Call) -> httpx.Response | None:
        try:
            return await self._client.request(call.method, call.url, headers=dict(call.headers), content=call.body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("gateway_not_reached", gateway=gateway.name, error=type(error).__name__)
            return None
