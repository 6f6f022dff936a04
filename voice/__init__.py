"""The voice of the waiting room: what is said of a call, in which order, with which clips."""
