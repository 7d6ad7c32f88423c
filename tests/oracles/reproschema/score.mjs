// Evaluates the expressions of ReproSchema activities as reproschema-ui does, and as the JavaScript that they are.
//
// node score.mjs jobs.json
//
// jobs.json: [{"code": path of an activity, "rows": path of answers, "results": path to write}]. The answers are a list
// of objects: the answer to each item by its id, null if it is not answered. For each of them, the results have "answers"
// (those that the application has), "visible" (which items are shown), "results" (the values of the expressions), "kept"
// (whether answers to hidden items were kept) and, for the first of them, "texts" (the words of each item and its options).
// Every second respondent answers all items before any is hidden, and the application keeps these answers.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import assert from "node:assert/strict";

const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const sandbox = vm.createContext({});

/** Replaces the first occurrence of each name by its answer, as the application does, and evaluates the result. */
function substituted(expression, responses) {
  let text = expression;
  for (const [name, value] of Object.entries(responses)) {
    const printed = typeof value === "string" ? `'${value}'` : value;
    text = text.replace(new RegExp(`\\b${name}\\b`), printed);
  }
  return vm.runInContext(`RESULT = ${text}`, sandbox);
}

const functions = new Map();

const variables = new Map();

/** Whether a name can be that of a variable. */
function isVariable(name) {
  if (!variables.has(name)) {
    try {
      variables.set(name, Boolean(new Function(name, "")));
    } catch {
      variables.set(name, false);
    }
  }
  return variables.get(name);
}

/** The value of an expression, in both ways. */
function evaluate(expression, responses) {
  const [names, values] = [Object.keys(responses), Object.values(responses)];
  const value = substituted(expression, responses);
  // A word that JavaScript reserves, such as `function`, can be replaced, but is no variable.
  if (!names.every(isVariable)) return value;
  if (!functions.has(expression)) functions.set(expression, new Function(...names, `return ${expression};`));
  assert.deepEqual(functions.get(expression)(...values), value, expression);
  return value;
}

const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** The items of an activity. The files were renamed, so only the part after the language counts. */
function itemsOf(activity, folder) {
  const file = (name) => read(path.join(folder, `form.${name.split(".").slice(2).join(".")}`));
  const items = activity.ui.addProperties.map((property) => ({ ...property, field: file(property.isAbout) }));
  for (const item of items) {
    const options = item.field.responseOptions;
    item.options = typeof options === "string" ? file(options) : options;
  }
  return items;
}

function respond(activity, items, row, kept) {
  const given = {};
  for (const { variableName, options } of items) {
    const value = row[variableName] ?? undefined;
    given[variableName] = value !== undefined && options?.valueType[0] === "xsd:time" ? clock(value) : value;
  }
  const [answers, visible, results] = [{}, {}, {}];
  const shown = { ...given };
  // Other respondents give no answers to items that are hidden, and these may hide further ones.
  for (let before = -1; before !== Object.keys(answers).length; ) {
    before = Object.keys(answers).length;
    for (const { variableName, isVis } of items) {
      visible[variableName] = typeof isVis === "string" ? evaluate(isVis, shown) : isVis;
      assert.equal(typeof visible[variableName], "boolean", isVis);
      shown[variableName] = visible[variableName] || kept ? given[variableName] : undefined;
      delete answers[variableName];
      if (shown[variableName] !== undefined) answers[variableName] = shown[variableName];
    }
  }
  for (const { variableName, jsExpression } of activity.compute ?? []) {
    results[variableName] = evaluate(jsExpression, shown);
    assert.ok(!Number.isNaN(results[variableName]) && results[variableName] !== undefined, jsExpression);
  }
  return { answers, visible, results, kept };
}

for (const job of read(process.argv[2])) {
  functions.clear();
  const activity = read(job.code);
  const items = itemsOf(activity, path.dirname(job.code));
  const found = read(job.rows).map((row, at) => respond(activity, items, row, at % 2 === 1));
  if (found.length > 0) {
    const language = Object.keys(activity.prefLabel)[0];
    const words = ({ variableName, field, options }) => {
      const labels = (options?.choices ?? []).map((choice) => choice.name[language]);
      return [variableName, [field.question?.[language], ...labels]];
    };
    found[0].texts = Object.fromEntries(items.map(words));
  }
  fs.writeFileSync(job.results, JSON.stringify(found));
}
