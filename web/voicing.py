"""What the live line tells the speakers: which boards come and go, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import request

from queueing.people import Role
from queueing.store.identity import Known
from web.audience import Member
from web.speakers import Screen, Speakers, read_report


class Voicing:
    """Keeps `Speakers` up to date; `changed(branch_id)` lets its boards be told who speaks now."""

    def __init__(self, speakers: Speakers, changed: Callable[[int], None]) -> None:
        self._speakers = speakers
        self._changed = changed

    def come(self, member: Member, knowns: Sequence[Known]) -> None:
        """Count a paired board among those that could speak; staff who look at one never do."""
        spot = next((spot for spot in member.spots if spot.surface == "board"), None)
        board = _board(knowns)
        if spot is None or board is None or member.wish.surface != "board":
            return
        screen = Screen(
            member.sid,
            spot.branch_id,
            spot.key,
            member.wish.screen or "",
            board.actor.device_id or 0,
            board.speaks,
            read_report(member.wish.sound),
        )
        if self._speakers.join(screen):
            self._changed(screen.branch_id)

    def gone(self, sid: str) -> None:
        """A connection has ended."""
        self._tell(self._speakers.leave(sid))

    def said(self, data: object = None) -> None:
        """The socket event `sound`: a board reports; anything else is not listened to."""
        report = read_report(data)
        if report is not None:
            self._tell(self._speakers.note(request.sid, report))  # type: ignore[attr-defined]

    def allow(self, member: Member, knowns: Sequence[Known]) -> None:
        """An administrator may have silenced a board, or let it speak again."""
        board = _board(knowns)
        if board is not None:
            self._tell(self._speakers.allow(member.sid, board.speaks))

    def check(self) -> None:
        """Take the word from those that have something to say and do not."""
        for branch_id in self._speakers.check():
            self._changed(branch_id)

    def _tell(self, screen: Screen | None) -> None:
        if screen is not None:
            self._changed(screen.branch_id)


def _board(knowns: Sequence[Known]) -> Known | None:
    return next((one for one in knowns if one.actor.role is Role.BOARD), None)
