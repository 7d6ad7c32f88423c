// Fills in a form with pdf.js or pdf-lib. Standard input is JSON: the engine, the form, the file to save, the answers by
// field, and the folder with the packages.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(pathToFileURL(`${job.modules}/`));
const bytes = new Uint8Array(readFileSync(job.form));

async function withPdfLib() {
  const { PDFDocument, PDFTextField, PDFRadioGroup } = require("pdf-lib");
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const field of document.getForm().getFields()) {
    const answer = job.answers[field.getName()];
    if (answer === undefined) continue;
    if (field instanceof PDFTextField) field.setText(answer);
    else if (field instanceof PDFRadioGroup) field.select(answer);
    else field.check();
  }
  return document.save();
}

async function withPdfJs() {
  const { getDocument } = await import(pathToFileURL(require.resolve("pdfjs-dist/legacy/build/pdf.mjs")));
  const standardFontDataUrl = `${job.modules}/node_modules/pdfjs-dist/standard_fonts/`;
  const document = await getDocument({ data: bytes, standardFontDataUrl, verbosity: 0 }).promise;
  for (let number = 1; number <= document.numPages; number++) {
    for (const widget of await (await document.getPage(number)).getAnnotations()) {
      const answer = job.answers[widget.fieldName];
      if (answer === undefined) continue;
      const value = widget.radioButton ? widget.buttonValue === answer : widget.checkBox ? true : answer;
      document.annotationStorage.setValue(widget.id, { value });
    }
  }
  return document.saveDocument();
}

writeFileSync(job.out, await (job.engine === "pdflib" ? withPdfLib() : withPdfJs()));
