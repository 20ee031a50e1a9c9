"""The reference engine: the meaning of a plan in plain Python, and the everyday engine for small logs."""

from promisekit.engine.reference.engine import ReferenceEngine

__all__ = ["ReferenceEngine"]
