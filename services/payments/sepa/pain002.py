"""pain.002: what a bank says of a file of direct debits before it books it. Pure.

    <OrgnlEndToEndId>dd-1</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>

>>> from io import BytesIO
>>> list(rejections(BytesIO(b"<Document xmlns='urn:x:pain.002.001.03'>"
...     b"<TxInfAndSts><OrgnlEndToEndId>dd-1</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
...     b"<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts></Document>")))
[('dd-1', 'AC01')]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from services.payments.statements.parsing.xml_stream import records


def rejections(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """The debits that are rejected, by the ids that we gave them, each with its reason's code. Raises `Rejection`."""
    for record in records(file, {"TxInfAndSts"}):
        if record.first("TxSts") == "RJCT":
            code = record.first("StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry") or "MS03"
            yield record.first("OrgnlEndToEndId")[:64], code[:35]
