"""Tell an element of a line, request by request; the first that is not acknowledged is the outcome.

await tell(element, Wanted("blocked"), line)    ->  Outcome("acknowledged", "Disconnect-ACK")
await probe(element)                            ->  whether it is there and knows the secret, changing nothing
"""

from __future__ import annotations

import asyncio
from typing import Final, assert_never

from services.usage.network import drivers
from services.usage.network.calls import database, file, http, radius, simulated
from services.usage.network.calls.outcome import ANSWER_LENGTH_MAX, Element, Outcome
from services.usage.network.contract import (
    CannotTell,
    FileRequest,
    HttpRequest,
    Line,
    RadiusRequest,
    Request,
    SimulatedRequest,
    SqlRequest,
    Wanted,
)

TIMEOUT_S: Final = 15.0
"""After which an element counts as silent."""


async def tell(element: Element, wanted: Wanted, line: Line) -> Outcome:
    try:
        requests = drivers()[element.driver].render(wanted, line, element.vendor)
    except CannotTell as why:
        return Outcome("refused", str(why))
    except KeyError:
        return Outcome("refused", f"this version has no driver {element.driver}")
    outcome = Outcome("acknowledged", "nothing to tell")
    for request in requests:
        outcome = await _bounded(element, request)
        if outcome.kind != "acknowledged":
            break
    return outcome


async def probe(element: Element) -> Outcome:
    match element.driver:
        case "radius_coa":
            # No NAS has this session: one that refuses for that reason has understood, and knows the secret.
            asked: Request = RadiusRequest(True, (("Acct-Session-Id", "meterlog-test"),))
        case "radius_sql":
            asked = SqlRequest((("select count(*) from radcheck where username = $1", ("meterlog-test",)),))
        case "webhook":
            asked = HttpRequest("network.test", b'{"type":"network.test","data":{}}')
        case "shaped_devices":
            return await asyncio.to_thread(file.writable, element)
        case _:
            return Outcome("acknowledged", "simulated")
    return await _bounded(element, asked)


async def _bounded(element: Element, request: Request) -> Outcome:
    """Whatever a stranger's element does becomes an outcome."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            kind, answer = await _call(element, request)
    except TimeoutError:
        return Outcome("timed_out", "no answer")
    except Exception as error:
        kind, answer = "timed_out", f"{type(error).__name__}: {error}"
    return Outcome(kind, _printable(answer, element.secret))


async def _call(element: Element, request: Request) -> Outcome:
    match request:
        case RadiusRequest():
            return await radius.send(element, request)
        case HttpRequest():
            return await http.post(element, request)
        case FileRequest():
            return await asyncio.to_thread(file.write, element, request)
        case SqlRequest():
            return await database.execute(element, request)
        case SimulatedRequest():
            return await simulated.send(element, request)
        case _:
            assert_never(request)


def _printable(answer: str, secret: str) -> str:
    """What is shown and kept for ever: short, one line, and never the secret."""
    if secret:
        answer = answer.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in answer)[:ANSWER_LENGTH_MAX]
