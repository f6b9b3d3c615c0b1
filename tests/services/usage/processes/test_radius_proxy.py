"""A real FreeRADIUS between the NAS and us: what it passes on is counted, and what it kept while we were away, too."""

from __future__ import annotations

import socket
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.kit.freeradius import freeradius, needs_freeradius, radclient, radius_directory
from tests.kit.radius import SECRET
from tests.kit.servers import Servers
from tests.kit.waiting import until
from tests.services.processes import until_ready
from tests.services.usage.processes.test_radius import listening, used_of

pytestmark = pytest.mark.servers

# As `robust-proxy-accounting` and `decoupled-accounting` are shipped: taken to disk, then sent until it is answered.
PROXY: Final = """
proxy_requests = yes
home_server meterlog {{
    type = acct
    ipaddr = 127.0.0.1
    port = {ours}
    secret = {secret}
    response_window = 2
    zombie_period = 30
    status_check = none
}}
home_server_pool meterlog {{
    home_server = meterlog
}}
realm meterlog {{
    acct_pool = meterlog
    nostrip
}}
modules {{
    detail {{
        filename = {directory}/kept/detail-%{{Acct-Session-Id}}
        permissions = 0600
        header = "%t"
    }}
}}
server direct {{
    listen {{
        type = acct
        ipaddr = 127.0.0.1
        port = {direct}
    }}
    preacct {{
        update control {{ &Proxy-To-Realm := "meterlog" }}
    }}
}}
server robust {{
    listen {{
        type = acct
        ipaddr = 127.0.0.1
        port = {robust}
    }}
    accounting {{
        detail
    }}
}}
server reader {{
    listen {{
        type = detail
        filename = "{directory}/kept/detail-*"
        load_factor = 90
        poll_interval = 1
        retry_interval = 4
    }}
    accounting {{
        update control {{ &Proxy-To-Realm := "meterlog" }}
    }}
}}
"""


def packet(session: str, status: str, **octets: int) -> str:
    said = {
        "User-Name": '"anna"',
        "NAS-IP-Address": "10.0.0.9",
        "NAS-Port": "3",
        "Acct-Session-Id": f'"{session}"',
        "Acct-Status-Type": status,
        **{f"Acct-{name}-Octets": str(count) for name, count in octets.items()},
    }
    return ", ".join(f"{name} = {value}" for name, value in said.items())


def udp_ports(count: int) -> list[int]:
    probes = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


async def test_what_freeradius_passes_on_is_counted_and_what_it_kept_while_we_were_away_too(
    servers: Servers, tmp_path: Path
) -> None:
    needs_freeradius()
    direct, robust = udp_ports(2)
    with radius_directory() as directory:
        async with listening(servers, tmp_path) as (usage, ours):
            ports = {"ours": ours, "direct": direct, "robust": robust}
            configuration = PROXY.format(secret=SECRET.decode(), directory=directory, **ports)
            (directory / "kept").mkdir()
            async with freeradius(directory, configuration) as proxy:
                # Passed on: its NAS is answered with our answer, and its session is of the NAS, not of the proxy.
                for status, count in (("Start", 0), ("Interim-Update", 1000), ("Stop", 2500)):
                    said = await radclient(direct, "acct", packet("p1", status, Input=count, Output=4 * count))
                    assert "Received Accounting-Response" in said, said + proxy.said()[-3000:]
                used = await until(lambda: used_of(usage, "10.0.0.9/3/p1/"), lambda found: found.total() >= 12_500)
                assert used == Counter({"up": 2500, "down": 10_000})

                # Kept: FreeRADIUS answers while we are away, and sends it on until we answer.
                process = usage.services.processes["usage"]
                await process.kill()
                said = await radclient(robust, "acct", packet("p2", "Stop", Input=7, Output=9))
                assert "Received Accounting-Response" in said, said + proxy.said()[-3000:]
                await process.start()
                await until_ready(usage.http)
                used = await until(lambda: used_of(usage, "10.0.0.9/3/p2/"), lambda found: found.total() >= 16)
                assert used == Counter({"up": 7, "down": 9})
