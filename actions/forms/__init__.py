"""Forms of the fiches and of their lines."""
