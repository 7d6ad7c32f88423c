//! The module.

use scalewright_scoring::emit::digits;

use super::Options;
use crate::ExportRequest;
use crate::code::head::{commented, head, wrapped};
use crate::code::options::Invalid;
use crate::code::scalar::{Scalar, Spelling};
use crate::code::script::{Script, ScriptItem};
use crate::code::self_test::{TestRow, Value, rows};

/// JavaScript.
pub(crate) static JAVASCRIPT: Scalar = Scalar(&Spelling {
    language: "JavaScript",
    nothing: "null",
    truth: ["true", "false"],
    connectives: ["&&", "||", "!"],
    equal: ["===", "!=="],
    known: ["!== null", "=== null"],
    functions: ["Math.abs", "Math.sqrt", "Math.log", "Math.exp", "Math.floor", "_normalCdf"],
    choose: |when, then, otherwise| format!("{when} ? {then} : {otherwise}"),
    count: |list| format!("{list}.filter(Boolean).length"),
    known_sum: |list| format!("_known({list}).reduce((a, b) => a + b, 0)"),
    extreme: |lowest, list| {
        format!("Math.{}(..._known({list}))", if lowest { "min" } else { "max" })
    },
    word: |list, at| format!("{list}[{at}]"),
    text: literal,
    prefix: "",
    no_dates: None,
    reserved: &[
        "arguments",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "answers",
        "items",
        "score",
        "coded",
        "within",
        "accept",
        "item",
        "lacking",
        "wrong",
    ],
});

/// A literal text, in ASCII.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            // A text such as `</script>` would end a script in a page.
            '<' => literal.push_str("\\u003c"),
            ' '..='~' => literal.push(character),
            _ => literal.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
        }
    }
    literal + "\""
}

/// What the function uses. The normal distribution is computed as by the evaluator: by a power series, and by a
/// continued fraction in the tails (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
pub(crate) const HELPERS: &str = r#"
const _known = (numbers) => numbers.filter((number) => number !== null);

// The number that is given; null if there is none, Infinity for a text that is no number.
const _number = (given) => {
  if (given === null || Number.isNaN(given)) return null;
  if (typeof given === "boolean") return given ? 1 : 0;
  if (typeof given === "number") return given;
  if (typeof given !== "string") return Infinity;
  const text = given.trim();
  if (text === "" || text === "NA") return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Infinity;
};
"#;

pub(crate) const NORMAL_CDF: &str = r#"
// The standard normal distribution function (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
const _normalCdf = (x) => {
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let [term, sum] = [x, x];
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 400; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = Math.abs(x);
  for (let n = 200; n > 0; n -= 1) fraction = Math.abs(x) + n / fraction;
  return x < 0 ? density / fraction : 1 - density / fraction;
};
"#;

const LACKING: &str = r#"
  const lacking = items.filter((item) => !Object.hasOwn(answers, item) || answers[item] === undefined);
  if (lacking.length > 0) throw new Error(`the answers lack the items ${lacking.join(", ")}`);"#;

/// The functions that clean answers; `wrong` gets the items whose answers are not allowed.
pub(crate) const CLEANING: &str = r#"
  const wrong = [];
  const accept = (item, number, isAccepted, none) => {
    if (number !== null && !isAccepted && !none.includes(number)) wrong.push(item);
    return isAccepted ? number : null;
  };
  const coded = (item, values, none = []) => {
    const number = _number(answers[item]);
    return accept(item, number, values.includes(number), none);
  };
  const within = (item, low, high, none = []) => {
    const number = _number(answers[item]);
    return accept(item, number, number !== null && low - 1e-7 <= number && number <= high + 1e-7, none);
  };

  // The answers: all that are not allowed are missing.
"#;

/// The text of the module.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let mut text = commented(&head(request, script, "JavaScript"), "//");
    let invalid = match options.invalid {
        Invalid::Refuse => "An answer that the definition does not allow throws an error.",
        Invalid::Count => {
            "An answer that the definition does not allow is missing; `invalid_answers` counts such answers."
        }
    };
    text.push_str("//\n// score({ item: 3, … }) returns the scores of one respondent. A missing answer is null.\n");
    text.push_str(&format!("// {invalid}\n"));
    if options.self_test {
        text.push_str(
            "// selfTest() throws an error if the scores are not those of the definition.\n",
        );
    }
    text.push_str(&format!("\nexport const items = [\n{}];\n", list(script)));
    text.push_str(HELPERS);
    let function = function(script, options);
    if function.contains("_normalCdf(") {
        text.push_str(NORMAL_CDF);
    }
    text.push_str(&function);
    if options.self_test {
        text.push_str(&self_test(script, &rows(request, script)));
    }
    text
}

fn list(script: &Script) -> String {
    let quoted: Vec<String> = script.items.iter().map(|item| format!("\"{}\",", item.id)).collect();
    let lines = wrapped(&quoted.join(" "), 95);
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn function(script: &Script, options: &Options) -> String {
    let mut text = String::from(
        "\n/** The scores of one respondent, by the names of the columns. */\nexport function score(answers) {",
    );
    text.push_str(LACKING);
    text.push_str(CLEANING);
    script.items.iter().for_each(|item| text.push_str(&answer(item)));
    if options.invalid == Invalid::Refuse {
        text.push_str("  if (wrong.length > 0) throw new Error(`answers are not allowed: ${wrong.join(\", \")}`);\n");
    }
    for block in &script.blocks {
        text.push('\n');
        text.push_str(&commented(&wrapped(&format!("{}: {}", block.id, block.title), 95), "  //"));
        text.push_str(&commented(&wrapped(&block.formula, 95), "  //"));
        for line in &block.lines {
            text.push_str(&format!("  const {} = {};{}\n", line.name, line.text, line.note(" //")));
        }
    }
    text.push_str("\n  return {\n");
    for column in &script.columns {
        text.push_str(&format!("    {}: {},\n", literal(&column.name), column.text.text));
    }
    if options.invalid == Invalid::Count {
        text.push_str("    \"invalid_answers\": wrong.length,\n");
    }
    text + "  };\n}\n"
}

/// The line that cleans the answer to an item.
pub(crate) fn answer(item: &ScriptItem) -> String {
    let call = item.cleaning_call(&JAVASCRIPT, |values| format!("[{values}]"));
    format!("  const {} = {call};\n", item.name)
}

fn self_test(script: &Script, rows: &[TestRow]) -> String {
    let mut text = String::from("\nconst _testAnswers = {\n");
    for (at, item) in script.items.iter().enumerate() {
        let cells = rows.iter().map(|row| row.answers[at].map_or("null".to_owned(), digits));
        text.push_str(&format!(
            "  {}: [{}],\n",
            literal(&item.id),
            cells.collect::<Vec<_>>().join(", ")
        ));
    }
    text.push_str("};\nconst _testScores = {\n");
    for (at, column) in script.columns.iter().enumerate() {
        let cells = rows.iter().map(|row| value(&row.values[at]));
        text.push_str(&format!(
            "  {}: [{}],\n",
            literal(&column.name),
            cells.collect::<Vec<_>>().join(", ")
        ));
    }
    text + SELF_TEST
}

fn value(value: &Value) -> String {
    match value {
        Value::Missing => "null".to_owned(),
        Value::Number(number) => digits(*number),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) => literal(text),
    }
}

const SELF_TEST: &str = r#"};

/** Throws an error if the scores are not those of the definition. */
export function selfTest() {
  const same = (found, expected) =>
    typeof found === "number" && typeof expected === "number"
      ? Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
      : found === expected;
  for (let row = 0; row < 5; row += 1) {
    const answers = Object.fromEntries(Object.entries(_testAnswers).map(([item, column]) => [item, column[row]]));
    const found = score(answers);
    for (const [name, column] of Object.entries(_testScores)) {
      if (!same(found[name], column[row])) {
        throw new Error(`row ${row + 1}: ${name} is ${found[name]}, not ${column[row]}`);
      }
    }
  }
}
"#;
