"""gunicorn: a few processes with a few threads each, behind a proxy on the same machine."""

import multiprocessing
import os

bind = os.environ.get("BIND", "unix:/run/portail-ctg/gunicorn.sock")
workers = int(os.environ.get("WORKERS", min(4, multiprocessing.cpu_count() + 1)))
threads = 4
# Files are drawn by another process; beyond a minute something is wrong.
timeout = 60
graceful_timeout = 30
# Whatever memory is left behind goes with its process, which is replaced after a while.
max_requests = 2_000
max_requests_jitter = 200
# Small uploads and heartbeats stay in memory whatever the disk does.
worker_tmp_dir = "/dev/shm"  # noqa: S108
limit_request_line = 8_190
# Proxies are believed by the portal itself (TRUSTED_PROXY_COUNT), not here.
forwarded_allow_ips = ""
# systemd drives the service; nothing else needs a way in.
control_socket_disable = True
accesslog = None
errorlog = "-"
