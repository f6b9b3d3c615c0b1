"""Why an issued invoice is corrected: the one list of reason codes, of credit notes and debit notes alike.

docs/api.md says what each stands for.
"""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "billing_error",
    "price_correction",
    "service_outage",
    "goodwill",
    "cancellation",
    "duplicate",
    "wrong_details",
    "missing_charge",
    "other",
]
