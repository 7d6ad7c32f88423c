#!/usr/bin/env node
// score.mjs [--whole] QUESTIONNAIRE.json RESPONSES.json
//
// Evaluates every calculated item of the Questionnaire for every QuestionnaireResponse of the list, and prints a JSON
// list: one object per response, linkId -> value or null. Status 0: scored. 1: scored, but an expression failed (stderr
// names it; its value is null). 2: nothing was scored, because a file is wrong, or an item or an option is unknown.
//
// --whole: evaluate every expression on the whole response, without first removing the items that it provably cannot
// reach (lib/reach.mjs). Slow; used to verify that the removal changes nothing.

import { readQuestionnaire, readResponses, stop } from './lib/input.mjs';
import { Scorer } from './lib/scorer.mjs';

const files = process.argv.slice(2).filter((a) => a !== '--whole');
if (files.length !== 2) stop('usage: score.mjs [--whole] QUESTIONNAIRE.json RESPONSES.json');

const scorer = new Scorer(readQuestionnaire(files[0]), { whole: process.argv.includes('--whole') });
const responses = readResponses(files[1]);
const faults = responses.flatMap((r, i) => scorer.faults(r).map((f) => `response ${i}: ${f}`));
if (faults.length) stop(faults.slice(0, 20).join('\n'));

const problems = new Map(scorer.errors.map((e) => [e, []])); // error -> the responses for which it occurred
const rows = responses.map((response, i) => {
  const { scores, errors } = scorer.score(response);
  for (const e of errors) problems.set(e, problems.get(e) ?? []).get(e).push(i);
  return scores;
});
process.stdout.write(`[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
for (const [problem, [first, ...more]] of [...problems].slice(0, 50)) {
  const where = first === undefined ? '' : `response ${first}${more.length ? ` and ${more.length} more` : ''}: `;
  process.stderr.write(`${where}${problem}\n`);
}
process.exitCode = problems.size ? 1 : 0;
