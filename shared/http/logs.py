"""The logs, and what the services say that they have taken of them.

logs = Logs(kafka, log_offsets, groups)
await logs.taken_by("rating")       # {"rating.events": [42, 17, 0, 9], "usage.guided": [...], ...}
"""

from __future__ import annotations

from typing import Final

import httpx

from shared.engine import logs
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.logs import Offsets
from shared.engine.settings import MissingSetting
from shared.http.auth import SERVICE, Tokens

TOLD_DEADLINE_S: Final = 2.0


class Untold(Exception):
    """A service does not answer what it has taken; the message names it."""


class Logs(logs.Logs):
    """One per process."""

    def __init__(self, kafka: Log, log_offsets: LogOffsets, groups: Groups) -> None:
        super().__init__(kafka, log_offsets, groups)
        self._settings = kafka.settings

    async def taken_by(self, service: str) -> Offsets:
        """What a service has taken by its checkpoints. Raises `Untold`."""
        try:
            token = Tokens(self._settings.secret("token_key")).issue("service:logs", SERVICE)
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx.AsyncClient(timeout=TOLD_DEADLINE_S, trust_env=False, headers=headers) as client:
                answer = await client.get(f"{self._settings.service_url(service)}/internal/taken")
            taken: Offsets = answer.raise_for_status().json()["taken"]
        except (MissingSetting, httpx.HTTPError, ValueError, LookupError) as error:
            raise Untold(f"{service} does not say what it has taken: {str(error) or type(error).__name__}") from error
        return taken
