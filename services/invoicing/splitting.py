"""A command about many documents that met a bug, cut in two until only the document concerned is put aside.

AssignNumbers of inv-1 … inv-100     ->  of inv-1 … inv-50, of inv-51 … inv-100, taken in this order
CompleteIssues of inv-7              ->  nothing smaller: it waits with inv-7's account for an operator
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.invoice.messages import CompleteIssues
from services.invoicing.numbering_series.messages import AssignNumbers
from shared.kernel.message import Message


def split(message: Message) -> Sequence[Message]:
    """Its halves; none for what is about one document, and for every other message."""
    return message.halves() if isinstance(message, AssignNumbers | CompleteIssues) else ()
