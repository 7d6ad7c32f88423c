// The same as score.mjs, in a browser: each form runs in the survey plug-in of jsPsych, which has its own version of
// SurveyJS, and is answered by clicks and keys.
//
// node browser.mjs jobs.json        CHROMIUM names the browser; SCREENSHOTS is a folder for a picture of each form
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules");
const FILES = {
  "/jspsych.js": `${modules}/jspsych/dist/index.browser.js`,
  "/jspsych.css": `${modules}/jspsych/css/jspsych.css`,
  "/survey.js": `${modules}/@jspsych/plugin-survey/dist/index.browser.js`,
  "/survey.css": `${modules}/@jspsych/plugin-survey/css/survey.css`,
};
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>form</title>
<script src="/jspsych.js"></script><script src="/survey.js"></script>
<link rel="stylesheet" href="/jspsych.css"><link rel="stylesheet" href="/survey.css"><body></body>
<script>
function start(form) {
  const jsPsych = initJsPsych({ on_finish() { window.done = jsPsych.data.get().values()[0].response; } });
  jsPsych.run([{ type: jsPsychSurvey, survey_json: form, survey_function: (survey) => { window.survey = survey; } }]);
}
</script></html>`;

const server = http.createServer((request, response) => {
  const file = FILES[request.url];
  const type = request.url.endsWith(".css") ? "text/css" : request.url.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(file || request.url === "/" ? 200 : 404, { "content-type": `${type}; charset=utf-8` });
  response.end(file ? fs.readFileSync(file) : PAGE);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});

/** The questions of a form by the ids of their items, in order. */
function questions(elements, prefix, found = []) {
  for (const element of elements) {
    const { type, name } = element;
    if (type === "panel") questions(element.elements, prefix, found);
    else if (type === "matrix") element.rows.forEach(({ value }, row) => found.push({ id: value, element, row }));
    else if (type !== "html") found.push({ id: name.slice(prefix.length), element });
  }
  return found;
}

/** Answers an item by a click or by keys, unless it is hidden. */
async function answer(page, { element, row }, value) {
  const root = page.locator(`[data-name="${element.name}"]`);
  if (value === null || value === undefined || !(await root.isVisible())) return;
  const options = element.columns ?? element.choices;
  if (options) {
    const position = options.findIndex((option) => option.value === value);
    if (position < 0) return;
    const within = row === undefined ? root : root.locator("tbody tr").nth(row);
    const input = within.locator("input[type=radio]").nth(position);
    await input.evaluate((radio) => radio.click());
  } else if (element.type === "slider") {
    await slide(page, root, element, value);
  } else {
    const input = root.locator("input").first();
    await input.fill(String(value));
    await input.blur();
  }
}

/** Moves a slider: a click near the value, then keys. */
async function slide(page, root, { min, max, step }, value) {
  await root.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await root.locator(".sd-slider-container__slider").boundingBox();
  const along = (width * (value - min)) / (max - min);
  await page.mouse.click(x + Math.min(Math.max(along, 1), width - 1), y + height / 2);
  const input = root.locator("input[type=range]");
  const steps = Math.round((value - Number(await input.inputValue())) / step);
  await input.focus();
  for (let moved = 0; moved < Math.abs(steps); moved += 1) {
    await page.keyboard.press(steps > 0 ? "ArrowRight" : "ArrowLeft");
  }
}

/** Answers a form once. Returns what it saved, and which items are shown. */
async function respond(form, items, row, picture) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address);
  await page.evaluate((json) => start(json), form);
  await page.waitForSelector("[data-name]");
  for (const item of items) await answer(page, item, row[item.id]);
  const names = items.map(({ element }) => element.name);
  const visible = await page.evaluate((all) => all.map((name) => survey.getQuestionByName(name).isVisible), names);
  if (picture) await page.screenshot({ path: picture, fullPage: true });
  await page.evaluate(() => document.querySelector(".sd-navigation__complete-btn")?.click());
  // A form with an unanswered required question cannot be completed; its values exist all the same.
  const data = await page.evaluate(() => window.done ?? survey.data);
  await page.close();
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { data: JSON.parse(JSON.stringify(data)), visible };
}

async function score({ code, rows, results, prefix }, at) {
  const form = JSON.parse(fs.readFileSync(code, "utf8"));
  const items = questions(form.pages.flatMap((page) => page.elements), prefix);
  const all = [];
  for (const [index, row] of JSON.parse(fs.readFileSync(rows, "utf8")).entries()) {
    const picture = process.env.SCREENSHOTS && index === 0 ? `${process.env.SCREENSHOTS}/${at}.png` : null;
    const { data, visible } = await respond(form, items, row, picture);
    const [answers, computed] = [{}, {}];
    for (const { id, element, row: position } of items) {
      const value = position === undefined ? data[element.name] : data[element.name]?.[id];
      if (value !== undefined) answers[id] = value;
    }
    const own = new Set(items.map(({ element }) => element.name));
    for (const [name, value] of Object.entries(data)) {
      if (!own.has(name) && name.startsWith(prefix)) computed[name.slice(prefix.length)] = value;
    }
    const shown = Object.fromEntries(items.map(({ id }, item) => [id, visible[item]]));
    all.push({ data, answers, visible: shown, results: computed, texts: null });
  }
  fs.writeFileSync(results, JSON.stringify(all));
}

try {
  for (const [at, job] of JSON.parse(fs.readFileSync(process.argv[2], "utf8")).entries()) await score(job, at);
} finally {
  await browser.close();
  server.close();
}
