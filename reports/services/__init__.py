"""Writes on bilans: drafts, arrêtés, and the links that give them to read."""
