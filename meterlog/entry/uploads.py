"""Paths whose POST takes a body beyond what others may have, of all services."""

from __future__ import annotations

from typing import Final

from services.payments.bank_statement import limits as statements
from services.usage.file import limits as files

UPLOADS: Final = {**files.UPLOADS, **statements.UPLOADS}
