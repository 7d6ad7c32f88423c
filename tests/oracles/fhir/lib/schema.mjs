// Validates the structure of R4 resources with three third-party validators: the official JSON schema (run by ajv), the
// validator of npm `fhir` (Lantana) in strict mode, and the checks of Medplum's FHIR server.

import Ajv from 'ajv';
import { r4Definitions } from './packages.mjs';

globalThis.WebSocket ??= class {}; // @medplum/core requires it on load; Node has it since 22
const medplum = await import('@medplum/core');
const { Fhir } = (await import('fhir')).default;

const compiled = new Map();
let lantana;
let indexed = false;

/** Violations of fhir.schema.json. */
export function jsonSchema(resource) {
  const inner = [...(resource.contained ?? []), ...(resource.entry ?? []).map((e) => e?.resource)];
  const held = [...new Set(inner.map((c) => String(c?.resourceType)))].sort();
  const key = [resource.resourceType, ...held].join();
  if (!compiled.has(key)) compiled.set(key, compile(resource.resourceType, held));
  const check = compiled.get(key);
  if (check(resource)) return [];
  return check.errors
    .filter((e) => !['oneOf', 'if'].includes(e.keyword))
    .map((e) => ({ severity: 'error', at: e.instancePath || '/', message: e.message + detail(e.params) }));
}

// Only the part of the schema that a resource containing these types can reach: compiling all 148 resource types takes
// many times as long.
function compile(type, held) {
  const { definitions } = r4Definitions('fhir.schema.json');
  const known = held.filter((t) => definitions[t]?.properties?.resourceType);
  const all = {
    ...definitions,
    ResourceList: { oneOf: known.map((t) => ({ $ref: `#/definitions/${t}` })) },
  };
  if (!known.length) all.ResourceList = { not: {} };
  const needed = {};
  const todo = [type];
  while (todo.length) {
    const name = todo.pop();
    if (needed[name]) continue;
    needed[name] = all[name];
    JSON.stringify(all[name], (k, v) => {
      if (k === '$ref' && typeof v === 'string') todo.push(v.split('/').pop());
      return v;
    });
  }
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  return ajv.compile({ $id: 'r4', definitions: needed, $ref: `#/definitions/${type}` });
}

function detail({ additionalProperty, allowedValues } = {}) {
  if (additionalProperty) return `: ${additionalProperty}`;
  return allowedValues ? `: ${JSON.stringify(allowedValues)}` : '';
}

/** The problems that npm `fhir` finds, including unknown properties. */
export function fhirPackage(resource) {
  lantana ??= new Fhir();
  try {
    const { messages = [] } = lantana.validate(resource, { errorOnUnexpected: true });
    return messages
      .filter((m) => m.severity !== 'info')
      .map((m) => ({
        severity: m.severity === 'warning' ? 'warning' : 'error',
        at: m.location || '/',
        message: m.message,
      }));
  } catch (error) {
    return [{ severity: 'error', at: '/', message: `crashed: ${error.message}` }];
  }
}

/** The problems for which Medplum's server would reject it. */
export function medplumServer(resource) {
  if (!indexed) {
    medplum.indexStructureDefinitionBundle(r4Definitions('profiles-types.json'));
    medplum.indexStructureDefinitionBundle(r4Definitions('profiles-resources.json'));
    indexed = true;
  }
  let issues;
  try {
    issues = medplum.validateResource(resource) ?? [];
  } catch (error) {
    issues = error.outcome?.issue ?? [{ severity: 'error', details: { text: `crashed: ${error.message}` } }];
  }
  return issues
    .filter((i) => i.severity === 'error' || i.severity === 'fatal')
    .map((i) => ({ severity: 'error', at: i.expression?.join(', ') || '/', message: i.details?.text ?? i.code }));
}
