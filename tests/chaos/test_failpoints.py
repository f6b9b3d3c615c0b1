"""Crash points: each is where its name says, nothing in ordinary operation, and acts once when armed."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from meterlog.chaos.faults.crash import services_of
from shared.engine import failpoints
from shared.engine.settings import Settings
from tests.kit.waiting import WITHIN_S

ROOT = Path(__file__).parents[2]
PASSES = (
    "from shared.engine.failpoints import failpoint\nfor n in range(5):\n    failpoint('committed')\nprint('through')"
)


def passed() -> Iterator[str]:
    """The points that the product's code passes, once for each place."""
    for folder in ("meterlog", "services", "shared"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "failpoint":
                    assert isinstance(node.args[0], ast.Constant), f"{file}: name the point in place"
                    yield str(node.args[0].value)


def test_every_point_is_passed_in_one_place_and_no_other_is() -> None:
    assert Counter(passed()) == Counter(dict.fromkeys(failpoints.POINTS | failpoints.GATEWAY_POINTS, 1))


def test_every_point_belongs_to_a_service() -> None:
    assert all(services_of(point) for point in failpoints.POINTS)


def test_without_the_variable_a_point_is_nothing() -> None:
    assert failpoints._bound({}) is failpoints._nothing
    assert failpoints._bound({failpoints.DIRECTORY: ""}) is failpoints._nothing


def test_a_supervised_process_is_told_the_directory_like_any_setting(tmp_path: Path) -> None:
    variables = Settings.model_validate({"failpoints": tmp_path}).variables()
    assert variables[failpoints.DIRECTORY] == str(tmp_path)


def passing(points: Path) -> subprocess.Popen[str]:
    """A process of the instance `toy` that passes `committed` five times."""
    environment = {**os.environ, failpoints.DIRECTORY: str(points), failpoints.INSTANCE: "toy"}
    return subprocess.Popen(
        [sys.executable, "-c", PASSES], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_an_armed_point_kills_once(tmp_path: Path) -> None:
    (tmp_path / "toy.committed").write_text("kill\n")
    first = passing(tmp_path)
    assert first.communicate()[0] == "" and first.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []
    assert passing(tmp_path).communicate()[0] == "through\n"


@pytest.mark.parametrize(("words", "survives"), [("5 kill", False), ("6 kill", True), ("", True)])
def test_a_point_can_be_armed_for_a_later_pass(tmp_path: Path, words: str, survives: bool) -> None:
    (tmp_path / "toy.committed").write_text(words)
    assert (passing(tmp_path).communicate()[0] == "through\n") is survives


def test_another_instance_passes_unharmed(tmp_path: Path) -> None:
    (tmp_path / "toy-2.committed").write_text("kill")
    assert passing(tmp_path).communicate()[0] == "through\n"


def test_a_stopped_process_goes_on_when_it_is_told_to(tmp_path: Path) -> None:
    (tmp_path / "toy.committed").write_text("stop")
    process = passing(tmp_path)
    deadline = time.monotonic() + WITHIN_S
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert list(tmp_path.iterdir()) == []
    process.send_signal(signal.SIGCONT)
    assert process.communicate()[0] == "through\n"
