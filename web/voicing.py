"""What the live line tells the speakers: which boards come and go, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import request

from queueing.people import Role
from queueing.store import Store
from queueing.store.identity import Known
from web.audience import Member
from web.speakers import Screen, SoundReport, Speakers, read_report


class Voicing:
    """Keeps `Speakers` up to date; `outdate(surface, branch_id)` lets those be told who watch it,
    `renew(sid)` lets a page load itself anew.

    Boards must know who speaks, and a supervisor which board should be heard and is not.
    """

    def __init__(
        self,
        speakers: Speakers,
        store: Store,
        outdate: Callable[[str, int], None],
        renew: Callable[[str], None],
    ) -> None:
        self._speakers = speakers
        self._renew = renew
        self._store = store
        self._outdate = outdate

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
            self._believed(spot.branch_id, read_report(member.wish.sound)),
        )
        if self._speakers.join(screen):
            self._outdate("board", screen.branch_id)
        self._outdate("overview", screen.branch_id)

    def gone(self, sid: str) -> None:
        """A connection has ended."""
        branch_id = self._speakers.branch_of(sid)
        if branch_id is not None:
            self._tell(self._speakers.leave(sid))
            self._outdate("overview", branch_id)

    def said(self, data: object = None) -> None:
        """The socket event `sound`: a board reports; anything else is not listened to."""
        report = read_report(data)
        if report is not None:
            sid: str = request.sid  # type: ignore[attr-defined]
            here = self._speakers.branch_of(sid)
            if here is None:
                return
            is_other = self._speakers.branch_of(sid, but=report.state) is not None
            self._tell(self._speakers.note(sid, self._believed(here, report) or report))
            if is_other:
                self._outdate("overview", here)

    def allow(self, member: Member, knowns: Sequence[Known]) -> None:
        """An administrator may have silenced a board, or let it speak again."""
        board = _board(knowns)
        if board is None or self._speakers.is_allowed(member.sid) is board.speaks:
            return
        self._tell(self._speakers.allow(member.sid, board.speaks))
        # its page was made for the other way
        self._renew(member.sid)

    def check(self) -> None:
        """Take the word from those that have something to say and do not."""
        for branch_id in self._speakers.check():
            self._outdate("board", branch_id)

    def _believed(self, branch_id: int, report: SoundReport | None) -> SoundReport | None:
        """A report without what cannot be: nothing is said of another epoch, or of the future."""
        if report is None:
            return None
        epoch = self._store.epoch
        said = report.said if report.epoch == epoch else 0
        if said > self._store.last_seq(branch_id):
            said = 0
        return report.model_copy(update={"epoch": epoch, "said": said})

    def _tell(self, screen: Screen | None) -> None:
        if screen is not None:
            self._outdate("board", screen.branch_id)


def _board(knowns: Sequence[Known]) -> Known | None:
    return next((one for one in knowns if one.actor.role is Role.BOARD), None)
