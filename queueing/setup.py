"""Making a branch what its file says: the list of differences, then all of them at once."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from queueing.branchfile import BranchFile, BranchFileError, Problem
from queueing.people import Actor, Role
from queueing.shape import Difference, differences, shape_of
from queueing.store import Store
from queueing.store import setup as rows
from queueing.texts import N_

_COUNTED = {"+": "added", "~": "changed", "-": "removed"}


class SetupError(BranchFileError):
    """A good file that cannot be applied to this branch now; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done: the branch's id, and the differences made (none the second time)."""

    branch_id: int
    differences: tuple[Difference, ...]
    is_new: bool


def plan(store: Store, file: BranchFile) -> list[Difference]:
    """What `apply` would change. Raises SetupError where it would."""
    with store.reading() as db:
        branch_id = rows.find_branch(db, file.branch.code)
        if branch_id is None:
            _refuse_another(db, file)
            return differences({}, shape_of(file))
        return _checked(db, branch_id, file)


def apply(store: Store, file: BranchFile, actor: Actor | None = None) -> Applied:
    """Make the branch what the file says, in one transaction with one event.

    An empty data folder gets the branch. Rows that the file leaves out are switched off, never
    deleted. `actor` is who asks; the command line asks as the system.

    Raises SetupError, with nothing changed.
    """
    with _branch(store, file) as (branch_id, is_new), store.change(branch_id) as change:
        found = _checked(change.db, branch_id, file)
        if found:
            rows.write(change.db, branch_id, change.at_text, found)
            signs = Counter(difference.sign for difference in found)
            counts: dict[str, object] = {_COUNTED[sign]: signs[sign] for sign in _COUNTED}
            change.record("configured", actor or Actor(branch_id, Role.SYSTEM), data=counts)
    return Applied(branch_id, tuple(found), is_new)


@contextlib.contextmanager
def _branch(store: Store, file: BranchFile) -> Iterator[tuple[int, bool]]:
    """The branch's id; a new branch is made in the same transaction as all that follows."""
    with store.reading() as db:
        branch_id = rows.find_branch(db, file.branch.code)
    if branch_id is not None:
        yield branch_id, False
        return
    with store.writing() as db:
        # another process may have made it while this one waited for the lock
        branch_id = rows.find_branch(db, file.branch.code)
        if branch_id is not None:
            yield branch_id, False
            return
        _refuse_another(db, file)
        yield rows.insert_branch(db, file.branch.code, file.branch.timezone), True


def _refuse_another(db: sqlite3.Connection, file: BranchFile) -> None:
    # a changed code is far likelier than a second office in one box
    codes = rows.branch_codes(db)
    if codes:
        msgid = N_('code "{code}" is not that of this data folder, which is "{have}"')
        facts = {"code": file.branch.code, "have": ", ".join(codes)}
        raise SetupError([Problem("branch", msgid, facts)])


def _checked(db: sqlite3.Connection, branch_id: int, file: BranchFile) -> list[Difference]:
    found = differences(rows.shape(db, branch_id), shape_of(file))
    problems = [problem for d in found for problem in _obstacles(db, branch_id, d)]
    problems += _last_admin(db, branch_id, file)
    if problems:
        raise SetupError(problems)
    return found


def _obstacles(db: sqlite3.Connection, branch_id: int, difference: Difference) -> Iterator[Problem]:
    if difference.now is not None:
        return
    place = f"{difference.kind} {difference.key}"
    if difference.kind == "service":
        count = rows.open_tickets(db, branch_id, difference.key)
        if count:
            msgid = N_("{count} open tickets are in this service; finish or transfer them first")
            yield Problem(place, msgid, {"count": count})
    elif difference.kind == "counter" and rows.counter_is_busy(db, branch_id, int(difference.key)):
        yield Problem(place, N_("the counter is at work; close it first"))


def _last_admin(db: sqlite3.Connection, branch_id: int, file: BranchFile) -> list[Problem]:
    admins = rows.admins(db, branch_id)
    demoted = {officer.login for officer in file.officers if officer.role != "admin"}
    if admins and admins <= demoted:
        return [Problem("officer", N_("no administrator who can sign in would be left"))]
    return []
