"""Outgoing webhooks: what has happened is put in the queue of each endpoint that asks for it, and sent.

    durable.webhook_endpoint   held by one process at a time, by a lease: only it looks for and sends what is there
    durable.webhook_delivery   waiting, due  ->  an attempt is written down  ->  the call  ->  what came of it
    … of a process that is no more           ->  its attempt is `unknown`, and made again under the same webhook-id

Each endpoint is served by a task of its own, a few calls at a time: one that hangs holds up no other. An attempt begins
only while the lease outlasts the call, so no two processes ever call for one endpoint at once. Positions and queues are
no part of the tables that a rebuild makes anew, so it repeats nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, Protocol

import asyncpg
import structlog

from services.reporting.identity.changes import By
from services.reporting.processes.event_bodies import Bodies, EventBodies
from services.reporting.processes.told_events import tell
from services.reporting.webhook.answers import kept
from services.reporting.webhook.bodies import MEDIA_TYPE, sample_of
from services.reporting.webhook.deliveries import (
    CALL_S,
    After,
    Delivery,
    Outcome,
    begin,
    close_open_attempts,
    due,
    end,
    forget_old,
    has_failed_long,
    ready,
)
from services.reporting.webhook.endpoints import (
    FAILING,
    GONE,
    Endpoint,
    Held,
    disable,
    find_endpoint,
    held,
    hold,
    let_go,
)
from services.reporting.webhook.receivers import Receivers
from services.reporting.webhook.schedule import DISABLED_AFTER_S, REST_FROM, rest_s, retry_after_s, retry_s
from shared.engine.postgres import AWAY, Pool
from shared.engine.settings import Settings
from shared.http import outgoing
from shared.http.outgoing import FAULTS, Refused
from shared.http.problems import Unavailable
from shared.http.vault import Vault
from shared.http.webhook_signature import signed
from shared.kernel.envelope import format_instant
from shared.kernel.errors import Rejection

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.25
LEASE_S: Final = 30.0
RENEW_EVERY_S: Final = 3.0
FORGET_EVERY_S: Final = 60.0
AT_ONCE: Final = 8
"""Calls to one endpoint; one at a time where calls fail."""
BATCH: Final = 64
CALLED_WITHIN_S: Final = 2.0
"""Of an attempt that was written down: later, somebody else may speak for the endpoint before the call ends."""
BEGINNING_BYTES: Final = 1024
STOP_S: Final = 5.0

OUR_NAME: Final = By("webhooks")
OnDisabled = Callable[[Endpoint], Awaitable[None]]


class Process(Protocol):
    """The process around it."""

    @property
    def pool(self) -> Pool: ...
    @property
    def settings(self) -> Settings: ...


async def say_so(endpoint: Endpoint) -> None:
    """An endpoint was switched off without anybody asking; the overview shows it. Here a mail can be sent, too."""
    log.warning("webhook_endpoint_disabled", endpoint=endpoint.endpoint_id, reason=endpoint.disabled_because)


async def run_webhooks(process: Process) -> None:
    """Run until cancelled. A bug outside of one call is the end of the process."""
    vault = Vault(process.settings)
    webhooks = Webhooks(process, vault, EventBodies(lambda: process.settings))
    try:
        await webhooks.run()
    finally:
        await webhooks.stop()
        await vault.close()


class Webhooks:
    """Sends for the endpoints that this process holds."""

    def __init__(
        self,
        process: Process,
        vault: Vault,
        bodies: Bodies,
        *,
        on_disabled: OnDisabled = say_so,
        at_once: int = AT_ONCE,
    ) -> None:
        self._process = process
        self._vault = vault
        self._bodies = bodies
        self._on_disabled = on_disabled
        self._at_once = at_once
        self._receivers = Receivers(process.settings.webhook_networks or "")
        self.holder: Final = os.urandom(8).hex()
        self._held: dict[str, Held] = {}
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._renew_at = 0.0
        self._forget_at = 0.0

    async def run(self) -> None:
        while True:
            more = False
            try:
                more = await self.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                # The database is away, or its tables are being exchanged: what is to be sent stands there still.
                log.warning("webhooks_met_fault", error=repr(error))
            await asyncio.sleep(0 if more else LOOK_EVERY_S)

    async def look(self) -> bool:
        """One round: leases, what has happened, what is due. Whether more has happened than one round takes."""
        for endpoint_id, task in list(self._serving.items()):
            if task.done():
                del self._serving[endpoint_id]
                task.result()
        await self._renew()
        if not self._held:
            return False
        more = await tell(self._pool, self.holder, list(self._held.values()))
        for endpoint_id in await ready(self._pool, self.holder):
            if endpoint_id not in self._serving:
                self._serving[endpoint_id] = asyncio.create_task(self._serve(endpoint_id), name="webhooks")
        return more

    async def settled(self) -> None:
        """Until what was begun is through."""
        await asyncio.gather(*self._serving.values())

    async def stop(self) -> None:
        """Calls that are under way may end, so that their outcome is known."""
        serving = list(self._serving.values())
        if serving:
            await asyncio.wait(serving, timeout=STOP_S)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        with suppress(TimeoutError, *AWAY, asyncpg.PostgresError):
            async with asyncio.timeout(STOP_S / 2):
                await let_go(self._pool, self.holder)

    async def _renew(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._renew_at:
            endpoints = await hold(self._pool, self.holder, LEASE_S)
            self._renew_at = now + RENEW_EVERY_S
            new = [one.endpoint_id for one in endpoints if one.endpoint_id not in self._held]
            if new:
                await close_open_attempts(self._pool, new)
        elif self._held:
            endpoints = await held(self._pool, self.holder)
        else:
            return
        self._held = {one.endpoint_id: one for one in endpoints}
        if self._held and now >= self._forget_at:
            self._forget_at = now + FORGET_EVERY_S
            await forget_old(self._pool)

    async def _serve(self, endpoint_id: str) -> None:
        """Send what is due to one endpoint, until nothing is."""
        try:
            while (endpoint := self._held.get(endpoint_id)) is not None:
                deliveries = await due(self._pool, endpoint_id, BATCH)
                if not deliveries or not await self._send(endpoint, deliveries):
                    return
        except (*AWAY, asyncpg.PostgresError, Unavailable) as error:
            # Before a call nothing was written down; after one the attempt has no outcome, and is made again.
            log.warning("webhooks_met_fault", endpoint=endpoint_id, error=repr(error))

    async def _send(self, endpoint: Held, deliveries: list[Delivery]) -> bool:
        """Whether anything was called for."""
        bodies = await self._bodies.of(self._pool, deliveries)
        calls = _Calls(endpoint, await self._secrets(endpoint))
        place = asyncio.Semaphore(1 if endpoint.failures >= REST_FROM else self._at_once)

        async def in_turn(delivery: Delivery) -> bool:
            async with place:
                return await self._attempt(calls, delivery, self._body(delivery, bodies))

        # All of them end, whatever one meets: what was called has an outcome to be told.
        ends = await asyncio.gather(*(in_turn(delivery) for delivery in deliveries), return_exceptions=True)
        for one in ends:
            if isinstance(one, BaseException):
                raise one
        return any(ends)

    async def _secrets(self, endpoint: Held) -> list[str]:
        sealed = [endpoint.secret]
        if endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > datetime.now(UTC):
            sealed.append(endpoint.previous_secret)
        return [await self._vault.open_secret(one) for one in sealed]

    def _body(self, delivery: Delivery, bodies: dict[str, bytes]) -> bytes | None:
        if delivery.event_id is not None:
            return bodies.get(delivery.event_id)
        made = format_instant(delivery.created_at)
        return sample_of(self._process.settings.env, delivery.delivery_id, delivery.endpoint_id, made)

    async def _attempt(self, calls: _Calls, delivery: Delivery, body: bytes | None) -> bool:
        clock = asyncio.get_running_loop().time
        written_at = clock()
        number = await begin(self._pool, self.holder, delivery)
        if number is None:
            return False
        if clock() - written_at > CALLED_WITHIN_S:
            await end(self._pool, delivery, number, Outcome("unknown", "not_called"), After(0.0, None))
            return True
        outcome, waits_s = await self._call(calls, delivery, body)
        await end(self._pool, delivery, number, outcome, calls.after(delivery, outcome, waits_s))
        if outcome.kind == "failed" and not delivery.sample:
            await self._switch_off(delivery.endpoint_id, outcome)
        return True

    async def _call(self, calls: _Calls, delivery: Delivery, body: bytes | None) -> tuple[Outcome, float]:
        """What came of it, and how long the receiver asks us to wait."""
        if body is None:
            return Outcome("failed", "event_lost", "the log does not have this event"), 0.0
        clock = asyncio.get_running_loop().time
        began, waits_s = clock(), 0.0
        try:
            received = await self._post(calls, delivery, body)
            fine = 200 <= received.status < 300
            answer = kept(received.beginning, *calls.secrets)
            outcome = Outcome("delivered" if fine else "failed", str(received.status), answer)
            waits_s = retry_after_s(received.retry_after, datetime.now(UTC)) if received.status in (429, 503) else 0.0
        except TimeoutError:
            outcome = Outcome("failed", "timeout", f"no answer within {CALL_S:g} s")
        except Refused as why:
            outcome = Outcome("failed", "address_refused", str(why))
        except FAULTS as error:
            outcome = Outcome("failed", "no_connection", kept(f"{type(error).__name__}: {error}", *calls.secrets))
        except Exception as error:
            # A bug of ours is isolated to the delivery that met it.
            log.error("webhook_bug", delivery=delivery.delivery_id, exc_info=error)
            outcome = Outcome("failed", "bug", "a bug of Meterlog's; the service's log says more")
        return outcome._replace(duration_ms=round((clock() - began) * 1000)), waits_s

    async def _post(self, calls: _Calls, delivery: Delivery, body: bytes) -> outgoing.Received:
        """The id is the event's own: whatever process sends it, however often, the receiver knows it again."""
        secret, *earlier = calls.secrets
        message_id = delivery.delivery_id if delivery.sample else delivery.event_id or delivery.delivery_id
        headers = signed(secret, message_id, body, datetime.now(UTC), *earlier)
        url = calls.endpoint.url
        return await outgoing.post(
            url,
            {**headers, "content-type": MEDIA_TYPE, "user-agent": "Meterlog-Webhooks"},
            body,
            check=self._receivers.check(url.partition(":")[0].lower()),
            timeout_s=CALL_S,
            beginning_bytes=BEGINNING_BYTES,
        )

    async def _switch_off(self, endpoint_id: str, outcome: Outcome) -> None:
        if outcome.code == "410":
            reason = GONE
        elif await has_failed_long(self._pool, endpoint_id, DISABLED_AFTER_S):
            reason = FAILING
        else:
            return
        with suppress(Rejection):  # somebody has deleted it
            if await disable(self._pool, endpoint_id, reason, OUR_NAME):
                await self._on_disabled(await find_endpoint(self._pool, endpoint_id))

    @property
    def _pool(self) -> Pool:
        return self._process.pool


class _Calls:
    """The calls to one endpoint that are made together."""

    def __init__(self, endpoint: Held, secrets: list[str]) -> None:
        self.endpoint = endpoint
        self.secrets = secrets
        self._failures = endpoint.failures

    def after(self, delivery: Delivery, outcome: Outcome, waits_s: float) -> After | None:
        """What follows; `None` of success."""
        if outcome.kind == "delivered":
            self._failures = 0
            return None
        if delivery.sample or outcome.code == "event_lost":
            return After(None, None)
        again_s = retry_s(delivery.tries + 1, chance=random.random())
        if outcome.code == "bug":
            return After(again_s, None)
        self._failures += 1
        rests_s = max(rest_s(self._failures, chance=random.random()), waits_s)
        return After(None if again_s is None else max(again_s, waits_s), rests_s)
