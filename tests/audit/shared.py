"""What the processes of one run of the audit share: the first that needs it makes it."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Shared:
    """A folder of this run, whatever the number of its processes."""

    def __init__(self, tmp_path_factory):
        own = tmp_path_factory.getbasetemp()
        self.folder = own.parent if own.name.startswith("popen-") else own

    def tree(self, name: str, make: Callable[[Path], None]) -> Path:
        """A folder that `make` fills once; to be copied, never written to."""
        folder = self.folder / name
        with self._lock(name):
            if not folder.exists():
                unfinished = folder.with_suffix(".part")
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                make(unfinished)
                unfinished.rename(folder)
        return folder

    def value(self, name: str, make: Callable[[], dict]) -> dict:
        """What `make` answers, asked once, kept as JSON."""
        path = self.folder / f"{name}.json"
        with self._lock(name):
            if not path.exists():
                path.write_text(json.dumps(make()), encoding="utf-8")
            return json.loads(path.read_text(encoding="utf-8"))

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with (self.folder / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
