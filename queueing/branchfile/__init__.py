"""The branch file: one TOML file that describes a service point.

`load(path)` gives a checked `BranchFile`, or raises `BranchFileError` with every mistake.
"""

from queueing.branchfile.load import SAMPLE, BranchFile, load, parse
from queueing.branchfile.table import BranchFileError, Problem

__all__ = ["SAMPLE", "BranchFile", "BranchFileError", "Problem", "load", "parse"]
