"""The portal behind gunicorn as it is deployed, and who asks it for pages one at a time."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
TIMEOUT = 60


@contextmanager
def serve(folder: Path) -> Iterator[int]:
    """One process of as many threads as deployed, on a free port, which is given.

    Its settings are the variables of this process, and it complains where this process does. Its
    heartbeat stands in `folder`.
    """
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        # The socket is handed over open: nobody takes the port meanwhile, and the first request
        # waits for the portal to have started. Its connection is made before gunicorn could set
        # this, without which short answers wait 40 ms for an acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        command += ["--bind", f"fd://{listener.fileno()}", "--workers", "1"]
        # A process that is replaced, or a connection that is closed, would fall into a measure.
        command += ["--max-requests", "0", "--keep-alive", str(TIMEOUT)]
        command += ["--worker-tmp-dir", str(folder), "--log-level", "warning", "ctg_portal.wsgi"]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ}, pass_fds=[listener.fileno()]
        )
    try:
        yield port
    finally:
        _stop(server)


def _stop(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Visite:
    """A signed-in person on one connection that stays open; keeps the cookies it is given."""

    def __init__(self, port: int, cookies: dict[str, str]):
        self.connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        self.cookies = SimpleCookie(cookies)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, str]) -> tuple[int, bytes]:
        """Send a form as htmx does; status and body. A page with a form was read before."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "X-CSRFToken": self.cookies["csrftoken"].value,
        }
        return self._ask("POST", path, urlencode(data), headers)

    def _ask(self, method, path, body=None, headers=None) -> tuple[int, bytes]:
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": sent, **(headers or {})})
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return answer.status, content
