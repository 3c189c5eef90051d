"""Import and export of one convention: the tables of every app, in one transaction."""
