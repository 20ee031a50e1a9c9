"""Engines: they measure, and never judge."""
