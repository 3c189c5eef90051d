"""One module per form of the bilan; each knows one library and reads only the tree."""
