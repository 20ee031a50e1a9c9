"""Verdicts: the only place where a target meets a number, and everything that follows from it."""
