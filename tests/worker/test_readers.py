import threading

import pytest

from commonweal.worker import readers


@pytest.fixture
def reading(monkeypatch):
    """Read with readers of our own until one of them says stop."""

    def start(**ours):
        stopped = threading.Event()
        monkeypatch.setattr(readers, "PAUSE_S", 0.001)
        monkeypatch.setattr(readers, "PAUSE_AFTER_TROUBLE_S", 0.001)
        monkeypatch.setattr(
            readers,
            "READERS",
            {name: lambda read=read: read(stopped) for name, read in ours.items()},
        )
        thread = threading.Thread(target=readers.keep_reading, args=[stopped])
        thread.start()
        thread.join(10)
        assert not thread.is_alive()

    return start


def test_what_has_piled_up_is_read_without_a_pause(reading):
    heap = [1] * 5
    left = []

    def read(stopped):
        if heap:
            return heap.pop()
        left.append(len(heap))
        stopped.set()
        return 0

    reading(heap=read)

    assert left == [0]


def test_trouble_with_one_reader_does_not_stop_the_others(reading, caplog):
    rounds = []

    def stumbles(stopped):
        raise ValueError("a stone")

    def reads(stopped):
        rounds.append(1)
        if len(rounds) == 2:
            stopped.set()
        return 0

    reading(stumbles=stumbles, reads=reads)

    assert len(rounds) == 2
    assert "stumbles stumbled and will try again" in caplog.text
