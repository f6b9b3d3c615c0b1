"""Who comes out of the nursery is in all that matters what `python -m` starts: ours, alone, and gone with us."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from shared.engine import failpoints
from tests.kit import answering_program, nursery
from tests.kit.nursery import ArmedChild, Born, BornChild, Started, born, end_nurseries
from tests.kit.waiting import WITHIN_S

PROGRAM = answering_program.__name__

ONE_AND_WAIT = f"""
import sys, time
from tests.kit.nursery import born
print(born({PROGRAM!r}, dict(X="1"), stdout=2, stderr=2).pid, flush=True)
time.sleep(60)
"""


def started(output: Path, **environment: str) -> Started:
    with output.open("wb") as out, output.with_suffix(".errors").open("wb") as errors:
        return born(PROGRAM, environment, stdout=out.fileno(), stderr=errors.fileno())


def ended(process: Started) -> int:
    deadline = time.monotonic() + WITHIN_S
    while (code := process.poll()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return code


def said(output: Path) -> dict[str, Any]:
    deadline = time.monotonic() + WITHIN_S
    while not output.read_text().endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    found: dict[str, Any] = json.loads(output.read_text())
    return found


def test_it_is_our_child_in_a_session_and_an_environment_of_its_own(tmp_path: Path) -> None:
    process = started(tmp_path / "said", X="1")
    about = said(tmp_path / "said")
    assert (about["parent"], about["session"]) == (os.getpid(), process.pid)
    assert (about["environment"], about["arguments"]) == ({"X": "1"}, [])
    assert about["directory"] == str(Path.cwd())
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert ended(process) == -signal.SIGTERM
    assert process.poll() == -signal.SIGTERM
    assert (tmp_path / "said.errors").read_text() == "to errors\n"


def test_two_of_one_program_know_nothing_of_each_other(tmp_path: Path) -> None:
    first, second = (started(tmp_path / name, NAME=name) for name in ("first", "second"))
    assert [said(tmp_path / name)["environment"] for name in ("first", "second")] == [
        {"NAME": "first"},
        {"NAME": "second"},
    ]
    first.send_signal(signal.SIGKILL)
    assert ended(first) == -signal.SIGKILL and second.poll() is None
    second.send_signal(signal.SIGKILL)
    assert ended(second) == -signal.SIGKILL


def test_its_code_is_what_it_ended_with_and_a_bug_is_told(tmp_path: Path) -> None:
    assert ended(started(tmp_path / "said", CODE="3")) == 3
    assert ended(started(tmp_path / "bug", BUG="1")) == 1
    assert "LookupError: a bug" in (tmp_path / "bug.errors").read_text()


@pytest.mark.parametrize("_again", range(5))
def test_it_dies_with_its_parent_however_soon(_again: int) -> None:
    with subprocess.Popen([sys.executable, "-c", ONE_AND_WAIT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.ppid() == parent.pid
        parent.kill()
        psutil.wait_procs([child], timeout=WITHIN_S)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize(("points", "is_born"), [("", True), ("/nowhere", False)])
def test_where_failpoints_may_be_armed_it_starts_as_in_production(tmp_path: Path, points: str, is_born: bool) -> None:
    environment = {**os.environ, failpoints.DIRECTORY: points}
    child = BornChild(
        name="one", command=(sys.executable, "-m", PROGRAM), log=tmp_path / "log", environment=environment
    )
    child.start()
    for process in (child._process, started(tmp_path / "said", **environment)):
        assert process is not None and isinstance(process, Born) is is_born
        process.send_signal(signal.SIGTERM)
        assert ended(process) == -signal.SIGTERM
    assert child.returncode == -signal.SIGTERM


def test_one_that_is_armed_dies_at_its_point_once_and_is_born_again(tmp_path: Path) -> None:
    known = dict(nursery._nurseries)
    points = {failpoints.DIRECTORY: str(tmp_path), failpoints.INSTANCE: "toy"}
    child = ArmedChild(
        name="toy",
        command=(sys.executable, "-m", PROGRAM),
        log=tmp_path / "log",
        environment={**os.environ, **points, "POINT": "committed", "CODE": "3"},
    )
    (tmp_path / "toy.committed").write_text("kill")
    for code in (-signal.SIGKILL, 3):
        child.start()
        process: object = child._process
        assert isinstance(process, Born)
        assert ended(process) == code
    assert not (tmp_path / "toy.committed").exists()
    end_nurseries(tmp_path)
    assert nursery._nurseries == known
