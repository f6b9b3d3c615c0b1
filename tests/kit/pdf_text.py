"""PDFs as a reader sees them, by poppler's tools."""

from __future__ import annotations

import re
import subprocess


def text_of(state: bytes) -> str:
    """The text as it lies on the pages, runs of blanks made one."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=state, capture_output=True, check=True)
    return re.sub(r"[ \t]+", " ", done.stdout.decode())
