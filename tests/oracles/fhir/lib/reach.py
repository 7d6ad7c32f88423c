"""Determines the items of a response that an expression can reach: lib/reach.mjs for fhirpathpy's syntax tree.

`reach` returns (linkIds, variables), or None if the expression may reach any part of the response.
`prune` returns a copy of a response with only the named items and the empty groups that contain them.
"""

import re

ROOTS = {'resource', 'rootResource', 'context'}
PER_ITEM = {'where', 'select', 'all', 'exists', 'repeat', 'aggregate'}
PLAIN = set('''empty not count sum avg min max distinct isDistinct allTrue anyTrue allFalse anyFalse
    first last tail skip take single intersect exclude union combine subsetOf supersetOf
    abs ceiling exp floor ln log power round sqrt truncate
    toInteger toDecimal toString toBoolean indexOf substring startsWith endsWith contains upper lower
    replace matches length children descendants extension hasValue weight ordinal'''.split())
TYPE_ARGUMENT = {'ofType', 'as', 'is'}


def reach(tree):
    ids, variables = set(), set()
    return (ids, variables) if _visit(tree, True, ids, variables) else None


def prune(response, ids):
    return {**response, 'item': _prune(response.get('item', []), ids)}


def _prune(items, ids):
    kept = []
    for item in items:
        if item['linkId'] in ids:
            kept.append(item)
            continue
        shell = {'linkId': item['linkId']}
        if inside := _prune(item.get('item', []), ids):
            shell['item'] = inside
        answers = [_prune(a.get('item', []), ids) for a in item.get('answer', [])]
        if any(answers):
            shell['answer'] = [{'item': a} for a in answers if a]
        if len(shell) > 1:
            kept.append(shell)
    return kept


def _visit(node, at_root, ids, variables):
    children = node.get('children', [])
    kind = node.get('type')
    if kind == 'InvocationExpression':
        named = _named_items(children)
        if named is not None:
            ids.update(named)
            return True
        return _visit(children[0], at_root, ids, variables) and _step(children[1], at_root, False, ids, variables)
    if kind == 'InvocationTerm':
        return _step(children[0], at_root, True, ids, variables)
    if kind == 'ExternalConstantTerm':
        name = _constant(node)
        variables.add(name)
        return name not in ROOTS
    if kind == 'TypeExpression':
        return _visit(children[0], at_root, ids, variables)
    return all(_visit(c, at_root, ids, variables) for c in children)


def _step(node, at_root, head, ids, variables):
    """One step of a path; `head`: it starts the path, so it refers to the focus itself."""
    if node['type'] != 'FunctionInvocation':
        return not (head and at_root)
    name, args = _call(node)
    if name == 'iif':
        return all(_visit(a, at_root, ids, variables) for a in args)
    if head and at_root:
        return False
    if name in TYPE_ARGUMENT:
        return True
    if name in PER_ITEM:
        return all(_visit(a, False, ids, variables) for a in args)
    return name in PLAIN and all(_visit(a, at_root, ids, variables) for a in args)


def _call(node):
    functn = node['children'][0]['children']
    args = [c for c in functn if c['type'] == 'ParamList']
    return functn[0]['text'], args[0]['children'] if args else []


def _constant(node):
    return node['children'][0]['children'][0].get('text')


def _named_items(pair):
    """The linkIds of `<all items of the response>.where(linkId = '...' or ...)`, or None."""
    left, right = pair
    if right['type'] != 'FunctionInvocation':
        return None
    name, args = _call(right)
    return _link_ids(args[0]) if name == 'where' and len(args) == 1 and _every_item(left) else None


def _every_item(node):
    """%resource.descendants(), %resource.item, %resource.item.item or %resource.repeat(item)"""
    if node['type'] != 'InvocationExpression':
        return False
    left, right = node['children']
    if left['type'] == 'InvocationExpression':
        return right['type'] == 'MemberInvocation' and right['children'][0]['text'] == 'item' and _every_item(left)
    constant = left['children'][0] if left['type'] == 'TermExpression' else left
    if constant['type'] != 'ExternalConstantTerm' or _constant(constant) not in ROOTS:
        return False
    if right['type'] == 'MemberInvocation':
        return right['children'][0]['text'] == 'item'
    if right['type'] != 'FunctionInvocation':
        return False
    name, args = _call(right)
    return name == 'descendants' or (name == 'repeat' and len(args) == 1 and _member(args[0]) == 'item')


def _link_ids(node):
    operator = (node.get('terminalNodeText') or [''])[0]
    a, b = (node.get('children', []) + [{}, {}])[:2]
    if node['type'] == 'OrExpression' and operator == 'or':
        x, y = _link_ids(a), _link_ids(b)
        return None if x is None or y is None else x + y
    if _member(a) != 'linkId':
        return None
    if node['type'] == 'EqualityExpression' and operator == '=':
        found = _literals(b)
        return found if found and len(found) == 1 else None
    return _literals(b) if node['type'] == 'MembershipExpression' and operator == 'in' else None


def _member(node):
    if node.get('type') != 'TermExpression' or node['children'][0]['type'] != 'InvocationTerm':
        return None
    step = node['children'][0]['children'][0]
    return step['children'][0]['text'] if step['type'] == 'MemberInvocation' else None


def _literals(node):
    """Text literals joined by `|`; literals with escapes are not supported here."""
    kind, children = node['type'], node.get('children', [])
    if kind in ('TermExpression', 'ParenthesizedTerm'):
        return _literals(children[0])
    if kind == 'LiteralTerm' and children and children[0]['type'] == 'StringLiteral':
        text = children[0]['text']
        return [text[1:-1]] if re.fullmatch(r"'[^'\\]*'", text) else None
    if kind == 'UnionExpression':
        parts = [_literals(c) for c in children]
        return None if None in parts else sum(parts, [])
    return None
