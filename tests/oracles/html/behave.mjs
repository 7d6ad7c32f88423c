// Uses a form as a respondent does, with the keyboard and downloads: node behave.mjs FORM FOLDER
//
// The form is that of `tests/suite/html.rs`: a required choice, one that is asked only after the second option, a number
// from 0 to 10, and a slider.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { axe, open } from "./browser.mjs";

const [file, folder] = process.argv.slice(2);
const browser = await open();
try {
  const page = await browser.form(file);
  page.on("dialog", (dialog) => dialog.accept());
  const problems = page.locator("#problems");
  const question = (name) => page.locator(`[id="item-${name}"]`);

  await page.click("#save-csv");
  assert.match(await problems.innerText(), /First/, "a required question is named");
  await axe(page, "the form with its problems");
  assert.equal(await question("second").isVisible(), false, "a question that is not asked is hidden");

  // By keyboard alone: the field of the respondent, then the first group.
  await page.focus("#respondent");
  await page.keyboard.type("p,1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  assert.equal(await question("second").isVisible(), true, "the condition is met");
  await question("second").locator("input").first().check();

  await question("amount").locator("input").fill("11");
  await page.click("#save-csv");
  assert.match(await problems.innerText(), /Amount/, "a number beyond the range is named");
  await question("amount").locator("input").fill("2.5");

  const slider = question("feeling").locator("input");
  assert.match(await question("feeling").innerText(), /not answered/);
  const save = async (button) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
    const to = path.join(folder, download.suggestedFilename());
    await download.saveAs(to);
    return fs.readFileSync(to, "utf8");
  };
  assert.equal(await save("#save-csv"), 'respondent,first,second,amount,feeling\r\n"p,1",2,1,2.5,\r\n');
  await slider.press("ArrowRight");
  const [saved] = JSON.parse(await save("#save-json"));
  assert.equal(saved.respondent, "p,1");
  assert.equal(saved.answers.feeling, 51);
  assert.equal(saved.scores.total, 3);

  // An answer that is not asked any more is not saved, and comes back with its question.
  await question("first").locator("input").first().check();
  assert.equal(JSON.parse(await save("#save-json"))[0].answers.second, null);
  assert.deepEqual(JSON.parse(await save("#save-json"))[0]["not-asked"], ["second"]);

  await question("feeling").locator("button").click();
  assert.equal(JSON.parse(await save("#save-json"))[0].answers.feeling, null, "an answer can be taken back");
  await page.click("#finish");
  assert.match(await page.locator("#scores").innerText(), /Total/);
  await axe(page, "the form with its scores");

  await page.click("#restart");
  assert.equal(await question("first").locator("input:checked").count(), 0);
  assert.equal(await page.locator("#scores").isVisible(), false);

  // On a phone nothing is wider than the screen.
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), "it fits the screen");
  await page.finish();
} finally {
  await browser.close();
}
