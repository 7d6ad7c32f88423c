#!/usr/bin/env bash
# @atomic-ehr/fhirpath 0.1.4: `mod` of decimals drops the fraction.
#
# Run by hand, never in CI. Installs one pinned package into a temporary folder. Status 0: the defect persists; 1: changed.
# Correct results are 0.5 and 1.5, as from fhirpath.js, fhirpathpy, fhirpathrs and Medplum. Workaround:
# `a - b * (a / b).floor()`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --engine-strict=false @atomic-ehr/fhirpath@0.1.4
node --input-type=module <<'NODE'
import { evaluate } from '@atomic-ehr/fhirpath';

const found = [await evaluate('1.5 mod 1', {}), await evaluate('5.5 mod 2', {})].flat();
console.log(`@atomic-ehr/fhirpath 0.1.4: 1.5 mod 1 is ${found[0]}, 5.5 mod 2 is ${found[1]} (correct: 0.5 and 1.5)`);
process.exitCode = found[0] === 1 && found[1] === 2 ? 0 : 1;
NODE
