"""Who asks decides which ERP answers, and as whom."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from executor_service.connections.company import read_company, read_currency
from executor_service.connections.database_model import DatabaseRoute
from executor_service.connections.database_store import DatabaseStore
from executor_service.connections.keys import key_of_connection, key_of_link
from executor_service.connections.link_codes import LinkCodes
from executor_service.connections.link_store import LinkStore
from executor_service.connections.model import DEFAULT_CONNECTION, Connection, Credentials, Link, LinkDraft
from executor_service.connections.open_databases import Open, OpenDatabases, open_mariadb
from executor_service.connections.recent import Recent
from executor_service.connections.store import ConnectionStore
from executor_service.connections.webhooks import Webhooks
from executor_service.connectors.protocol import Database as ErpDatabase
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.protocol import Erp
from executor_service.erp.site import FrappeSite
from executor_service.registry.groups import DATABASE_GROUP
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.errors import CredentialsRefused, ErpBusy, InvalidArguments, NotLinked, RecadoError
from shared.logs import get_logger
from shared.secrets import SecretBox
from shared.settings import Policy

KEPT_CLIENTS = 2_000
KEPT_SITES = 64
COMPANY_RETRY_SECONDS = 60.0

MakeSite = Callable[[Connection], FrappeSite]
People = Callable[[str], Credentials | None]
"""The credentials of a user of the demo, who needs none of his own in the database."""


def nobody(_erp_user: str) -> Credentials | None:
    """No demo: nobody has credentials but those that are stored."""
    return None


@dataclass(frozen=True, kw_only=True)
class Access:
    """What one contact may reach. `erp` makes the client when it is first needed and may raise CredentialsRefused.

    `today` is there only when the connection's stands still, `database` only for groups that may use it. `link` is
    missing for an unlinked contact that the policy lets in with the connection's own key, which belongs to no group.
    """

    connection_id: str
    company: str
    currency: str
    today: date | None
    fiscal_year_start_month: int
    groups: tuple[str, ...]
    erp_user: str
    erp: Callable[[], Erp]
    database: Callable[[], ErpDatabase] | None = None
    link: Link | None = None


class ErpDirectory:
    """Finds the access of a contact; keeps clients and connections to sites, both bounded."""

    def __init__(
        self,
        database: Database,
        secret_box: SecretBox,
        make_site: MakeSite,
        policy: Policy,
        now: Clock = utc_now,
        *,
        people: People = nobody,
        open_database: Open = open_mariadb,
    ) -> None:
        self.connections = ConnectionStore(database, secret_box, now=now)
        self.links = LinkStore(database, secret_box, now=now)
        self.databases = DatabaseStore(database, secret_box, now=now)
        self.webhooks = Webhooks(database, secret_box, now=now)
        self.open_databases = OpenDatabases(self.databases, open_database)
        self.codes = LinkCodes(database, secret_box, self.links, now=now)
        self._box = secret_box
        self._make_site = make_site
        self._policy = policy
        self._people = people
        self._clients: Recent[tuple[str, ...], Erp] = Recent(KEPT_CLIENTS, math.inf)
        self._sites: Recent[tuple[str, ...], FrappeSite] = Recent(KEPT_SITES, math.inf)
        self._described: Recent[tuple[str, datetime], bool] = Recent(KEPT_SITES, COMPANY_RETRY_SECONDS)
        self._currencies: Recent[tuple[str, str], str] = Recent(KEPT_CLIENTS, COMPANY_RETRY_SECONDS)
        self._log = get_logger("connections")

    def access(self, contact_id: str) -> Access:
        """What a contact may reach; raises NotLinked for one that is not linked, unless the policy is allow."""
        link = self.links.find(contact_id)
        if link is None and self._policy != "allow":
            link = self.links.find_now(contact_id)
            if link is None:
                raise NotLinked
        connection = self.connections.find(link.connection_id if link else DEFAULT_CONNECTION)
        if connection is None:
            raise NotLinked("there is no connection")
        return self._access(connection, link)

    def own_erp(self, connection_id: str) -> Erp:
        """The ERP as the connection's own user, whether or not its company is known; for tests of a connection."""
        return self._erp(self.connections.get(connection_id), None)

    def try_key(self, draft: LinkDraft) -> None:
        """Asks the ERP who somebody is with the key of their link, before it is stored.

        Raises InvalidArguments for a key that is refused or another user's, and what else keeps the ERP from answering.
        """
        try:
            found = self.erp_of(draft).user()
        except CredentialsRefused as error:
            what = f"the ERP refused this key of {draft.erp_user}: {error.detail}"
            raise InvalidArguments(what, errors=({"where": "api_key", "what": what},)) from error
        if found.casefold() != draft.erp_user.casefold():
            what = f"this key is of {found}, not of {draft.erp_user}"
            raise InvalidArguments(what, errors=({"where": "api_key", "what": what},))

    def erp_of(self, draft: LinkDraft) -> Erp:
        """The ERP as the person of a link that is not stored yet: to try it before another one is given up for it."""
        return self._client(self.connections.get(draft.connection_id), draft.erp_user, draft.credentials)

    def _access(self, connection: Connection, link: Link | None) -> Access:
        known = self._with_company(connection, link)
        groups = tuple(one for one in link.groups if one != DATABASE_GROUP) if link else ()
        route = self._route(known.id, groups)
        return Access(
            connection_id=known.id,
            company=(link.company if link else "") or known.company,
            currency=self._currency(known, link),
            today=known.today,
            fiscal_year_start_month=known.fiscal_year_start_month,
            groups=(*groups, DATABASE_GROUP) if route else groups,
            erp_user=link.erp_user if link else known.erp_user,
            erp=lambda: self._erp_for_work(known, link),
            database=(lambda: self.open_databases.get(route)) if route else None,
            link=link,
        )

    def _route(self, connection_id: str, groups: tuple[str, ...]) -> DatabaseRoute | None:
        """The way to the database, for groups that an administrator let in."""
        route = self.databases.find(connection_id) if groups else None
        return route if route is not None and route.is_for(groups) else None

    def _with_company(self, connection: Connection, link: Link | None) -> Connection:
        """A connection that was made without a company learns it from the ERP, once; failing, a minute later again."""
        if connection.company:
            return connection
        self._described.get((connection.id, connection.updated_at), lambda: self._describe(connection, link))
        return self.connections.find(connection.id) or connection

    def _describe(self, connection: Connection, link: Link | None) -> bool:
        try:
            self._learn(connection, link)
        except RecadoError as error:
            self._log.warning("company_unknown", connection_id=connection.id, reason=error.code)
            return False
        return True

    def _learn(self, connection: Connection, link: Link | None) -> None:
        asking = None if connection.sealed_key else link
        self.connections.set_company(connection.id, read_company(self._erp(connection, asking)))

    def _erp_for_work(self, connection: Connection, link: Link | None) -> Erp:
        """The client, but none while the company is unknown: a count or report without it has wrong figures.

        Raises why it cannot be read; when it can again, ErpBusy, so that the task begins anew and knows it.
        """
        if not connection.company and not (link and link.company):
            self._learn(connection, link)
            raise ErpBusy("the company was not known when this began")
        return self._erp(connection, link)

    def _currency(self, connection: Connection, link: Link | None) -> str:
        """The currency of the person's own company where that is another one than the connection's."""
        if link is None or link.company in ("", connection.company):
            return connection.currency
        return self._currencies.get((connection.id, link.company), lambda: self._read_currency(connection, link))

    def _read_currency(self, connection: Connection, link: Link) -> str:
        try:
            return read_currency(self._erp(connection, link), link.company)
        except RecadoError as error:
            self._log.warning("currency_unknown", connection_id=connection.id, reason=error.code)
            return ""

    def _erp(self, connection: Connection, link: Link | None) -> Erp:
        whose = link or connection
        key = (connection.id, connection.url, link.contact_id if link else "", whose.erp_user, whose.sealed_key or "")
        return self._clients.get(key, lambda: self._make_client(connection, link))

    def _make_client(self, connection: Connection, link: Link | None) -> Erp:
        stored = key_of_link(self._box, link) if link else key_of_connection(self._box, connection)
        return self._client(connection, (link or connection).erp_user, stored)

    def _client(self, connection: Connection, erp_user: str, stored: Credentials | None) -> Erp:
        if stored is None and connection.kind == "demo":
            stored = self._people(erp_user)
        if stored is None:
            # Never the connection's own key instead: it may see what the person may not.
            raise CredentialsRefused("no API key is stored for this ERP user")
        site_key = (connection.id, connection.kind, connection.url)
        site = self._sites.get(site_key, lambda: self._make_site(connection))
        return FrappeErp(site, stored.key, stored.secret)
