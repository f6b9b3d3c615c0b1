"""Processes of the product that are born with what they import: two thirds of a start are imports, and tests start
hundreds of services.

    process = born("services.rating.app", environment, stdout=1, stderr=2)
    process.send_signal(signal.SIGTERM)

One process for each program imports it, once, and forks at each call. What is born is the caller's child, with a
session, an environment and an output of its own, and runs the program as `python -m` would; it dies with its parent.
A program looks for failpoints while it is imported, so a test with failpoints starts as in production does, as do the
benchmarks and the command line; but where one process is killed and comes back again and again (`ArmedChild`), what is
born has been imported with its failpoints.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol, cast

from shared.embedded.process import Child
from shared.engine import failpoints
from tests.kit import nursery_process

_PR_SET_CHILD_SUBREAPER: Final = 36


class Started(Protocol):
    """What one may do with a process, whoever started it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def send_signal(self, sig: int) -> None: ...


@dataclass
class Born:
    """A child of this process that it did not start itself."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)


def born(module: str, environment: Mapping[str, str], *, stdout: int, stderr: int) -> Started:
    """A process of a program; as in production where failpoints may be armed, and where there is no Linux."""
    if sys.platform != "linux" or environment.get(failpoints.DIRECTORY):
        command = (sys.executable, "-m", module)
        return subprocess.Popen(command, env=dict(environment), stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL)
    return _nursery(module, {}).born(environment, stdout, stderr)


def prepare(*modules: str) -> None:
    """Have these programs imported, all at once, while there is something else to do."""
    if sys.platform == "linux":
        for module in modules:
            _nursery(module, {})


def prepare_armed(directory: Path, instances: Mapping[str, str]) -> None:
    """Likewise programs with failpoints in this directory: the module of each instance."""
    if sys.platform == "linux":
        for instance, module in instances.items():
            _nursery(module, {failpoints.DIRECTORY: str(directory), failpoints.INSTANCE: instance})


class BornChild(Child):
    """A child of a stack, likewise. Its command is `python -m MODULE`."""

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        environment = self.environment or {}
        if sys.platform != "linux" or environment.get(failpoints.DIRECTORY):
            return super()._spawn(output)
        return self._born({}, output)

    def _born(self, points: Mapping[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
        nursery = _nursery(self.command[-1], points)
        # A child asks no more of its process than `Started` says.
        return cast("subprocess.Popen[bytes]", nursery.born(self.environment or {}, output.fileno(), output.fileno()))


class ArmedChild(BornChild):
    """Likewise, where failpoints may be armed. Its nursery is its own, and gone after `end_nurseries(directory)`."""

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        environment = self.environment or {}
        points = {name: environment[name] for name in _POINTS if name in environment}
        if sys.platform != "linux" or not points.get(failpoints.DIRECTORY):
            return super()._spawn(output)
        return self._born(points, output)


def end_nurseries(directory: Path) -> None:
    """Those with failpoints in this directory; what was born there lives on."""
    for key in [key for key in _nurseries if (failpoints.DIRECTORY, str(directory)) in key[1]]:
        _nurseries.pop(key).end()


class _Nursery:
    """The process that has imported a program, with these failpoints."""

    def __init__(self, module: str, points: Mapping[str, str]) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command: Sequence[str] = (sys.executable, "-m", nursery_process.__name__, module, str(theirs.fileno()))
        with theirs:
            self._process = subprocess.Popen(
                command,
                cwd=Path(__file__).parents[2],
                env={**{name: value for name, value in os.environ.items() if name not in _POINTS}, **points},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self.end)

    def born(self, environment: Mapping[str, str], stdout: int, stderr: int) -> Born:
        order = {"environment": dict(environment), "parent": os.getpid(), "directory": str(Path.cwd())}
        # Its parent ends at once, and so it becomes ours.
        _adopt(True)
        try:
            socket.send_fds(self._orders, [json.dumps(order).encode()], [stdout, stderr])
            answer = self._orders.recv(32)
        finally:
            _adopt(False)
        if not answer:
            raise RuntimeError(f"{self._process.args!r} ended with code {self._process.wait()}")
        return Born(int(answer))

    def end(self) -> None:
        """Nobody else is born. Safe to call twice."""
        self._orders.close()
        self._process.wait()


_POINTS: Final = (failpoints.DIRECTORY, failpoints.INSTANCE)
"""What a program reads while it is imported."""

_nurseries: dict[tuple[str, frozenset[tuple[str, str]]], _Nursery] = {}


def _nursery(module: str, points: Mapping[str, str]) -> _Nursery:
    key = (module, frozenset(points.items()))
    if key not in _nurseries:
        _nurseries[key] = _Nursery(module, points)
    return _nurseries[key]


def _adopt(orphans: bool) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, int(orphans), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
