"""Measurements of the program against its budgets: `python -m benchmarks [PART …]`."""
