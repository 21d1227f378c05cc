"""`recado ask`: a question from the terminal, answered over the same path as one from a phone."""

from __future__ import annotations

from pathlib import Path

import click

from recado.asking import Answered, Asker, File, Said, Unanswered
from recado.cli.ground import settings_here
from recado.local import local_server
from shared.contracts.base import LANGUAGES, Language
from shared.logs import configure_logs

LONGEST_SECONDS = 600
WHY_NOT = {
    "human": 'A person of the team answers this conversation. Ask "bot" to speak with Recado again.',
    "muted": "This contact asked not to be written to any more. An operator can set the conversation's mode to bot.",
    "late": "No answer came in time; it will be in the conversation. --wait says how long to wait.",
}


@click.command()
@click.argument("text")
@click.option("--as", "phone", metavar="PHONE", help="Ask as the contact with this phone, with its rights.")
@click.option("--language", type=click.Choice(LANGUAGES), default="es", show_default=True)
@click.option("--save-to", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder for files.")
@click.option("--wait", default=LONGEST_SECONDS, show_default=True, help="Most seconds to wait for the answer.")
def ask(text: str, phone: str | None, language: Language, save_to: Path, wait: int) -> None:
    """Ask TEXT; the answer is printed, its files are saved."""
    configure_logs("error", as_json=False)
    with local_server(settings_here(demo=True)) as server:
        asker = Asker(server.url, lambda: server.token, language)
        for said in asker.ask(text, phone=phone, seconds=wait):
            _show(said, asker, save_to)


def _show(said: Answered, asker: Asker, folder: Path) -> None:
    match said:
        case Said(text=text, options=options, is_progress=is_progress):
            click.echo(f"… {text}" if is_progress else text)
            for place, option in enumerate(options, start=1):
                click.echo(f"  {place}. {option}")
        case Unanswered(why=why):
            raise click.ClickException(WHY_NOT[why])
        case File():
            folder.mkdir(parents=True, exist_ok=True)
            path = _free(folder / said.filename)
            path.write_bytes(asker.content(said))
            click.echo(f"[{path}]" + (f" {said.caption}" if said.caption else ""))


def _free(path: Path) -> Path:
    """The path, or one with a number where a file is there already: nothing is overwritten."""
    for number in range(1, 10_000):
        tried = path if number == 1 else path.with_stem(f"{path.stem} ({number})")
        if not tried.exists():
            return tried
    return path
