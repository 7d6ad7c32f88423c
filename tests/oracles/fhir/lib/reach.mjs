// Determines the items of a response that an expression can reach.
//
// The cost of a search grows with the number of visited nodes: a form of 64 items whose 64 variables each search the
// whole response costs 64 x 64 visits per response. Most expressions reach the response only through
// `%resource.item.where(linkId = '...')` (or `%resource.item.item`, `%resource.repeat(item)`,
// `%resource.descendants()`), so that no other item can change the result. `reach` proves this from the engine's syntax
// tree; `prune` then removes all other items from the response. If there is no proof, `reach` returns `null` and the
// engine gets the whole response.

const ROOTS = new Set(['resource', 'rootResource', 'context']);
// functions whose arguments are evaluated once per item of their input
const PER_ITEM = new Set(['where', 'select', 'all', 'exists', 'repeat', 'aggregate']);
// functions that depend only on their input and arguments
const PLAIN = new Set(`empty not count sum avg min max distinct isDistinct allTrue anyTrue allFalse anyFalse
  first last tail skip take single intersect exclude union combine subsetOf supersetOf
  abs ceiling exp floor ln log power round sqrt truncate
  toInteger toDecimal toString toBoolean toQuantity convertsToInteger convertsToDecimal convertsToString
  convertsToBoolean indexOf substring startsWith endsWith contains upper lower replace matches
  replaceMatches length toChars trim split join children descendants extension hasValue coalesce weight ordinal`.split(/\s+/));
const TYPE_ARGUMENT = new Set(['ofType', 'as', 'is']);

/** Returns `{ ids, variables }` for a syntax tree, or null if it may reach any part of the response. */
export function reach(ast) {
  const found = { ids: new Set(), variables: new Set() };
  return visit(ast, true, found) ? found : null;
}

/** A copy of the response with only the named items (complete) and the empty groups that contain them. */
export function prune(response, ids) {
  return { ...response, item: pruneItems(response.item, ids) };
}

function pruneItems(items, ids) {
  const kept = [];
  for (const item of items ?? []) {
    if (ids.has(item.linkId)) {
      kept.push(item);
      continue;
    }
    const shell = { linkId: item.linkId };
    const inside = item.item ? pruneItems(item.item, ids) : [];
    if (inside.length) shell.item = inside;
    const answers = (item.answer ?? []).map((a) => pruneItems(a.item, ids)).filter((x) => x.length);
    if (answers.length) shell.answer = answers.map((x) => ({ item: x }));
    if (shell.item || shell.answer) kept.push(shell);
  }
  return kept;
}

function visit(node, atRoot, found) {
  const children = node.children ?? [];
  const all = (nodes, root) => nodes.every((n) => visit(n, root, found));
  switch (node.type) {
    case 'InvocationExpression': {
      const ids = namedItems(node);
      if (ids) {
        ids.forEach((id) => found.ids.add(id));
        return true;
      }
      return visit(children[0], atRoot, found) && invocation(children[1], atRoot, false, found);
    }
    case 'InvocationTerm':
      return invocation(children[0], atRoot, true, found);
    case 'ExternalConstantTerm': {
      const name = constantName(node);
      if (name === undefined || ROOTS.has(name)) return false;
      found.variables.add(name);
      return true;
    }
    case 'TypeExpression':
      return visit(children[0], atRoot, found);
    default:
      return all(children, atRoot);
  }
}

// One step of a path. `head`: it starts the path, so it refers to the focus itself.
function invocation(node, atRoot, head, found) {
  if (node.type !== 'FunctionInvocation') return !(head && atRoot) || node.type === 'TotalInvocation';
  const { name, args } = call(node);
  if (name === 'iif') return args.every((a) => visit(a, atRoot, found));
  if (head && atRoot) return false;
  if (TYPE_ARGUMENT.has(name)) return true;
  if (PER_ITEM.has(name)) return args.every((a) => visit(a, false, found));
  return PLAIN.has(name) && args.every((a) => visit(a, atRoot, found));
}

function call(node) {
  const functn = node.children[0];
  const list = functn.children.find((c) => c.type === 'ParamList');
  return { name: functn.children[0].text, args: list?.children ?? [] };
}

function constantName(node) {
  return node.children?.[0]?.children?.[0]?.text;
}

// The linkIds of `<all items of the response>.where(linkId = '...' or ...)`, or undefined.
function namedItems(node) {
  const [left, right] = node.children;
  if (right.type !== 'FunctionInvocation') return undefined;
  const { name, args } = call(right);
  return name === 'where' && args.length === 1 && everyItem(left) ? linkIds(args[0]) : undefined;
}

// %resource.descendants(), %resource.item, %resource.item.item or %resource.repeat(item)
function everyItem(node) {
  if (node.type !== 'InvocationExpression') return false;
  const [left, right] = node.children;
  if (left.type === 'InvocationExpression') {
    return right.type === 'MemberInvocation' && right.text === 'item' && everyItem(left);
  }
  const constant = left.type === 'TermExpression' ? left.children[0] : left;
  if (constant.type !== 'ExternalConstantTerm' || !ROOTS.has(constantName(constant))) return false;
  if (right.type === 'MemberInvocation') return right.text === 'item';
  if (right.type !== 'FunctionInvocation') return false;
  const { name, args } = call(right);
  if (name === 'descendants') return true;
  return name === 'repeat' && args.length === 1 && member(args[0]) === 'item';
}

function linkIds(node) {
  const [a, b] = node.children ?? [];
  switch (node.type) {
    case 'OrExpression': {
      const x = node.text === 'or' && linkIds(a);
      const y = x && linkIds(b);
      return y ? [...x, ...y] : undefined;
    }
    case 'EqualityExpression':
      return node.text === '=' && member(a) === 'linkId' ? literals(b, 1) : undefined;
    case 'MembershipExpression':
      return node.text === 'in' && member(a) === 'linkId' ? literals(b) : undefined;
    default:
      return undefined;
  }
}

function member(node) {
  const term = node?.type === 'TermExpression' ? node.children[0] : undefined;
  const step = term?.type === 'InvocationTerm' ? term.children[0] : undefined;
  return step?.type === 'MemberInvocation' ? step.text : undefined;
}

// Text literals joined by `|`; literals with escapes are not supported here.
function literals(node, most = Infinity) {
  if (node.type === 'TermExpression') return literals(node.children[0], most);
  if (node.type === 'ParenthesizedTerm') return literals(node.children[0], most);
  if (node.type === 'LiteralTerm') {
    const text = node.children[0];
    if (text.type !== 'StringLiteral' || text.text.includes('\\')) return undefined;
    return [text.text.slice(1, -1)];
  }
  if (node.type === 'UnionExpression' && most > 1) {
    const parts = node.children.map((c) => literals(c));
    return parts.every(Boolean) ? parts.flat() : undefined;
  }
  return undefined;
}
