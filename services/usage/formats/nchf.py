"""Charging data of the 5G core: the body of Nchf_ConvergedCharging (3GPP TS 32.291), as an SMF sends it to a CHF.

    {"chargingId": 4711, "subscriberIdentifier": "imsi-208930000000003", "invocationSequenceNumber": 2,
     "invocationTimeStamp": "2026-11-23T02:00:00Z",
     "nfConsumerIdentification": {"nodeFunctionality": "SMF", "nFName": "smf1"},
     "multipleUnitUsage": [{"ratingGroup": 10, "usedUnitContainer": [{"localSequenceNumber": 3, "totalVolume": 2000}]}]}

Each used unit container is a record of its own, a delta: containers and requests of one charging id add up (R32). It is
called `chargingId/invocationSequenceNumber/n`, so a request sent again counts once. The line is the `msisdn-` of the
subscriber as `tel:`, else the `imsi-` as `imsi:`. Volumes are octets of both directions, with `uplink` and `downlink`
beside them; a container of `time` alone is seconds of the meter `data.seconds`, which is one you define. A request that
only asks for units measures no usage and is no record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec

from services.usage.formats.contract import (
    SOURCE,
    Example,
    Format,
    Headers,
    Parsed,
    Problem,
    ReportedRecord,
    malformed,
)
from services.usage.formats.json import parse, split
from services.usage.formats.parsing.collected import instant, whole

_VOLUMES: Final = ("totalVolume", "uplinkVolume", "downlinkVolume")


class _Request(NamedTuple):
    """What all containers of a request have in common."""

    source: str
    resource: str
    identity: str
    at: str
    attributes: dict[str, Any]


def read_request(value: dict[str, Any], text: bytes, headers: Headers) -> list[Parsed] | None:
    """The records of a request; `None` for an object that is none."""
    if "invocationSequenceNumber" not in value or "nfConsumerIdentification" not in value:
        return None
    content = msgspec.Raw(text)
    request = _request(value, headers, content)
    if isinstance(request, Problem):
        return [request]
    try:
        containers = list(_containers(value))
    except (TypeError, AttributeError):
        detail = "multipleUnitUsage is a list of {ratingGroup, usedUnitContainer: [...]}"
        return [malformed(detail, "/multipleUnitUsage", content)]
    return [
        _record(request, n, rating_group, container, content)
        for n, (rating_group, container) in enumerate(containers)
        if any(name in container for name in (*_VOLUMES, "time"))
    ]


def _containers(value: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    for unit in value.get("multipleUnitUsage") or ():
        for container in unit.get("usedUnitContainer") or ():
            yield unit.get("ratingGroup"), {**container}


def _request(value: dict[str, Any], headers: Headers, content: Any) -> _Request | Problem:
    session = _object(value, "pDUSessionChargingInformation")
    charging_id = value.get("chargingId", session.get("chargingId"))
    if whole(charging_id) is None and not (isinstance(charging_id, str) and charging_id):
        return malformed("chargingId is missing: containers add up by it", "/chargingId", content)
    sequence = whole(value["invocationSequenceNumber"])
    if sequence is None:
        return malformed("invocationSequenceNumber is a whole number", "/invocationSequenceNumber", content)
    at = instant(value.get("invocationTimeStamp"))
    if at is None:
        return malformed("invocationTimeStamp is an RFC 3339 instant", "/invocationTimeStamp", content)
    resource = _resource(value, session)
    if resource is None:
        detail = "subscriberIdentifier is missing: imsi-… or a servedGPSI of msisdn-…"
        return malformed(detail, "/subscriberIdentifier", content)
    function = value["nfConsumerIdentification"]
    name = function.get("nFName") or function.get("nodeFunctionality") if isinstance(function, dict) else None
    information = _object(session, "pduSessionInformation")
    attributes = {"dnn": information.get("dnnId") or information.get("dnn")}
    given = {key: text for key, text in attributes.items() if isinstance(text, str)}
    return _Request(headers.get(SOURCE) or str(name or "chf"), resource, f"{charging_id}/{sequence}", at, given)


def _resource(value: dict[str, Any], session: dict[str, Any]) -> str | None:
    user = _object(session, "userInformation")
    for text in (user.get("servedGPSI"), value.get("subscriberIdentifier")):
        kind, _, number = text.partition("-") if isinstance(text, str) else ("", "", "")
        if number and kind in ("msisdn", "imsi"):
            return f"{'tel' if kind == 'msisdn' else kind}:{number}"
    return None


def _record(request: _Request, n: int, rating_group: Any, container: dict[str, Any], content: Any) -> Parsed:
    volumes = {name: whole(container[name]) for name in (*_VOLUMES, "time") if name in container}
    wrong = next((name for name, volume in volumes.items() if volume is None), None)
    if wrong is not None:
        return malformed(f"{wrong} is a whole number", f"/multipleUnitUsage/usedUnitContainer/{wrong}", content)
    known = {name: volume or 0 for name, volume in volumes.items()}
    up, down = known.get("uplinkVolume", 0), known.get("downlinkVolume", 0)
    by_volume = any(name in known for name in _VOLUMES)
    quantity = known.get("totalVolume", up + down) if by_volume else known["time"]
    details = {"rating_group": rating_group, "service_id": container.get("serviceId")}
    details |= {"uplink": str(up), "downlink": str(down)} if up or down else {}
    return ReportedRecord(
        source=request.source,
        resource=request.resource,
        meter="data.octets" if by_volume else "data.seconds",
        quantity=str(quantity),
        id=f"{request.identity}/{n}",
        started_at=instant(container.get("triggerTimestamp")) or request.at,
        attributes=request.attributes | {name: each for name, each in details.items() if isinstance(each, int | str)},
    )


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


# A request as free5GC's CHF tests send it (v3.4), with used units.
_EXAMPLE: Final = (
    b'{"chargingId":1,"subscriberIdentifier":"imsi-208930000000003","nfConsumerIdentification":{"nodeFunctionality":'
    b'"SMF","nFName":"smf1"},"invocationTimeStamp":"2026-11-23T02:00:00Z","invocationSequenceNumber":1,'
    b'"multipleUnitUsage":[{"ratingGroup":10,"usedUnitContainer":[{"localSequenceNumber":1,"totalVolume":2000,'
    b'"uplinkVolume":500,"downlinkVolume":1500},{"localSequenceNumber":2,"uplinkVolume":1,"downlinkVolume":2}]}],'
    b'"pDUSessionChargingInformation":{"chargingId":1,"userInformation":{"servedGPSI":"msisdn-33612345678"}}}'
)

EXAMPLES: Final = (
    Example({}, _EXAMPLE, ["record", "record"]),
    Example({}, _EXAMPLE.replace(b"usedUnitContainer", b"requestedUnit"), []),
    Example({}, _EXAMPLE.replace(b'"totalVolume":2000', b'"totalVolume":-1'), ["malformed", "record"]),
    Example({}, _EXAMPLE.replace(b'"chargingId":1,', b""), ["malformed"]),
)

FORMAT: Final = Format(
    name="nchf",
    recognises=lambda headers: False,
    parse=parse,
    split=split,
    read_object=read_request,
    examples=EXAMPLES,
)
