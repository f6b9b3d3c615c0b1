"""What a nursery runs: it imports a program, and forks one at each order that comes in.

    python -m tests.kit.nursery_process services.rating.app FD

An order is JSON with two descriptors, of output and errors; the answer is a pid. It ends when nobody can order more.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
from typing import Any, Final

from shared.engine import failpoints
from tests.kit.patience import be_patient

_PR_SET_PDEATHSIG: Final = 1


def main(module: str, orders: socket.socket) -> None:
    # As the programs themselves do: nothing of what is being imported is garbage.
    gc.disable()
    program = importlib.import_module(module)
    if hasattr(program, "SERVICE"):
        from tests.kit.built_ahead import build_ahead

        build_ahead(program.SERVICE)
    if not os.environ.get(failpoints.DIRECTORY):
        be_patient()
    gc.freeze()
    while True:
        order, outputs, _, _ = socket.recv_fds(orders, 1 << 20, 2)
        if not order:
            return
        orders.send(str(_forked(module, json.loads(order), outputs, orders)).encode())
        for descriptor in outputs:
            os.close(descriptor)


def _forked(module: str, order: dict[str, Any], outputs: list[int], orders: socket.socket) -> int:
    """The pid of the grandchild; the child between us has ended, so that it belongs to who gave the order."""
    read, write = os.pipe()
    between = os.fork()
    if between == 0:
        if (pid := os.fork()) != 0:
            os.write(write, str(pid).encode())
            os._exit(0)
        for descriptor in (read, write, orders.detach()):
            os.close(descriptor)
        _become(module, order, outputs)
    os.close(write)
    os.waitpid(between, 0)
    with open(read, "rb") as told:
        return int(told.read())


def _become(module: str, order: dict[str, Any], outputs: list[int]) -> None:
    """The program, until it ends; does not return."""
    os.setsid()
    _belong_to(order["parent"])
    for descriptor, place in zip(outputs, (1, 2), strict=True):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["directory"])
    # It runs again under its other name, on all that it imported.
    del sys.modules[module]
    del sys.argv[1:]
    gc.enable()
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    raise SystemExit(0)


def _belong_to(parent: int) -> None:
    """End with that process; it may have ended before we are its child, or before we have said so."""
    try:
        alive = os.pidfd_open(parent)
    except ProcessLookupError:
        os._exit(0)
    while os.getppid() != parent and not select.select([alive], [], [], 0.001)[0]:
        pass
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if select.select([alive], [], [], 0)[0]:
        os._exit(0)
    os.close(alive)


if __name__ == "__main__":
    main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
