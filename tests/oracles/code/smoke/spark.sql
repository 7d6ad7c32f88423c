-- The smallest file of the shape that exports have.
WITH added AS (
  SELECT *, a + b AS total FROM answers -- the sum
)
SELECT
  respondent,
  total,
  CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END AS total_answered,
  CASE WHEN total IS NOT NULL THEN 1 = 0 END AS total_prorated,
  CASE WHEN total >= 4 THEN 'high' WHEN total < 4 THEN 'low, "mäßig"' END AS total_band,
  total * weight / 3 AS third,
  total >= 4 AS high,
  CASE WHEN total >= 4 THEN 'many' WHEN total < 4 THEN 'few' END AS `group`,
  0 AS invalid_answers
FROM added;

-- self-test: returns no row
SELECT 1 WHERE 1 = 0;
