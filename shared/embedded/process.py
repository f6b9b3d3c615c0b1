"""One child process that can't outlive its parent.

    kafka = Child("kafka", [java, ..., "kafka.Kafka", "server.properties"], log=data_dir / "logs/kafka.log")
    kafka.start()
    await kafka.stop(grace_s=3)        # asks first, kills after three seconds

Three things keep a machine clean: the child runs in a session of its own, so Ctrl-C reaches the parent alone, which
then stops its children in order; Linux signals the child when the parent dies (`PR_SET_PDEATHSIG`); and the child's
identity can be recorded (`Identity`), so that what survived both is found and ended by the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import psutil

POLL_S: Final = 0.05
"""How often a process's end is looked for where the system does not tell of it."""

_NICE_MAX: Final = 19
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What tells a process from a later one with the same pid: its pid and the instant it was created."""

    name: str
    pid: int
    created: float
    command: str

    @classmethod
    def of(cls, name: str, pid: int) -> Identity | None:
        """Identity of a running process; `None` if it has ended meanwhile."""
        try:
            process = psutil.Process(pid)
            return cls(name=name, pid=pid, created=process.create_time(), command=" ".join(process.cmdline()))
        except psutil.NoSuchProcess:
            return None

    def find(self) -> psutil.Process | None:
        """The process, if it is still that one. A second of tolerance: boot time, its base, is itself rounded."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < 1
        except psutil.NoSuchProcess:
            return None
        return process if same and _alive(process) else None


@dataclass(kw_only=True)
class Child:
    """A process that is ours to start and to stop. One object can be started again after its process has ended."""

    name: str
    command: Sequence[str]
    log: Path
    """Where its output is appended."""
    environment: Mapping[str, str] | None = None
    """Its whole environment; `None` inherits ours."""
    user: str | None = None
    """System user to become, where we are root and it must not be."""
    stop_signal: signal.Signals = signal.SIGTERM
    """What asks it to end in good order."""
    directory: Path | None = None
    nice: int = 0
    """How far it stands back behind us for a processor."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self.running else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def returncode(self) -> int | None:
        return self._process.poll() if self._process else None

    def start(self) -> int:
        """Start the process and return its pid. Call it from the main thread: on Linux the death of the *thread* that
        started a child counts as its parent's death.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = self._spawn(output)
        if self.nice:
            # It may have ended already, which whoever waits for it is told.
            with contextlib.suppress(ProcessLookupError):
                ours = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self._process.pid, min(_NICE_MAX, ours + self.nice))
        return self._process.pid

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if self.environment is None else dict(self.environment),
            cwd=self.directory,
            start_new_session=True,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            preexec_fn=_die_with_parent(self.stop_signal),
        )

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for a message that says why it is no longer there."""
        said = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join([f"the end of {self.log}:", *said[-lines:]])

    async def wait(self) -> int:
        """Wait until it ends; its exit code, negative for a signal."""
        process = self._process
        if process is None:
            raise RuntimeError(f"{self.name} was never started")
        with _end_of(process.pid) as ended:
            while (code := process.poll()) is None:
                await ended()
        return code

    async def stop(self, *, grace_s: float) -> None:
        """Ask it to end, and kill it and what it started if it is still there after `grace_s`."""
        if not self.running:
            return
        self.send(self.stop_signal)
        try:
            await asyncio.wait_for(self.wait(), grace_s)
        except TimeoutError:
            family = self.kill()
            await self.wait()
            # What it started is not ours to reap; until it is gone it may go on writing.
            while any(_alive(member) for member in family):
                await asyncio.sleep(POLL_S)

    def send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def kill(self) -> list[psutil.Process]:
        """SIGKILL to the process and all that it started, which it returns: each process of Postgres has a session of
        its own, and its checkpointer writes on for a moment when the others are gone.
        """
        if self._process is None or self._process.poll() is not None:
            return []
        try:
            family = _family(psutil.Process(self._process.pid))
        except psutil.NoSuchProcess:
            return []
        for member in family:
            _signal(member, signal.SIGKILL)
        return family


async def end_leftovers(identities: Iterable[Identity], *, grace_s: float = 3.0) -> list[str]:
    """End what a killed run left behind, children included; the names of those that were still there."""
    found = [(identity.name, process) for identity in identities if (process := identity.find())]
    family = [member for _name, process in found for member in _family(process)]
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = asyncio.get_running_loop().time() + grace_s
        for member in family:
            _signal(member, number)
        while (family := [member for member in family if _alive(member)]) and (
            asyncio.get_running_loop().time() < deadline
        ):
            await asyncio.sleep(POLL_S)
    return [name for name, _process in found]


@contextlib.contextmanager
def _end_of(pid: int) -> Iterator[Callable[[], Awaitable[Any]]]:
    """Waits for the end of a child of ours that is not reaped yet: told by the system (Linux), else for a moment."""
    try:
        descriptor = os.pidfd_open(pid)
    except (AttributeError, OSError):
        yield lambda: asyncio.sleep(POLL_S)
        return
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        yield ended.wait
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _alive(process: psutil.Process) -> bool:
    """A zombie has ended; who should have reaped it may itself be gone."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    if _LIBC is None:
        return None
    libc, parent = _LIBC, os.getpid()

    def in_child() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl: the signal would never come
            os._exit(1)

    return in_child
