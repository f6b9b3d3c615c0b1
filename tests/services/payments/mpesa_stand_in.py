"""M-Pesa's API as far as collections use it, on a port of its own; what comes of a request its phone's last digit says.

1  paid, and the callback says so      2  paid, and no callback comes: who asks is told
3  paid, and the answer is lost        4  the customer says no
5  paid, and the callback comes twice  6  nothing yet
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web


class MpesaStandIn:
    def __init__(self) -> None:
        self.requests: dict[str, dict[str, Any]] = {}
        self.pushed: Counter[str] = Counter()
        self.sign_ins = 0
        self.told: list[int] = []
        self.url = ""

    async def sign_in(self, request: web.Request) -> web.Response:
        self.sign_ins += 1
        given = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        if given != "key:consumer-secret":
            return web.json_response({"errorCode": "400.008.01", "errorMessage": "Invalid Authentication"}, status=400)
        return web.json_response({"access_token": "session-1", "expires_in": "3599"})

    async def push(self, request: web.Request) -> web.Response:
        if (refused := _unknown(request)) is not None:
            return refused
        body = await request.json()
        assert isinstance(body["Amount"], int) and len(body["AccountReference"]) <= 12, body
        self.pushed[body["AccountReference"]] += 1
        id_ = f"ws_CO_{len(self.requests) + 1}"
        self.requests[id_] = body
        fate = body["PhoneNumber"][-1]
        if fate == "3":
            assert request.transport is not None
            request.transport.close()
        for _ in range({"1": 1, "4": 1, "5": 2}.get(fate, 0)):
            await self.tell(id_, code=1032 if fate == "4" else 0)
        return web.json_response({"MerchantRequestID": "m-1", "CheckoutRequestID": id_, "ResponseCode": "0"})

    async def query(self, request: web.Request) -> web.Response:
        if (refused := _unknown(request)) is not None:
            return refused
        id_ = (await request.json())["CheckoutRequestID"]
        if self.requests[id_]["PhoneNumber"][-1] == "6":
            error = {"errorCode": "500.001.1001", "errorMessage": "The transaction is being processed"}
            return web.json_response(error, status=500)
        return web.json_response({"ResponseCode": "0", "CheckoutRequestID": id_, "ResultCode": "0"})

    async def tell(self, id_: str, *, code: int = 0, amount: float | None = None, address: str | None = None) -> int:
        """The callback, to where the request said or to another address."""
        body = self.requests[id_]
        paid = {"Item": [{"Name": "Amount", "Value": amount or float(body["Amount"])}]}
        said = {"CheckoutRequestID": id_, "ResultCode": code, "ResultDesc": "", "CallbackMetadata": paid}
        async with (
            aiohttp.ClientSession() as session,
            session.post(address or body["CallBackURL"], json={"Body": {"stkCallback": said}}) as answer,
        ):
            self.told.append(answer.status)
            return answer.status


def _unknown(request: web.Request) -> web.Response | None:
    if request.headers.get("Authorization") == "Bearer session-1":
        return None
    return web.json_response({"errorCode": "404.001.03", "errorMessage": "Invalid Access Token"}, status=404)


@asynccontextmanager
async def mpesa_stand_in() -> AsyncIterator[MpesaStandIn]:
    fake, app = MpesaStandIn(), web.Application()
    app.router.add_get("/oauth/v1/generate", fake.sign_in)
    app.router.add_post("/mpesa/stkpush/v1/processrequest", fake.push)
    app.router.add_post("/mpesa/stkpushquery/v1/query", fake.query)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield fake
    finally:
        await runner.cleanup()
