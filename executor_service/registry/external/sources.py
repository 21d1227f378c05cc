"""Where tools from outside are: files in folders, and installed packages that announce themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from executor_service.registry.external.problems import ToolProblem

GROUP = "recado.tools"
MAX_SOURCES = 500
MAX_SOURCE_BYTES = 1024 * 1024

Stamp = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file or entry point; another `stamp` means that it was changed."""

    origin: str
    stamp: Stamp
    path: Path | None = None
    module: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What stood there at one look. `helpers` are files that begin with `_`: importable, but without tools."""

    sources: tuple[Source, ...] = ()
    helpers: frozenset[Stamp] = frozenset()
    problems: tuple[ToolProblem, ...] = ()


class Lookout:
    """Looks at folders and installed packages; cheap enough to be asked twice a second."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._installed_at: Stamp | None = None
        self._installed: tuple[Source, ...] = ()

    def look(self) -> Seen:
        """Files in order of folder and name, then packages by name, so that every process sees the same order."""
        sources: list[Source] = []
        helpers: set[Stamp] = set()
        problems: list[ToolProblem] = []
        for folder in self._folders:
            try:
                found = sorted(_python_files(folder))
            except OSError as error:
                said = f"The folder cannot be read: {error.strerror}."
                problems.append(ToolProblem(file=str(folder), sentence=said))
                continue
            sources += [Source(origin=path, stamp=stamp, path=Path(path)) for name, path, stamp in found if _open(name)]
            helpers |= {(path, *stamp) for name, path, stamp in found if not _open(name)}
        sources += self._look_at_packages()
        problems += [ToolProblem(file=one.origin, sentence=_too_many()) for one in sources[MAX_SOURCES:]]
        return Seen(sources=tuple(sources[:MAX_SOURCES]), helpers=frozenset(helpers), problems=tuple(problems))

    def _look_at_packages(self) -> tuple[Source, ...]:
        """Installing or removing a package touches a folder of the module path; only then they are listed again."""
        at = tuple(_modified(folder) for folder in sys.path)
        if at != self._installed_at:
            self._installed_at = at
            self._installed = tuple(_installed(entry_points(group=GROUP)))
        return self._installed


def _python_files(folder: Path) -> list[tuple[str, str, Stamp]]:
    found: list[tuple[str, str, Stamp]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py") and not entry.name.startswith(".") and entry.is_file():
                about = entry.stat()
                stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
                found.append((entry.name, os.path.abspath(entry.path), stamp))
    return found


def _open(name: str) -> bool:
    return not name.startswith("_")


def _installed(points: Iterable[EntryPoint]) -> list[Source]:
    found = {(point.dist.name if point.dist else "", point.name): point for point in points}
    return [
        Source(
            origin=f"entry point {name} of {package}",
            stamp=(point.value, point.dist.version if point.dist else ""),
            module=point.value.replace(" ", ""),
        )
        for (package, name), point in sorted(found.items(), key=lambda one: one[0])
    ]


def _modified(folder: str) -> int:
    try:
        return os.stat(folder or ".").st_mtime_ns
    except OSError:
        return 0


def _too_many() -> str:
    return f"There are more than {MAX_SOURCES} files with tools; this one is left out."
