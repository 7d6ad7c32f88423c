const $ = (id) => document.getElementById(id);
const form = $("form");
const fields = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
const question = (name) => $(`item-${name}`);

/** The answer to an item as it is saved: a text, or null. */
const answered = (item) => {
  const own = fields(item.field);
  if (item.kind === "choice" || item.kind === "several") {
    const values = own.filter((input) => input.checked).map((input) => input.value);
    return values.length > 0 ? values.join(" ") : null;
  }
  if (item.kind === "line" && own[0].classList.contains("unanswered")) return null;
  const text = own[0].value.trim();
  return text === "" ? null : text;
};

/** The answer to an item as it is scored: a number, or null. */
const scored = (item, answer) => {
  if (answer === null || ["text", "several"].includes(item.kind)) return null;
  if (item.kind === "date") return Number(answer.replaceAll("-", ""));
  if (item.kind !== "time") return Number(answer);
  const [hours, minutes] = answer.split(":").map(Number);
  return hours * 60 + minutes;
};

/** Whether each option of an item with several choices is chosen, as 1 or null. */
const chosen = (item, answer) =>
  item.kind === "several" && answer !== null
    ? answer.split(" ").map((value) => [`${item.id}___${value.replace(/[-.]/g, "_")}`, 1])
    : [];

/** The answers, the items that are asked, and the scores. An item that is not asked has no answer. */
const state = (entry) => {
  const given = new Map(entry.items.map((item) => [item.id, answered(item)]));
  const number = (item) => [[item.id, scored(item, given.get(item.id))], ...chosen(item, given.get(item.id))];
  const numbers = () => Object.fromEntries(entry.items.flatMap(number));
  const { asked } = entry.evaluate(numbers());
  for (const item of entry.items) {
    if (asked[item.id] === false) given.set(item.id, null);
  }
  // A note may depend on an answer that has just been removed.
  const { asked: shown, scores } = entry.evaluate(numbers());
  return { given, asked, shown, scores };
};

const update = () => {
  let [count, all] = [0, 0];
  for (const entry of FORMS) {
    const { given, asked, shown } = state(entry);
    for (const note of entry.notes) $(`between-${note.field}`).hidden = shown[note.id] === false;
    for (const item of entry.items) {
      const [element, isAsked] = [question(item.field), asked[item.id] !== false];
      element.hidden = !isAsked;
      all += isAsked ? 1 : 0;
      count += given.get(item.id) === null ? 0 : 1;
      const clear = element.querySelector("button.clear");
      if (clear) clear.hidden = given.get(item.id) === null;
    }
  }
  $("progress").value = all === 0 ? 1 : count / all;
  $("progress-text").textContent = WORDS.progress.replace("{answered}", count).replace("{all}", all);
  resized();
};

/** What must be mended before the answers are saved: questions without an answer, and answers that are not allowed. */
const problems = () => {
  const found = [[], []];
  for (const entry of FORMS) {
    const { given, asked } = state(entry);
    for (const item of entry.items) {
      if (asked[item.id] === false) continue;
      const isWrong = fields(item.field).some((input) => {
        const { badInput, rangeUnderflow, rangeOverflow, stepMismatch, tooLong } = input.validity;
        return badInput || rangeUnderflow || rangeOverflow || stepMismatch || tooLong;
      });
      if (isWrong) found[1].push(item.field);
      else if (item.required && given.get(item.id) === null) found[0].push(item.field);
    }
  }
  return found;
};

/** Shows what must be mended. Returns whether nothing must. */
const isComplete = () => {
  const [needed, wrong] = problems();
  const box = $("problems");
  box.replaceChildren();
  document.querySelectorAll("[data-problem]").forEach((element) => element.removeAttribute("data-problem"));
  for (const [title, names] of [[WORDS.needed, needed], [WORDS.wrong, wrong]]) {
    if (names.length === 0) continue;
    const list = document.createElement("ul");
    for (const name of names) {
      question(name).setAttribute("data-problem", "");
      const link = document.createElement("a");
      link.href = `#item-${name}`;
      link.textContent = $(`stem-${name}`).textContent.replace(/\s*\*$/, "");
      link.addEventListener("click", (event) => {
        event.preventDefault();
        question(name).scrollIntoView();
        fields(name)[0].focus();
      });
      const row = document.createElement("li");
      row.append(link);
      list.append(row);
    }
    const line = document.createElement("p");
    line.textContent = title;
    box.append(line, list);
  }
  box.hidden = needed.length + wrong.length === 0;
  if (!box.hidden) box.focus();
  resized();
  return box.hidden;
};

/** What is saved as JSON: an object for each instrument. */
const results = () =>
  FORMS.map((entry) => {
    const { given, asked, scores } = state(entry);
    const answers = {};
    for (const item of entry.items) {
      const answer = given.get(item.id);
      const isNumber = answer !== null && ["choice", "number", "line"].includes(item.kind);
      answers[item.id] = isNumber ? Number(answer) : answer;
    }
    const notAsked = entry.items.map((item) => item.id).filter((id) => asked[id] === false);
    const result = { instrument: entry.id, version: entry.version, language: entry.language };
    Object.assign(result, { respondent: $("respondent").value.trim() || null, answers, "not-asked": notAsked });
    return SCORES === "hide" ? result : { ...result, scores };
  });

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The answers of all instruments as CSV: a header and a row. */
const table = () => {
  const [names, cells] = [["respondent"], [$("respondent").value.trim() || "1"]];
  for (const entry of FORMS) {
    const { given } = state(entry);
    for (const item of entry.items) {
      names.push(item.field);
      cells.push(given.get(item.id) ?? "");
    }
  }
  return `${names.map(cell).join(",")}\r\n${cells.map(cell).join(",")}\r\n`;
};

let unsaved = false;

const save = (name, type, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  unsaved = false;
  sent({ type: "saved", results: results() });
};

/** Tells the page around this one, if that was asked for. */
const sent = (message) => {
  if (EMBED && window.parent !== window) window.parent.postMessage({ source: "scalewright", ...message }, "*");
};
const resized = () => sent({ type: "height", height: document.documentElement.scrollHeight });

const shown = (value, isTruth) => {
  if (value === null || value === undefined) return WORDS.noScore;
  if (isTruth) return value === true || value === 1 ? WORDS.yes : WORDS.no;
  return typeof value === "number" ? String(Math.round(value * 1e6) / 1e6) : String(value);
};

/** The scores as tables, one for each instrument. */
const showScores = () => {
  const list = $("scores-list");
  list.replaceChildren();
  for (const entry of FORMS) {
    const { scores } = state(entry);
    const rows = document.createElement("table");
    for (const column of entry.columns.filter((column) => column.content === "score")) {
      const row = rows.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = column.scale;
      row.append(head);
      const number = row.insertCell();
      number.className = "number";
      number.textContent = shown(scores[column.name], column.truth);
      const bands = entry.columns.filter(({ name, content }) => content === "band" && name.startsWith(`${column.name}_band`));
      const notes = bands.map(({ name }) => scores[name]).filter((band) => band !== null && band !== undefined);
      if (scores[`${column.name}_prorated`]) notes.push(WORDS.prorated);
      row.insertCell().textContent = notes.join(" · ");
    }
    list.append(rows);
  }
  $("scores").hidden = false;
  $("scores").focus();
  resized();
};

form.addEventListener("input", (event) => {
  if (event.target.type === "range") {
    event.target.classList.remove("unanswered");
    form.querySelector(`[data-output="${CSS.escape(event.target.name)}"]`).textContent = event.target.value;
  }
  unsaved = true;
  update();
});
// A click on the place where the slider already is changes nothing, but it is an answer.
form.addEventListener("pointerup", (event) => {
  if (event.target.type === "range") event.target.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("click", (event) => {
  const name = event.target.dataset?.clear;
  if (name === undefined) return;
  for (const input of fields(name)) {
    input.checked = false;
    if (input.type === "range") {
      input.classList.add("unanswered");
      form.querySelector(`[data-output="${CSS.escape(name)}"]`).textContent = WORDS.notAnswered;
    }
  }
  fields(name)[0].focus();
  unsaved = true;
  update();
});
form.addEventListener("submit", (event) => event.preventDefault());
$("finish")?.addEventListener("click", () => isComplete() && showScores());
const name = FORMS.length === 1 ? FORMS[0].id : "answers";
$("save-csv").addEventListener("click", () => isComplete() && save(`${name}.csv`, "text/csv;charset=utf-8", table()));
$("save-json").addEventListener("click", () => {
  if (isComplete()) save(`${name}.json`, "application/json", `${JSON.stringify(results(), null, 2)}\n`);
});
$("print").addEventListener("click", () => window.print());
$("restart").addEventListener("click", () => {
  if (unsaved && !window.confirm(WORDS.sure)) return;
  unsaved = false;
  form.reset();
  form.querySelectorAll('input[type="range"]').forEach((input) => {
    input.classList.add("unanswered");
    form.querySelector(`[data-output="${CSS.escape(input.name)}"]`).textContent = WORDS.notAnswered;
  });
  if ($("scores")) $("scores").hidden = true;
  $("problems").hidden = true;
  update();
  window.scrollTo(0, 0);
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
update();
