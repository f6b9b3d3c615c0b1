"""A JSON text that is dear to make and stays as it is: made when first asked for, beside the requests, and kept.

    described = MadeOnce(lambda: describe(app, "rating", commands=True))
    return Response(await described.text(), media_type="application/json")

A service's own description is seconds of work. In the loop they would be seconds in which nobody is answered and no
heartbeat goes out, and whoever may ask could have them again and again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from shared.http.answer import as_json


class MadeOnce:
    """Who asks while it is being made waits for the same text."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._text: bytes | None = None
        self._making: asyncio.Task[bytes] | None = None

    async def text(self) -> bytes:
        """Raises what making it raises; that is not kept."""
        if self._text is None:
            if self._making is None:
                self._making = asyncio.create_task(asyncio.to_thread(lambda: as_json(self._make())))
                self._making.add_done_callback(self._made)
            # Shielded: an asker who goes away must not take the text from the others, nor from who asks next.
            return await asyncio.shield(self._making)
        return self._text

    def _made(self, making: asyncio.Task[bytes]) -> None:
        self._making = None
        if not making.cancelled() and making.exception() is None:
            self._text = making.result()
