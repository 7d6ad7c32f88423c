// Reads JSON files. Stops with status 2 and a one-line message if one cannot be read.

import { readFileSync } from 'node:fs';

export function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}

export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return stop(`${file}: ${error.message}`);
  }
}

export function readQuestionnaire(file) {
  const questionnaire = readJson(file);
  if (questionnaire?.resourceType !== 'Questionnaire') stop(`${file}: not a Questionnaire`);
  return questionnaire;
}

export function readResponses(file) {
  const responses = readJson(file);
  if (!Array.isArray(responses)) stop(`${file}: not a list of QuestionnaireResponses`);
  return responses;
}
