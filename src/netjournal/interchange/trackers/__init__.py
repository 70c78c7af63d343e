"""Journals of other programs that keep track of people: one module for each, read as far as it has a place here."""
