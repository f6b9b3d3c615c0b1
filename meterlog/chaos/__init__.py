"""Faults on purpose: the months of a small provider, lived through while processes and servers fail, and then compared
with the same months undisturbed.

experiment   `meterlog chaos`: the disturbed run, the undisturbed one, the verdict
sandbox      servers, services and what a fault may do to them
story        the months, and usage published exactly once whatever happens to the broker
faults       one file for each kind of trouble
schedule     which fault comes next, drawn from a seed
probes       when a partition takes its input again
inventory    what the API says in the end, and what the log holds
report       lines for a person, one object for a script
endurance    an hour in which nothing happens, and a month after it
"""
