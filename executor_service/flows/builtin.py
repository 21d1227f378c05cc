"""The one list of built-in kinds of nodes."""

from __future__ import annotations

from executor_service.flows.node import AnyNode
from executor_service.flows.nodes.ai_classify import AiClassifyNode
from executor_service.flows.nodes.ai_completion import AiCompletionNode
from executor_service.flows.nodes.ai_response import AiResponseNode
from executor_service.flows.nodes.ai_sentiment import AiSentimentNode
from executor_service.flows.nodes.buttons import ButtonsNode
from executor_service.flows.nodes.call import CallNode
from executor_service.flows.nodes.callback import CallbackNode
from executor_service.flows.nodes.condition import ConditionNode
from executor_service.flows.nodes.delay import DelayNode
from executor_service.flows.nodes.end import EndNode
from executor_service.flows.nodes.goto import GotoNode
from executor_service.flows.nodes.handoff import HandoffNode
from executor_service.flows.nodes.http_request import HttpRequestNode
from executor_service.flows.nodes.javascript import JavascriptNode
from executor_service.flows.nodes.list import ListNode
from executor_service.flows.nodes.loop import LoopNode
from executor_service.flows.nodes.message import MessageNode
from executor_service.flows.nodes.random import RandomNode
from executor_service.flows.nodes.set_variable import SetVariableNode
from executor_service.flows.nodes.switch import SwitchNode
from executor_service.flows.nodes.tool import ToolNode
from executor_service.flows.nodes.trigger import TriggerNode
from executor_service.flows.nodes.validate_date import ValidateDateNode
from executor_service.flows.nodes.validate_email import ValidateEmailNode
from executor_service.flows.nodes.validate_number import ValidateNumberNode
from executor_service.flows.nodes.validate_options import ValidateOptionsNode
from executor_service.flows.nodes.validate_phone import ValidatePhoneNode
from executor_service.flows.nodes.validate_regex import ValidateRegexNode
from executor_service.flows.nodes.wait_input import WaitInputNode


def builtin_nodes() -> tuple[AnyNode, ...]:
    """Every kind of node that comes with Recado, in the palette's order."""
    return (
        TriggerNode(),
        MessageNode(),
        ButtonsNode(),
        ListNode(),
        WaitInputNode(),
        ValidateEmailNode(),
        ValidatePhoneNode(),
        ValidateNumberNode(),
        ValidateDateNode(),
        ValidateRegexNode(),
        ValidateOptionsNode(),
        ConditionNode(),
        SwitchNode(),
        SetVariableNode(),
        DelayNode(),
        RandomNode(),
        LoopNode(),
        GotoNode(),
        CallNode(),
        CallbackNode(),
        ToolNode(),
        JavascriptNode(),
        HttpRequestNode(),
        AiResponseNode(),
        AiCompletionNode(),
        AiSentimentNode(),
        AiClassifyNode(),
        HandoffNode(),
        EndNode(),
    )
