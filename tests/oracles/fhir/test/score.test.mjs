// The scorer: values calculated by hand, stale answers, scores that read scores, rejected responses.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { URL as EXT } from '../lib/questionnaire.mjs';
import { Scorer } from '../lib/scorer.mjs';

const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
const questionnaire = fixture('demo-calm.json');
const responses = fixture('demo-calm.responses.json');

// calculated by hand: calm1 + (3 - calm2) + calm3, times 3 over the number of answers, if there are at least two
const BY_HAND = fixture('demo-calm.scores.json');

const edited = (edit) => {
  const copy = structuredClone(questionnaire);
  edit(copy);
  return copy;
};
const setCalculated = (q, i, expression) => {
  const [e] = q.item[1].item[i].extension;
  assert.equal(e.url, EXT.calculated);
  e.valueExpression.expression = expression;
};

for (const whole of [false, true]) {
  test(`scores equal those calculated by hand (whole response: ${whole})`, () => {
    const scorer = new Scorer(questionnaire, { whole });
    for (const [i, response] of responses.entries()) {
      assert.deepEqual(scorer.score(response), { scores: BY_HAND[i], errors: [] });
    }
  });
}

test('an old score in a response is not read', () => {
  const stale = structuredClone(responses[4]);
  stale.item = [{ linkId: 'scores', item: [{ linkId: 'calm', answer: [{ valueDecimal: 9 }] }] }];
  assert.deepEqual(new Scorer(questionnaire).score(stale).scores, BY_HAND[4]);
});

test('the response that is scored is not changed', () => {
  const before = JSON.stringify(responses[0]);
  new Scorer(questionnaire).score(responses[0]);
  assert.equal(JSON.stringify(responses[0]), before);
});

test('a variable that reads a score settles', () => {
  const q = edited((x) => {
    x.extension.push({
      url: EXT.variable,
      valueExpression: { name: 'half', language: 'text/fhirpath', expression: "%resource.descendants().where(linkId='calm').answer.value / 2" },
    });
    setCalculated(x, 2, "iif(%half < 2.5, 'low', 'high')");
  });
  assert.deepEqual(new Scorer(q).score(responses[0]), { scores: BY_HAND[0], errors: [] });
});

test('a score that never settles is an error', () => {
  const q = edited((x) => setCalculated(x, 1, "%resource.descendants().where(linkId='calm-answered').answer.value.select($this + 1) | 1.where(%resource.descendants().where(linkId='calm-answered').empty())"));
  assert.match(new Scorer(q).score(responses[0]).errors.join(), /still change/);
});

test('a value of the wrong type, and two values, are errors', () => {
  const wrong = edited((x) => setCalculated(x, 1, '%answered / 2'));
  assert.match(new Scorer(wrong).score(responses[0]).errors.join(), /calm-answered.*not an integer/);
  const two = edited((x) => setCalculated(x, 0, '%calm1 | 7'));
  assert.match(new Scorer(two).score(responses[0]).errors.join(), /2 values/);
});

test('an unknown function or variable is an error', () => {
  for (const expression of ['%keyed.total()', '%nowhere + 1']) {
    const q = edited((x) => setCalculated(x, 0, expression));
    assert.notDeepEqual(new Scorer(q).score(responses[0]).errors, []);
  }
});

test('a response to another form is rejected', () => {
  const scorer = new Scorer(questionnaire);
  const answer = (linkId, value) => ({ resourceType: 'QuestionnaireResponse', item: [{ linkId, answer: [value] }] });
  const system = questionnaire.item[0].item[0].answerOption[0].valueCoding.system;
  assert.deepEqual(scorer.faults(answer('calm1', { valueCoding: { system, code: 'never' } })), []);
  assert.match(scorer.faults(answer('calm9', { valueInteger: 1 })).join(), /no item "calm9"/);
  assert.match(scorer.faults(answer('calm1', { valueCoding: { system, code: 'rarely' } })).join(), /no option/);
  assert.match(scorer.faults(answer('calm1', { valueCoding: { code: 'never' } })).join(), /no option/);
  assert.match(scorer.faults(answer('calm1', { valueInteger: 0 })).join(), /no option/);
  assert.match(scorer.faults(null).join(), /not a QuestionnaireResponse/);
});
