"""A real FreeRADIUS is told: by CoA as a NAS is, and by its own tables, from which it then answers logins."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio

from services.usage.network.calls.call import probe, tell
from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import Line, Rates, Wanted
from tests.kit.freeradius import SHIPPED, freeradius, needs_freeradius, radclient, radius_directory
from tests.kit.radius import SECRET
from tests.kit.servers import Servers, fresh_environment
from tests.services.processes import running
from tests.services.usage.network.test_network_told import Network, customers_of

NAS: Final = """
modules {{
    $INCLUDE {shipped}/mods-available/always
    linelog {{
        filename = {directory}/told
        format = "%{{Packet-Type}}|%{{User-Name}}|%{{Mikrotik-Rate-Limit}}|%{{Filter-Id}}|%{{Cisco-AVPair[*]}}"
    }}
}}
server nas {{
    listen {{
        type = coa
        ipaddr = 127.0.0.1
        port = {port}
    }}
    recv-coa {{
        linelog
        if (&User-Name == "gone") {{
            update reply {{ &Error-Cause := 503 }}
            reject
        }}
        elsif (&User-Name == "held") {{
            update reply {{ &Error-Cause := 501 }}
            reject
        }}
        elsif (&User-Name == "plain") {{
            reject
        }}
        ok
    }}
}}
"""
LOGINS: Final = """
modules {{
    expr {{
    }}
    sql {{
        dialect = "postgresql"
        driver = "rlm_sql_postgresql"
        server = "{host}"
        port = {database_port}
        login = "{user}"
        password = "{password}"
        radius_db = "{database}"
        acct_table1 = "radacct"
        acct_table2 = "radacct"
        postauth_table = "radpostauth"
        authcheck_table = "radcheck"
        groupcheck_table = "radgroupcheck"
        authreply_table = "radreply"
        groupreply_table = "radgroupreply"
        usergroup_table = "radusergroup"
        client_table = "nas"
        group_attribute = "SQL-Group"
        pool {{
            start = 1
            min = 1
            max = 2
        }}
        $INCLUDE ${{modconfdir}}/sql/main/postgresql/queries.conf
    }}
    pap {{
    }}
}}
server logins {{
    listen {{
        type = auth
        ipaddr = 127.0.0.1
        port = {port}
    }}
    authorize {{
        sql
        pap
    }}
    authenticate {{
        Auth-Type PAP {{
            pap
        }}
    }}
}}
"""
SLOW: Final = Rates(profile="slow", down_kbps=2000, up_kbps=500)


def udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probed:
        probed.bind(("127.0.0.1", 0))
        return int(probed.getsockname()[1])


def line(user: str) -> Line:
    return Line("subscription:sub-1", (f"user:{user}",))


async def test_a_nas_that_is_freeradius_acknowledges_and_refuses_with_its_cause() -> None:
    needs_freeradius()
    port = udp_port()
    blocked, slow = Wanted("blocked"), Wanted("throttled", SLOW)
    with radius_directory() as directory:
        async with freeradius(directory, NAS.format(directory=directory, port=port, shipped=SHIPPED)):
            nas = Element("bng-1", "radius_coa", f"127.0.0.1:{port}", "mikrotik", SECRET.decode())
            assert await tell(nas, blocked, line("ann")) == Outcome("acknowledged", "Disconnect-ACK")
            assert await tell(nas, slow, line("ann")) == Outcome("acknowledged", "CoA-ACK")
            assert await tell(nas._replace(vendor="cisco"), slow, line("ann")) == Outcome("acknowledged", "CoA-ACK")
            assert await tell(nas._replace(vendor="generic"), slow, line("ann")) == Outcome("acknowledged", "CoA-ACK")
            held = "CoA-NAK, Error-Cause 501: administratively prohibited"
            assert await tell(nas, slow, line("held")) == Outcome("refused", held)
            gone = "Disconnect-NAK, Error-Cause 503: session context not found"
            assert await tell(nas, blocked, line("gone")) == Outcome("acknowledged", gone)
            assert (await tell(nas, blocked, line("plain"))).kind == "refused"
            assert (await probe(nas)).kind == "acknowledged"
            # One that has another secret is not answered, and FreeRADIUS has not taken the packet.
            impostor = nas._replace(secret="another")
            assert await tell(impostor, blocked, line("spoofed")) == Outcome("timed_out", "no answer")
        told = (directory / "told").read_text().splitlines()
        assert told[:4] == [
            "Disconnect-Request|ann|||",
            "CoA-Request|ann|500k/2000k||",
            "CoA-Request|ann|||ip:sub-qos-policy-in=slow,ip:sub-qos-policy-out=slow",
            "CoA-Request|ann||slow|",
        ]
        assert not any("spoofed" in each for each in told)


@dataclass
class Isp:
    """The product with two services, FreeRADIUS beside it, and the database that both know."""

    network: Network
    database: asyncpg.Connection[asyncpg.Record]
    port: int

    async def login(self, user: str) -> tuple[str, list[str]]:
        """What a customer's router gets: the kind of answer, and its rates."""
        asked = f'User-Name = "{user}", User-Password = "hello", NAS-IP-Address = 127.0.0.1'
        said = await radclient(self.port, "auth", asked)
        kinds = [kind for kind in ("Access-Accept", "Access-Reject") if f"Received {kind}" in said]
        assert len(kinds) == 1, said
        rates = [text.split('"')[1] for text in said.splitlines() if "Mikrotik-Rate-Limit" in text]
        return kinds[0], rates


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def isp(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Isp]:
    needs_freeradius()
    admin = await asyncpg.connect(servers.postgres_dsn)
    name, password, port = f"radius_{secrets.token_hex(4)}", secrets.token_hex(8), udp_port()
    await admin.execute(f"create role {name} login password '{password}'")
    await admin.execute(f"create database {name} owner {name}")
    url = urlsplit(servers.postgres_dsn)
    reach = {"host": url.hostname, "database_port": url.port, "user": name, "password": password, "database": name}
    address = f"postgresql://{name}@{url.hostname}:{url.port}/{name}"
    database = await asyncpg.connect(address, password=password)
    await database.execute((SHIPPED / "mods-config/sql/main/postgresql/schema.sql").read_text())
    try:
        with radius_directory() as directory:
            async with (
                freeradius(directory, LOGINS.format(**reach, port=port)),
                fresh_environment(servers, tmp_path_factory.mktemp("isp")) as env,
                running(env.settings, "usage", "rating") as services,
            ):
                element = {"id": "aaa", "driver": "radius_sql", "address": address, "vendor": "mikrotik"}
                yield Isp(await customers_of(services, {**element, "secret": password}), database, port)
    finally:
        await database.close()
        await admin.execute(f"drop database {name} with (force)")
        await admin.execute(f"drop role {name}")
        await admin.close()


@pytest.mark.servers
async def test_what_a_line_may_do_is_what_freeradius_answers_its_next_login(isp: Isp) -> None:
    network = isp.network
    await isp.database.execute(
        "insert into radcheck (username, attribute, op, value) values ('ann', 'Cleartext-Password', ':=', 'hello'),"
        " ('eve', 'Cleartext-Password', ':=', 'hello'), ('eve', 'Auth-Type', ':=', 'Reject')"
    )
    await network.customer("ann")
    assert await isp.login("ann") == ("Access-Accept", [])

    await network.change("ann", "suspend", access="throttled", profile="slow")
    await network.acknowledged("ann", 1)
    assert await isp.login("ann") == ("Access-Accept", ["500k/2000k"])

    # The profile is given other rates, and the line has them without being touched.
    slower = {"name": "Slow", "down_kbps": 1000, "up_kbps": 250}
    await network.put("/v1/bandwidth-profiles/slow", slower)
    await network.acknowledged("ann", 2)
    assert await isp.login("ann") == ("Access-Accept", ["250k/1000k"])

    await network.change("ann", "resume")
    await network.acknowledged("ann", 3)
    assert await isp.login("ann") == ("Access-Accept", [])
    await network.change("ann", "suspend")
    await network.acknowledged("ann", 4)
    assert await isp.login("ann") == ("Access-Reject", [])
    await network.change("ann", "resume")
    await network.acknowledged("ann", 5)
    assert await isp.login("ann") == ("Access-Accept", [])
    # A user whom only FreeRADIUS knows is as before.
    assert await isp.login("eve") == ("Access-Reject", [])
