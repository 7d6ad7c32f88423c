#!/usr/bin/env node
// render.mjs [--screenshots FOLDER] QUESTIONNAIRE.json RESPONSES.json
//
// Fills in the Questionnaire in two form renderers, in a headless browser, once for each QuestionnaireResponse of the
// list: real clicks and typing, no network. Prints a JSON list, one object per response: renderer -> { scores, missed,
// error }, linkId of each calculated item -> value or null, and the items that could not be answered. Status 1 if a
// renderer failed, an item could not be answered, or a score differs from fhirpath.js (../score.mjs); stderr has the
// details. 2: nothing was rendered. Slow: some seconds per response. Install with tests/oracles/fhir/render/setup.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { readQuestionnaire, readResponses, stop } from '../lib/input.mjs';
import { calculatedItems, valueOf } from '../lib/questionnaire.mjs';
import { Scorer } from '../lib/scorer.mjs';
import { LhcForms } from './lhc-forms.mjs';
import { serve } from './server.mjs';
import { SmartForms } from './smart-forms.mjs';

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];

const args = process.argv.slice(2);
const shots = args[0] === '--screenshots' ? args.splice(0, 2)[1] : undefined;
if (args.length !== 2) stop('usage: render.mjs [--screenshots FOLDER] QUESTIONNAIRE.json RESPONSES.json');
if (!existsSync(BROWSER)) stop(`${BROWSER} does not exist: run tests/oracles/fhir/render/setup`);
const questionnaire = readQuestionnaire(args[0]);
const responses = readResponses(args[1]);
const scorer = new Scorer(questionnaire);
const faults = responses.flatMap((r, i) => scorer.faults(r).map((f) => `response ${i}: ${f}`));
if (faults.length) stop(faults.slice(0, 20).join('\n'));
const calculated = calculatedItems(questionnaire).map((c) => c.linkId);

// Every answer in a response, in document order.
function* answers(items) {
  for (const item of items ?? []) {
    for (const answer of item.answer ?? []) {
      const value = valueOf(answer);
      if (value && !calculated.includes(item.linkId)) yield { linkId: item.linkId, value };
      yield* answers(answer.item);
    }
    yield* answers(item.item);
  }
}

function scoresIn(response) {
  const scores = Object.fromEntries(calculated.map((id) => [id, null]));
  const visit = (items) => {
    for (const item of items ?? []) {
      const answer = item.linkId in scores && item.answer?.[0] && valueOf(item.answer[0]);
      if (answer) scores[item.linkId] = answer.value;
      visit(item.item);
      for (const a of item.answer ?? []) visit(a.item);
    }
  };
  visit(response?.item);
  return scores;
}

// Renderers calculate after the event: read until four readings in a row are equal.
async function settled(renderer) {
  let scores = {};
  for (let same = 0, tries = 0; same < 4 && tries < 40; tries++) {
    await new Promise((done) => setTimeout(done, 150));
    const now = scoresIn(await renderer.response());
    same = JSON.stringify(now) === JSON.stringify(scores) ? same + 1 : 0;
    scores = now;
  }
  return scores;
}

async function fill(renderer, response) {
  const missed = [];
  try {
    await renderer.load(questionnaire);
    for (const { linkId, value } of answers(response.item)) {
      const done = await renderer.answer(scorer.items.get(linkId), value).catch(() => false);
      if (!done) missed.push(linkId);
    }
    return { scores: await settled(renderer), missed };
  } catch (error) {
    return { scores: {}, missed, error: error.message.split('\n')[0] };
  }
}

const near = (a, b) => (typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a)) : a === b);

const problems = [];
function judge(i, name, outcome, expected) {
  const report = (text) => problems.push(`response ${i}: ${name}: ${text}`);
  if (outcome.error) report(outcome.error);
  for (const id of outcome.missed) report(`could not answer ${id}`);
  if (outcome.error || outcome.missed.length) return;
  // Smart Forms calculates nothing before the first answer, not even a count of 0
  const untouched = name === 'smart-forms' && answers(responses[i].item).next().done;
  for (const [id, value] of untouched ? [] : Object.entries(expected)) {
    const shown = outcome.scores[id];
    if (!near(shown, value)) report(`${id} is ${JSON.stringify(shown)}; fhirpath.js says ${JSON.stringify(value)}`);
  }
}

const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
const server = await serve();
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: BROWSER, headless: true, args: FLAGS, viewport: { width: 1200, height: 1400 },
});
try {
  const renderers = [];
  for (const Renderer of [LhcForms, SmartForms]) {
    const renderer = new Renderer(await browser.newPage(), server.url);
    await renderer.open();
    renderers.push(renderer);
  }
  const rows = [];
  for (const [i, response] of responses.entries()) {
    const expected = scorer.score(response).scores;
    // in parallel: each spends most of its time waiting for the page to settle
    const outcomes = await Promise.all(renderers.map((renderer) => fill(renderer, response)));
    const row = {};
    for (const [at, renderer] of renderers.entries()) {
      row[renderer.name] = outcomes[at];
      judge(i, renderer.name, outcomes[at], expected);
      if (!shots) continue;
      mkdirSync(shots, { recursive: true });
      await renderer.page.screenshot({ path: join(shots, `${i}-${renderer.name}.png`), fullPage: true });
    }
    rows.push(row);
  }
  process.stdout.write(`[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
} finally {
  await browser.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length ? 1 : 0;
