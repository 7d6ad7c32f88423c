// Engines that do not support Questionnaires: values calculated by hand, and reported errors.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ENGINES, score } from '../lib/host.mjs';
import { URL as EXT } from '../lib/questionnaire.mjs';

const expression = (name, text) => ({ name, language: 'text/fhirpath', expression: text });
const calculated = (linkId, text) => ({
  linkId, type: 'decimal', extension: [{ url: EXT.calculated, valueExpression: expression(undefined, text) }],
});
const questionnaire = {
  extension: [
    { url: EXT.variable, valueExpression: expression('a', "%resource.item.where(linkId = 'a').answer.value.select($this.toDecimal())") },
    { url: EXT.variable, valueExpression: expression('twice', '%a * 2.0') },
  ],
  item: [calculated('sum', '%a + %twice'), calculated('guarded', 'iif(%a.exists(), %a, 0.0)'), calculated('unknown', '%a.nothing()')],
};
const answered = (value) => ({ resourceType: 'QuestionnaireResponse', item: [{ linkId: 'a', answer: [{ valueInteger: value }] }] });

for (const [name, engine] of Object.entries(ENGINES)) {
  test(`${name} gives the scores calculated by hand, and reports errors`, async () => {
    const { scores, errors } = await score(await engine(), questionnaire, [answered(2), answered(0), { resourceType: 'QuestionnaireResponse' }]);
    assert.deepEqual(scores, [
      { sum: 6, guarded: 2, unknown: null },
      { sum: 0, guarded: 0, unknown: null },
      { sum: null, guarded: 0, unknown: null },
    ]);
    assert.ok(errors.length > 0 && errors.every((error) => error.startsWith('unknown: ')), String(errors));
  });
}
