"""`meterlog status`: what runs, and whether it is ready.

    $ meterlog status
    http://127.0.0.1:8080 is NOT ready (environment local, Kafka 127.0.0.1:40213, data in /srv/meterlog/.meterlog)
      usage      pid 4711  ready      lag 0
      rating     pid 4712  not ready  lag 12  usage.guided/3 stands still at 1101 for 42 s, 12 behind
    $ meterlog status --json
    {"base_url": "...", "env": "local", "kafka_bootstrap_servers": "...", "data_dir": "...", "ready": false,
     "services": [{"name": "usage", "pid": 4711, "ready": true, "lag": 0, "detail": null}, ...]}

Exit code 0 when everything is ready, 1 when something is not, 3 when nobody answers. `lag` is in messages not yet
taken, of all partitions, as the entry measures it from the ends of the logs; it is null while a service has never told
what it has taken, as `pid` is for one that runs elsewhere.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import typer

from meterlog.cli.output import NO, DataDir, Json, Unreachable, exit_codes, print_json, settings_with

if TYPE_CHECKING:
    from shared.engine.settings import Settings


def status(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Say what runs here and whether it is ready."""
    from shared.embedded.directory import DataDirectory, NothingHere

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


async def _ask(settings: Settings) -> tuple[bool, dict[str, dict[str, Any]]]:
    """Whether all is ready, and of each service what the entry sees of it."""
    import httpx

    # A proxy of the user's environment has no part in what runs here. The entry gives a silent service two seconds.
    async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
        try:
            answer = await client.get(f"{settings.url}/readyz")
            services: dict[str, dict[str, Any]] = answer.json()["services"]
        except (httpx.TransportError, ValueError, LookupError) as error:
            raise Unreachable(f"no Meterlog answers at {settings.url}; `meterlog up` starts one") from error
    return answer.status_code == 200, services


def _report(
    settings: Settings, pids: dict[str, int], ready: bool, services: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    from meterlog.installation import SERVICES

    return {
        "base_url": settings.url,
        "env": settings.env,
        "kafka_bootstrap_servers": settings.kafka_bootstrap_servers,
        "data_dir": str(settings.data_dir.resolve()),
        "ready": ready,
        "services": [_service(name, pids.get(name), services.get(name, {})) for name in SERVICES],
    }


def _service(name: str, pid: int | None, seen: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "pid": pid,
        "ready": bool(seen.get("ready")),
        "lag": seen.get("lag"),
        "detail": seen.get("detail") or None,
    }


def _print(report: dict[str, Any]) -> None:
    state = "is ready" if report["ready"] else "is NOT ready"
    place = f"Kafka {report['kafka_bootstrap_servers']}, data in {report['data_dir']}"
    print(f"{report['base_url']} {state} (environment {report['env']}, {place})")
    for service in report["services"]:
        ready = "ready" if service["ready"] else "not ready"
        line = f"  {service['name']:<10} pid {service['pid'] or '-':<8} {ready:<10} lag {_or_dash(service['lag'])}"
        print(line if service["detail"] is None else f"{line}  {service['detail']}")


def _or_dash(value: object) -> object:
    return "-" if value is None else value
