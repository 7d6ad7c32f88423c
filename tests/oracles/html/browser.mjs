// A browser that opens forms, and fails if one of them loads anything or reports an error.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), "../surveyjs/node_modules");
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core/index.mjs")));
const AXE = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");

export async function open() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1000, height: 800 } });
  const form = async (file) => {
    const page = await context.newPage();
    const problems = [];
    const own = pathToFileURL(file).href;
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => {
      const address = request.url();
      if (address !== own && !address.startsWith("blob:")) problems.push(`it loads ${address}`);
    });
    await page.goto(own);
    page.finish = async () => {
      await page.close();
      if (problems.length > 0) throw new Error(`${file}: ${problems.join("; ")}`);
    };
    return page;
  };
  return { form, close: () => browser.close() };
}

/** Fails if axe finds something wrong with the page. */
export async function axe(page, name) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
  if (found.length > 0) throw new Error(`${name}: ${found.join("\n")}`);
}
