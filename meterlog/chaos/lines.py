"""Lines that are suspended and resumed while all else goes on, and what their NAS says that they have.

    async with lossy_nas() as nas:
        lines = Lines(client, nas, random.Random(7))
        await lines.open()
        async with lines.switching(pause_s=2.0):
            ...
        told = await lines.settled()
        told.wrong                        # of so many lines the NAS has something else than they should have

The lines cost nothing and are billed by nobody, so that what is compared stays as it is without them.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from meterlog.chaos.nas import OFF, SECRET, LossyNas
from meterlog.chaos.story import FIRST_MONTH
from meterlog.demo.client import Client, together
from meterlog.demo.world import CURRENCY, TIME_ZONE

COUNT: Final = 6
SETTLED_WITHIN_S: Final = 180.0
_ELEMENT, _CYCLE, _PLAN = "chaos-nas", "chaos-lines", "chaos-line"
_FAST, _SLOW = "chaos-fast", "chaos-slow"
_LOOK_EVERY_S: Final = 0.2
# What a suspension says of access, and what the NAS has then.
_SUSPENSIONS: Final[dict[str, dict[str, Any]]] = {OFF: {}, _SLOW: {"access": "throttled", "profile": _SLOW}}


@dataclass(frozen=True)
class Told:
    """`switches` were made; of `wrong` lines the NAS has something else than they should have, which `places` tell.

    `seconds` lie between a request and the NAS doing what it asks for, of each switch that was waited for.
    """

    switches: int
    wrong: int
    places: list[str]
    seconds: list[float]


class Lines:
    def __init__(self, client: Client, nas: LossyNas, chance: random.Random) -> None:
        self._client = client
        self._nas = nas
        self._chance = chance
        self._should = {f"chaos-line-{n}": _FAST for n in range(COUNT)}
        self._switches = 0
        self._going = False
        self._seconds: list[float] = []

    async def open(self) -> None:
        """Profiles, a plan for nothing, customers, and the network element; the clock stands at the first month."""
        post, since = self._client.post, FIRST_MONTH.isoformat()
        for profile, kbps in ((_FAST, 100_000), (_SLOW, 1_000)):
            rates = {"id": profile, "name": profile, "down_kbps": kbps, "up_kbps": kbps}
            await post("/v1/bandwidth-profiles", rates, key=profile)
        cycle = {"frequency": "month", "anchor_day": 1, "time_zone": TIME_ZONE}
        await post("/v1/billing-cycles", {"id": _CYCLE, "name": _CYCLE, **cycle}, key=_CYCLE)
        prices = [{"model": "flat", "amount": "0.00"}]
        plan = {"id": _PLAN, "name": _PLAN, "currency": CURRENCY, "prices": prices, "bandwidth_profile_id": _FAST}
        await post("/v1/plans", plan, key=_PLAN)
        await post(f"/v1/plans/{_PLAN}/versions/1/publish", {"effective_from": since}, key=f"publish/{_PLAN}")
        element = {"driver": "radius_coa", "address": self._nas.address, "vendor": "generic", "secret": SECRET}
        await post("/v1/network-elements", {"id": _ELEMENT, **element}, key=_ELEMENT)
        await together(self._sign_up(name, since) for name in self._should)

    @asynccontextmanager
    async def switching(self, *, pause_s: float) -> AsyncIterator[None]:
        """Within the block a line is switched every `pause_s`. A refusal ends the block."""
        self._going = True
        async with asyncio.TaskGroup() as group:
            group.create_task(self._switch(pause_s))
            yield
            self._going = False

    async def settled(self) -> Told:
        """Once every line has what it should have, or three minutes are over."""
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while places := [place for name in self._should if (place := await self._differs(name)) is not None]:
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        return Told(self._switches, len(places), places, self._seconds)

    async def _sign_up(self, name: str, since: str) -> None:
        post = self._client.post
        account = {"id": name, "name": name, "currency": CURRENCY, "cycle_id": _CYCLE, "tax_rate": "0"}
        await post("/v1/accounts", account, key=name)
        subscription = {"id": name, "account_id": name, "plan_id": _PLAN, "start": since}
        await post("/v1/subscriptions", subscription, key=f"line/{name}")
        await post("/v1/resources", {"id": f"user:{name}"}, key=f"user/{name}")
        assigned = {"account_id": name, "subscription_id": name, "from": f"{since}T00:00:00Z"}
        await post(f"/v1/resources/user%3A{name}/assignments", assigned, key=f"assign/{name}")

    async def _switch(self, pause_s: float) -> None:
        while self._going:
            name = self._chance.choice(sorted(self._should))
            should = self._chance.choice(sorted(_SUSPENSIONS)) if self._should[name] == _FAST else _FAST
            what, body = ("resume", {}) if should == _FAST else ("suspend", _SUSPENSIONS[should])
            self._switches += 1
            began = time.monotonic()
            self._should[name] = should
            await self._client.post(f"/v1/subscriptions/{name}/{what}", body, key=f"switch/{self._switches}")
            await self._await_state(name, should, began)
            await asyncio.sleep(pause_s)

    async def _await_state(self, name: str, should: str, began: float) -> None:
        while time.monotonic() < began + SETTLED_WITHIN_S:
            line = self._nas.lines.get(name)
            if line is not None and line.state == should:
                self._seconds.append(max(0.0, line.answered_at - began))
                return
            await asyncio.sleep(0.02)

    async def _differs(self, name: str) -> str | None:
        """What is wrong with a line: of the system's own word, or of the NAS's."""
        access = await self._client.get(f"/v1/resources/user%3A{name}/access")
        if access["version"] and not access["acknowledged_at"]:
            return f"{name}: version {access['version']} is not acknowledged after {access['attempts']} attempts"
        line, should = self._nas.lines.get(name), self._should[name]
        # A line that nobody ever touched is as it logged in.
        has = _FAST if line is None else line.state
        return None if has == should else f"{name}: the NAS has {has}, it should be {should}"
