"""Names in REDCap expressions (functions, smart variables), and what is undocumented about them."""

# A caveat: the value depends on something that REDCap's public documentation leaves open.
CAVEATS = {
    'sum-all-blank': 'sum() over only blank values: sources disagree (0 or blank)',
    'order-compare-with-blank': '< <= > >= with a blank operand; taken as false',
    'blank-vs-unquoted-zero': '[x]=0 (unquoted) with [x] blank: sources disagree; taken as false',
    'stdev-kind': 'stdev(): sample or population is not documented; sample taken',
    'stdev-one-value': 'stdev() of one value is not documented; blank taken',
    'round-tie': 'round() of an exact tie of a negative number, or of a value where binary representation matters: engines may differ',
    'roundup-negative': 'roundup()/rounddown() of a negative number is not documented',
    'text-in-numeric': 'a non-numeric text is an operand of an arithmetic operator; taken as blank',
    'text-result': 'the calculation gave text; a calc field stores numbers only; taken as blank',
    'boolean-result': 'the calculation gave true/false; 1/0 taken',
    'string-order-compare': '< <= > >= on texts; compared as text',
    'unknown-ref': 'a reference to a field that the dictionary does not have; taken as blank',
    'smart-variable': 'a smart variable or cross-event/instance reference; taken as blank',
    'calc-cycle': 'calculations refer to one another in a cycle; taken as blank',
    'missing-code-numeric': 'a missing-data code is an operand of a numeric operation; taken as blank',
    'date-format': 'a date text was read in the format of its own field or of the call',
    'mod-negative': 'mod() of a negative number is not documented',
    'legacy-function': 'a JavaScript Math.* function (documented only for REDCap 4.x/5.x)',
    'unary-not': 'not/! is not in the public documentation',
    'percent': 'the % operator is not in the public documentation',
    'pow-without-parens': '^ without parentheses around its base is documented as not working',
    'chained-comparison': 'a = b = c style chained comparison',
    'division-by-zero': 'division by zero; taken as blank',
    'blank-expression-in-aggregate': 'sum/mean/...() got an arithmetic expression that is blank, e.g. mean([a], 6-[b]) with [b] blank: help text says only that blank values are ignored; taken as ignored',
    'unsupported-function': 'function known by name, semantics not implemented here',
}

# name -> (min args, max args or None)
FUNCTIONS = {
    'if': (3, 3),
    'datediff': (3, 5), 'age_at_date': (2, 3), 'dayoftheweek': (1, 1),
    'year': (1, 1), 'month': (1, 1), 'day': (1, 1),
    'round': (1, 2), 'roundup': (1, 2), 'rounddown': (1, 2),
    'sqrt': (1, 1), 'abs': (1, 1), 'exponential': (1, 1), 'log': (1, 2), 'mod': (2, 2),
    'min': (1, None), 'max': (1, None), 'mean': (1, None), 'median': (1, None),
    'sum': (1, None), 'stdev': (1, None),
    'isnumber': (1, 1), 'isinteger': (1, 1),
    'isblankormissingcode': (1, 1), 'isblanknotmissingcode': (1, 1),
    'ismissingcode': (1, 1), 'hasmissingcode': (2, None),
    'contains': (2, 2), 'not_contain': (2, 2), 'starts_with': (2, 2), 'ends_with': (2, 2),
    'find': (2, 2), 'left': (2, 2), 'right': (2, 2), 'mid': (3, 3), 'length': (1, 1),
    'trim': (1, 1), 'upper': (1, 1), 'lower': (1, 1), 'replace_text': (3, 3),
    'concat': (1, None), 'concat_ws': (2, None),
}
LEGACY_FUNCTIONS = {'math.exp': 1, 'math.log': 1, 'math.pow': 2, 'math.sqrt': 1, 'math.abs': 1,
                    'math.round': 1, 'math.floor': 1, 'math.ceil': 1, 'math.min': None, 'math.max': None,
                    'pow': 2, 'exp': 1, 'floor': 1, 'ceil': 1}
TEXT_FUNCTIONS = {'left', 'right', 'mid', 'trim', 'upper', 'lower', 'replace_text', 'concat', 'concat_ws'}
BARE_WORDS = {'today', 'now', 'true', 'false', 'nan', 'null'}

SMART_VARIABLES = set('''user-name user-fullname user-email user-dag-name user-dag-id user-dag-label user-role-id
user-role-name user-role-label record-name record-dag-name record-dag-id record-dag-label calendar-url calendar-link
is-form form-url form-link instrument-name instrument-label is-survey survey-url survey-link survey-queue-url
survey-queue-link survey-time-completed survey-date-completed survey-time-started survey-date-started
survey-duration survey-duration-completed survey-title survey-access-code survey-return-code survey-base-url
event-name event-label event-number event-id previous-event-name previous-event-label next-event-name
next-event-label first-event-name first-event-label last-event-name last-event-label arm-number arm-label
previous-instance current-instance next-instance first-instance last-instance new-instance
project-id project-title project-status project-purpose project-irb-number redcap-base-url redcap-version
redcap-version-url data-table rand-number rand-time rand-utc-time
aggregate-min aggregate-max aggregate-mean aggregate-median aggregate-sum aggregate-count aggregate-stdev
aggregate-unique scatter-plot line-chart bar-chart pie-chart donut-chart stats-table
dashboard-url dashboard-link dashboard-access-code report-access-code report-url report-link
mycap-project-code mycap-participant-code mycap-participant-url mycap-participant-link participant-name
previous-event next-event'''.split())
EVENT_SMART = {'event-name', 'previous-event-name', 'next-event-name', 'first-event-name', 'last-event-name'}
INSTANCE_SMART = {'previous-instance', 'current-instance', 'next-instance', 'first-instance', 'last-instance', 'new-instance'}
