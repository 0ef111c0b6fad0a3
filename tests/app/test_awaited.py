"""What is made once per process: by one thread for all, told to the page, tried again after a failure."""

import threading

import pytest

from explorer.app.awaited import Awaited


def test_one_thread_makes_it_for_all():
    begun, go_on, makers = threading.Event(), threading.Event(), []

    def make(tell):
        makers.append(threading.current_thread())
        tell("half", 0.5)
        begun.set()
        go_on.wait(5)
        return "made"

    awaited, got = Awaited(make), []
    pages = [threading.Thread(target=lambda: got.append(awaited.get())) for _ in range(3)]
    for page in pages:
        page.start()
    begun.wait(5)
    assert not got and (awaited._stage, awaited._share) == ("half", 0.5)
    go_on.set()
    for page in pages:
        page.join(5)
    assert got == ["made"] * 3 and len(makers) == 1 and awaited.get() == "made"


def test_a_failure_is_told_and_the_next_page_tries_again():
    results = iter([ValueError("damaged"), "made"])

    def make(tell):
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    awaited = Awaited(make)
    with pytest.raises(ValueError, match="damaged"):
        awaited.get()
    assert awaited.get() == "made"
