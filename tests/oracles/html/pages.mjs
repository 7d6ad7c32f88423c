// Opens pages that only show something in a wide window and on a phone: node pages.mjs PAGE...
//
// axe must find nothing wrong, nothing may be wider than the screen, and the page loads nothing.
import assert from "node:assert/strict";
import { axe, open } from "./browser.mjs";

const browser = await open();
try {
  for (const file of process.argv.slice(2)) {
    const page = await browser.form(file);
    for (const width of [1000, 320]) {
      await page.setViewportSize({ width, height: 640 });
      await axe(page, `${file}, ${width} wide`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${file}: ${wide} too wide at ${width}`);
    }
    if (process.env.PICTURES) {
      await page.setViewportSize({ width: 1000, height: 640 });
      await page.screenshot({ path: `${file}.png`, fullPage: true });
    }
    await page.finish();
  }
} finally {
  await browser.close();
}
