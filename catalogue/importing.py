"""Bringing a branch's procedures to what a catalogue file says."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalogue import store as rows
from catalogue.procedures import Procedure
from queueing.branchfile import BranchFile
from queueing.people import Actor
from queueing.store import Store


@dataclass(frozen=True, slots=True)
class Import:
    """What an import changes; `without_service` counts visible ones that belong nowhere."""

    added: tuple[Procedure, ...]
    changed: tuple[Procedure, ...]
    withdrawn: tuple[str, ...]
    visible: int
    hidden: int
    without_service: tuple[str, ...]

    @property
    def is_needed(self) -> bool:
        """False when the branch has these very procedures already."""
        return bool(self.added or self.changed or self.withdrawn)

    def counts(self) -> dict[str, object]:
        """The numbers alone, as the history keeps them."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "withdrawn": len(self.withdrawn),
        }


def mapped(procedures: Iterable[Procedure], file: BranchFile) -> list[Procedure]:
    """The procedures, each with the service that the branch file gives it."""
    return [replace(p, service=file.service_for(p.field, p.code)) for p in procedures]


def plan(store: Store, branch_id: int, procedures: Iterable[Procedure]) -> Import:
    """What `apply` would change."""
    with store.reading() as db:
        have = rows.in_force(db, branch_id)
    return _compare(have, list(procedures))


def apply(store: Store, actor: Actor, procedures: Iterable[Procedure]) -> Import:
    """Make the branch's procedures these; one event, none when nothing differs."""
    wanted = list(procedures)
    unchanged = plan(store, actor.branch_id, wanted)
    if not unchanged.is_needed:
        return unchanged
    with store.change(actor.branch_id) as change:
        done = _compare(rows.in_force(change.db, actor.branch_id), wanted)
        rows.save(change.db, actor.branch_id, (*done.added, *done.changed))
        rows.withdraw(change.db, actor.branch_id, done.withdrawn)
        rows.set_version(change.db, actor.branch_id, secrets.token_hex(8))
        change.record("configured", actor, data={"procedures": done.counts()})
    return done


def _compare(have: dict[str, Procedure], wanted: list[Procedure]) -> Import:
    codes = {procedure.code for procedure in wanted}
    visible = [procedure for procedure in wanted if not procedure.hidden]
    return Import(
        added=tuple(p for p in wanted if p.code not in have),
        changed=tuple(p for p in wanted if p.code in have and have[p.code] != p),
        withdrawn=tuple(code for code in have if code not in codes),
        visible=len(visible),
        hidden=len(wanted) - len(visible),
        without_service=tuple(p.code for p in visible if p.service is None),
    )
