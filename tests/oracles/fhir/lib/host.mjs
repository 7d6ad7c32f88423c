// Scores responses with engines that do not support Questionnaires: evaluates root variables in order, each with the
// earlier ones, then the calculated items. Scores are not written back; expressions that read score items need
// lib/scorer.mjs.

import { calculatedItems, rootVariables } from './questionnaire.mjs';

/** Adapters for the engines: `compile(expression)` returns a function of a response and variables (name -> values). */
export const ENGINES = {
  medplum: async () => {
    globalThis.WebSocket ??= class {}; // required on load; Node has it since 22
    const { evalFhirPathTyped, parseFhirPath, toTypedValue } = await import('@medplum/core');
    // A variable of Medplum's is a single value, which may be undefined. NaN and Infinity are not valid in FHIR.
    const typed = ([value]) => (value === undefined ? { type: 'undefined', value } : toTypedValue(value));
    const real = (value) => value !== undefined && value !== null && !(typeof value === 'number' && !Number.isFinite(value));
    return (expression) => {
      const atom = parseFhirPath(expression);
      return (response, variables) => {
        const given = { '%resource': toTypedValue(response) };
        for (const [name, values] of variables) given[`%${name}`] = typed(values);
        return evalFhirPathTyped(atom, [toTypedValue(response)], given).map(({ value }) => value).filter(real);
      };
    };
  },
  'atomic-ehr': async () => {
    const { evaluate } = await import('@atomic-ehr/fhirpath');
    return (expression) => (response, variables) => {
      const given = { resource: response };
      // Its type checker rejects comparisons of lists, because they may have many entries.
      for (const [name, values] of variables) given[name] = values.length === 1 ? values[0] : values;
      return evaluate(expression, { input: response, variables: given });
    };
  },
};

/** Returns `{ scores, errors }`: a list of objects, linkId -> value or null, and the errors. */
export async function score(compile, questionnaire, responses) {
  const errors = new Set();
  const step = (place, { expression }) => {
    try {
      return { place, run: compile(expression) };
    } catch (error) {
      errors.add(`${place}: ${message(error)}`);
      return { place, run: () => [] };
    }
  };
  const attempt = async ({ place, run }, response, variables) => {
    try {
      return await run(response, variables);
    } catch (error) {
      errors.add(`${place}: ${message(error)}`);
      return [];
    }
  };
  const steps = rootVariables(questionnaire).map((e) => ({ name: e.name, ...step(`variable ${e.name}`, e) }));
  const items = calculatedItems(questionnaire).map((c) => ({ linkId: c.linkId, ...step(c.linkId, c.expression) }));
  const scores = [];
  for (const response of responses) {
    const variables = new Map();
    for (const variable of steps) variables.set(variable.name, await attempt(variable, response, variables));
    const row = {};
    for (const item of items) {
      const values = await attempt(item, response, variables);
      if (values.length > 1) errors.add(`${item.linkId}: ${values.length} values instead of one`);
      row[item.linkId] = values.length === 1 ? values[0] : null;
    }
    scores.push(row);
  }
  return { scores, errors: [...errors] };
}

function message(error) {
  return String(error?.message ?? error).split('\n')[0];
}
