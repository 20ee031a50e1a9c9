"""The plan: the small core that all kinds lower to, and how it is shown."""
