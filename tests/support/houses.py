"""Fixtures of the domain's tests: a branch that is checked whole after every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.branch import House, small_branch


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Give a small branch; afterwards its state, history and counts must agree."""
    house = small_branch(tmp_path)
    yield house
    house.check()
    house.store.close()


@pytest.fixture
def desk(house: House) -> House:
    """Give a branch whose first counter is open."""
    house.operations.open(house.hoa, 1)
    return house
