// Calls the function `score` of emitted ES modules. Reads a list of {code, test, rows} from standard input, and prints a list
// of {rows} or {error}.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

// JSON would write these as null, which is a missing score.
const exact = (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value)
  : value === undefined ? 'undefined' : value)

const results = []
for (const { code, test, rows } of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const { score, selfTest } = await import(pathToFileURL(code))
    if (test) selfTest()
    results.push({ rows: rows.map(row => score(row)) })
  } catch (error) {
    results.push({ error: String(error) })
  }
}
process.stdout.write(JSON.stringify(results, exact))
