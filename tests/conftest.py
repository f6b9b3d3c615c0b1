"""Fixtures of every test: `servers` (real Kafka and Postgres, started once) and `fresh_env` (a clean environment).

A test that takes either is marked `@pytest.mark.servers`; the others need nothing but Python and run in milliseconds.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
import structlog
from hypothesis import settings as hypothesis_settings
from xdist.remote import Producer
from xdist.scheduler import Scheduling

from meterlog.installation import DATABASES
from tests.kit.scheduling import LOW_PRIORITY, ByFile, told, works_in_the_gaps
from tests.kit.servers import FreshEnvironment, Servers, data_directory, fresh_environment, running_servers
from tests.kit.stacks import DemoStack, played_demo

# Data of test servers live in memory where there is plenty of it: on a busy disk a clean environment costs a second in
# place of a fifth. `TMPDIR` of the caller stands.
_MEMORY = Path("/dev/shm")
_PLENTY_BYTES = 8 << 30
_ACCOUNTED_S = 60
if (
    "TMPDIR" not in os.environ
    and os.access(_MEMORY, os.W_OK)
    and min(shutil.disk_usage(_MEMORY).free, psutil.virtual_memory().available) >= _PLENTY_BYTES
):
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

# Nothing of what is being imported and collected is garbage, and none of it is looked through later.
gc.disable()

# No deadline per example: on a busy machine one slow example would fail a test that is right. Each run draws other
# examples, so what a few of them miss the next runs find; `pytest --hypothesis-profile=thorough` looks for hours.
hypothesis_settings.register_profile("meterlog", deadline=None, max_examples=50)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2_000)
hypothesis_settings.load_profile("meterlog")

# As in production: the default shows every local variable of a traceback, at seconds a piece.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Where the time of a run side by side went; a run of less than a minute needs no account of it."""
    sessions = config.pluginmanager.getplugin("dsession")
    spent_s = getattr(getattr(sessions, "sched", None), "spent_s", {})
    if sum(spent_s.values()) >= _ACCOUNTED_S:
        terminalreporter.section("time by process and file")
        for line in told(spent_s):
            terminalreporter.write_line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of long tests first: of several workers none is left alone with them at the end."""
    long: dict[Path, int] = {}
    for item in items:
        is_long = item.get_closest_marker("slow") is not None or item.path.parent.name == "stories"
        weight = 2 if is_long else 1 if item.get_closest_marker("servers") else 0
        long[item.path] = max(weight, long.get(item.path, 0))
    items.sort(key=lambda item: -long[item.path])


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays. Who works in the gaps does so from here on: all start when the last has collected."""
    gc.freeze()
    gc.enable()
    worker = getattr(session.config, "workerinput", None)
    if worker is not None and works_in_the_gaps(worker["workerid"]):
        os.nice(LOW_PRIORITY)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep variables of the caller's shell out of tests: they say in the test what they need."""
    for name in list(os.environ):
        if name.startswith(("METERLOG_", "KAFKA_")) or name == "POSTGRES_DSN":
            monkeypatch.delenv(name)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def servers() -> AsyncIterator[Servers]:
    """One Kafka and one Postgres for the whole run."""
    async with running_servers() as running:
        yield running


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A directory to start a whole stack in; `tmp_path` won't do (see `data_directory`)."""
    with data_directory() as directory:
        yield directory


@pytest_asyncio.fixture(loop_scope="session")
async def fresh_env(
    servers: Servers, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[FreshEnvironment]:
    """A prefix of its own and empty databases, for one test: all of them, or those of its mark `databases`."""
    mark = request.node.get_closest_marker("databases")
    async with fresh_environment(servers, tmp_path, databases=DATABASES if mark is None else mark.args) as environment:
        yield environment


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoStack]:
    """The whole product with the demo played in it, for the files of `tests.kit.scheduling.ON_THE_DEMO`."""
    async with played_demo(servers, tmp_path_factory.mktemp("demo")) as played:
        yield played
