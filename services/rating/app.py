"""The rating process: `python -m services.rating.app`, all settings from the environment."""

from __future__ import annotations

from services.rating.service import SERVICE
from shared.engine.process import run
from shared.http.server import Server

__all__ = ["SERVICE"]

if __name__ == "__main__":
    run(SERVICE, serve=Server)
