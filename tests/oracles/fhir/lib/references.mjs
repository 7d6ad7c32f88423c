// Rules that the specifications state in prose and no engine checks: referenced names must exist.

import { calculatedItems, walk } from './questionnaire.mjs';

/** Finds dangling references in enableWhen.question and answerValueSet, and calculated items that are not readOnly. */
export function references(questionnaire) {
  const found = [];
  const error = (item, message) => found.push({ severity: 'error', at: `item ${item.linkId}`, message });
  const ids = new Set([...walk(questionnaire.item)].map((w) => w.item.linkId));
  const contained = new Map((questionnaire.contained ?? []).map((c) => [c.id, c]));
  for (const { item } of walk(questionnaire.item)) {
    for (const when of item.enableWhen ?? []) {
      if (!ids.has(when.question)) error(item, `enableWhen names "${when.question}", which is not an item`);
    }
    const set = item.answerValueSet;
    if (typeof set !== 'string' || !set.startsWith('#')) continue;
    if (!contained.has(set.slice(1))) error(item, `answerValueSet "${set}" is not contained`);
    else if (!contained.get(set.slice(1)).expansion) {
      error(item, `answerValueSet "${set}" has no expansion; offline renderers show no options`);
    }
  }
  for (const { item } of calculatedItems(questionnaire)) {
    if (item.readOnly !== true) found.push({ severity: 'warning', at: `item ${item.linkId}`, message: 'calculated, but not readOnly' });
  }
  return found;
}
