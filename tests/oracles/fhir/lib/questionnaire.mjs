// Reads a Questionnaire: its items in document order, its calculated items, its root variables, and all expressions in
// it.

export const URL = {
  calculated: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
  variable: 'http://hl7.org/fhir/StructureDefinition/variable',
};

/** Whether this is a Questionnaire of R5. Only the item type `coding` (R4: `choice`) shows it. */
export function isR5(questionnaire) {
  return questionnaire.versionAlgorithmCoding !== undefined
    || [...walk(questionnaire.item)].some(({ item }) => item.type === 'coding');
}

/** The first extension of `element` with this url. */
export function extension(element, url) {
  return (element.extension ?? []).find((e) => e.url === url);
}

/** Every item, in document order, with its parents (outermost first). */
export function* walk(items, parents = []) {
  for (const item of items ?? []) {
    yield { item, parents };
    yield* walk(item.item, [...parents, item]);
  }
}

/** The items with a calculatedExpression, in document order. */
export function calculatedItems(questionnaire) {
  const found = [];
  for (const { item, parents } of walk(questionnaire.item)) {
    const expression = extension(item, URL.calculated)?.valueExpression;
    if (expression) found.push({ linkId: item.linkId, item, parents, expression });
  }
  return found;
}

/** The Questionnaire's own `variable` extensions, in order. */
export function rootVariables(questionnaire) {
  return (questionnaire.extension ?? [])
    .filter((e) => e.url === URL.variable)
    .map((e) => e.valueExpression ?? {});
}

/** Every valueExpression in the resource, with the path that leads to it. */
export function* expressions(node, path = 'Questionnaire') {
  if (Array.isArray(node)) {
    for (const [i, n] of node.entries()) yield* expressions(n, `${path}[${i}]`);
  } else if (node && typeof node === 'object') {
    if (node.valueExpression) yield { path, url: node.url, ...node.valueExpression };
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'valueExpression') yield* expressions(value, `${path}.${key}`);
    }
  }
}

/** The value[x] of an element: its key and its value. */
export function valueOf(element) {
  const key = Object.keys(element).find((k) => /^value[A-Z]/.test(k));
  return key === undefined ? undefined : { key, value: element[key] };
}
