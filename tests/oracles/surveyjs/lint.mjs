// Checks forms with the linter of SurveyJS: node lint.mjs form.json... prints what it finds, one finding on a line.
import fs from "node:fs";
import "survey-core/survey.i18n";
import { lintSurvey } from "survey-core/linter";

for (const path of process.argv.slice(2)) {
  const found = await lintSurvey(JSON.parse(fs.readFileSync(path, "utf8")));
  for (const { severity, ruleId, message, path: place } of found.findings ?? found) {
    console.log(JSON.stringify({ form: path, severity, rule: ruleId, message, place }));
  }
}
