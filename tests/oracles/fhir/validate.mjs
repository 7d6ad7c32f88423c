#!/usr/bin/env node
// validate.mjs FILE...
//
// Validates FHIR R4 Questionnaires, Observations and Bundles of Observations with third-party software and the rules of
// the specifications, and prints one line per problem, `FILE: SEVERITY: CHECK: WHERE: WHAT`, or `FILE: ok`. Status 1 if
// any file has an error, 2 if there was nothing to do. Warnings do not fail.

import { readFileSync } from 'node:fs';
import { stop } from './lib/input.mjs';
import { coreInvariants, sdcInvariants } from './lib/invariants.mjs';
import { fhirpathChecks } from './lib/fhirpath-checks.mjs';
import { references } from './lib/references.mjs';
import { fhirPackage, jsonSchema, medplumServer } from './lib/schema.mjs';

const CHECKS = {
  'json-schema': jsonSchema,
  'npm-fhir': fhirPackage,
  medplum: medplumServer,
  r4: coreInvariants,
  sdc: sdcInvariants,
  references,
  fhirpath: fhirpathChecks,
};

const OF_OBSERVATIONS = { 'json-schema': jsonSchema, 'npm-fhir': anyCode, medplum: medplumToo };

// Medplum checks R4's constraints, but not for the resources in a Bundle, so these are checked one by one.
function medplumToo(resource) {
  const inner = (resource.entry ?? []).flatMap(({ resource: one }, i) =>
    medplumServer(one).map((p) => ({ ...p, at: `entry[${i}].${p.at}` })));
  return [...medplumServer(resource), ...inner];
}

// The value set of Observation.code is only an example, so codes of any system are accepted.
function anyCode(resource) {
  return fhirPackage(resource).filter((p) => !/^Observation\.(component\[\d+\]\.)?code$/.test(p.at));
}

function checksOf(resource) {
  const held = resource?.resourceType === 'Bundle' ? (resource.entry ?? []).map((e) => e?.resource) : [resource];
  if (resource?.resourceType === 'Questionnaire') return CHECKS;
  return held.every((one) => one?.resourceType === 'Observation') && OF_OBSERVATIONS;
}

function problems(file) {
  let resource;
  try {
    resource = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return [{ check: 'json', severity: 'error', at: '/', message: error.message }];
  }
  const checks = checksOf(resource);
  if (!checks) {
    return [{ check: 'json', severity: 'error', at: '/', message: 'neither a Questionnaire nor Observations' }];
  }
  return Object.entries(checks).flatMap(([check, run]) => {
    try {
      return run(resource).map((p) => ({ check, ...p }));
    } catch (error) {
      return [{ check, severity: 'error', at: '/', message: `crashed: ${error.message}` }];
    }
  });
}

const files = process.argv.slice(2);
if (!files.length) stop('usage: validate.mjs FILE...');
let failed = false;
for (const file of files) {
  const found = problems(file);
  if (!found.length) console.log(`${file}: ok`);
  for (const { check, severity, at, message } of found) {
    if (severity === 'error') failed = true;
    console.log(`${file}: ${severity}: ${check}: ${at}: ${message.replace(/\s+/g, ' ')}`);
  }
}
process.exitCode = failed ? 1 : 0;
