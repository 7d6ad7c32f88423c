#!/usr/bin/env node
// engines.mjs ENGINE JOBS.json
//
// Like score.mjs, for many Questionnaires in one process and for more engines: fhirpath.js, medplum, atomic-ehr. JOBS
// is a list of { questionnaire, responses }. Prints { version, results }: the version of the engine, and for each job {
// scores, errors }: a list of objects, linkId -> value or null, and the errors. Status 2: nothing was scored.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { ENGINES, score } from './lib/host.mjs';
import { stop } from './lib/input.mjs';
import { Scorer } from './lib/scorer.mjs';

const PACKAGES = { 'fhirpath.js': 'fhirpath', medplum: '@medplum/core', 'atomic-ehr': '@atomic-ehr/fhirpath' };

const [engine, file] = process.argv.slice(2);
if (!file || !PACKAGES[engine]) stop(`usage: engines.mjs ${Object.keys(PACKAGES).join('|')} JOBS.json`);
const jobs = JSON.parse(readFileSync(file, 'utf8'));
const folder = new URL(`./node_modules/${PACKAGES[engine]}/package.json`, import.meta.url);
const { version } = createRequire(import.meta.url)(folder.pathname);

function byRenderers({ questionnaire, responses }) {
  const scorer = new Scorer(questionnaire);
  const faults = responses.flatMap((response) => scorer.faults(response));
  const rows = responses.map((response) => scorer.score(response));
  const errors = scorer.errors.concat(faults, rows.flatMap((row) => row.errors));
  return { scores: rows.map((row) => row.scores), errors: [...new Set(errors)] };
}

const results = [];
const compile = engine === 'fhirpath.js' ? undefined : await ENGINES[engine]();
for (const job of jobs) {
  results.push(compile ? await score(compile, job.questionnaire, job.responses) : byRenderers(job));
}
process.stdout.write(JSON.stringify({ version, results }));
