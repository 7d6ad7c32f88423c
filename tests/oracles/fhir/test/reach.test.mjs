// What an expression can see: proved where it names its items, "everything" where it might not.

import assert from 'node:assert/strict';
import test from 'node:test';
import fhirpath from 'fhirpath';
import { prune, reach } from '../lib/reach.mjs';

const seen = (expression) => {
  const found = reach(fhirpath.parse(expression));
  return found && [...found.ids].sort();
};

test('items named by linkId', () => {
  assert.deepEqual(seen("%resource.descendants().where(linkId='a').answer.value"), ['a']);
  assert.deepEqual(seen("%resource.item.where(linkId='a').answer.value"), ['a']);
  assert.deepEqual(seen("%resource.repeat(item).where(linkId='a' or linkId = 'b').answer.value.sum()"), ['a', 'b']);
  assert.deepEqual(seen("%resource.descendants().where(linkId in ('a' | 'b' | 'c')).answer.value.ofType(integer)"), ['a', 'b', 'c']);
  assert.deepEqual(seen("iif(%resource.descendants().where(linkId='a').answer.exists(), 1, %x.combine(%y).sum())"), ['a']);
  assert.deepEqual(seen("%resource.descendants().where(linkId='a').select(item.answer.value)"), ['a']);
  assert.deepEqual(seen('%x + 1'), []);
});

test('anything else may see the whole response', () => {
  for (const expression of [
    '%resource.item.answer.value.count()',
    'item.answer.value',
    '$this.item',
    'descendants().count()',
    '%resource.descendants()',
    "%resource.descendants().where(linkId != 'a')",
    "%resource.descendants().where(linkId.startsWith('a'))",
    "%resource.descendants().where(linkId = 'a' and answer.exists())",
    "%resource.descendants().where(linkId = 'it\\'s')",
    "%context.item",
    "%x.select(%resource.item)",
    "%x.combine(item)",
    "%x.iif(item.exists(), 1)",
    "%x.resolve()",
    "%resource.authored",
  ]) assert.equal(seen(expression), null, expression);
});

test('pruning keeps named items whole and the way to them', () => {
  const a = { linkId: 'a', answer: [{ valueInteger: 1, item: [{ linkId: 'b', answer: [{ valueInteger: 2 }] }] }] };
  const response = { resourceType: 'QuestionnaireResponse', item: [{ linkId: 'g', text: 'x', item: [a, { linkId: 'c' }] }, { linkId: 'd' }] };
  assert.deepEqual(prune(response, new Set(['a'])).item, [{ linkId: 'g', item: [a] }]);
  assert.deepEqual(prune(response, new Set(['b'])).item, [
    { linkId: 'g', item: [{ linkId: 'a', answer: [{ item: [{ linkId: 'b', answer: [{ valueInteger: 2 }] }] }] }] },
  ]);
  assert.deepEqual(prune(response, new Set()).item, []);
});
