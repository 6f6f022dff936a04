"""What a setting is, and the short ways of writing one down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `kind` is int, bool, text, choice or hours; bounds apply to int."""

    name: str
    default: str
    kind: str
    help: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


def whole(name: str, default: int, low: int, high: int, text: str) -> Setting:
    """A whole number within bounds."""
    return Setting(name, str(default), "int", text, low, high)


def flag(name: str, default: bool, text: str) -> Setting:
    """Yes or no."""
    return Setting(name, "true" if default else "false", "bool", text)


def choice(name: str, default: str, choices: tuple[str, ...], text: str) -> Setting:
    """One of a few words."""
    return Setting(name, default, "choice", text, choices=choices)
