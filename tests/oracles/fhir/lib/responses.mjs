// QuestionnaireResponses: rejects those that do not answer this Questionnaire, and writes calculated answers.

import { walk, valueOf } from './questionnaire.mjs';

const KEYS = {
  boolean: 'valueBoolean', decimal: 'valueDecimal', integer: 'valueInteger', date: 'valueDate',
  dateTime: 'valueDateTime', time: 'valueTime', string: 'valueString', text: 'valueString',
  url: 'valueUri', choice: 'valueCoding', coding: 'valueCoding', 'open-choice': 'valueCoding', quantity: 'valueQuantity',
};

/** The faults of a response: items and options that the Questionnaire does not have. */
export function faults(response, items) {
  if (response?.resourceType !== 'QuestionnaireResponse') return ['not a QuestionnaireResponse'];
  const found = [];
  const visit = (nodes) => {
    for (const node of nodes ?? []) {
      const item = items.get(node.linkId);
      if (!item) found.push(`no item "${node.linkId}" in the Questionnaire`);
      for (const answer of node.answer ?? []) {
        if (item) found.push(...answerFaults(answer, item));
        visit(answer.item);
      }
      visit(node.item);
    }
  };
  visit(response.item);
  return found;
}

function answerFaults(answer, item) {
  const given = valueOf(answer);
  if (!given) return [];
  const open = item.type === 'open-choice' && given.key === 'valueString';
  if (!open && KEYS[item.type] && given.key !== KEYS[item.type] && !item.answerOption) {
    return [`${item.linkId}: ${given.key} in an item of type ${item.type}`];
  }
  if (open || !item.answerOption) return [];
  const known = item.answerOption.some((o) => {
    const option = valueOf(o);
    return option?.key === given.key && same(option.value, given.value);
  });
  return known ? [] : [`${item.linkId}: no option ${JSON.stringify(given.value)}`];
}

function same(a, b) {
  return typeof a === 'object' ? a.code === b.code && a.system === b.system : a === b;
}

/** Items by linkId, with their order in the document. */
export function index(questionnaire) {
  const items = new Map();
  for (const { item } of walk(questionnaire.item)) items.set(item.linkId, item);
  return items;
}

/** Removes every answer to the named items. */
export function forget(response, linkIds) {
  const strip = (nodes) => nodes?.filter((n) => {
    if (n.item) n.item = strip(n.item);
    for (const a of n.answer ?? []) if (a.item) a.item = strip(a.item);
    return !linkIds.has(n.linkId);
  });
  if (response.item) response.item = strip(response.item);
}

/** Writes the value of a calculated item (undefined: none), creating the groups that contain it. */
export function write(response, { item, parents }, order, value) {
  let host = response;
  for (const parent of parents) {
    let node = child(host, parent.linkId);
    if (!node) {
      if (value === undefined) return;
      node = { linkId: parent.linkId };
      insert(host, node, order);
    }
    // items below a question belong to its answer; without an answer they cannot be written
    host = parent.type === 'group' ? node : node.answer?.[0];
    if (!host) return;
  }
  const old = child(host, item.linkId);
  if (value === undefined) {
    if (old) host.item = host.item.filter((n) => n !== old);
    return;
  }
  const answer = [{ [KEYS[item.type] ?? 'valueString']: value }];
  if (old) old.answer = answer;
  else insert(host, { linkId: item.linkId, answer }, order);
}

function child(host, linkId) {
  return host.item?.find((n) => n.linkId === linkId);
}

function insert(host, node, order) {
  host.item ??= [];
  const at = host.item.findIndex((n) => order.get(n.linkId) > order.get(node.linkId));
  if (at < 0) host.item.push(node);
  else host.item.splice(at, 0, node);
}

/** The reason why a value does not fit the type of its item, or undefined. */
export function misfit(type, value) {
  const kind = typeof value;
  if (type === 'integer') return Number.isInteger(value) ? undefined : 'is not an integer';
  if (type === 'decimal') return kind === 'number' ? undefined : 'is not a number';
  if (type === 'boolean') return kind === 'boolean' ? undefined : 'is not a boolean';
  if (type === 'string' || type === 'text') return kind === 'string' ? undefined : 'is not text';
  return undefined;
}
