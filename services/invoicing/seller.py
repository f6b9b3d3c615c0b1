"""Who sells, as this deployment is set up: told with each request to issue, so that no document reads a setting.

FinaliseInvoice(invoice_id="inv-1", account_id="acc-1", seller=seller_of(api.settings))
"""

from __future__ import annotations

from services.invoicing.invoice.messages import Seller
from shared.engine.settings import Settings


def seller_of(settings: Settings) -> Seller:
    return Seller(
        name=settings.seller_name,
        address=settings.seller_address,
        tax_id=settings.seller_tax_id,
        payment_details=settings.seller_payment_details,
    )
