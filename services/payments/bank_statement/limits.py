"""What a file of bank statements may be, for the service and for the entry that passes it on."""

from __future__ import annotations

from typing import Final

STATEMENTS_PATH: Final = "/v1/bank-statements"

FILE_BYTES_MAX: Final = 256 * 1024 * 1024
"""Of a file, unpacked, and of what arrives: 250,000 entries as a bank of many words writes camt.053."""

UPLOADS: Final = {STATEMENTS_PATH: FILE_BYTES_MAX}
"""Paths whose POST takes a body beyond what others may have, and reads it as it arrives."""
