"""The topics of usage beside its commands and events, without the environment."""

from __future__ import annotations

from typing import Final

REPORTED: Final = "usage.reported"
"""What equipment publishes."""

GUIDED: Final = "usage.guided"
"""Records by account, and how far they are complete."""

DEAD: Final = "usage.dead"
"""Bytes that no format can read."""
