"""A whole installation on a bare machine: real Kafka and real Postgres from packages, under one supervisor.

directory   what the data directory holds: ports, secrets, the lock, the record of what runs
process     one child process: started, watched, stopped, never left behind
kafka       Apache Kafka, one broker
postgres    PostgreSQL, one server
databases   the product's databases and roles on any server
supervisor  keeps programs running
stack       all of it together: what `meterlog up`, `meterlog demo` and tests start
"""
