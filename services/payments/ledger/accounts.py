"""The accounts of the ledger. What a customer owes is `receivables`; what is the customer's, and free, `unapplied`.

clearing:bank_transfer     money on its way to the bank or the provider, by the way of paying
"""

from __future__ import annotations

from typing import Final

RECEIVABLES: Final = "receivables"
UNAPPLIED: Final = "unapplied"
BILLED: Final = "billed"
"""What invoices ask for and credit notes take off; revenue and tax are told apart by invoicing."""
CREDITS_GIVEN: Final = "credits_given"
ADJUSTMENTS: Final = "adjustments"
WRITE_OFFS: Final = "write_offs"
ROUNDING: Final = "rounding_differences"
CHARGEBACK_FEES: Final = "chargeback_fees"
DEPOSITS_HELD: Final = "deposits_held"
REFUNDS_PAYABLE: Final = "refunds_payable"
"""What goes back to customers and has not reached them."""
VOUCHERS_EXPIRED: Final = "vouchers_expired"
"""What customers have lost of vouchers whose money expires: earned by the operator, who was paid for them."""

OF_CUSTOMER: Final = (RECEIVABLES, UNAPPLIED)
"""Their sum is the balance of an account (R47)."""


def clearing(method: str) -> str:
    """Where money of that way of paying comes in and goes out."""
    return f"clearing:{method}"
