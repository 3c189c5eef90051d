"""Writes on meetings, points of the year and the subscribed agenda."""
