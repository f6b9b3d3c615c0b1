"""`GET /v1/stream`: what has just become readable, as server-sent events, for pages that keep themselves up to date.

    curl -N -H "Authorization: Bearer …" http://127.0.0.1:8080/v1/stream

A frame says what of what has changed and nothing personal; who wants to know more reads it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.reporting.stream.admitted import Admitted
from services.reporting.stream.feed import Feed
from services.reporting.stream.subscriber import frames
from services.reporting.stream.wanted import FILTERS_MAX, Wanted
from shared.http.api import Api, caller_of
from shared.http.auth import READERS
from shared.http.methods import ONLY_HEAD
from shared.http.uvicorn_server import stopping_of

_NOT_KEPT: Final = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
_LAST_ID_MAX: Final = 100


class EventStream(StreamingResponse):
    """Whatever ends it, its place becomes free."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[bytes], leave: Callable[[], None]) -> None:
        super().__init__(content, headers=_NOT_KEPT)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admitted = Admitted()
    feed = Feed(lambda: api.everything, admitted)

    @routes.get("/v1/stream", status_code=200, dependencies=[api.roles(*READERS)], response_class=EventStream)
    async def watch(
        request: Request,
        last_event_id: Annotated[
            str | None,
            Header(max_length=_LAST_ID_MAX, description="The `id` of the last frame that arrived, to go on behind it."),
        ] = None,
        types: Annotated[
            list[str] | None, Query(max_length=FILTERS_MAX, description="Types, or beginnings of some: `payments.*`.")
        ] = None,
        account_id: Annotated[list[str] | None, Query(max_length=FILTERS_MAX)] = None,
    ) -> Response:
        """Server-sent events, one for each event of the audit trail once it can be read: `event` is its type, `data`
        `{"id", "type", "subject", "version", "service"}`. An event `reset` says that some were missed: read anew what
        you show. A comment comes after 15 s of nothing. Support is told what happens to accounts. It ends within
        seconds of the session or the API key that opened it."""
        if ONLY_HEAD in request.scope:
            return Response(media_type=EventStream.media_type, headers=_NOT_KEPT)
        caller, stopping = caller_of(request), stopping_of(request)
        wanted = Wanted.of(types or [], account_id or [], role=caller.role, entities=caller.legal_entities)
        guest = admitted.enter(caller)
        try:
            await feed.join(stopping)
        except BaseException:
            admitted.leave(guest)
            raise

        def leave() -> None:
            feed.leave()
            admitted.leave(guest)

        return EventStream(frames(feed, last_event_id, stopping, wanted=wanted, guest=guest), leave)

    return routes
