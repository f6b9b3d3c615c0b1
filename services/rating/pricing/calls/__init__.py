"""What a call costs: rates by destination, time bands, increments, and the cutting of a call at band bounds.

Pure. `rated_call.py` is the price model; stored rate tables (services/rating/rate_table/) use the same values.

| file | what |
|---|---|
| `rate.py` | a rate: prefix, bands, increments, connect fee; what contradicts itself in one |
| `rate_body.py` | the same as a request says it |
| `destination.py` | a called number as digits, and the longest prefix of it |
| `timetable.py` | which band is in force at a moment of a day |
| `cutting.py` | a call becomes parts: at band bounds, at midnight where a rate changes, by the clock on the wall |
| `billing.py` | the parts of all calls of a period become the steps of an amount |
"""
