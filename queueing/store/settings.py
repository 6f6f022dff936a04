"""Writing a branch's settings."""

from __future__ import annotations

from collections.abc import Mapping

from queueing.people import Actor
from queueing.settings import BY_NAME, InvalidSettingError, checked
from queueing.store import branches
from queueing.store.core import Store


def save_settings(store: Store, actor: Actor, wanted: Mapping[str, str]) -> dict[str, str]:
    """Let these settings be in force; gives those that changed, name to new value.

    All or none: raises InvalidSettingError before anything is written.
    """
    values = {name: checked(name, value) for name, value in wanted.items()}
    with store.change(actor.branch_id) as change:
        before = branches.rules(change.db, actor.branch_id)
        changed = {name: text for name, text in values.items() if before.text(name) != text}
        for name, text in changed.items():
            change.db.execute(
                "DELETE FROM setting WHERE branch_id = ? AND name = ?", (actor.branch_id, name)
            )
            if text != BY_NAME[name].default:
                change.db.execute(
                    "INSERT INTO setting (branch_id, name, value) VALUES (?, ?, ?)",
                    (actor.branch_id, name, text),
                )
        if changed:
            change.record("settings_changed", actor, data={"names": sorted(changed)})
    return changed


__all__ = ["InvalidSettingError", "save_settings"]
