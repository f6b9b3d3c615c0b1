"""Free ports on the loopback interface, chosen once and remembered.

A data directory keeps its ports, so that an address written down yesterday works today. A remembered port that someone
else has taken meanwhile is replaced, for the servers behind the entry only: the entry's own port is the user's choice.

    ports = Ports(data_dir / "ports.json")
    ports["kafka"]      # 40213, and again 40213 after a restart
"""

from __future__ import annotations

import json
import socket
from pathlib import Path


class Ports:
    """Names to port numbers, kept in a JSON file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        self._checked: set[str] = set()

    def __getitem__(self, name: str) -> int:
        """The port of `name`: the remembered one where it is free, else a new one. Checked once per object."""
        if name not in self._checked:
            if name not in self._known or not is_free(self._known[name]):
                self._known[name] = self._choose()
                self._file.write_text(json.dumps(self._known, indent=1) + "\n")
            self._checked.add(name)
        return self._known[name]

    def _choose(self) -> int:
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port: int = probe.getsockname()[1]
            if port not in self._known.values():
                return port


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now; a port in TIME_WAIT counts as free, as it does for the servers."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def is_open(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False
