"""Sheets for a file or a binder: one fiche on one A4, one axe on two, plain data from the tree.

What a sheet holds is chosen by a level (`niveaux`): from everything to the least. Whoever draws it
takes the first level that fits the paper; what was left out is said on the sheet.
"""
