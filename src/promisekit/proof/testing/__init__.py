"""Runs the tests that stand in a promise, compares what comes out, and says which verdicts were never shown."""
