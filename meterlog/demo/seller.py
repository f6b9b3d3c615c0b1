"""Who sells in the demo: nobody, but with all that electronic invoices say of a seller, valid by its check digits.

Stack(settings.model_copy(update=SELLER), INSTALLATION)
"""

from __future__ import annotations

from typing import Final

SELLER: Final = {
    **{"seller_name": "Northwind Telecom", "seller_street": "12 Harbour Street", "seller_postal_code": "1050"},
    **{"seller_city": "Brussels", "seller_country": "BE", "seller_vat_id": "BE0123456749"},
    **{"seller_registration_id": "0123456749", "seller_iban": "BE71096123456769", "seller_bic": "GKCCBEBB"},
    **{"seller_email": "billing@northwind.example", "seller_phone": "+32 2 555 01 00"},
}
"""Settings by name."""
