"""That usage came in or was rated: its events travel in batches and leave no row in the trail, so watchers hear of it
as one frame a second and service, without an account, however much there was.

    news = UsageNews()
    news.saw(moved=[("usage.events", 3, 17, 42)], told={"usage.events": 20})   # 25 events, 20 of them in the trail
    news.due(now_ms=12_000)      # [{"id": "usage/3/42", "type": "usage.UsageRecorded.v2", "subject": "usage", …}]
    news.due(now_ms=12_300)      # []
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.rating.rated_usage.messages import UsageRated
from services.usage.record.messages import UsageRecorded
from shared.kernel.message import Event, type_name

EVERY_MS: Final = 1_000
SUBJECT: Final = "usage"

_KINDS: Final[Mapping[str, type[Event]]] = {"usage.events": UsageRecorded, "rating.events": UsageRated}


class UsageNews:
    """What was not told yet, at most one frame a topic."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[int, int]] = {}
        self._told_at_ms: dict[str, int] = {}

    def saw(self, moved: Iterable[tuple[str, int, int, int]], told: Mapping[str, int]) -> None:
        """`moved`: (topic, partition, known, head) of what was committed; `told`: how many of a topic were frames."""
        events: Counter[str] = Counter()
        for topic, partition, known, head in moved:
            events[topic] += head - known
            if topic in _KINDS and events[topic] > told.get(topic, 0):
                self._waiting[topic] = (partition, head)

    def due(self, now_ms: int) -> list[dict[str, Any]]:
        """The frames to tell at `now_ms` of any clock that does not go back."""
        topics = [topic for topic in self._waiting if now_ms - self._told_at_ms.get(topic, -EVERY_MS) >= EVERY_MS]
        self._told_at_ms |= dict.fromkeys(topics, now_ms)
        return [_frame(topic, *self._waiting.pop(topic)) for topic in topics]


def _frame(topic: str, partition: int, head: int) -> dict[str, Any]:
    service = topic.partition(".")[0]
    kind = _KINDS[topic]
    return {
        "id": f"{service}/{partition}/{head}",
        "type": type_name(service, kind),
        "subject": SUBJECT,
        "version": kind.VERSION,
        "service": service,
        "account_id": None,
    }
