"""The catalogue of official procedures: read from a dated file, kept per branch, looked up.

Codes, fees and time limits change; they are data that an office replaces, never constants.
"""
