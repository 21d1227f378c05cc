"""What a template uses, without rendering it: for checks before a flow or a prompt is published."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from shared.templates.errors import TemplateFailed
from shared.templates.language import Templates


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """`problem` says why it cannot be rendered; `paths` are the names it reads from outside: `contact.name`."""

    problem: str | None = None
    paths: frozenset[str] = frozenset()

    def scopes(self) -> frozenset[str]:
        """The first names of the paths: `contact`, `secret`."""
        return frozenset(path.split(".", 1)[0] for path in self.paths)


def inspect_text(templates: Templates, template: str) -> Inspection:
    """What a text uses; unknown filters, tests and functions and wrong numbers of arguments are problems."""
    try:
        return _inspect(templates, templates.tree_of_text(template))
    except TemplateFailed as error:
        return Inspection(problem=str(error))


def inspect_expression(templates: Templates, expression: str) -> Inspection:
    try:
        tree = nodes.Output([templates.tree_of_expression(expression)], lineno=1)
    except TemplateFailed as error:
        return Inspection(problem=str(error))
    return _inspect(templates, nodes.Template([tree], lineno=1))


def _inspect(templates: Templates, tree: nodes.Template) -> Inspection:
    tree.set_environment(templates.environment)
    problem = next(_problems(templates, tree), None)
    if problem is not None:
        return Inspection(problem=problem)
    outside = find_undeclared_variables(tree) - set(templates.environment.globals)
    return Inspection(paths=frozenset(_paths(tree, outside)))


def _problems(templates: Templates, tree: nodes.Template) -> Iterator[str]:
    environment = templates.environment
    kinds: tuple[tuple[type[nodes.Filter] | type[nodes.Test], Mapping[str, Any]], ...] = (
        (nodes.Filter, environment.filters),
        (nodes.Test, environment.tests),
    )
    for kind, known in kinds:
        for node in tree.find_all(kind):
            word = kind.__name__.lower()
            if node.name not in known or node.name.startswith("_"):
                yield f"line {node.lineno}: there is no {word} '{node.name}'"
            elif not _fits(known[node.name], node.args, node.kwargs):
                yield f"line {node.lineno}: '{node.name}' is given the wrong number of arguments"
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name not in environment.globals:
            yield f"line {call.lineno}: there is no function '{call.node.name}'"


def _fits(function: Any, args: list[nodes.Expr], options: list[Any]) -> bool:
    """Whether the arguments fit the function's parameters; the context that Jinja passes first is not theirs."""
    bare = inspect.unwrap(function)
    passed = 1 if hasattr(bare, "jinja_pass_arg") else 0
    try:
        signature = inspect.signature(bare)
        signature.bind(*[None] * (passed + 1 + len(args)), **{str(one.key): None for one in options})
    except TypeError:
        return False
    except ValueError:  # a function of C without a signature
        return True
    return True


def _paths(tree: nodes.Template, outside: set[str]) -> Iterator[str]:
    inner: set[int] = set()
    for node in _outermost_first(tree):
        path = _path(node, inner) if id(node) not in inner else None
        if path and path.split(".", 1)[0] in outside:
            yield path


def _outermost_first(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter_child_nodes())


def _path(node: nodes.Node, inner: set[int]) -> str | None:
    """`a.b.c` of a chain of attributes and written keys; its parts are noted as seen."""
    if isinstance(node, nodes.Name):
        return node.name if node.ctx == "load" else None
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        return None
    inner.add(id(node.node))
    before = _path(node.node, inner)
    if before is None:
        inner.discard(id(node.node))
        return None
    key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
    return f"{before}.{key}" if isinstance(key, str) else before
