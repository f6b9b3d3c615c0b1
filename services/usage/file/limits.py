"""What a file may be, for the service and for the entry that passes it on."""

from __future__ import annotations

from typing import Final

FILES_PATH: Final = "/v1/usage/files"

FILE_BYTES_MAX: Final = 256 * 1024 * 1024
"""Of a file, unpacked, and of what arrives: two million records of 120 bytes."""

UPLOADS: Final = {FILES_PATH: FILE_BYTES_MAX}
"""Paths whose POST takes a body beyond what others may have, and reads it as it arrives."""
