"""Paper: a slip's layout, its bytes, the way to the printer, and the spool that prints jobs."""
