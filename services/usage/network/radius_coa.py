"""RFC 5176: the NAS is told by RADIUS, on UDP 3799.

    throttled to "slow", 20/5 Mbit/s, on a Mikrotik  ->  CoA-Request  User-Name=ann, Mikrotik-Rate-Limit="5000k/20000k"
    blocked                                          ->  Disconnect-Request  User-Name=ann

A line that is open and whose plan names no rates is disconnected: it logs in again with what its login gives. So is any
change where the vendor is `disconnect`, a NAS that ignores rates in a CoA. Rates of Mikrotik are the client's sending
rate first. A line is named by what it is called: `user:…` User-Name, `mac:…` Calling-Station-Id, `ip:…`
Framed-IP-Address. Not by an Acct-Session-Id: one that is over already would be refused as unknown, and the line be on.
"""

from __future__ import annotations

from typing import Final

from services.usage.network.contract import CannotTell, Driver, Example, Line, RadiusRequest, Rates, Wanted

Attributes = tuple[tuple[str, str], ...]

NAMES_MAX: Final = 50
"""How many names of one line are told."""


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[RadiusRequest, ...]:
    named = _named(line)[:NAMES_MAX]
    if not named:
        raise CannotTell("the line has no resource that RADIUS knows: assign a user:, mac: or ip: to it")
    if wanted.state == "blocked" or wanted.rates is None or vendor == "disconnect":
        return tuple(RadiusRequest(True, names) for names in named)
    rates = rate_attributes(wanted.rates, vendor)
    return tuple(RadiusRequest(False, (*names, *rates)) for names in named)


def _named(line: Line) -> list[Attributes]:
    return [
        *((("User-Name", user),) for user in line.named("user:")),
        *((("Calling-Station-Id", mac.upper().replace(":", "-")),) for mac in line.named("mac:")),
        *((("Framed-IP-Address", ip),) for ip in line.named("ip:") if "/" not in ip),
    ]


def rate_attributes(rates: Rates, vendor: str) -> Attributes:
    """What RADIUS calls the rates at that vendor's equipment. Raises `CannotTell`."""
    match vendor:
        case "mikrotik":
            return (("Mikrotik-Rate-Limit", _mikrotik(rates)),)
        case "cisco":
            return tuple(("Cisco-AVPair", f"ip:sub-qos-policy-{way}={rates.profile}") for way in ("in", "out"))
        case _:
            return (("Filter-Id", rates.profile),)


def _mikrotik(rates: Rates) -> str:
    if rates.down_kbps is None or rates.up_kbps is None:
        raise CannotTell(f"nobody knows the rates of bandwidth profile {rates.profile}: define it")
    limit = f"{rates.up_kbps}k/{rates.down_kbps}k"
    if rates.burst_s is None:
        return limit
    burst = f"{rates.burst_up_kbps or rates.up_kbps}k/{rates.burst_down_kbps or rates.down_kbps}k"
    return f"{limit} {burst} {limit} {rates.burst_s}/{rates.burst_s}"


_ANN: Final = Line("subscription:sub-1", ("user:ann",))
_CPE: Final = Line("subscription:sub-1", ("mac:00:1b:44:11:3a:b7", "ip:192.0.2.7"))
_SLOW: Final = Rates(profile="slow", down_kbps=20_000, up_kbps=5_000)
_BURST: Final = Rates(profile="b", down_kbps=2000, up_kbps=1000, burst_down_kbps=4000, burst_up_kbps=1500, burst_s=8)
_USER: Final = ("User-Name", "ann")

DRIVER: Final = Driver(
    name="radius_coa",
    render=render,
    vendors=frozenset({"generic", "mikrotik", "cisco", "disconnect"}),
    examples=(
        Example(Wanted("blocked"), _ANN, "generic", (RadiusRequest(True, (_USER,)),)),
        Example(
            Wanted("blocked"),
            _CPE,
            "generic",
            (
                RadiusRequest(True, (("Calling-Station-Id", "00-1B-44-11-3A-B7"),)),
                RadiusRequest(True, (("Framed-IP-Address", "192.0.2.7"),)),
            ),
        ),
        Example(Wanted("throttled", _SLOW), _ANN, "generic", (RadiusRequest(False, (_USER, ("Filter-Id", "slow"))),)),
        Example(
            Wanted("throttled", _SLOW),
            _ANN,
            "mikrotik",
            (RadiusRequest(False, (_USER, ("Mikrotik-Rate-Limit", "5000k/20000k"))),),
        ),
        Example(
            Wanted("open", _BURST),
            _ANN,
            "mikrotik",
            (RadiusRequest(False, (_USER, ("Mikrotik-Rate-Limit", "1000k/2000k 1500k/4000k 1000k/2000k 8/8"))),),
        ),
        Example(Wanted("throttled", Rates(profile="slow")), _ANN, "mikrotik", None),
        Example(
            Wanted("throttled", _SLOW),
            _ANN,
            "cisco",
            (
                RadiusRequest(
                    False,
                    (
                        _USER,
                        ("Cisco-AVPair", "ip:sub-qos-policy-in=slow"),
                        ("Cisco-AVPair", "ip:sub-qos-policy-out=slow"),
                    ),
                ),
            ),
        ),
        Example(Wanted("throttled", _SLOW), _ANN, "disconnect", (RadiusRequest(True, (_USER,)),)),
        Example(Wanted("open"), _ANN, "generic", (RadiusRequest(True, (_USER,)),)),
        Example(Wanted("blocked"), Line("subscription:sub-1", ("ifindex:7",)), "generic", None),
    ),
)
