"""Exchange tables: one declaration per table reads, checks, writes and exports it.

This engine knows no app. `problems` says what is wrong and where, `cells` reads and prints one
cell, `schema` declares tables, `sources` opens folders, archives and workbooks, `parsing` turns
their cells into values, `plan` compares these with what is stored, `changes` says it in words,
`apply` writes, `dump` reads the stored rows back as cells and `writers` puts them in a folder or a
workbook.
"""
