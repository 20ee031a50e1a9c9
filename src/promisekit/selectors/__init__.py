"""One home of "which events": the model of selectors, their parsing and their three-valued matching."""
