"""Tasks on a machine without a worker: one after the other, in a thread of the portal itself."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

_fil = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taches")


class ThreadBackend(ImmediateBackend):
    """Runs each task soon, in one thread; what is waiting when the process ends is lost.

    Nobody can look a result up: what a task leaves behind says whether it is done.
    """

    def enqueue(self, task, args, kwargs) -> TaskResult:
        self.validate_task(task)
        _fil.submit(_run, super().enqueue, task, args, kwargs)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def _run(enqueue, task, args, kwargs) -> None:
    """Run it; whatever database it may have opened is closed with it."""
    try:
        enqueue(task, args, kwargs)
    finally:
        connections.close_all()
