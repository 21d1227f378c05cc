"""The tree of a template: what it may hold, and the checks that are woven into it."""

from __future__ import annotations

from typing import cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from shared.templates.budget import TemplateLimits
from shared.templates.errors import TemplateFailed
from shared.templates.filters import INTERNAL

_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign)
_VALUES = (nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword)
_LOOKUPS = (nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call)
_LOGIC = (nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or)
_CALCULATIONS = (
    nodes.Neg,
    nodes.Pos,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
    nodes.Concat,
)
_ALLOWED = (*_STATEMENTS, *_VALUES, *_LOOKUPS, *_LOGIC, *_CALCULATIONS)


def check_tree(tree: nodes.Node, limits: TemplateLimits) -> None:
    """Raises TemplateFailed for what no template needs: macros, imports, deep loops, great trees."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    count = 0
    while waiting:
        node, depth, loops = waiting.pop()
        count += 1
        if count > limits.nodes or depth > limits.nesting:
            raise TemplateFailed("too_much", "the template is too large or too deeply nested")
        _check_node(node)
        loops += isinstance(node, nodes.For)
        if loops > limits.loop_depth:
            raise TemplateFailed("refused", f"loops may be nested {limits.loop_depth} deep")
        waiting.extend((child, depth + 1, loops) for child in node.iter_child_nodes())


def _check_node(node: nodes.Node) -> None:
    if type(node) not in _ALLOWED:
        raise TemplateFailed("refused", f"line {node.lineno}: '{type(node).__name__.lower()}' is not allowed here")
    if isinstance(node, nodes.For) and node.recursive:
        raise TemplateFailed("refused", f"line {node.lineno}: recursive loops are not allowed")
    if isinstance(node, nodes.Filter | nodes.Test | nodes.Call) and (node.dyn_args or node.dyn_kwargs):
        raise TemplateFailed("refused", f"line {node.lineno}: arguments are written one by one")
    if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name | nodes.Getattr):
        raise TemplateFailed("refused", f"line {node.lineno}: this cannot be called")
    if isinstance(node, nodes.Pair) and not isinstance(node.key, nodes.Const):
        raise TemplateFailed("refused", f"line {node.lineno}: the keys of an object are written out")
    if isinstance(node, nodes.Getattr) and node.attr.startswith("__"):
        raise TemplateFailed("refused", f"line {node.lineno}: attributes do not begin with '__'")
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        raise TemplateFailed("refused", f"line {node.lineno}: names do not begin with '_'")


class Weaver(NodeTransformer):
    """Puts the budget where Jinja has no hook: at the head of loops, in comparisons, slices and `~`."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.iter = _through(node.iter, "weighed")
        tick = _through(nodes.Const("", lineno=node.lineno), "tick")
        node.body.insert(0, nodes.Output([tick], lineno=node.lineno))
        if node.test is not None:
            node.test = nodes.And(nodes.Not(tick, lineno=node.lineno), node.test, lineno=node.lineno)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:
        self.generic_visit(node)
        node.expr = _through(node.expr, "weighed")
        for operand in node.ops:
            operand.expr = _through(operand.expr, "weighed")
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Test:
        self.generic_visit(node)
        if node.name not in {"defined", "undefined"}:
            node.node = _through(node.node, "weighed")
        node.args = [_through(argument, "weighed") for argument in node.args]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        self.generic_visit(node)
        return _through(nodes.List(node.nodes, lineno=node.lineno), "joined")

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        bounds = [bound or nodes.Const(None) for bound in (node.arg.start, node.arg.stop, node.arg.step)]
        return _through(node.node, "cut", *bounds)


def _through(node: nodes.Node, filter_name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(
        cast("nodes.Expr", node), INTERNAL[filter_name], list(arguments), [], None, None, lineno=node.lineno
    )
