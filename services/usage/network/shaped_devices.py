"""A row of `ShapedDevices.csv`, by which LibreQoS shapes; the file is replaced whole, and never half.

    subscription:sub-1, (four times), , 00:1b:44:11:3a:b7, 192.0.2.7, , 1, 1, 20, 5, slow

LibreQoS can't block. A blocked line gets the least that it can give, 0.1 Mbit/s: who must get nothing needs another
element as well. An open line gets the rates of its plan, and without any this way can't tell it: a line that is not in
the file is not shaped at all.
"""

from __future__ import annotations

from typing import Final

from services.usage.network.contract import CannotTell, Driver, Example, FileRequest, Line, Rates, Wanted

HEADER: Final = (
    "Circuit ID",
    "Circuit Name",
    "Device ID",
    "Device Name",
    "Parent Node",
    "MAC",
    "IPv4",
    "IPv6",
    "Download Min Mbps",
    "Upload Min Mbps",
    "Download Max Mbps",
    "Upload Max Mbps",
    "Comment",
)
_LEAST: Final = "0.1"


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[FileRequest, ...]:
    addresses = line.named("ip:")
    ipv4 = ", ".join(address for address in addresses if ":" not in address)
    ipv6 = ", ".join(address for address in addresses if ":" in address)
    if not addresses:
        raise CannotTell("the line has no resource ip:<address>, which is what LibreQoS shapes by")
    down, up, comment = _rates(wanted)
    least = tuple(_LEAST if rate.startswith("0.") else "1" for rate in (down, up))
    name = line.resource_id
    mac = next(iter(line.named("mac:")), "")
    return (FileRequest(HEADER, (name, name, name, name, "", mac, ipv4, ipv6, *least, down, up, comment)),)


def _rates(wanted: Wanted) -> tuple[str, str, str]:
    if wanted.state == "blocked":
        return _LEAST, _LEAST, "blocked"
    rates = wanted.rates
    if rates is None or rates.down_kbps is None or rates.up_kbps is None:
        raise CannotTell("nobody knows the rates of the line: give its plan a bandwidth profile")
    return _mbps(rates.down_kbps), _mbps(rates.up_kbps), rates.profile


def _mbps(kbps: int) -> str:
    """Kilobits as megabits, at least 0.1."""
    whole, rest = divmod(max(kbps, 100), 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


_LINE: Final = Line("subscription:sub-1", ("mac:00:1b:44:11:3a:b7", "ip:192.0.2.7", "ip:2001:db8::7"))
_SAME: Final = ("subscription:sub-1",) * 4
_NAMES: Final = (*_SAME, "", "00:1b:44:11:3a:b7", "192.0.2.7", "2001:db8::7")
_SLOW: Final = Rates(profile="slow", down_kbps=20_500, up_kbps=512)

DRIVER: Final = Driver(
    name="shaped_devices",
    render=render,
    needs_secret=False,
    examples=(
        Example(
            Wanted("throttled", _SLOW),
            _LINE,
            "generic",
            (FileRequest(HEADER, (*_NAMES, "1", "0.1", "20.5", "0.512", "slow")),),
        ),
        Example(
            Wanted("blocked"),
            _LINE,
            "generic",
            (FileRequest(HEADER, (*_NAMES, "0.1", "0.1", "0.1", "0.1", "blocked")),),
        ),
        Example(Wanted("open"), _LINE, "generic", None),
        Example(Wanted("blocked"), Line("subscription:sub-1", ("user:ann",)), "generic", None),
    ),
)
