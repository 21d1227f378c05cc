"""Calls that a simulation really makes: to the web, scripts, the model and tools, as a flow would make them."""

from __future__ import annotations

import logging
from collections.abc import Collection

from executor_service.flows.effects import EffectContext, Effects
from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call
from executor_service.flows.simulation.scripts import Scene
from executor_service.flows.simulation.simulator import CONTACT, Real
from shared.contracts.callers import ContactCaller
from shared.errors import RecadoError
from shared.ids import new_id

_log = logging.getLogger(__name__)


def real_calls(flow_id: str, scene: Scene, nodes: Collection[str], effects: Effects, contact_id: str = "") -> Real:
    """A call whose kind no effect performs ends in the error `not_simulated`.

    `contact_id` is the person whose rights tools get; without one there are none.
    """
    caller = ContactCaller(
        contact_id=contact_id,
        conversation_id=CONTACT,
        channel=scene.channel,
        account=CONTACT,
        language=scene.language,
        time_zone=scene.time_zone,
    )
    context = EffectContext(caller=caller, session_id=CONTACT, flow_id=flow_id)

    def perform(call: Call) -> Returned:
        effect = effects.get(call.kind)
        if effect is None:
            return Returned(status="error", error="not_simulated")
        # All simulations have the same session: only a key of its own keeps a receiver from taking a call for a repeat.
        try:
            return effect.perform(_with_own_key(call), context)
        except RecadoError as error:
            _log.info("a call of a simulation failed", extra={"action": "simulated_call_failed", "code": error.code})
            return Returned(status="error", error=error.code)

    return Real(frozenset(nodes), perform)


def _with_own_key(call: Call) -> Call:
    return call.model_copy(update={"key": f"simulated:{new_id()}"})
