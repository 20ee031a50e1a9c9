"""The relational engine: the same meaning in SQL, for logs of any size."""

from promisekit.engine.relational.engine import RelationalEngine

__all__ = ["RelationalEngine"]
