"""The workflow "Aprobación de orden de compra": its states and who may do what."""

from __future__ import annotations

from dataclasses import dataclass

from demo_erp.site import Call

WORKFLOW = "Aprobación de orden de compra"
DOCUMENT_TYPE = "Purchase Order"
DRAFT_STATE = "Borrador"
_DOCSTATUS = {
    "Borrador": 0,
    "Pendiente de aprobación": 0,
    "Rechazada": 0,
    "Aprobada": 1,
    "Anulada": 2,
}


@dataclass(frozen=True)
class Transition:
    """One step: whoever has the role may do the action in the state."""

    name: str
    state: str
    action: str
    next_state: str
    role: str

    @property
    def docstatus(self) -> int:
        """The docstatus that the next state stands for."""
        return _DOCSTATUS[self.next_state]


def transitions() -> tuple[Transition, ...]:
    """All steps in their order. Their names are those of the recorded workflow where it shows them."""
    return (
        Transition("82s86dikm0", "Borrador", "Enviar a aprobación", "Pendiente de aprobación", "Purchase User"),
        Transition("82s86dikm1", "Pendiente de aprobación", "Aprobar", "Aprobada", "Purchase Manager"),
        Transition("82s86dikm2", "Pendiente de aprobación", "Rechazar", "Rechazada", "Purchase Manager"),
        Transition("82s86dikm3", "Aprobada", "Anular", "Anulada", "Purchase Manager"),
    )


def open_transitions(call: Call, state: str) -> list[Transition]:
    """The steps that the caller may take from a state."""
    return [one for one in transitions() if one.state == state and _has_role(call, one.role)]


def states_of(roles: tuple[str, ...]) -> list[str]:
    """The states in which somebody with these roles may take a step: a workflow action is shown to nobody else."""
    return list(dict.fromkeys(one.state for one in transitions() if one.role in roles))


def find_transition(call: Call, state: str, *, action: str = "", new_state: str = "") -> Transition | None:
    """The caller's step from a state by its action or by where it leads."""
    for one in open_transitions(call, state):
        if one.action == action or one.next_state == new_state:
            return one
    return None


def state_with_docstatus(docstatus: int) -> str:
    """The first state that stands for a docstatus."""
    return next(state for state, value in _DOCSTATUS.items() if value == docstatus)


def _has_role(call: Call, role: str) -> bool:
    return call.is_administrator or role in call.person.roles
