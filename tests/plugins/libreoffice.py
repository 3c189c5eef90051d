"""A real LibreOffice for the tests that open what the portal writes.

`convert(path, to)` gives the path of the same document in another format, made by LibreOffice:
`convert(path, "pdf")`. A document that it cannot open or write fails the test.
"""

import fcntl
import os
import shutil
import subprocess

import pytest

SOFFICE_NAMES = ("soffice", "libreoffice")
CONVERT_SECONDS = 300
# Figures and dates are shown as French people read them.
LOCALE = {"LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8"}


def soffice_path():
    """Return the path of LibreOffice, None when the machine has none."""
    return next(filter(None, map(shutil.which, SOFFICE_NAMES)), None)


@pytest.fixture(scope="session")
def soffice():
    """The path of LibreOffice; missing, it fails in CI and skips elsewhere."""
    path = soffice_path()
    if path is None:
        reason = (
            "LibreOffice est absent (Debian : apt-get install libreoffice-writer-nogui"
            " libreoffice-calc-nogui libreoffice-impress-nogui)"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def convert(soffice, tmp_path_factory):
    """A function: `convert(path, to)` gives the path of the converted document.

    `to` is an extension, or an extension and a filter ("txt:Text (encoded):UTF8"); `reading` is the
    filter to open it with, where its name does not say enough (CSV). The profile is the run's own;
    one LibreOffice at a time, for it takes a core and several hundred megabytes.
    """
    base = tmp_path_factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    lock_path = (base.parent if is_worker else base) / "libreoffice.lock"
    profile = tmp_path_factory.mktemp("profil-libreoffice")

    def run(path, to, *, reading=None):
        target = tmp_path_factory.mktemp("converti")
        command = [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            *([f"--infilter={reading}"] if reading else []),
            "--convert-to",
            to,
            "--outdir",
            str(target),
            str(path),
        ]
        with lock_path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = subprocess.run(
                command,
                env=os.environ | LOCALE,
                capture_output=True,
                text=True,
                timeout=CONVERT_SECONDS,
                check=False,
            )
        found = target / f"{path.stem}.{to.partition(':')[0]}"
        assert found.exists(), f"LibreOffice : {done.stdout} {done.stderr}"
        return found

    return run
