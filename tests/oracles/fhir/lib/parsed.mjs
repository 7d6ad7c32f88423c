// A cache of parsed and compiled expressions: the engine spends most of its time parsing, and the same expression
// occurs in many forms and several checks.

import fhirpath from 'fhirpath';

const OPTIONS = { traceFn: () => {} };
const trees = new Map();
const functions = new Map(); // by model, then by expression

function once(known, key, make) {
  if (!known.has(key)) known.set(key, make());
  return known.get(key);
}

/** The syntax tree of an expression. Do not change it. */
export function tree(expression) {
  return once(trees, expression, () => fhirpath.parse(expression));
}

/** Compiles an expression to a function of a resource and variables, with the model of a FHIR version. */
export function compiled(expression, model) {
  const known = once(functions, model, () => new Map());
  return once(known, expression, () => fhirpath.compile(expression, model, OPTIONS));
}
