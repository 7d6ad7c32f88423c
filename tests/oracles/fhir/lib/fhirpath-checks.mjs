// Checks every FHIRPath expression in the Questionnaire: it parses, names only variables that are already defined, and
// runs on sample responses.

import { samples } from './answers.mjs';
import { tree } from './parsed.mjs';
import { expressions, rootVariables, URL } from './questionnaire.mjs';
import { Scorer } from './scorer.mjs';

const GIVEN = ['resource', 'rootResource', 'context', 'questionnaire', 'qitem', 'ucum', 'sct', 'loinc'];
const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/; // valid as an R4 id and as a bare FHIRPath identifier

export function fhirpathChecks(questionnaire) {
  const found = [];
  const error = (at, message) => found.push({ severity: 'error', at, message });
  const known = new Set(GIVEN);
  for (const { name } of rootVariables(questionnaire)) {
    if (!NAME.test(name ?? '')) error('Questionnaire.extension', `variable name ${JSON.stringify(name)} is not letters and digits`);
    else if (known.has(name)) error('Questionnaire.extension', `variable "${name}" is defined twice, or hides a given one`);
    known.add(name);
  }
  const defined = new Set(GIVEN);
  for (const { path, url, name, language, expression } of expressions(questionnaire)) {
    if (language !== 'text/fhirpath') {
      error(path, `language is ${JSON.stringify(language)}; renderers run text/fhirpath only`);
      continue;
    }
    const isRoot = url === URL.variable && /^Questionnaire\.extension\[\d+\]$/.test(path);
    for (const used of constants(expression, path, error)) {
      if (!(isRoot ? defined : known).has(used)) error(path, `%${used} is not defined${known.has(used) ? ' yet' : ''}`);
    }
    if (isRoot) defined.add(name);
  }
  if (!found.length) found.push(...trial(questionnaire));
  return found;
}

// The %names in an expression.
function constants(expression, path, error) {
  const names = new Set();
  const visit = (node) => {
    if (node.type === 'ExternalConstant') names.add(node.children[0].text.replace(/^[`']|[`']$/g, ''));
    (node.children ?? []).forEach(visit);
  };
  try {
    visit(tree(expression));
  } catch (e) {
    error(path, `does not parse: ${String(e?.message ?? e).split('\n').slice(0, 2).join(' ')}: ${expression}`);
  }
  return names;
}

function trial(questionnaire) {
  const scorer = new Scorer(questionnaire);
  const found = new Set(scorer.errors);
  for (const [name, response] of samples(questionnaire)) {
    for (const e of scorer.score(response).errors) found.add(`${e} (${name})`);
  }
  return [...found].map((message) => ({ severity: 'error', at: 'Questionnaire', message }));
}
