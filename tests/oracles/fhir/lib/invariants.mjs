// The constraints that the specifications state in FHIRPath, read from the installed packages and run by fhirpath.js:
// R4's que-0 to que-13, and those of the SDC profiles.
//
// Three constraints are changed, because the published text does not run or is wrong:
//  - que-7 states `answer is Boolean`, but the engine distinguishes FHIR.boolean and System.Boolean.
//  - sdc-2 and sdc-3 of the ballot name the extension that carries R5's versionAlgorithm across
//    versions; the guide has since moved to `artifact-versionAlgorithm`. Either is accepted.
//  - que-15 and cnl-1 apply to a primitive; they are run on its parent element.
// The rules about Codings that the guide added after the ballot are rewritten here.

import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { r4Definitions, sdcProfile } from './packages.mjs';
import { walk } from './questionnaire.mjs';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';
const ALWAYS = ['sdc-questionnaire', 'sdc-questionnaire-behave'];
const BALLOT = "extension.where(url='http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.versionAlgorithm[x]')";
const SINCE = "extension.where(url='http://hl7.org/fhir/StructureDefinition/artifact-versionAlgorithm')";

const CODINGS = [
  {
    path: 'Questionnaire.item.answerOption',
    key: 'sdc-base-1',
    severity: 'error',
    human: 'an option that is a Coding has a code or a display',
    expression: 'value.ofType(Coding).all(code.exists() or display.exists())',
  },
  {
    path: 'Questionnaire.item.answerOption',
    key: 'sdc-base-2',
    severity: 'error',
    human: 'an option with a code has a system',
    expression: 'value.ofType(Coding).all(code.exists() implies system.exists())',
  },
];

let core;
const profiles = new Map();
const compiled = new Map();

/** R4's own constraints. */
export function coreInvariants(questionnaire) {
  core ??= constraints(
    r4Definitions('profiles-resources.json').entry
      .map((e) => e.resource)
      .find((r) => r.resourceType === 'StructureDefinition' && r.id === 'Questionnaire'),
  );
  return run(core, questionnaire);
}

/**
 * The constraints of the SDC profiles. For a Questionnaire that does not claim an SDC profile,
 * errors become warnings.
 */
export function sdcInvariants(questionnaire) {
  const claimed = (questionnaire.meta?.profile ?? [])
    .filter((p) => typeof p === 'string' && p.startsWith(SDC))
    .map((p) => p.slice(SDC.length).split('|')[0]);
  const found = [];
  for (const id of claimed) {
    if (!sdcProfile(id)) found.push({ severity: 'error', at: 'Questionnaire.meta.profile', message: `SDC has no profile "${id}"` });
  }
  const r4Keys = new Set(constraints(
    r4Definitions('profiles-resources.json').entry.map((e) => e.resource).find((r) => r.id === 'Questionnaire'),
  ).map((c) => c.key));
  const wanted = new Map(CODINGS.map((c) => [c.key, c]));
  for (const id of [...ALWAYS, ...claimed]) {
    if (!profiles.has(id)) profiles.set(id, constraints(sdcProfile(id)));
    for (const c of profiles.get(id)) if (!r4Keys.has(c.key)) wanted.set(c.key, c);
  }
  found.push(...run([...wanted.values()], questionnaire));
  return claimed.length ? found : found.map((f) => ({ ...f, severity: 'warning' }));
}

function constraints(definition) {
  return (definition?.snapshot?.element ?? []).flatMap((element) =>
    (element.constraint ?? [])
      .filter((c) => /^(que|cnl|sdc)-/.test(c.key) && c.expression)
      .map(({ key, severity, human, expression }) => ({ path: element.path, key, severity, human, expression: corrected(expression) })));
}

function corrected(expression) {
  return expression
    .replace('(answer is Boolean)', '(answer is boolean or answer is System.Boolean)')
    .replaceAll(BALLOT, `(${BALLOT} | ${SINCE})`);
}

function run(list, questionnaire) {
  const found = [];
  for (const constraint of list) {
    for (const { node, base, at, expression } of places(constraint, questionnaire)) {
      const outcome = holds(node, base, expression, questionnaire);
      if (outcome === true) continue;
      const message = outcome === false ? constraint.human : `cannot be evaluated: ${outcome}`;
      const severity = outcome === false ? constraint.severity : 'error';
      found.push({ severity, at, message: `${constraint.key}: ${message}` });
    }
  }
  return found;
}

// The nodes to which a constraint on `path` applies.
function* places({ path, expression }, questionnaire) {
  const steps = path.split('.').slice(1);
  const items = [...walk(questionnaire.item)].map((w) => w.item);
  if (steps.length === 0) {
    yield { node: questionnaire, base: path, at: path, expression };
  } else if (steps[0] !== 'item') {
    const on = `${steps.join('.')}.select(${expression})`;
    yield { node: questionnaire, base: 'Questionnaire', at: path, expression: on };
  } else if (steps.length === 1) {
    for (const item of items) yield { node: item, base: path, at: `item ${item.linkId}`, expression };
  } else if (steps[1] === 'linkId') {
    for (const item of items) {
      yield { node: item, base: 'Questionnaire.item', at: `item ${item.linkId}`, expression: `linkId.select(${expression})` };
    }
  } else {
    for (const item of items) {
      for (const [i, node] of [item[steps[1]] ?? []].flat().entries()) {
        yield { node, base: path, at: `item ${item.linkId}: ${steps[1]}[${i}]`, expression };
      }
    }
  }
}

// Returns true, false, or the error. An empty result is not a violation.
function holds(node, base, expression, questionnaire) {
  const key = `${base} ${expression}`;
  try {
    if (!compiled.has(key)) compiled.set(key, fhirpath.compile({ base, expression }, r4, { traceFn: () => {} }));
    const result = compiled.get(key)(node, { resource: questionnaire, rootResource: questionnaire });
    return !result.includes(false);
  } catch (error) {
    return String(error?.message ?? error).slice(0, 160);
  }
}
