"""The runtime's side of Postgres in memory: checkpoints, states, timers, results; no service's own tables.

    database.py     the rows, copied and compared as a whole
    connection.py   a pool, connections, transactions with a lock on the checkpoint
    statements.py   what each of the runtime's statements does to the rows

The code under test is the real one (shared/engine/store.py, state.py, timers.py): a connection answers the statements
that it sends, and refuses any other. tests/contracts/store holds both kinds of connection to the same answers.
"""

from tests.kit.memory_store.connection import MemoryPool
from tests.kit.memory_store.database import Database

__all__ = ["Database", "MemoryPool"]
