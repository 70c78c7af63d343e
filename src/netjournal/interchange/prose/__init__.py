"""Journals written out as text: for a person to read, and for the program `friends`."""
