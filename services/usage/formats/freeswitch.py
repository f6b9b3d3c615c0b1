"""Call records of FreeSWITCH: `Master.csv` of mod_cdr_csv with its template `example`, or with a first row of names.

    "Ann","33123456789","0033612345678","default","2026-11-23 10:00:00","2026-11-23 10:00:05","2026-11-23 10:02:05",
    "125","120","NORMAL_CLEARING","0d0a3c5e-…","","","PCMA","PCMA"

`caller_id_number` is the line (`tel:`), `destination_number` the destination, `billsec` the seconds, `uuid` the id.
Stamps are local time: give the zone.
"""

from __future__ import annotations

from typing import Final

from services.usage.formats.contract import FORMAT as NAMED
from services.usage.formats.contract import SOURCE, Example, Format
from services.usage.formats.parsing.call_records import CallRecords
from services.usage.formats.parsing.file_lines import LineCutter

_COLUMNS: Final = (
    *("caller_id_name", "caller_id_number", "destination_number", "context", "start_stamp", "answer_stamp"),
    *("end_stamp", "duration", "billsec", "hangup_cause", "uuid", "bleg_uuid", "accountcode", "read_codec"),
    "write_codec",
)

CALLS: Final = CallRecords(
    columns=(_COLUMNS,),
    caller="caller_id_number",
    called="destination_number",
    start="start_stamp",
    answer="answer_stamp",
    end="end_stamp",
    seconds="billsec",
    id="uuid",
    kept=("accountcode", "hangup_cause"),
)

_HEADERS: Final = {NAMED: "freeswitch", SOURCE: "fs-1"}
# Laid out as the template `example` of conf/vanilla/autoload_configs/cdr_csv.conf.xml.
_CALL: Final = (
    b'"Ann","33123456789","0033612345678","default","2026-11-23 10:00:00","2026-11-23 10:00:05","2026-11-23 10:02:05",'
    b'"125","120","NORMAL_CLEARING","0d0a3c5e-6f4b-4d1e-9a37-0a8f1f1f2b11","","","PCMA","PCMA"\n'
)

EXAMPLES: Final = (
    Example(_HEADERS, _CALL, ["record"]),
    Example(_HEADERS, _CALL.replace(b'"2026-11-23 10:00:05"', b'""').replace(b'"120"', b'"0"'), ["record"]),
    Example(_HEADERS, _CALL.replace(b'"33123456789"', b'""'), ["malformed"]),
    Example({NAMED: "freeswitch"}, _CALL, ["undecodable"]),
)

FORMAT: Final = Format(
    name="freeswitch",
    recognises=lambda headers: False,
    parse=CALLS.parse,
    split=CALLS.split,
    examples=EXAMPLES,
    cutter=LineCutter,
)
