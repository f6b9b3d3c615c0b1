"""Outputs of an issued invoice, one file each, found by listing this folder. contract.py says what an output is.

    outputs()["pdf"].render(contents)      # b"%PDF-1.7 ..."

Each has a path of its own under the invoice; nothing else names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.invoicing.documents.contract import Output
from shared.kernel.plugins import plugins


@cache
def outputs() -> Mapping[str, Output]:
    """Every output by its name."""
    return plugins(__name__, Output)
