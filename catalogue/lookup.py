"""The catalogue as the surfaces ask it: look-up by words, and single procedures."""

from __future__ import annotations

from catalogue import store as rows
from catalogue.procedures import Procedure
from catalogue.search import Hit, Index
from queueing.store import Store


class Catalogue:
    """The procedures of every branch in a store. May be shared between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # only a copy, keyed by what it was made from: the database stays the truth
        self._indexes: dict[int, tuple[rows.Version, Index]] = {}

    def search(self, branch_id: int, query: str, limit: int = 8) -> list[Hit]:
        """The procedures that fit the words best; an empty list when nothing fits."""
        return self._index(branch_id).search(query, limit)

    def procedure(self, branch_id: int, code: str) -> Procedure | None:
        """One procedure that citizens may see; None for an unknown or hidden code."""
        with self._store.reading() as db:
            return rows.visible_one(db, branch_id, code)

    def procedures(self, branch_id: int) -> list[Procedure]:
        """All procedures that citizens may see, in the catalogue's order."""
        return list(self._index(branch_id).items)

    def _index(self, branch_id: int) -> Index:
        with self._store.reading() as db:
            version = rows.version(db, branch_id)
            kept = self._indexes.get(branch_id)
            if kept is not None and kept[0] == version:
                return kept[1]
            items = rows.visible(db, branch_id)
        index = Index(items)
        self._indexes[branch_id] = (version, index)
        return index
