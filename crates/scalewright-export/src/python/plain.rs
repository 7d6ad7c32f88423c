//! Plain Python: a function that scores the answers of one respondent.

use super::options::Options;
use super::test_data::{SAME, columns};
use super::texts::{literal, tuple};
use crate::ExportRequest;
use crate::code::head::{commented, head, wrapped};
use crate::code::options::Invalid;
use crate::code::scalar::{Scalar, Spelling};
use crate::code::script::{Script, ScriptItem};
use crate::code::self_test::rows;

/// Plain Python.
pub(super) static PYTHON: Scalar = Scalar(&Spelling {
    language: "Python",
    nothing: "None",
    truth: ["True", "False"],
    connectives: ["and", "or", "not "],
    equal: ["==", "!="],
    known: ["is not None", "is None"],
    functions: ["abs", "_math.sqrt", "_math.log", "_math.exp", "_math.floor", "_normal_cdf"],
    choose: |when, then, otherwise| format!("{then} if {when} else {otherwise}"),
    count: |list| format!("sum({list})"),
    known_sum: |list| format!("sum(_known({list}))"),
    extreme: |lowest, list| format!("{}(_known({list}))", if lowest { "min" } else { "max" }),
    word: |list, at| format!("{list}[int({at})]"),
    text: literal,
    prefix: "",
    no_dates: None,
    reserved: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
        "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
        "yield", "abs", "sum", "min", "max", "int", "answers", "coded", "within", "accept", "item",
        "lacking", "wrong", "len",
    ],
});

/// What the function uses.
const HELPERS: &str = r#"
_NUMBER = _re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def _known(numbers):
    return [number for number in numbers if number is not None]


def _normal_cdf(x):
    return 0.5 * _math.erfc(-x / _math.sqrt(2))


def _number(given):
    """The number that is given, None if there is none, infinity for a text that is no number."""
    if given is None or isinstance(given, str) and given.strip() in ("", "NA"):
        return None
    # Python also takes `nan`, `1_0` and the digits of other scripts as numbers.
    if isinstance(given, (bytes, bytearray)) or isinstance(given, str) and not _NUMBER.fullmatch(given.strip()):
        return _math.inf
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        return _math.inf
    return None if _math.isnan(number) else number
"#;

/// The beginning of the function.
const BEGINNING: &str = r#"
    lacking = [item for item in ITEMS if item not in answers]
    if lacking:
        raise KeyError("the answers lack the items " + ", ".join(lacking))
    wrong = []

    def accept(item, number, is_accepted, none):
        if number is not None and not is_accepted and number not in none:
            wrong.append(item)
        return number if is_accepted else None

    def coded(item, values, none=()):
        number = _number(answers[item])
        return accept(item, number, number in values, none)

    def within(item, low, high, none=()):
        number = _number(answers[item])
        return accept(item, number, number is not None and low - 1e-7 <= number <= high + 1e-7, none)

    # The answers: all that are not allowed are missing.
"#;

/// The text of the module.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let mut text = commented(&head(request, script, "plain Python"), "#");
    text.push_str("#\n# score({\"item\": 3, …}) returns the scores of one respondent. A missing answer is None.\n");
    text.push_str(&commented(&wrapped(invalid(options.invalid), 100), "#"));
    if options.self_test {
        text.push_str("# To run the self-test: run this file with Python.\n");
    }
    let items: Vec<&str> = script.items.iter().map(|item| item.id.as_str()).collect();
    text.push_str(&format!(
        "\nimport math as _math\nimport re as _re\n\n{}",
        tuple("ITEMS", &items)
    ));
    text.push_str(HELPERS);
    text.push_str(&function(script, options));
    if options.self_test {
        text.push_str(&columns(script, &rows(request, script)));
        text.push_str(SAME);
        text.push_str(SELF_TEST);
    }
    text
}

/// What the function does with answers that are not allowed.
pub(super) fn invalid(invalid: Invalid) -> &'static str {
    match invalid {
        Invalid::Refuse => "An answer that the definition does not allow raises a ValueError.",
        Invalid::Count => {
            "An answer that the definition does not allow is missing; `invalid_answers` counts such answers."
        }
    }
}

fn function(script: &Script, options: &Options) -> String {
    let mut text = String::from(
        "\n\ndef score(answers):\n    \"\"\"The scores of one respondent, by the names of the columns.\"\"\"",
    );
    text.push_str(BEGINNING);
    script.items.iter().for_each(|item| text.push_str(&answer(item)));
    if options.invalid == Invalid::Refuse {
        text.push_str("    if wrong:\n        raise ValueError(\"answers are not allowed: \" + \", \".join(wrong))\n");
    }
    for block in &script.blocks {
        text.push('\n');
        text.push_str(&commented(&wrapped(&format!("{}: {}", block.id, block.title), 95), "    #"));
        text.push_str(&commented(&wrapped(&block.formula, 95), "    #"));
        for line in &block.lines {
            text.push_str(&format!("    {} = {}{}\n", line.name, line.text, line.note("  #")));
        }
    }
    text.push_str("\n    return {\n");
    for column in &script.columns {
        text.push_str(&format!("        \"{}\": {},\n", column.name, column.text.text));
    }
    if options.invalid == Invalid::Count {
        text.push_str("        \"invalid_answers\": len(wrong),\n");
    }
    text + "    }\n"
}

fn answer(item: &ScriptItem) -> String {
    let call = item.cleaning_call(&PYTHON, |values| format!("none=[{values}]"));
    format!(
        "    {} = {call}
",
        item.name
    )
}

const SELF_TEST: &str = r#"

def self_test():
    """Raises an AssertionError if the scores are not those of the definition."""
    for row in range(5):
        scores = score({item: column[row] for item, column in _TEST_ANSWERS.items()})
        for name, column in _TEST_SCORES.items():
            assert _same(scores[name], column[row]), f"row {row + 1}: {name} is {scores[name]}, not {column[row]}"


if __name__ == "__main__":
    self_test()
    print("the scores are right")
"#;
