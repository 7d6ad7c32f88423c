// Answers HTML forms in a browser and saves what they save.
//
// node score.mjs jobs.json        CHROMIUM names the browser; SCREENSHOTS is a folder for a picture of each form
//
// A job is {"code", "rows", "results"}: a form, a list of objects with the answer to each item, and the file to write. The
// page may load nothing, and axe must find nothing wrong with it.
import fs from "node:fs";
import { axe, open } from "./browser.mjs";

/** Runs in the page: answers the form once, and returns what it saves and shows. */
function respond(row) {
  const form = document.getElementById("form");
  document.getElementById("restart").click();
  const fields = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const time = (value) => [Math.floor(value / 60), value % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const questions = [...form.querySelectorAll(".question")];
  for (const question of questions) {
    const [name, value] = [question.dataset.item, row[question.dataset.item]];
    if (value === null || value === undefined || question.hidden) continue;
    const [field] = fields(name);
    if (field.type === "radio") {
      fields(name).find((input) => Number(input.value) === value)?.click();
      continue;
    }
    if (["checkbox", "text", "textarea"].includes(field.type)) continue;
    const day = (value) => String(value).replace(/^(....)(..)(..)$/, "$1-$2-$3");
    field.value = field.type === "time" ? time(value) : field.type === "date" ? day(value) : String(value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.getElementById("save-csv").click();
  document.getElementById("save-json").click();
  const shown = questions.map((question) => [question.dataset.item, !question.hidden]);
  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
    return copy.textContent;
  };
  const texts = questions.map((question) => {
    const [number, stem] = [question.querySelector(".number"), words(question.querySelector(".stem"))];
    const labels = [...question.querySelectorAll(".options span")].map(words);
    return [question.dataset.item, [number ? `${number.textContent} ${stem}` : stem, ...labels]];
  });
  const problems = document.getElementById("problems");
  return {
    saved: window.saved.splice(0),
    problems: problems.hidden ? null : problems.textContent,
    visible: Object.fromEntries(shown),
    texts: Object.fromEntries(texts),
  };
}

const browser = await open();
try {
  for (const [at, job] of JSON.parse(fs.readFileSync(process.argv[2], "utf8")).entries()) {
    const page = await browser.form(job.code);
    // The form tells the page that it saves something by making an address for it.
    await page.evaluate(() => {
      window.saved = [];
      URL.createObjectURL = (blob) => {
        window.saved.push(blob);
        return "#";
      };
      HTMLAnchorElement.prototype.click = () => {};
      window.confirm = () => true;
    });
    const all = [];
    for (const row of JSON.parse(fs.readFileSync(job.rows, "utf8"))) {
      const found = await page.evaluate(
        `(async () => { const found = (${respond})(${JSON.stringify(row)}); found.saved = await Promise.all(found.saved.map((blob) => blob.text())); return found; })()`,
      );
      if (found.problems !== null) throw new Error(`${job.code}: ${found.problems}`);
      const [csv, json] = found.saved;
      const [{ answers, scores }] = JSON.parse(json);
      for (const id of Object.keys(answers)) if (answers[id] === null) delete answers[id];
      for (const id of Object.keys(scores)) if (scores[id] === null) delete scores[id];
      all.push({ data: { csv, answers, json }, answers, visible: found.visible, results: scores, texts: found.texts });
    }
    if (at % 4 === 0) await axe(page, job.code);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${at}.png`, fullPage: true });
    await page.finish();
    fs.writeFileSync(job.results, JSON.stringify(all));
  }
} finally {
  await browser.close();
}
