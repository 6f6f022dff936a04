"""The deeds, grouped by who does them; `queueing.operations.Operations` puts them together."""
