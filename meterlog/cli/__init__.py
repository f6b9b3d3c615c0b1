"""The `meterlog` command: one file for each subcommand, put together in `main`.

Every command keeps four exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 a part is unreachable. What a script
reads goes to stdout; everything said on the way goes to stderr.
"""
