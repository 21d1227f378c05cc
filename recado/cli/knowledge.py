"""`recado knowledge`: the files that questions are answered from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.model import Source
from recado.cli.ground import settings_here
from recado.services import Services
from recado.start import prepare
from shared.auth.model import OPERATOR
from shared.contracts.knowledge import MAX_PASSAGES, KnowledgeQuery
from shared.errors import CallerError, NotFound, TryAgain
from shared.logs import configure_logs

VECTOR_SECONDS = 600
SOURCE = click.argument("source")
GROUPS = click.option("--group", "groups", multiple=True, help="Only for this group; may be repeated.")


@click.group()
def knowledge() -> None:
    """The files that questions are answered from."""


@knowledge.command("list")
def list_sources() -> None:
    """Every file: its id, how long it is, who may read it."""
    with _knowledge() as base:
        for one in base.sources():
            click.echo(_line(one))


@knowledge.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@GROUPS
@click.option("--replace", is_flag=True, help="Take the place of the file of the same name.")
def add_files(files: tuple[Path, ...], groups: tuple[str, ...], replace: bool) -> None:
    """Add FILES: PDF, Word (.docx), Markdown, HTML or text."""
    with _knowledge() as base:
        added = [_add(base, file, groups, replace) for file in files]
    if not all(added):
        sys.exit(1)


def _add(base: KnowledgeBase, file: Path, groups: tuple[str, ...], replace: bool) -> bool:
    """Whether the file is there now: one that cannot be read keeps no other one out."""
    try:
        added = base.add(file.read_bytes(), file.name, groups=groups, by=OPERATOR.id, replaces=replace)
    except (CallerError, TryAgain) as error:
        click.echo(f"{file.name}: {error.detail}", err=True)
        return False
    click.echo(_line(added))
    return True


@knowledge.command("remove")
@SOURCE
def remove_source(source: str) -> None:
    """Remove SOURCE, which is an id or a file's name."""
    with _knowledge() as base:
        found = _find(base, source)
        base.remove(found.id)
    click.echo(f"Removed {found.filename}.")


@knowledge.command("reindex")
@click.argument("source", required=False)
def reindex_sources(source: str | None) -> None:
    """Read SOURCE, or all files, again under the present settings."""
    with _knowledge() as base:
        for one in [_find(base, source)] if source else base.sources():
            click.echo(_line(base.reindex(one.id)))


@knowledge.command("search")
@click.argument("question")
@GROUPS
@click.option("--limit", type=click.IntRange(1, MAX_PASSAGES), help="Passages; otherwise as the settings say.")
def search_sources(question: str, groups: tuple[str, ...], limit: int | None) -> None:
    """What is found for QUESTION by a member of the groups; exit code 1 when nothing is."""
    with _knowledge() as base:
        found = base.search(KnowledgeQuery(question=question, groups=groups, limit=limit)).passages
    for one in found:
        click.echo(f"{one.place}\n  {one.quote}")
    sys.exit(0 if found else 1)


@contextmanager
def _knowledge() -> Iterator[KnowledgeBase]:
    """The knowledge base of this machine; at the end its vectors are waited for, where it has any."""
    configure_logs("error", as_json=False)
    services = Services(prepare(settings_here()), ("interpreter",))
    try:
        yield services.knowledge
        if services.knowledge.meaning is not None:
            services.knowledge.meaning.wait(VECTOR_SECONDS)
    finally:
        services.database.close()


def _find(base: KnowledgeBase, source: str) -> Source:
    found = next((one for one in base.sources() if source in (one.id, one.filename)), None)
    if found is None:
        raise NotFound(f"there is no source {source}: `recado knowledge list` shows them all")
    return found


def _line(one: Source) -> str:
    pages = f"pages: {one.pages}, " if one.pages is not None else ""
    return f"{one.id}  {one.filename}  {pages}passages: {one.chunks}, for {', '.join(one.groups) or 'everybody'}"
