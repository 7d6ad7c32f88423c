// Expressions, parsed and compiled once in a process: parsing takes most of the time of the engine, and the same
// expression is in many forms and looked at by several checks.

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

/** An expression as a function of a resource and variables, with the model of a version of FHIR. */
export function compiled(expression, model) {
  const known = once(functions, model, () => new Map());
  return once(known, expression, () => fhirpath.compile(expression, model, OPTIONS));
}
