"""Values, errors and settings that every room speaks in.

Without I/O, but for opening SQLite files. Imports no other room.
"""
