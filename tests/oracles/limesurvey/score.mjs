// Answers LimeSurvey surveys by a reference evaluator, and reports what they store.
//
// node score.mjs jobs.json
//
// jobs.json: [{"code": path of the tab-separated structure, "lss": path of the XML structure, "names": path of the table of
// names or null, "rows": path of answers, "results": path to write}]. The answers are a list of objects: the answer to each
// item by its id, null if it is not answered. For each of them, the results have "data" (the exported table), "answers"
// (what is stored, by item), "visible" (which items are shown), "results" (all other values) and, for the first of them,
// "texts" (the words of each item and its options).
import fs from "node:fs";
import { evaluate, isNumeric, isTrue, textOf } from "./expressions.mjs";
import { check, readTable, readXml, variables } from "./files.mjs";

const CLOCK = "/^([01][0-9]|2[0-3]):[0-5][0-9]$/";
const METADATA = ["id", "submitdate", "lastpage", "startlanguage", "seed"];

/** The words of a text as they are shown. */
const shown = (html) =>
  html
    .replace(/<br \/>/g, "\n")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

/** What LimeSurvey makes of the result of an equation. */
function flattened(value, onlyNumbers) {
  const text = textOf(value).replace(/<[^>]*>/g, "").replace(/\r?\n/g, " ").trim();
  return onlyNumbers && !isNumeric(text) ? "" : text;
}

function namesOf(path) {
  const ids = new Map();
  if (!path) return ids;
  const [header, ...rows] = fs.readFileSync(path, "utf8").trimEnd().split("\n");
  if (!header.startsWith("field_name,id")) throw new Error(`${path}: ${header}`);
  for (const row of rows) ids.set(...row.split(","));
  return ids;
}

/** Gives the options of items with decimals their values: an assessment value is a whole number. */
function restore(survey, ids, decimals = {}) {
  for (const question of survey.groups.flatMap((group) => group.questions)) {
    const columns = variables(question).map(({ column }) => ids.get(column) ?? column);
    const values = decimals[columns[0]];
    if (values === undefined || question.answers.length === 0) continue;
    if (columns.some((column) => String(decimals[column]) !== String(values))) throw new Error(`${question.code}: other options`);
    if (question.answers.length !== values.length) throw new Error(`${question.code}: ${values.length} options`);
    question.answers.forEach((answer, at) => (answer.value = String(values[at])));
  }
}

/** The stored answer for a coded answer. */
function stored(question, value) {
  if (value === null || value === undefined) return "";
  if (question.answers.length > 0) {
    const answer = question.answers.find((own) => Number(own.value) === value);
    if (!answer) throw new Error(`${question.code}: no answer ${value}`);
    return answer.code;
  }
  if (question.preg === CLOCK) return `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  return String(value);
}

/** The coded answer of a stored one. */
function coded(question, value) {
  if (question.answers.length > 0) return Number(question.answers.find((own) => own.code === value).value);
  return question.preg === CLOCK ? value : Number(value);
}

/** Answers a survey as a respondent does, who sees a question once its condition is true. */
function answered(survey, ids, given) {
  const values = new Map();
  const [answers, visible, results] = [{}, {}, {}];
  const read = (word) => {
    const [name] = word.split(".");
    if (!values.has(name)) throw new Error(`no variable ${name}`);
    return values.get(name);
  };
  for (const question of survey.groups.flatMap((group) => group.questions)) {
    const { type, attributes } = question;
    const isRelevant = isTrue(evaluate(question.relevance, read));
    for (const { name, column } of variables(question)) {
      const id = ids.get(column) ?? column;
      if (type === "*") {
        const value = evaluate(attributes.equation.slice(1, -1), read);
        const result = flattened(value, attributes.numbers_only === "1");
        values.set(name, result);
        if (result !== "") results[id] = attributes.numbers_only === "1" ? Number(result) : result;
        continue;
      }
      // The choices of a question with several are not scored.
      const item = type === "M" ? (ids.get(question.code) ?? question.code) : id;
      visible[item] = isRelevant;
      const answer = isRelevant && type !== "M" ? stored(question, given[item]) : "";
      values.set(name, isRelevant ? answer : null);
      if (answer !== "") answers[item] = coded(question, answer);
    }
  }
  return { values, answers, visible, results };
}

/** A survey as text. The order of attributes means nothing. */
const sorted = (survey) =>
  JSON.stringify(survey, (key, value) =>
    key === "attributes" ? Object.fromEntries(Object.entries(value).sort()) : value);

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The exported table of one response. Hidden questions have no value. */
function table(survey, values, number) {
  const all = survey.groups.flatMap((group) => group.questions).flatMap(variables);
  const header = [...METADATA, ...all.map(({ column }) => column)];
  const own = all.map(({ name }) => values.get(name) ?? (number % 2 ? "N/A" : ""));
  const row = [String(number + 1), "2026-01-05 10:00:00", "1", "en", "1234", ...own];
  return [header, row].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function texts(survey, ids) {
  const found = {};
  for (const question of survey.groups.flatMap((group) => group.questions)) {
    for (const { column, row } of variables(question)) {
      const isRow = question.type === "F";
      const id = ids.get(isRow ? column : question.code) ?? ids.get(column) ?? (isRow ? column : question.code);
      const stem = isRow ? row.text[0] : question.text[0];
      const options = question.type === "M" ? question.rows : question.answers;
      found[id] = [stem, ...options.map((option) => option.text[0])].map(shown);
    }
  }
  return found;
}

for (const { code, lss, names, rows, results, decimals } of JSON.parse(fs.readFileSync(process.argv[2], "utf8"))) {
  try {
    const survey = readTable(fs.readFileSync(code, "utf8"));
    check(survey);
    if (lss) {
      const [one, other] = [survey, readXml(fs.readFileSync(lss, "utf8"))].map(sorted);
      if (one !== other) throw new Error("the two files differ");
    }
    const ids = namesOf(names);
    restore(survey, ids, decimals);
    const found = JSON.parse(fs.readFileSync(rows, "utf8")).map((given, number) => {
      const { values, answers, visible, results } = answered(survey, ids, given);
      return { data: { csv: table(survey, values, number), ...answers, id: number }, answers, visible, results };
    });
    if (found[0]) found[0].texts = texts(survey, ids);
    fs.writeFileSync(results, JSON.stringify(found));
  } catch (error) {
    error.message = `${code}: ${error.message}`;
    throw error;
  }
}
