"""The usage process: partition owners, HTTP API and intake. `python -m services.usage.app` runs it."""

from __future__ import annotations

from services.usage.service import SERVICE
from shared.engine.process import run
from shared.http.server import Server

__all__ = ["SERVICE"]

if __name__ == "__main__":
    run(SERVICE, serve=Server)
