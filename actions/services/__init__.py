"""Writes on fiches, their documents and the rights on them."""
