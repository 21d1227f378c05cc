"""All services in a process of their own, with a clock that is ahead: `python life.py SECONDS`, settings as always."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta

from werkzeug.serving import WSGIRequestHandler, make_server

from recado.services import Services
from recado.start import prepare
from shared.clock import utc_now
from shared.settings import Settings


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


def main(ahead: timedelta) -> None:
    def now() -> datetime:
        return utc_now() + ahead

    settings = Settings.from_env(os.environ)
    services = Services(prepare(settings), now=now)
    services.start()
    make_server("127.0.0.1", settings.port, services.wsgi, threaded=True, request_handler=_Quiet).serve_forever()


if __name__ == "__main__":
    main(timedelta(seconds=float(sys.argv[1])))
