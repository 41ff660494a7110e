"""Where Ibis and Spark do not mean the same, say what was meant."""

import re

import ibis
from ibis.expr import operations as ops

__all__ = ["as_meant"]


def as_meant(expr: ibis.Table) -> ibis.Table:
    """Return the expression with every text split by its delimiter's letters.

    Spark takes a delimiter for a regular expression, and Ibis hands it on unescaped:
    splitting "tns.minors" at "." would leave nothing but empty texts.
    """
    return expr.op().replace(_split_literally).to_expr()


def _split_literally(node: ops.Node, changed: dict[str, object] | None) -> ops.Node:
    node = node.__recreate__(changed) if changed else node
    if not isinstance(node, ops.StringSplit):
        return node
    if not isinstance(node.delimiter, ops.Literal):
        what = f"a text is split by {node.delimiter.name}, which is no constant"
        # A view split by a column is a mistake in our code, never in an input.
        raise TypeError(what)
    return ops.StringSplit(node.arg, re.escape(node.delimiter.value))
