"""Forms of meetings and points."""
