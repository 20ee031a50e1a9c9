"""One home of "something is wrong with what you wrote"."""

from promisekit.diagnostics.model import Diagnostic, Invalid, Place, Route, Severity

__all__ = ["Diagnostic", "Invalid", "Place", "Route", "Severity"]
