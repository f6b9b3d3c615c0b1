"""What an account owes and will owe."""

from __future__ import annotations

from typing import Final

from services.payments.exposure.messages import PaymentModeChanged, WalletBalanceLow
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(unfolded=(PaymentModeChanged, WalletBalanceLow))
