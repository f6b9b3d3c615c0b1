"""The tables of a service built again from the log, compared with those that are shown, and put in their place.

    proof = await RebuildJob(settings, spec).verify()
    proof.equal, proof.digest                      # True, '5f0c…'

A build is a generation in a schema of its own, `gen_<n>`, beside the shown one, `live`. What happens in which order:

    load     partition by partition from offset 0, in processes of their own, rows and checkpoint in one transaction:
             a build that was killed goes on where it stood
    follow   until next to nothing is left of what the service has written meanwhile
    prove    a snapshot of the shown tables says how far they are; the build goes exactly there; both are digested
    go over  with the checkpoints of the service locked: the last events, then one renaming of schemas; `verify`
             drops the build instead

    job.py             the order of it all
    log_partitions.py  what there is to read: partitions of topics
    worker_pool.py     who builds: processes (worker_process.py), or this one
    builder.py         moves one partition forward; reading.py makes rows of its records, memory.py holds the states
    shadow.py          a build in the database: find it, begin it, drop it, show it
    comparison.py      shown and rebuilt at the same offsets: digest.py in numbers, differences.py row by row
    proof.py       what was found, as it is printed and kept

Nothing here has a producer: a rebuild can't send anything.
"""
