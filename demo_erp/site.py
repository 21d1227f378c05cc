"""What every part of the stand-in works with: the site, and one call to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from demo_erp.errors import FrappeError, Message
from demo_erp.faults import Faults
from demo_erp.messages import Speaker, Texts
from demo_erp.meta import DocType, Meta
from demo_erp.people import ADMINISTRATOR, GUEST, Person
from demo_erp.preparations import Preparations
from demo_erp.store import Row, Store
from demo_erp.webhooks import Webhooks

COMPANY = "Ferretería Andina"


@dataclass(frozen=True)
class Site:
    """The demo company's server: its data, metadata and clock. `today` is the date of the data."""

    store: Store
    meta: Meta
    texts: Texts
    persons: Mapping[str, Person]
    today: date
    now: Callable[[], datetime]
    faults: Faults
    webhooks: Webhooks = field(default_factory=Webhooks)
    preparations: Preparations = field(default_factory=Preparations)


@dataclass(frozen=True)
class Call:
    """One request after authentication. `notes` collects messages that go with a success."""

    site: Site
    person: Person
    language: str
    arguments: Mapping[str, Any]
    notes: list[Message] = field(default_factory=list)

    @property
    def store(self) -> Store:
        """The site's data."""
        return self.site.store

    @property
    def is_administrator(self) -> bool:
        """Whether no permission is asked of the caller."""
        return self.person.user == ADMINISTRATOR

    @property
    def is_guest(self) -> bool:
        """Whether nobody signed in."""
        return self.person.user == GUEST

    def say(self, key: str, **values: object) -> str:
        """A text in the caller's language."""
        return Speaker(self.language, self.site.texts).say(key, **values)

    def label(self, doctype: str) -> str:
        """The DocType's name in the caller's language."""
        known = self.site.meta.doctypes.get(doctype)
        return known.label_in(self.language) if known else doctype

    def doctype(self, name: str) -> DocType:
        """A DocType by name. Raises the recorded 404 for an unknown one."""
        known = self.site.meta.doctypes.get(name)
        if known is None:
            raise self.not_found("DocType", name)
        return known

    def message(self, text: str, *, title: str = "title", thrown: bool = True) -> Message:
        """A message under the title of a key."""
        return Message(text, self.say(title), thrown)

    def not_found(self, doctype: str, name: object) -> FrappeError:
        """The 404 for a document that does not exist."""
        text = self.say("not_found", label=self.label(doctype), name=name)
        return FrappeError(404, "DoesNotExistError", messages=(self.message(text),), traced=False)

    def refuse(
        self,
        key: str,
        *,
        kind: str = "frappe.exceptions.ValidationError",
        title: str = "title",
        from_erpnext: bool = False,
        **values: object,
    ) -> FrappeError:
        """A validation error (417) with the text of a key, as `frappe.throw` gives it."""
        text = self.say(key, **values)
        return FrappeError(417, kind, text, (self.message(text, title=title),), from_erpnext=from_erpnext)


Method = Callable[[Call], object]
Document = Row
