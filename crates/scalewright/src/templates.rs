//! Files to start from.

/// A definition that checks clean, with comments that teach the format.
pub(crate) fn definition(id: &str, title: &str, schema: Option<&str>) -> String {
    let prefix = id.replace('-', "_");
    let schema = schema.map(|path| format!("#:schema {path}\n")).unwrap_or_default();
    DEFINITION
        .replace("{schema}", &schema)
        .replace("{id}", id)
        .replace("{title}", &toml_text(title))
        .replace("{prefix}", &prefix)
}

/// Cases for that definition.
pub(crate) fn cases(id: &str, schema: Option<&str>) -> String {
    let prefix = id.replace('-', "_");
    let schema = schema.map(|path| format!("#:schema {path}\n")).unwrap_or_default();
    CASES.replace("{schema}", &schema).replace("{id}", id).replace("{prefix}", &prefix)
}

/// A text as TOML has it, in quotes.
pub(crate) fn toml_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => quoted.push_str(&format!("\\u{:04X}", other as u32)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

const DEFINITION: &str = r#"{schema}# An instrument: what is asked, how it is answered, how the answers become scores.
# `scalewright check {id}` says what is wrong; `scalewright schema` describes every key.
format = 1
id = "{id}"
title = {title}
version = "0.1.0"             # raise it whenever wording, structure or scoring changes
status = "development"        # development | active | retired
language = "en"               # the language of the words in this file
description = "What the instrument measures, and for whom."
instructions = "For each statement, mark the answer that fits best."

[rights]                      # who owns the words, and what may be done with them
holder = "Your name"
licence = "All rights reserved"
wording = "included"          # withheld: the words stay out of this file and are supplied by their holder

[administration]
respondent = "self"           # self | informant | rater
recall-period = "the last 7 days"

# The answer formats. Items name one. Values are data: they never change once data are collected.
[response-scales.frequency]
options = [
  { value = 0, label = "Never" },
  { value = 1, label = "Sometimes" },
  { value = 2, label = "Often" },
  { value = 3, label = "Always" },
]

# Printed groups. The lead-in is part of every item of the section.
[[sections]]
id = "week"
lead-in = "In the last 7 days …"

[[items]]
id = "{prefix}_1"
stem = "I felt at ease."
response = "frequency"
section = "week"

[[items]]
id = "{prefix}_2"
stem = "I found it hard to settle."
response = "frequency"
section = "week"

[[items]]
id = "{prefix}_3"
stem = "My thoughts were quiet."
response = "frequency"
section = "week"

[[scales]]
id = "{prefix}_total"
title = "Total"
items = ["{prefix}_1", "-{prefix}_2", "{prefix}_3"]   # "-": reverse keyed, lowest + highest - answer
score = "sum"                 # sum | mean
round = 0                     # prorated scores are rounded before they are compared with the bands
missing = "prorate"           # no-score | prorate | answered-only | substitute: never guessed
min-answered = 2              # with fewer answers there is no score
bands = [
  { label = "low", from = 0, to = 4 },
  { label = "high", from = 5, to = 9 },
]
"#;

const CASES: &str = r#"{schema}# Responses with the scores they must give, worked out by hand or typed from the manual. Never generated:
# they are what `scalewright check {id}` holds the definition against.
format = 1
instrument = "{id}"
source = "worked out by hand from the key"

[[cases]]
title = "highest: the reversed item is answered lowest"
responses = { {prefix}_1 = 3, {prefix}_2 = 0, {prefix}_3 = 3 }
scores = { {prefix}_total = 9 }
bands = { {prefix}_total = "high" }

[[cases]]
title = "lowest"
responses = { {prefix}_1 = 0, {prefix}_2 = 3, {prefix}_3 = 0 }
scores = { {prefix}_total = 0 }
bands = { {prefix}_total = "low" }

[[cases]]
title = "one answer missing: (1 + 2) / 2 * 3 = 4.5, rounded to 5"
responses = { {prefix}_1 = 1, {prefix}_2 = 1 }
scores = { {prefix}_total = 5 }

[[cases]]
title = "too few answers"
responses = { {prefix}_1 = 3 }
no-score = ["{prefix}_total"]
"#;
