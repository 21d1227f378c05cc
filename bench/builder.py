"""How smoothly the flow builder drags a node among many: `python -m bench.builder` (needs Chromium and the built page).

Prints frames a second and the longest frame while a node of a flow of 300 is dragged for some seconds, and what the
page's own thread works for a frame: at 50 frames a second it may work 20 ms, whatever else the machine does.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page, sync_playwright

from tests.acceptance.server import Server, recado

NODES = 300
STEPS = 240
NAME, PASSWORD = "bench", "correct horse battery"
FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


@dataclass(frozen=True)
class Dragged:
    """Times between frames, and the processor time of the page's thread for all of them, in milliseconds."""

    frames: list[float]
    busy: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            print(report(measured(server)))
        finally:
            server.stop()


def measured(server: Server) -> Dragged:
    flow_id = drawn(server)
    with sync_playwright() as playwright:
        binary = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en")
        page.goto(f"{server.url}/console/flows/{flow_id}")
        page.get_by_label("User name").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".react-flow__node").nth(NODES - 1).wait_for(state="attached")
        page.wait_for_timeout(3_000)
        found = dragged(page)
        browser.close()
    return found


def drawn(server: Server) -> str:
    """The id of a flow whose nodes stand in a square, each leading to the next."""
    made = recado(
        server.folder, "users", "add", NAME, "--role", "administrator", "--password", PASSWORD, **server.all_settings
    )
    assert made.returncode == 0, made.stderr
    session = requests.Session()
    me = session.post(f"{server.url}/api/auth/login", json={"name": NAME, "password": PASSWORD}, timeout=30).json()
    body = {"name": "Bench", "draft": drawing()}
    headers = {"X-CSRF-Token": me["csrf"]}
    found = session.post(f"{server.url}/executor/api/flows", json=body, headers=headers, timeout=30)
    assert found.status_code == requests.codes.created, found.text
    flow_id: str = found.json()["flow"]["id"]
    return flow_id


def drawing() -> dict[str, Any]:
    nodes = [
        {
            "id": f"n{number}",
            "position": {"x": 280 * (number % 20), "y": 140 * (number // 20)},
            "data": {"label": f"Node {number}", "type": "message", "config": {"text": "Hello"}},
        }
        for number in range(NODES)
    ]
    edges = [
        {"id": f"e{number}", "source": f"n{number}", "target": f"n{number + 1}", "sourceHandle": "default"}
        for number in range(NODES - 1)
    ]
    return {"nodes": nodes, "edges": edges}


def dragged(page: Page) -> Dragged:
    box = page.locator(".react-flow__node").nth(150).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y + 5)
    page.evaluate(FRAMES)
    worked = worker_of(page)
    for step in range(STEPS):
        page.mouse.move(x + step % 60, y + step % 40)
    frames: list[float] = page.evaluate("window.frames_.slice(1)")
    busy = worked()
    page.mouse.up()
    return Dragged(frames, busy)


def worker_of(page: Page) -> Callable[[], float]:
    """Gives what the page's thread has worked since now, in milliseconds of processor time."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1_000 * float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    before = worked()
    return lambda: worked() - before


def report(found: Dragged) -> str:
    frames = found.frames
    seconds = sum(frames) / 1_000
    longest = max(frames)
    return (
        f"{NODES} nodes dragged for {seconds:.1f} s: {len(frames) / seconds:.0f} frames a second, "
        f"median {statistics.median(frames):.1f} ms, longest {longest:.0f} ms, "
        f"{found.busy / len(frames):.1f} ms of the page's thread for a frame"
    )


if __name__ == "__main__":
    main()
