export function score({ a, b, weight }) {
  const total = a === null || b === null ? null : a + b
  const high = total === null ? null : total >= 4
  return {
    total,
    total_answered: (a !== null) + (b !== null),
    total_prorated: total === null ? null : false,
    total_band: total === null ? null : high ? 'high' : 'low, "mäßig"',
    third: total === null || weight === null ? null : total * weight / 3,
    high,
    group: total === null ? null : high ? 'many' : 'few',
    invalid_answers: 0,
  }
}

export function selfTest() {
  if (score({ a: 1, b: 2, weight: 1 }).total !== 3) throw new Error('wrong')
}
