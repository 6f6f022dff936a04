"""The domain of Đến Lượt: tickets, calling rules, waiting times, and their store.

Only Python's standard library is imported here, and nothing of Flask: the same rules serve
the web pages, the command line and the tests.
"""
