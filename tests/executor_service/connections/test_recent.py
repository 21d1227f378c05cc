"""What is remembered, for how long and how much of it."""

from __future__ import annotations

from executor_service.connections.recent import Recent


def test_value_is_loaded_once_until_it_is_too_old() -> None:
    time, loads = [0.0], []
    recent: Recent[str, int] = Recent(10, 5, ticks=lambda: time[0])

    def load() -> int:
        loads.append(time[0])
        return len(loads)

    assert [recent.get("a", load), recent.get("a", load)] == [1, 1]
    time[0] = 4.9
    assert recent.get("a", load) == 1
    time[0] = 5.0
    assert recent.get("a", load) == 2


def test_nothing_is_remembered_as_well() -> None:
    loads: list[str] = []
    recent: Recent[str, None] = Recent(10, 5)
    recent.get("a", lambda: loads.append("a"))
    recent.get("a", lambda: loads.append("a"))
    assert loads == ["a"]


def test_least_recently_used_value_goes_first() -> None:
    recent: Recent[str, str] = Recent(2, 60)
    for key in ("a", "b", "a", "c"):
        recent.get(key, lambda key=key: key)  # type: ignore[misc]
    assert len(recent) == 2
    assert recent.get("a", lambda: "new") == "a"
    assert recent.get("b", lambda: "new") == "new"


def test_value_read_before_a_change_is_not_kept() -> None:
    recent: Recent[str, str] = Recent(10, 60)

    def load_slowly() -> str:
        recent.forget("a")  # somebody changes it while it is read
        return "old"

    assert recent.get("a", load_slowly) == "old"
    assert recent.get("a", lambda: "new") == "new"
