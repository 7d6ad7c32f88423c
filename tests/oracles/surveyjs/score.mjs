// Enters answers into SurveyJS forms as a respondent does, and reports what the forms save.
//
// node score.mjs jobs.json
//
// jobs.json: [{"code": path of a form, "rows": path of answers, "results": path to write, "prefix": "<instrument>__"}].
// The answers are a list of objects: the answer to each item by its id, null if it is not answered. For each of them,
// the results have "data" (what the form saves), "answers" (what the form saves, without the names of matrices), "visible" (which items are shown),
// "results" (everything else that it saves) and, for the first of them, "texts" (the words of each item and its options).
import fs from "node:fs";
import { Model } from "survey-core";

/** The questions of a form by the ids of their items. */
export function itemsOf(survey, prefix = "") {
  const items = new Map();
  for (const question of survey.getAllQuestions()) {
    if (!question.name.startsWith(prefix) || question.getType() === "html") continue;
    if (question.getType() === "matrix") {
      for (const row of question.rows) items.set(String(row.value), { question, row: row.value });
    } else {
      items.set(question.name.slice(prefix.length), { question });
    }
  }
  return items;
}

/** Answers one item as a respondent does, unless it has this answer already. Hidden questions cannot be answered. */
export function answer({ question, row }, value) {
  if (!question.isVisible) return;
  const given = value === null ? undefined : question.inputType === "time" ? clock(value) : value;
  const field = row === undefined ? question : question.visibleRows.find((own) => own.name === String(row));
  if (field.value !== given) field.value = given;
}

/** Minutes after midnight as the text that a time field saves. */
const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** The words of an item and of its options, as they are shown. */
export function shown({ question, row }) {
  const options = question.getType() === "matrix" ? question.visibleColumns : (question.visibleChoices ?? []);
  const title = row === undefined ? question.locTitle : question.rows.find((own) => own.value === row).locText;
  return [title, ...options.map((option) => option.locText)].map((text) => text.renderedHtml);
}

/** What the form has saved, as it arrives after JSON. */
export function saved(survey, items, prefix = "") {
  const data = JSON.parse(JSON.stringify(survey.data));
  const [answers, visible, results] = [{}, {}, {}];
  for (const [id, { question, row }] of items) {
    visible[id] = question.isVisible;
    const value = row === undefined ? data[question.name] : data[question.name]?.[row];
    if (value !== undefined) answers[id] = value;
  }
  const names = new Set([...items.values()].map(({ question }) => question.name));
  for (const [name, value] of Object.entries(data)) {
    if (!names.has(name) && name.startsWith(prefix)) results[name.slice(prefix.length)] = value;
  }
  return { data, answers, visible, results };
}

function score({ code, rows, results, prefix }) {
  const form = JSON.parse(fs.readFileSync(code, "utf8"));
  let survey = null;
  let items = null;
  const all = JSON.parse(fs.readFileSync(rows, "utf8")).map((row, index) => {
    // Most respondents change the answers of the one before, so that questions are hidden and shown again.
    if (index % 5 === 0) {
      survey = new Model(form);
      items = itemsOf(survey, prefix);
      if (survey.jsonErrors?.length) throw new Error(`${code}: ${survey.jsonErrors.map((error) => error.message)}`);
    }
    for (const [id, item] of items) answer(item, row[id] ?? null);
    // An answer may have shown an earlier question.
    for (const [id, item] of items) answer(item, row[id] ?? null);
    const texts = index === 0 ? Object.fromEntries([...items].map(([id, item]) => [id, shown(item)])) : {};
    return { ...saved(survey, items, prefix), texts };
  });
  fs.writeFileSync(results, JSON.stringify(all));
}

if (process.argv[1] === import.meta.filename) {
  JSON.parse(fs.readFileSync(process.argv[2], "utf8")).forEach(score);
}
