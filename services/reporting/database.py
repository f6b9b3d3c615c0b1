"""The name of what reads and writes here are made with: the API's pool, or one connection of it in a transaction."""

from __future__ import annotations

from shared.engine.postgres import Connection, Pool

Database = Pool | Connection
