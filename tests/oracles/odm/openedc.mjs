// Answers ODM forms as OpenEDC does, with the engine of its expressions.
//
// node openedc.mjs MODULES JOBS.json        MODULES: the folder that contains node_modules/expr-eval
//
// JOBS.json: [{"form": {"event", "form", "fields": [{"oid", "id", "group", "type", "codes", "condition", "method"}]},
// "rows": [{id: text}], "results": path}]. For each row, the results have the value of each field by its id, and which
// fields are shown.
//
// What is known of OpenEDC (imi-muenster/OpenEDC, 2025): it reads the first expression of a condition or method, within
// `!(` and `)` for a condition; names of items are relative to the group, with periods and hyphens replaced; a condition
// sees "" for an emptied item and does not know one that was never entered; a method knows only the items with a value;
// an expression that fails has no value; computed numbers are rounded to two decimals, texts are not; a hidden field is
// emptied.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const { Parser } = createRequire(path.join(process.argv[2], "package.json"))("expr-eval");
const parser = new Parser({ operators: { assignment: false } });

/** A path or an expression with names that the parser accepts. */
function spelled(text) {
  const hyphens = text.replace(/([\w.-])-([\w.-])/g, "$1____$2");
  return hyphens.replace(/([a-zA-Z]\w*)\.(?=\w)/g, "$1__");
}
/** The path that a name stands for. */
const path_of = (name) => name.replace(/____/g, "-").replace(/([a-zA-Z]\w*)__(?=\w)/g, "$1.");

/** What was within the parentheses of a condition. */
function shown_if(text) {
  const [from, to] = [text.indexOf("!("), text.lastIndexOf(")")];
  return from < 0 || to < 0 ? text : text.slice(from + 2, to);
}

class Form {
  constructor({ event, form, fields }) {
    this.fields = new Map();
    this.known = { condition: {}, method: {} };
    for (const field of fields) {
      const full = [event, form, field.group, field.oid].join("-");
      this.fields.set(field.oid, { ...field, full, value: "", shown: true, listeners: [] });
    }
    for (const field of this.fields.values()) {
      if (field.condition) this.add(field, "condition", shown_if(field.condition));
      if (field.method) this.add(field, "method", field.method);
    }
  }

  add(field, kind, text) {
    let expression;
    try {
      expression = parser.parse(spelled(text));
      for (const name of expression.variables()) {
        const given = path_of(name).split("-");
        const context = field.full.split("-");
        const absolute = [...context.slice(0, 4 - given.length), ...given].join("-");
        expression = expression.substitute(name, spelled(absolute));
      }
    } catch {
      return; // The field is a plain one.
    }
    const listener = { field, kind, expression };
    if (kind === "condition") field.shown = Boolean(this.value_of(listener));
    else this.compute(listener);
    for (const name of expression.variables()) {
      const own = this.fields.get(path_of(name).split("-").at(-1));
      own?.listeners.push(listener);
    }
  }

  value_of({ kind, expression }) {
    try {
      return expression.evaluate(this.known[kind]);
    } catch {
      return undefined;
    }
  }

  know(field, value) {
    const name = spelled(field.full);
    this.known.condition[name] = value ?? "";
    if (value && value !== "") this.known.method[name] = value;
    else delete this.known.method[name];
  }

  compute(listener) {
    const { field } = listener;
    const value = this.value_of(listener);
    if (field.type === "text" || field.type === "string") {
      field.value = String(value);
    } else {
      const is_number = !Number.isNaN(Number(value)) && Number.isFinite(Number(value)) && value !== undefined;
      field.value = is_number ? String(Math.round(value * 100) / 100) : "";
    }
    if (field.value) this.know(field, field.value);
  }

  enter(oid, value) {
    const field = this.fields.get(oid);
    if (!field || !field.shown || field.value === value) return;
    if (field.codes && value !== "" && !field.codes.includes(value)) return;
    this.change(field, value);
  }

  change(field, value) {
    field.value = value;
    for (const listener of field.listeners) {
      if (listener.kind === "condition") {
        this.know(field, value);
        const shown = Boolean(this.value_of(listener));
        listener.field.shown = shown;
        if (!shown && listener.field.value !== "") this.change(listener.field, "");
      } else {
        this.know(field, value ? value.replace(",", ".") : null);
        this.compute(listener);
        this.change(listener.field, listener.field.value);
      }
    }
  }
}

for (const { form, rows, results } of JSON.parse(fs.readFileSync(process.argv[3], "utf8"))) {
  const all = rows.map((row) => {
    const page = new Form(form);
    // An answer may show an earlier item.
    for (let round = 0; round < 2; round += 1) {
      for (const { oid, id } of form.fields) if (row[id] !== undefined) page.enter(oid, row[id]);
    }
    const [values, shown] = [{}, {}];
    for (const { id, value, shown: is } of page.fields.values()) {
      values[id] = value;
      shown[id] = is;
    }
    return { values, shown };
  });
  fs.writeFileSync(results, JSON.stringify(all));
}
