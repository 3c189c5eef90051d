"""The files of a bilan and of a meeting, opened and read: all is there, all is valid."""
