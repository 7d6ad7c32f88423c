// Scores responses like a form renderer, with the FHIRPath engine of the U.S. National Library of Medicine (npm
// fhirpath): evaluates root variables in order, each with the earlier ones; then the calculated items in document
// order, and writes each answer into the response before the next.

import r4 from 'fhirpath/fhir-context/r4/index.js';
import r5 from 'fhirpath/fhir-context/r5/index.js';
import { compiled, tree } from './parsed.mjs';
import { calculatedItems, isR5, rootVariables } from './questionnaire.mjs';
import { prune, reach } from './reach.mjs';
import { faults, forget, index, misfit, write } from './responses.mjs';

const PASSES = 10;

/** `scorer.score(response)` returns `{ scores, errors }`. */
export class Scorer {
  constructor(questionnaire, { whole = false } = {}) {
    this.questionnaire = questionnaire;
    this.model = isR5(questionnaire) ? r5 : r4;
    this.items = index(questionnaire);
    this.order = new Map([...this.items.keys()].map((id, i) => [id, i]));
    this.errors = [];
    const variables = new Map(); // the items that each variable reads
    this.variables = rootVariables(questionnaire).map((e) => {
      const step = this.#compile(`variable ${e.name}`, e, whole, variables);
      variables.set(e.name, step.reach);
      return { name: e.name, ...step };
    });
    this.calculated = calculatedItems(questionnaire).map((c) => ({
      ...c,
      ...this.#compile(c.linkId, c.expression, whole, variables),
    }));
    this.calculatedIds = new Set(this.calculated.map((c) => c.linkId));
    this.settles = this.#readsBack();
  }

  #compile(place, { language, expression }, whole, variables) {
    const step = { place, run: undefined, sees: null, reach: null };
    if (language !== 'text/fhirpath') {
      this.errors.push(`${place}: language is ${JSON.stringify(language)}, not text/fhirpath`);
      return step;
    }
    try {
      step.run = compiled(expression, this.model);
      const own = reach(tree(expression));
      step.reach = own && transitive(own, variables);
      step.sees = whole ? null : own?.ids ?? null;
    } catch (error) {
      this.errors.push(`${place}: ${message(error)}`);
    }
    return step;
  }

  // Whether passes must be repeated, because an expression reads a score before it is written.
  #readsBack() {
    const late = new Set(this.calculatedIds);
    const reads = ({ reach: r }) => r === null || [...r.ids].some((id) => late.has(id));
    if (this.variables.some(reads)) return this.calculated.length > 0;
    return this.calculated.some((c) => {
      const again = reads(c);
      late.delete(c.linkId);
      return again;
    });
  }

  faults(response) {
    return faults(response, this.items);
  }

  score(response) {
    const answered = structuredClone(response);
    forget(answered, this.calculatedIds);
    let { scores, errors } = this.#pass(answered);
    for (let n = 1; this.settles && !errors.length; n++) {
      const before = JSON.stringify(scores);
      ({ scores, errors } = this.#pass(answered));
      if (JSON.stringify(scores) === before) break;
      if (n === PASSES) errors.push(`the scores still change after ${PASSES} passes`);
    }
    return { scores, errors };
  }

  #pass(response) {
    const errors = [];
    const environment = { questionnaire: this.questionnaire };
    for (const variable of this.variables) {
      environment[variable.name] = this.#evaluate(variable, response, environment, errors);
    }
    const scores = {};
    for (const calculated of this.calculated) {
      const { linkId, item } = calculated;
      const values = this.#evaluate(calculated, response, { ...environment, qitem: item }, errors);
      if (values.length > 1) errors.push(`${linkId}: ${values.length} values instead of one`);
      const value = values.length === 1 ? plain(values[0]) : undefined;
      const wrong = value === undefined ? undefined : misfit(item.type, value);
      if (wrong) errors.push(`${linkId} (${item.type}): ${JSON.stringify(value)} ${wrong}`);
      scores[linkId] = value ?? null;
      write(response, calculated, this.order, value);
    }
    return { scores, errors };
  }

  #evaluate({ place, run, sees }, response, environment, errors) {
    if (!run) return [];
    const resource = sees ? prune(response, sees) : response;
    environment.resource = resource;
    environment.rootResource = resource;
    environment.context = resource;
    try {
      const values = run(resource, environment);
      if (values instanceof Promise) throw new Error('needs a server');
      return values;
    } catch (error) {
      errors.push(`${place}: ${message(error)}`);
      return [];
    }
  }
}

function transitive({ ids, variables }, known) {
  const all = { ids: new Set(ids) };
  for (const name of variables) {
    const other = known.get(name);
    if (other === null) return null;
    other?.ids.forEach((id) => all.ids.add(id));
  }
  return all;
}

function plain(value) {
  return typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;
}

function message(error) {
  return String(error?.message ?? error).split('\n')[0];
}
