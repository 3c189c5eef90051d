"""What the whole suite runs under; loaded by `tests/conftest.py`."""
