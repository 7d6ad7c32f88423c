// Sample responses for running a Questionnaire's expressions: no answers, the first options, the last options. They
// only test that expressions run, not that the scores are right.

import { calculatedItems, extension, valueOf } from './questionnaire.mjs';

const LIMIT = { low: 'minValue', high: 'maxValue' };
const SAMPLE = {
  boolean: (high) => ({ valueBoolean: high }),
  integer: (high, limit) => ({ valueInteger: limit ?? (high ? 10 : 0) }),
  decimal: (high, limit) => ({ valueDecimal: limit ?? (high ? 10.5 : 0) }),
  date: () => ({ valueDate: '2020-02-03' }),
  dateTime: () => ({ valueDateTime: '2020-02-03T10:00:00Z' }),
  time: () => ({ valueTime: '10:00:00' }),
  string: () => ({ valueString: 'x' }),
  text: () => ({ valueString: 'x' }),
};

/** `[name, response]` pairs. */
export function samples(questionnaire) {
  const skip = new Set(calculatedItems(questionnaire).map((c) => c.linkId));
  const respond = (end) => ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: end && fill(questionnaire, questionnaire.item, end, skip),
  });
  return [['nothing answered', respond()], ['first options', respond('low')], ['last options', respond('high')]];
}

function fill(questionnaire, items, end, skip) {
  return (items ?? []).flatMap((item) => {
    if (skip.has(item.linkId) || item.type === 'display') return [];
    const inside = fill(questionnaire, item.item, end, skip);
    if (item.type === 'group') return inside.length ? [{ linkId: item.linkId, item: inside }] : [];
    const answer = pick(questionnaire, item, end);
    if (!answer) return [];
    return [{ linkId: item.linkId, answer: [inside.length ? { ...answer, item: inside } : answer] }];
  });
}

function pick(questionnaire, item, end) {
  const options = item.answerOption ?? expansion(questionnaire, item.answerValueSet);
  if (options.length) {
    const option = valueOf(options.at(end === 'low' ? 0 : -1));
    return option && { [option.key]: option.value };
  }
  const bound = extension(item, `http://hl7.org/fhir/StructureDefinition/${LIMIT[end]}`);
  return SAMPLE[item.type]?.(end === 'high', bound && valueOf(bound)?.value);
}

function expansion(questionnaire, reference) {
  const set = (questionnaire.contained ?? []).find((c) => `#${c.id}` === reference);
  return (set?.expansion?.contains ?? []).map(({ system, code, display }) => ({ valueCoding: { system, code, display } }));
}
