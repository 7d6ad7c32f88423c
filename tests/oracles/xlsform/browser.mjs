// Answers forms in a browser, in Enketo or in ODK Web Forms:
//
//     node browser.mjs FOLDER ENGINE JOB...
//
// FOLDER contains node_modules and the bundles of bundle.mjs. A job is a folder with form.xml, answers.tsv and
// outputs.txt, as run.py writes them. Its values are written to ENGINE.tsv.
import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [folder, engine, ...jobs] = process.argv.slice(2);
const { chromium } = createRequire(path.resolve(folder, 'package.json'))('playwright-core');
const lines = (file) => readFileSync(file, 'utf8').split('\n').slice(0, -1);

/** Runs in the page: the values of outputs for each respondent, as they would be sent. */
const inEnketo = async ({ xml, paths, rows, outputs }) => {
  const form = await window.engine.transform({ xform: xml });
  const values = [];
  for (const [at, row] of rows.entries()) {
    document.body.innerHTML = form.form;
    const element = document.querySelector('form.or');
    const data = { modelStr: form.model, instanceStr: null, submitted: false, external: [] };
    const shown = new window.engine.Form(element, data, {});
    const errors = shown.init();
    if (errors.length) throw new Error(errors.join('; '));
    const changed = (input) => input.dispatchEvent(new Event('change', { bubbles: true }));
    const answer = (name, value) => {
      const inputs = [...element.querySelectorAll(`[name="${name}"], [data-name="${name}"]`)];
      const input = inputs[0];
      if (!input || input.closest('.disabled')) return;
      if (input.type === 'radio') {
        const chosen = inputs.find((one) => one.value === value);
        const before = inputs.find((one) => one.checked);
        if (chosen === before) return;
        if (before) before.checked = false;
        if (chosen) chosen.checked = true;
        changed(chosen ?? before);
      } else if (input.value !== value) {
        input.value = value;
        changed(input);
      }
    };
    const enter = (answers) => {
      for (let round = 0; round < 2; round++) paths.forEach((name, ix) => answer(name, answers[ix]));
    };
    if (at % 2 === 1) enter(rows[at - 1]);
    enter(row);
    await new Promise((done) => setTimeout(done, 0));
    const sent = new DOMParser().parseFromString(shown.getDataStr({ irrelevant: false }), 'text/xml');
    const value = (name) => {
      const parts = name.split('/').slice(2);
      let node = sent.documentElement;
      if (node.nodeName === 'instance') node = node.firstElementChild;
      for (const part of parts) node = node && [...node.children].find((child) => child.localName === part);
      return node ? node.textContent : '';
    };
    values.push(outputs.map(value));
  }
  return values;
};

const inWebForms = async ({ xml, paths, rows, outputs }) => {
  const form = await window.engine.loadForm(xml);
  if (form.status === 'failure') throw new Error(String(form.error));
  const values = [];
  for (const [at, row] of rows.entries()) {
    const { root } = form.createInstance();
    const nodes = new Map();
    const add = (node) => {
      nodes.set(node.currentState.reference, node);
      if (Array.isArray(node.currentState.children)) node.currentState.children.forEach(add);
    };
    add(root);
    const answer = (name, value) => {
      const node = nodes.get(name);
      if (!node || !node.currentState.relevant) return;
      if (node.nodeType === 'select') {
        node.selectValues(value === '' ? [] : [value]);
      } else if (node.nodeType === 'range') {
        node.setValue(value === '' ? null : Number(value));
      } else {
        node.setValue(value === '' && node.valueType !== 'string' ? null : value);
      }
    };
    const enter = (answers) => {
      for (let round = 0; round < 2; round++) paths.forEach((name, ix) => answer(name, answers[ix]));
    };
    if (at % 2 === 1) enter(rows[at - 1]);
    enter(row);
    const payload = await root.prepareInstancePayload();
    const text = await payload.data[0].get('xml_submission_file').text();
    const sent = new DOMParser().parseFromString(text, 'text/xml');
    const value = (name) => {
      let node = sent.documentElement;
      for (const part of name.split('/').slice(2)) node = node && [...node.children].find((child) => child.localName === part);
      return node ? node.textContent : '';
    };
    values.push(outputs.map(value));
  }
  return values;
};

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(`[page] ${error.message}`));
// ODK Web Forms needs a secure context.
const body = '<!doctype html><meta charset="utf-8"><body></body>';
await page.route('https://localhost/', (route) => route.fulfill({ contentType: 'text/html', body }));
await page.goto('https://localhost/');
await page.addScriptTag({ path: path.resolve(folder, `${engine}.js`), type: engine === 'webforms' ? 'module' : '' });
await page.waitForFunction('window.engine', null, { timeout: 60000 });
for (const job of jobs) {
  const [head, ...rows] = lines(path.join(job, 'answers.tsv')).map((line) => line.split('\t'));
  const input = { xml: readFileSync(path.join(job, 'form.xml'), 'utf8'), paths: head, rows, outputs: lines(path.join(job, 'outputs.txt')) };
  try {
    const values = await page.evaluate(engine === 'enketo' ? inEnketo : inWebForms, input);
    const line = (row) => row.map((cell) => cell.replace(/[\t\n]/g, ' ')).join('\t');
    writeFileSync(path.join(job, `${engine}.tsv`), values.map((row) => `${line(row)}\n`).join(''));
  } catch (error) {
    writeFileSync(path.join(job, `${engine}.error`), String(error?.message ?? error));
  }
}
await browser.close();
