"""Aggregations: every other file of this folder says how the records of a period become the value that is priced.

A new aggregation is one new file that ends in an `AGGREGATION`: see `sum.py` for the shape. It is found by listing the
folder, and one shared test runs its `EXAMPLES` and holds that the order of records and of merging changes nothing, nor
that of taking records back (`negative`).

A meter names its aggregation; a price model takes what its meter aggregates, or names what it needs (`Measure` in
pricing/engine/contract.py). What they share is in pricing/engine/aggregation.py.

    sum         what was used in all
    count       how many records there were
    max         the largest of them
    last        the one that started last
    unique      how many different users (or whatever the attribute says) they are of
    level       a quantity integrated over the time it holds, in unit-seconds
    percentile  the 95th percentile of them as samples
    per_record  the records themselves, in their order

Rating keeps sums and counts of every meter, and of those that a plan prices in another way what the aggregation needs
(rated_usage/detail.py); publishing a plan whose price asks for what its meter does not have is refused.
"""
