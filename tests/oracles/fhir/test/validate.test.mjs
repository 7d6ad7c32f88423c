// The validator: reports nothing for a valid Questionnaire, and each fault by the right check.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sound = JSON.parse(readFileSync(here('fixtures/demo-calm.json')));
const items = (q) => q.item[0].item;
const expression = (q) => q.item[1].item[0].extension[0].valueExpression;
const coding = (code) => ({ valueCoding: { system: 'https://example.org/x', code } });

// name, the fault, the checks that must each report an error
const BROKEN = [
  ['no status', (q) => delete q.status, ['npm-fhir', 'medplum']],
  ['unknown status', (q) => (q.status = 'final'), ['json-schema', 'npm-fhir']],
  ['unknown item type', (q) => (items(q)[0].type = 'coding'), ['json-schema', 'medplum', 'r4']],
  ['unknown property', (q) => (items(q)[0].answerConstraint = 'optionsOnly'), ['json-schema', 'medplum']],
  ['item without type', (q) => delete items(q)[0].type, ['medplum']],
  ['empty text', (q) => (items(q)[0].text = ''), ['json-schema']],
  ['number as text', (q) => (items(q)[0].maxLength = '3'), ['json-schema', 'medplum']],
  ['underscore in a variable name', (q) => (q.extension[1].valueExpression.name = 'calm_1'), ['medplum', 'fhirpath']],
  ['options on a text item', (q) => (items(q)[0].type = 'text'), ['r4']],
  ['duplicate linkId', (q) => (items(q)[1].linkId = 'calm1'), ['r4']],
  ['empty group', (q) => delete q.item[0].item, ['r4']],
  ['display with a code', (q) => q.item.push({ linkId: 'd', type: 'display', text: 'x', code: [{ code: 'x' }] }), ['r4']],
  ['initial beside options', (q) => (items(q)[0].initial = [coding('never')]), ['r4']],
  ['exists with a coding', (q) => (items(q)[2].enableWhen = [{ question: 'calm1', operator: 'exists', answerCoding: { code: 'x' } }]), ['r4']],
  ['three conditions without behaviour', (q) => (items(q)[2].enableWhen = [1, 2, 3].map(() => ({ question: 'calm1', operator: 'exists', answerBoolean: true }))), ['r4']],
  ['version without algorithm', (q) => q.extension.shift(), ['sdc']],
  ['option without system', (q) => delete items(q)[0].answerOption[0].valueCoding.system, ['sdc']],
  ['option without code and display', (q) => (items(q)[0].answerOption[0] = { valueCoding: { system: 'https://example.org/x' } }), ['sdc']],
  ['long linkId', (q) => (items(q)[0].linkId = 'x'.repeat(256)), ['sdc']],
  ['unknown SDC profile', (q) => (q.meta.profile[0] += '-nonesuch'), ['sdc']],
  ['two kinds of condition', (q) => {
    items(q)[2].enableWhen = [{ question: 'calm1', operator: 'exists', answerBoolean: true }];
    items(q)[2].extension = [{ url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression', valueExpression: { language: 'text/fhirpath', expression: 'true' } }];
  }, ['sdc']],
  ['condition on no item', (q) => (items(q)[2].enableWhen = [{ question: 'calm7', operator: 'exists', answerBoolean: true }]), ['references']],
  ['missing value set', (q) => { delete items(q)[0].answerOption; items(q)[0].answerValueSet = '#x'; }, ['references']],
  ['expression that does not parse', (q) => (expression(q).expression += ')'), ['fhirpath']],
  ['expression that ends early', (q) => (expression(q).expression = 'iif(%answered >= 2,'), ['fhirpath']],
  ['unknown variable', (q) => (expression(q).expression = '%nowhere.sum()'), ['fhirpath']],
  ['variable used before it is defined', (q) => q.extension.push(q.extension.splice(4, 1)[0]), ['fhirpath']],
  ['variable defined twice', (q) => q.extension.push(q.extension[1]), ['fhirpath']],
  ['unknown function', (q) => (expression(q).expression = '%keyed.total()'), ['fhirpath']],
  ['fraction in an integer item', (q) => (q.item[1].item[1].extension[0].valueExpression.expression = '%answered / 2'), ['fhirpath']],
  ['another expression language', (q) => (expression(q).language = 'text/cql'), ['fhirpath']],
];

const folder = mkdtempSync(join(tmpdir(), 'questionnaires-'));
test.after(() => rmSync(folder, { recursive: true }));

function validate(files) {
  const { status, stdout } = spawnSync(process.execPath, [here('validate.mjs'), ...files], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
}

test('a valid Questionnaire is ok', () => {
  const file = here('fixtures/demo-calm.json');
  assert.deepEqual(validate([file]), { status: 0, lines: [`${file}: ok`] });
});

test('every fault is found', async (t) => {
  const files = BROKEN.map(([name, edit], i) => {
    const copy = structuredClone(sound);
    edit(copy);
    const file = join(folder, `${i}.json`);
    writeFileSync(file, JSON.stringify(copy));
    return file;
  });
  const { status, lines } = validate(files);
  assert.equal(status, 1);
  for (const [i, [name, , wanted]] of BROKEN.entries()) {
    await t.test(name, () => {
      const own = lines.filter((l) => l.startsWith(`${files[i]}: error: `));
      const checks = new Set(own.map((l) => l.slice(files[i].length + 9).split(':')[0]));
      for (const check of wanted) assert.ok(checks.has(check), `${check} reports nothing; ${own.join('\n')}`);
    });
  }
});

test('SDC rules are warnings for a Questionnaire that claims no SDC profile', () => {
  const copy = structuredClone(sound);
  delete copy.meta;
  copy.extension.shift();
  const file = join(folder, 'plain.json');
  writeFileSync(file, JSON.stringify(copy));
  const { status, lines } = validate([file]);
  assert.equal(status, 0);
  assert.match(lines.join(), /warning: sdc: Questionnaire: sdc-2/);
});

// name, the fault in a Bundle of one Observation, the check that must report an error
const BROKEN_SCORES = [
  ['unknown status', (o) => (o.status = 'done'), 'json-schema'],
  ['no status', (o) => delete o.status, 'medplum'],
  ['no code', (o) => delete o.code, 'medplum'],
  ['empty reference range', (o) => o.component[0].referenceRange.push({}), 'medplum'],
  ['unknown property', (o) => (o.component[0].valueDecimal = 3), 'json-schema'],
  ['a reason beside a value', (o) => { o.valueInteger = 3; o.dataAbsentReason = { text: 'none' }; }, 'medplum'],
  ['text for a number', (o) => (o.component[0].valueQuantity.value = '3'), 'json-schema'],
];

test('Observations are validated, alone and in a Bundle', async (t) => {
  const coding = { coding: [{ system: 'https://example.org/score', code: 'calm' }] };
  const score = {
    resourceType: 'Observation',
    status: 'final',
    code: coding,
    component: [{ code: { text: 'Calm' }, valueQuantity: { value: 3 }, referenceRange: [{ low: { value: 1 }, text: 'low' }] }],
  };
  const bundle = (o) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:uuid:4bc051cc-4d64-805e-83ae-ec44dd529366', resource: o }] });
  const write = (name, value) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const files = [write('score.json', score), write('scores.json', bundle(score))];
  assert.deepEqual(validate(files), { status: 0, lines: files.map((f) => `${f}: ok`) });
  const broken = BROKEN_SCORES.map(([, edit], i) => {
    const copy = structuredClone(score);
    edit(copy);
    return write(`broken-${i}.json`, bundle(copy));
  });
  const { status, lines } = validate(broken);
  assert.equal(status, 1);
  for (const [i, [name, , check]] of BROKEN_SCORES.entries()) {
    await t.test(name, () => {
      const own = lines.filter((line) => line.startsWith(`${broken[i]}: error: `));
      assert.ok(own.some((line) => line.includes(`: error: ${check}: `)), own.join('\n'));
    });
  }
});

test('other resources are rejected', () => {
  const bad = join(folder, 'bad.json');
  writeFileSync(bad, '{"resourceType": "Questionnaire",}');
  const other = join(folder, 'other.json');
  writeFileSync(other, '{"resourceType": "Patient"}');
  const { status, lines } = validate([bad, other, join(folder, 'missing.json')]);
  assert.equal(status, 1);
  assert.equal(lines.length, 3);
  assert.equal(validate([]).status, 2);
});
