"""Findings that a person has decided to accept: by comments, by settings, by a baseline."""
