"""`meterlog status`: what runs, and whether it is ready.

    $ meterlog status
    http://127.0.0.1:8080 is ready (environment local, Kafka 127.0.0.1:40213, data in /srv/meterlog/.meterlog)
      usage      pid 4711  ready      lag 0
      rating     pid 4712  ready      lag 12
    $ meterlog status --json
    {"base_url": "...", "env": "local", "kafka_bootstrap_servers": "...", "data_dir": "...", "ready": true,
     "services": [{"name": "usage", "pid": 4711, "ready": true, "lag": 0}, ...]}

Exit code 0 when everything is ready, 1 when something is not, 3 when nobody answers. `lag` is in messages not yet
taken; it is null where a service does not answer, as `pid` is for one that runs elsewhere.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import typer

from shared.cli.output import NO, DataDir, Json, Unreachable, exit_codes, print_json, settings_with

if TYPE_CHECKING:
    import httpx

    from shared.runtime.settings import Settings


def status(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Say what runs here and whether it is ready."""
    from shared.runtime.embedded.directory import DataDirectory, NothingHere

    with exit_codes():
        given = settings_with(data_dir=data_dir)
        directory = DataDirectory(given.data_dir)
        try:
            settings, pids = directory.settings(), directory.running()
        except NothingHere:
            settings, pids = given, {}
        report = _report(settings, pids, *asyncio.run(_ask(settings)))
        if as_json:
            print_json(report)
        else:
            _print(report)
        if not report["ready"]:
            raise typer.Exit(NO)


async def _ask(settings: Settings) -> tuple[dict[str, bool], dict[str, int | None]]:
    """Readiness by service (and of the whole, as `entry`), and the lag of each."""
    import httpx

    from shared.runtime.settings import SERVICES

    # A proxy of the user's environment has no part in what runs here.
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        try:
            answer = await client.get(f"{settings.url}/readyz")
            services = answer.json()["services"]
        except (httpx.TransportError, ValueError, LookupError) as error:
            raise Unreachable(f"no Meterlog answers at {settings.url}; `meterlog up` starts one") from error
        ready = {name: bool(said["ready"]) for name, said in services.items()}
        lags = await asyncio.gather(*(_lag(client, settings, name) for name in SERVICES))
    return {**ready, "entry": answer.status_code == 200}, dict(zip(SERVICES, lags, strict=True))


async def _lag(client: httpx.AsyncClient, settings: Settings, service: str) -> int | None:
    """What a service says it has yet to take; `None` where it can't be asked: down, or its token key is not ours."""
    import httpx

    from shared.runtime.auth import SERVICE, Tokens
    from shared.runtime.settings import MissingSetting

    try:
        token = Tokens(settings.secret("token_key")).issue("cli:status", SERVICE)
        answer = await client.get(
            f"{settings.service_url(service)}/internal/progress", headers={"Authorization": f"Bearer {token}"}
        )
        return int(answer.raise_for_status().json()["lag"])
    except (MissingSetting, httpx.HTTPError, ValueError, LookupError):
        return None


def _report(
    settings: Settings, pids: dict[str, int], ready: dict[str, bool], lags: dict[str, int | None]
) -> dict[str, Any]:
    return {
        "base_url": settings.url,
        "env": settings.env,
        "kafka_bootstrap_servers": settings.kafka_bootstrap_servers,
        "data_dir": str(settings.data_dir.resolve()),
        "ready": ready["entry"],
        "services": [
            {"name": name, "pid": pids.get(name), "ready": ready.get(name, False), "lag": lag}
            for name, lag in lags.items()
        ],
    }


def _print(report: dict[str, Any]) -> None:
    state = "is ready" if report["ready"] else "is NOT ready"
    place = f"Kafka {report['kafka_bootstrap_servers']}, data in {report['data_dir']}"
    print(f"{report['base_url']} {state} (environment {report['env']}, {place})")
    for service in report["services"]:
        ready = "ready" if service["ready"] else "not ready"
        print(f"  {service['name']:<10} pid {service['pid'] or '-':<8} {ready:<10} lag {_or_dash(service['lag'])}")


def _or_dash(value: object) -> object:
    return "-" if value is None else value
