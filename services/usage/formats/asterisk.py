"""Call records of Asterisk: `Master.csv` of its module cdr_csv, or an export whose first row names the columns.

    "","33123456789","0033612345678","from-internal","Ann","SIP/100-1","SIP/out-2","Dial","SIP/out",
    "2026-11-23 10:00:00","2026-11-23 10:00:05","2026-11-23 10:02:05",125,120,"ANSWERED","BILLING","1763892000.1",""

`src` is the line (`tel:`), `dst` the destination, `billsec` the seconds, `uniqueid` the id; accountcode and
disposition are kept as attributes. cdr_csv writes local time: give its zone, or set `usegmtime=yes`. Without
`loguniqueid=yes` a call has no id of its own, and is called after where it stood.

The columns are those of cdr/cdr_csv.c: 16, with `loguniqueid` 17, with `loguserfield` as well 18.
"""

from __future__ import annotations

from typing import Final

from services.usage.formats.contract import FORMAT as NAMED
from services.usage.formats.contract import SOURCE, TIME_ZONE, Example, Format
from services.usage.formats.parsing.call_records import CallRecords
from services.usage.formats.parsing.file_lines import LineCutter

_COLUMNS: Final = (
    *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata"),
    *("start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield"),
)

CALLS: Final = CallRecords(
    columns=(_COLUMNS, _COLUMNS[:17], _COLUMNS[:16]),
    caller="src",
    called="dst",
    start="start",
    answer="answer",
    end="end",
    seconds="billsec",
    id="uniqueid",
    kept=("accountcode", "disposition"),
)

_HEADERS: Final = {NAMED: "asterisk", SOURCE: "pbx-1", TIME_ZONE: "Europe/Paris"}
# Laid out as append_string and append_date of cdr_csv.c write it.
_CALL: Final = (
    b'"","33123456789","0033612345678","from-internal","""Ann"" <33123456789>","SIP/100-1","SIP/out-2","Dial",'
    b'"SIP/out/0033612345678,60","2026-11-23 10:00:00","2026-11-23 10:00:05","2026-11-23 10:02:05",125,120,"ANSWERED",'
    b'"DOCUMENTATION","1763892000.1",""\n'
)

EXAMPLES: Final = (
    Example(_HEADERS, _CALL + _CALL.replace(b',"1763892000.1",""', b""), ["record", "record"]),
    Example(_HEADERS, b"src,dst,start,billsec\n33123456789,112,2026-11-23 10:00:00,0\n", ["record"]),
    Example(_HEADERS, _CALL.replace(b",120,", b",long,") + b"a,b\n", ["malformed", "malformed"]),
    Example({**_HEADERS, TIME_ZONE: "Mars/Phobos"}, _CALL, ["undecodable"]),
)

FORMAT: Final = Format(
    name="asterisk",
    recognises=lambda headers: False,
    parse=CALLS.parse,
    split=CALLS.split,
    examples=EXAMPLES,
    cutter=LineCutter,
)
