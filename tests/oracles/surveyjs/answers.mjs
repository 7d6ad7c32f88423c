// Enters the same answers into SurveyJS and into experiments of jsPsych, and writes what they save.
//
// node answers.mjs list.json folder        CHROMIUM names the browser
//
// list.json: a list of objects, each with "id" and the answer to each of q1 to q5: the value from 0 to 4, or null.
// Prints the names of the written files.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Model } from "survey-core";

const LABELS = ["never", "rarely", "sometimes", "often", "always"];
const ITEMS = ["q1", "q2", "q3", "q4", "q5"];
const choices = LABELS.map((text, value) => ({ value, text }));
const radio = (name) => ({ type: "radiogroup", name, choices });

/** Five pages, one with a comment on the answer. */
const PAGES = {
  pages: [
    { elements: [{ type: "text", name: "id" }, { type: "html", name: "welcome", html: "Welcome" }] },
    ...ITEMS.map((name, at) => ({ elements: [{ ...radio(name), showCommentArea: at === 0 }] })),
  ],
};
/** A matrix and two questions in a panel. */
const MATRIX = {
  elements: [
    { type: "text", name: "id" },
    { type: "matrix", name: "block", columns: choices, rows: ITEMS.slice(0, 3) },
    { type: "panel", name: "rest", elements: ITEMS.slice(3).map(radio) },
    { type: "boolean", name: "consent" },
  ],
};

/** What a form of SurveyJS saves for a respondent. */
function saved(form, { id, ...answers }) {
  const survey = new Model(form);
  survey.getQuestionByName("id").value = id;
  for (const [item, value] of Object.entries(answers)) {
    if (value === null) continue;
    const question = survey.getQuestionByName(item);
    if (question) question.value = value;
    else survey.getQuestionByName("block").visibleRows.find((row) => row.name === item).value = value;
  }
  const commented = survey.getQuestionByName("q1");
  if (commented && answers.q1 === 4) commented.comment = "At home, yes";
  if (survey.getQuestionByName("consent")) survey.getQuestionByName("consent").value = true;
  survey.doComplete();
  return JSON.parse(JSON.stringify(survey.data));
}

const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules");
const built = (name) => `${modules}/${name}/dist/index.browser.js`;
const SCRIPTS = {
  "/jspsych.js": built("jspsych"),
  "/likert.js": built("@jspsych/plugin-survey-likert"),
  "/choice.js": built("@jspsych/plugin-survey-multi-choice"),
  "/survey.js": built("@jspsych/plugin-survey"),
};
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>experiment</title>
${Object.keys(SCRIPTS).map((script) => `<script src="${script}"></script>`).join("\n")}<body></body></html>`;

/** Runs an experiment for each respondent, in the browser. Returns the JSON of each run and the CSV of all. */
async function experiments(rows, labels, kind) {
  const data = (response) => ({ simulation_options: { data: { response } } });
  const some = (row, items, value) => Object.fromEntries(items.map((item) => [item, value(row[item])]));
  const position = (answer) => (answer === null ? "" : answer);
  const label = (answer) => (answer === null ? "" : labels[answer]);
  const scale = (name) => ({ prompt: name, name, labels, options: labels });
  const likert = (items, row) => ({
    type: jsPsychSurveyLikert,
    questions: items.map(scale),
    ...data(some(row, items, position)),
  });
  const timelines = {
    // Two pages of positions, and one of labels.
    pages: (row) => [
      likert(["q1", "q2"], row),
      likert(["q3"], row),
      { type: jsPsychSurveyMultiChoice, questions: ["q4", "q5"].map(scale), ...data(some(row, ["q4", "q5"], label)) },
    ],
    // A trial with a form of SurveyJS, which saves no key for a question without an answer.
    survey: (row) => {
      const { id, ...answers } = row;
      const given = Object.entries(answers).filter(([, value]) => value !== null);
      const elements = Object.keys(answers).map((name) => ({ type: "rating", name, rateValues: [0, 1, 2, 3, 4] }));
      const fill = (survey) => {
        for (const [item, value] of given) survey.setValue(item, value);
        setTimeout(() => survey.completeLastPage());
      };
      return [{ type: jsPsychSurvey, survey_json: { elements }, survey_function: fill }];
    },
  };
  const runs = [];
  let all;
  for (const row of rows) {
    const jsPsych = initJsPsych();
    jsPsych.data.addProperties({ subject: row.id, build: "1.2" });
    // The plug-in for forms of SurveyJS cannot be simulated: it is filled in.
    if (kind === "survey") await jsPsych.run(timelines[kind](row));
    else await jsPsych.simulate(timelines[kind](row), "data-only");
    runs.push(jsPsych.data.get().json());
    all = all ? all.join(jsPsych.data.get()) : jsPsych.data.get();
  }
  return { runs, csv: all.csv() };
}

const [list, folder] = process.argv.slice(2);
const rows = JSON.parse(fs.readFileSync(list, "utf8"));
const write = (name, content) => {
  fs.writeFileSync(path.join(folder, name), content);
  console.log(name);
};
write("surveyjs-pages.json", JSON.stringify(rows.map((row) => saved(PAGES, row))));
write("surveyjs-matrix.jsonl", rows.map((row) => `${JSON.stringify(saved(MATRIX, row))}\n`).join(""));

const server = http.createServer((request, response) => {
  const file = SCRIPTS[request.url];
  const type = file ? "text/javascript" : "text/html";
  response.writeHead(file || request.url === "/" ? 200 : 404, { "content-type": `${type}; charset=utf-8` });
  response.end(file ? fs.readFileSync(file) : PAGE);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
for (const kind of ["pages", "survey"]) {
  const call = `(${experiments})(${JSON.stringify(rows)}, ${JSON.stringify(LABELS)}, ${JSON.stringify(kind)})`;
  const { runs, csv } = await page.evaluate(call);
  // One run in a line, as servers of experiments download them.
  write(`jspsych-${kind}.json`, runs.map((run) => `${run}\n`).join(""));
  write(`jspsych-${kind}.csv`, csv);
}
await browser.close();
server.close();
