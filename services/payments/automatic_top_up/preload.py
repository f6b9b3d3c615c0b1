"""Which states a message about a rule will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.automatic_top_up.messages import RetryAutomaticTopUp, SetAutomaticTopUp
from services.payments.automatic_top_up.state import AutomaticTopUp
from services.payments.balance.state import Payer
from services.payments.closed_account.state import ClosedAccount
from services.payments.exposure.state import Exposure
from services.payments.payment_method.state import PaymentMethods
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from services.payments.top_up.state import LastTopUp
from shared.kernel.decider import Asked


def preload(message: SetAutomaticTopUp | RetryAutomaticTopUp) -> Iterator[Asked]:
    yield AutomaticTopUp, message.account_id
    yield Exposure, message.account_id
    yield Payer, message.account_id
    yield ClosedAccount, message.account_id
    yield PaymentMethods, message.account_id
    yield LastTopUp, message.account_id
    yield PaymentSettings, ONLY
