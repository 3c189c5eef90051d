"""What the suite imported stays until its end: the collector need not look at it again."""

import gc


def pytest_collection_finish():
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
