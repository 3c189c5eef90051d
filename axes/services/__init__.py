"""Writes on the convention and its team."""
