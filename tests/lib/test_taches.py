"""Tasks in a thread of the portal, where there is no worker."""

import threading

from django_tasks import task

from ctg_portal.lib.taches import ThreadBackend

done = []
seen = threading.Event()


@task()
def note(text: str) -> None:
    done.append((text, threading.current_thread().name))
    if text == "erreur":
        raise ValueError(text)
    if text == "fin":
        seen.set()


def test_tasks_follow_one_another_in_a_thread_of_their_own_whatever_fails():
    backend = ThreadBackend("default", {})
    results = [backend.enqueue(note, (text,), {}) for text in ("un", "erreur", "fin")]
    assert seen.wait(10)
    assert [text for text, _ in done] == ["un", "erreur", "fin"]
    [thread] = {name for _, name in done}
    assert thread != threading.current_thread().name
    assert [result.is_finished for result in results] == [False] * 3
