"""Stand-ins of payment gateways: programs of their own that answer as the gateways do, remember what they were asked,
and lose, delay and repeat things on demand. Tests and chaos call them; nothing else does.

    python -m meterlog.stand_ins.stripe --port 4242
"""
