"""Attacks on an index: what ``reliability.py`` does at length and the tests do in short.

Every attack is a function that gives counts, and stops with AssertionError at the first answer
that is wrong. Nothing here knows the files of the index but by their names.
"""
