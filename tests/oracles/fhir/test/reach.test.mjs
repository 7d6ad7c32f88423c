// The items that an expression can reach: proved if it names its items, otherwise all.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fhirpath from 'fhirpath';
import { prune, reach } from '../lib/reach.mjs';

// expression -> the items that it can reach, null: possibly all
const cases = JSON.parse(readFileSync(new URL('../fixtures/reach.json', import.meta.url)));

const seen = (expression) => {
  const found = reach(fhirpath.parse(expression));
  return found && [...found.ids].sort();
};

test('items named by linkId are found; anything else may reach the whole response', () => {
  for (const [expression, ids] of Object.entries(cases)) assert.deepEqual(seen(expression), ids, expression);
});

test('pruning keeps named items complete, and the groups that contain them', () => {
  const a = { linkId: 'a', answer: [{ valueInteger: 1, item: [{ linkId: 'b', answer: [{ valueInteger: 2 }] }] }] };
  const response = { resourceType: 'QuestionnaireResponse', item: [{ linkId: 'g', text: 'x', item: [a, { linkId: 'c' }] }, { linkId: 'd' }] };
  assert.deepEqual(prune(response, new Set(['a'])).item, [{ linkId: 'g', item: [a] }]);
  assert.deepEqual(prune(response, new Set(['b'])).item, [
    { linkId: 'g', item: [{ linkId: 'a', answer: [{ item: [{ linkId: 'b', answer: [{ valueInteger: 2 }] }] }] }] },
  ]);
  assert.deepEqual(prune(response, new Set()).item, []);
});
