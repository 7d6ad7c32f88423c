// Opens forms in a wide window and on a phone, before and after a failed attempt to save: node accessible.mjs FORM...
//
// axe must find nothing wrong, and nothing may be wider than the screen.
import assert from "node:assert/strict";
import { axe, open } from "./browser.mjs";

const browser = await open();
try {
  for (const file of process.argv.slice(2)) {
    const page = await browser.form(file);
    page.on("dialog", (dialog) => dialog.accept());
    for (const width of [1000, 320]) {
      await page.setViewportSize({ width, height: 640 });
      await axe(page, `${file}, ${width} wide`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${file}: ${width}`);
    }
    await page.click("#save-csv");
    await axe(page, `${file} with its problems`);
    await page.finish();
  }
} finally {
  await browser.close();
}
