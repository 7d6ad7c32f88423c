* The smallest file of the shape that exports have.
NUMERIC total total_answered total_prorated third high invalid_answers.
STRING total_band (A20) / group (A10).
COMPUTE total = a + b.
COMPUTE total_answered = NVALID(a, b).
DO IF NOT MISSING(total).
COMPUTE total_prorated = 0.
COMPUTE high = total >= 4.
COMPUTE third = total * weight / 3.
END IF.
DO IF total >= 4.
COMPUTE total_band = "high".
COMPUTE group = "many".
ELSE IF total < 4.
COMPUTE total_band = 'low, "mäßig"'.
COMPUTE group = "few".
END IF.
COMPUTE invalid_answers = 0.
EXECUTE.
* self-test.
DATA LIST FREE / a b.
BEGIN DATA
1 2
END DATA.
EXECUTE.
