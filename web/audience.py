"""Who is connected to the live line, and what each of them may see."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from queueing.refusals import Refused
from queueing.store.identity import Known
from web.surface import Room

# A call is not theirs to wait for: they keep their pace, so that they never hold up a board
UNHURRIED = frozenset({"ticket", "overview"})
# Boards first: a call is read there.
ORDER = ("board", "counter", "ticket", "kiosk", "overview")


class Wish(BaseModel):
    """What a connection says it shows: the handshake's `auth`. The branch is never among it."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    surface: str | None = None
    zone: str | None = None
    counter: int | None = None
    ticket: str | None = None
    # what a board's page calls itself, so that one of several can be named
    screen: str | None = None
    sound: dict[str, Any] | None = None


def read_wish(auth: object) -> Wish:
    """The handshake's wish. Raises Refused `bad_request` on anything it cannot be."""
    try:
        wish = Wish.model_validate({} if auth is None else auth)
    except ValidationError as error:
        raise Refused("bad_request") from error
    for text in (wish.surface, wish.zone, wish.ticket, wish.screen):
        # half a surrogate pair cannot even be looked up
        if text is not None and (len(text) > 100 or not text.isprintable()):
            raise Refused("bad_request")
    if not 0 <= (wish.counter or 0) <= 1_000_000:
        raise Refused("bad_request")
    return wish


class Spot(NamedTuple):
    """One state that is shown: a surface of a branch and which of its kind."""

    surface: str
    branch_id: int
    key: str

    @property
    def room(self) -> str:
        """Its Socket.IO room."""
        return f"{self.surface}/{self.branch_id}/{self.key}"


Build = Callable[[Room, int, str], dict[str, Any]]
Rooms = Callable[[Room, Known, Wish], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Surface:
    """How one surface's state is built, who may see which of it, and how often it is sent."""

    name: str
    build: Build
    rooms: Rooms
    pace_s: float

    @property
    def order(self) -> int:
        """Its place among those to be sent at one time."""
        return ORDER.index(self.name) if self.name in ORDER else len(ORDER)

    @property
    def is_unhurried(self) -> bool:
        """True when it keeps its pace even when a number is called."""
        return self.name in UNHURRIED


@dataclass(slots=True)
class Member:
    """One connection: what it showed of itself, what it wished, what it sees now."""

    sid: str
    wish: Wish
    secrets: tuple[str, ...]
    ticket: Known | None
    spots: frozenset[Spot]
    branches: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.branches = frozenset(spot.branch_id for spot in self.spots)


def spots_for(
    room: Room, surfaces: dict[str, Surface], knowns: Sequence[Known], wish: Wish
) -> frozenset[Spot]:
    """What these identities may see of what was wished: of a named surface the first that may,
    with no name every surface.
    """
    named = wish.surface is not None
    wanted = [surfaces[wish.surface]] if wish.surface in surfaces else []
    found: set[Spot] = set()
    for surface in wanted if named else surfaces.values():
        for known in knowns:
            keys = surface.rooms(room, known, wish)
            found.update(Spot(surface.name, known.actor.branch_id, key) for key in keys)
            if keys and named:
                break
    return frozenset(found)


class Audience:
    """Every member, and how many watch each spot. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._members: dict[str, Member] = {}
        self._watched: dict[Spot, int] = {}

    def add(self, member: Member) -> None:
        """Count a new connection in."""
        with self._lock:
            self._members[member.sid] = member
            self._count(member.spots, 1)

    def remove(self, sid: str) -> Member | None:
        """Count a connection out."""
        with self._lock:
            member = self._members.pop(sid, None)
            if member is not None:
                self._count(member.spots, -1)
            return member

    def move(self, sid: str, spots: frozenset[Spot]) -> bool:
        """Change what a connection sees; False when it has left meanwhile."""
        with self._lock:
            member = self._members.get(sid)
            if member is None:
                return False
            self._count(member.spots, -1)
            self._count(spots, 1)
            member.spots = spots
            return True

    def _count(self, spots: frozenset[Spot], step: int) -> None:
        for spot in spots:
            self._watched[spot] = self._watched.get(spot, 0) + step
            if self._watched[spot] <= 0:
                del self._watched[spot]

    def members(self) -> list[Member]:
        """Every connection now."""
        with self._lock:
            return list(self._members.values())

    def secrets(self) -> frozenset[str]:
        """What every connection showed of itself."""
        return frozenset(secret for member in self.members() for secret in member.secrets)

    def spots(self, branch_id: int) -> list[Spot]:
        """What of a branch is being watched."""
        with self._lock:
            return [spot for spot in self._watched if spot.branch_id == branch_id]

    def watched(self, spot: Spot) -> bool:
        """True while anybody sees it."""
        with self._lock:
            return spot in self._watched

    def branches(self) -> frozenset[int]:
        """The branches that anybody watches."""
        with self._lock:
            return frozenset(spot.branch_id for spot in self._watched)

    def __len__(self) -> int:
        with self._lock:
            return len(self._members)
