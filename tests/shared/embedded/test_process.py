"""A child process does not outlive its parent, and is stopped however little it likes to."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from shared.embedded.process import Child, Identity, end_leftovers
from tests.kit.waiting import WITHIN_S, until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def child(log: Path, code: str) -> Child:
    return Child(name="child", command=[sys.executable, "-c", code], log=log)


async def until_it_says(log: Path, word: str) -> None:
    await until(lambda: log.exists() and word in log.read_text())


async def test_a_child_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    stubborn = child(tmp_path / "log", STUBBORN)
    stubborn.start()
    await until_it_says(tmp_path / "log", "up")
    await stubborn.stop(grace_s=0.2)
    assert stubborn.returncode == -signal.SIGKILL
    assert stubborn.pid is None


async def test_what_a_killed_child_has_started_is_gone_too_though_it_has_a_session_of_its_own(tmp_path: Path) -> None:
    """As each process of Postgres has: one that goes on writing would spoil a copy of the files."""
    starts = (
        f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}], start_new_session=True);"
        f"print('started', p.pid, flush=True); {STUBBORN}"
    )
    stubborn = child(tmp_path / "log", starts)
    stubborn.start()
    await until_it_says(tmp_path / "log", "started")
    pid = int((tmp_path / "log").read_text().split("started ")[1].split()[0])
    started = psutil.Process(pid)
    await stubborn.stop(grace_s=0.5)
    assert not started.is_running() or started.status() == psutil.STATUS_ZOMBIE


async def test_a_child_that_ends_in_time_is_not_killed(tmp_path: Path) -> None:
    polite = child(tmp_path / "log", "import time; time.sleep(60)")
    polite.start()
    await polite.stop(grace_s=5)
    assert polite.returncode == -signal.SIGTERM


async def test_its_output_is_appended_to_its_log(tmp_path: Path) -> None:
    for _ in range(2):
        talking = child(tmp_path / "logs" / "child.log", "print('hello')")
        talking.start()
        assert await talking.wait() == 0
    assert (tmp_path / "logs" / "child.log").read_text() == "hello\nhello\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals children when their parent dies")
async def test_a_child_stands_back_for_a_processor_if_it_is_to(tmp_path: Path) -> None:
    back = Child(name="child", command=[sys.executable, "-c", STUBBORN], log=tmp_path / "log", nice=5)
    back.start()
    assert back.pid is not None and psutil.Process(back.pid).nice() == psutil.Process().nice() + 5
    await back.stop(grace_s=0)


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent_code = f"""
        import time
        from pathlib import Path
        from shared.embedded.process import Child
        child = Child(name="c", command=["sleep", "60"], log=Path({str(tmp_path / "log")!r}))
        print(child.start(), flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(parent_code)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        grandchild = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    # An orphan that nobody reaps stays as a zombie: ended all the same.
    psutil.wait_procs([grandchild], timeout=WITHIN_S)
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


async def test_a_leftover_is_found_by_its_identity_and_ended(tmp_path: Path) -> None:
    stubborn = child(tmp_path / "log", STUBBORN)
    identity = Identity.of("stubborn", stubborn.start())
    assert identity is not None
    await until_it_says(tmp_path / "log", "up")
    ended, _code = await asyncio.gather(end_leftovers([identity], grace_s=0.3), stubborn.wait())
    assert ended == ["stubborn"]
    assert identity.find() is None


async def test_a_process_that_got_the_pid_of_a_leftover_is_left_alone(tmp_path: Path) -> None:
    other = child(tmp_path / "log", "import time; time.sleep(60)")
    pid = other.start()
    recorded = Identity(name="rating", pid=pid, created=psutil.Process(pid).create_time() - 3600, command="old")
    assert await end_leftovers([recorded]) == []
    assert other.running
    await other.stop(grace_s=5)
