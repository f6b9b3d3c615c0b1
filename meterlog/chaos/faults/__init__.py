"""Kinds of trouble, one file each. A fault is a function that does something to the scene, and returns when it is done
and things may recover.

scene          what a fault has to work with, and what it says of itself
crash          kill or stop at a named point
processes      kill, end or pause a service
replicas       a second replica joins and leaves; a stopped owner wakes after another took over
brokers        a broker killed, late, paused, or lost and back
postgres       killed, paused, a session killed, an older backup put back
disk           no room for Kafka, none for Postgres
clock          the test clock jumps
transactions   a stranger leaves a transaction open on our input
"""
