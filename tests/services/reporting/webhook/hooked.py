"""Reporting with a process that sends webhooks, as far as one test needs it: what happens is told by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx

from services.reporting.processes.webhooks import Webhooks
from services.reporting.webhook.bodies import body_of
from services.reporting.webhook.deliveries import Delivery
from services.reporting.webhook.endpoints import Endpoint
from shared.engine.postgres import Pool
from shared.kernel.envelope import to_headers
from shared.kernel.message import Event, encode
from tests.services.invoicing.processes.receiver import Receiver
from tests.services.reporting.stage import Stage

NETWORKS = "127.0.0.0/8"


@dataclass
class Hooked:
    """`stage` with the settings under which receivers may stand on this machine."""

    stage: Stage
    disabled: list[Endpoint] = field(default_factory=list)

    @property
    def pool(self) -> Pool:
        return self.stage.pool

    def process(self, **more: Any) -> Webhooks:
        """One that sends. Stop it: its endpoints are otherwise held for half a minute."""
        host = SimpleNamespace(pool=self.stage.pool, settings=self.stage.settings)

        async def noted(endpoint: Endpoint) -> None:
            self.disabled.append(endpoint)

        return Webhooks(host, self.stage.vault, self, on_disabled=noted, **more)

    async def of(self, pool: Pool, deliveries: Iterable[Delivery]) -> dict[str, bytes]:
        """Bodies of what the stage told."""
        events = {applied.envelope.citation: applied for _, _, applied in self.stage.told}
        wanted = {one.event_id for one in deliveries if one.event_id in events}
        return {
            one: await body_of(to_headers(events[one].envelope), encode(events[one].event)) for one in wanted if one
        }

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        async with self.stage.client("admin", "user:ann") as client:
            return await client.request(method, f"/v1/{path}", json=body, headers=headers)

    async def get(self, path: str, **parameters: Any) -> Any:
        return await self.stage.read(f"/v1/{path}", **parameters)

    async def endpoint(self, there: Receiver, *events: str, endpoint_id: str = "erp") -> Any:
        """An endpoint that the receiver is behind, and that verifies what it gets with the secret of it."""
        body = {"id": endpoint_id, "url": there.url, "events": events or ("*",)}
        made = await self.ask("POST", "webhook-endpoints", body)
        assert made.status_code == 201, made.text
        there.secret = made.json()["secret"]
        return made.json()

    async def happen(self, topic: str, *events: Event, partition: int = 1) -> None:
        """Let it be told and committed."""
        await self.stage.tell(topic, *events, partition=partition)
        seq = max(a.envelope.seq for t, p, a in self.stage.told if (t, p) == (topic, partition))
        await self.pool.execute(
            """
            insert into meterlog.checkpoint (gen, topic, partition, next_seq)
            select gen, $1, $2, $3 from meterlog.generation where active
            on conflict (gen, topic, partition) do update set next_seq = excluded.next_seq
            """,
            topic,
            partition,
            seq + 1,
        )

    async def sent(self, webhooks: Webhooks, rounds: int = 1) -> None:
        """Let it look and send, and say what came of it."""
        for _ in range(rounds):
            await webhooks.look()
            await webhooks.settled()

    async def hurry(self) -> None:
        """All that waits is due, and no endpoint rests."""
        await self.pool.execute("update durable.webhook_delivery set due_at = now() where status = 'waiting'")
        await self.pool.execute("update durable.webhook_endpoint set rest_until = null")

    async def lose(self) -> None:
        """The process that held the endpoints is dead for long enough."""
        await self.pool.execute("update durable.webhook_endpoint set lease_until = now() - interval '1 s'")

    async def one(self) -> Any:
        """The only delivery, with its attempts."""
        [delivery] = (await self.get("webhook-deliveries"))["items"]
        return await self.get(f"webhook-deliveries/{delivery['id']}")
