"""The papers of a meeting as files: each renderer reads the same tree."""
