"""`GET /v1/proof/conservation`: where every usage record has gone.

    accepted = billed + allowance + unbilled + parked + not_billable + retracted
    records_in = accepted + duplicates + conflicts + malformed

Reporting follows what usage took and what rating and invoicing made of it, and places each record; one that was lost on
the way is in no term, and the statement does not balance. Records in flight are given a moment to arrive before the
answer says so.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from shared.entry.proxy import Proxy
from shared.entry.services import Services, content_of
from shared.kernel.errors import Rejection
from shared.runtime.auth import READERS
from shared.runtime.http.answer import Answer
from shared.runtime.http.filtering import Arguments, Filter, conditions

# 0.2 + 0.4 + 0.8 s for what is in flight.
_PAUSES_S: Final = (0.2, 0.4, 0.8)
_BOUNDS: Final = {"from": Filter("from", op=">=", kind="instant"), "to": Filter("to", op="<", kind="instant")}


class Proof:
    def __init__(self, services: Services, proxy: Proxy) -> None:
        self._services = services
        self._proxy = proxy

    async def conservation(self, request: Request) -> Response:
        grant = await self._proxy.admit(request)
        if grant.role not in READERS:
            raise Rejection("forbidden", f"the role {grant.role} may not read the books", status=403)
        conditions(request, _BOUNDS, Arguments(), known=())
        query = urlencode([(name, request.query_params[name]) for name in _BOUNDS if name in request.query_params])
        proof = await self._count(query)
        for pause_s in _PAUSES_S:
            if proof["balanced"]:
                break
            await asyncio.sleep(pause_s)
            proof = await self._count(query)
        return Answer(proof)

    async def _count(self, query: str) -> dict[str, Any]:
        target = f"/internal/conservation?{query}" if query else "/internal/conservation"
        return content_of(await self._services.ask("reporting", target), "reporting")
