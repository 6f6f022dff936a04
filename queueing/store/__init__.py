"""The store: all of the domain's SQL, one transaction a change.

`Store` opens the database, hands out reading snapshots and runs changes one at a time.
"""

from queueing.store.change import Change, Committed
from queueing.store.core import Store

__all__ = ["Change", "Committed", "Store"]
