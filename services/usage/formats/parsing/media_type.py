"""What the headers of a message say of its media type, and of the clocks that its instants are read on.

>>> is_media_type({"content-type": "Text/CSV; charset=utf-8"}, "text/csv"), is_media_type({}, "text/csv")
(True, False)
>>> str(zone_of({})), zone_of({"usage-time-zone": "Mars/Phobos"})
('UTC', None)
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from services.usage.formats.contract import TIME_ZONE, Headers
from shared.kernel.calendar import UnknownTimeZone, zone


def is_media_type(headers: Headers, *names: str) -> bool:
    """Whether the content type is one of these, whatever its parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() in names


def zone_of(headers: Headers) -> ZoneInfo | None:
    """The zone that `usage-time-zone` names, UTC without it; `None` where there is no such zone."""
    try:
        return zone(headers.get(TIME_ZONE, "UTC"))
    except UnknownTimeZone:
        return None
