"""A moment that a reader asks for: the business date, and the instant up to which the log is known.

GET …/balance?as_of=2026-10-31                                   what was open on that day, by what is known now
GET …/balance?known_at=2026-10-31T09:00:00Z                      what was known then
GET …/balance?as_of=2026-10-31&known_at=2026-11-05T09:00:00Z     that day, as it was known then
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from shared.http.filtering import read_value
from shared.http.problems import BadParameter
from shared.kernel.calendar import local_date
from shared.kernel.envelope import format_instant
from shared.kernel.errors import Rejection

LAST_DAY: Final = date(9999, 12, 31)
LAST_INSTANT: Final = datetime(9999, 12, 31, tzinfo=UTC)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; `None` where there is no bound."""

    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def day(self) -> date:
        """The last day whose money counts."""
        return self.as_of or LAST_DAY

    @property
    def instant(self) -> datetime:
        """Of the log, up to here."""
        return self.known_at or LAST_INSTANT

    def told(self) -> dict[str, Any]:
        """As the answer says it again."""
        return {"as_of": self.as_of, "known_at": self.known_at}


def moment(as_of: str | None, known_at: str | None, *, now: datetime) -> Moment | None:
    """The moment of two query parameters; `None` where neither is given. Raises `BadParameter`."""
    if as_of is None and known_at is None:
        return None
    asked = Moment(
        as_of=None if as_of is None else read_value("as_of", "date", as_of),
        known_at=None if known_at is None else read_value("known_at", "instant", known_at),
    )
    if asked.known_at is not None and asked.known_at > now:
        raise BadParameter(
            "known_at", f"known_at is after now ({format_instant(now)}): nothing is known of it yet", code="in_future"
        )
    return asked


def check_day(asked: Moment, now: datetime, time_zone: str) -> None:
    """Raises `BadParameter` for a day that has not begun where the account is."""
    today = local_date(now, time_zone)
    if asked.as_of is not None and asked.as_of > today:
        raise BadParameter("as_of", f"as_of is after today ({today} in {time_zone})", code="in_future")


def not_known_then(what: str, since: datetime) -> Rejection:
    """There was no such thing at the moment that is asked for."""
    detail = f"{what} was not known then: it has been since {format_instant(since)}"
    return Rejection("not_known_then", detail, pointer="/known_at", status=404)
