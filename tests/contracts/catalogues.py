"""The catalogue of every event type, and the saved samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from meterlog.installation import DECIDING
from services.invoicing.events import EVENTS as INVOICING
from services.payments.events import EVENTS as PAYMENTS
from services.rating.events import EVENTS as RATING
from services.usage.events import EVENTS as USAGE
from services.usage.events import GUIDED
from shared.engine.clock import CLOCK_EVENTS
from shared.kernel.message import Catalogue
from shared.kernel.outcome import outcomes

SAMPLES: Final = Path(__file__).parent / "samples"
LEAST: Final = SAMPLES / "least"
DOCS: Final = Path(__file__).parents[2] / "docs"

CATALOGUES: Final[dict[str, Catalogue[Any]]] = {
    name: catalogue
    for catalogue in (
        *(USAGE, GUIDED, RATING, INVOICING, PAYMENTS, CLOCK_EVENTS),
        *(outcomes(service) for service in DECIDING),
    )
    for name in catalogue
}
