//! Keys and words of other tools, and of people's habits, with ours for them.

use scalewright_model::Pointer;
use toml::de::DeValue;

use super::{context, types};
use crate::document::Tree;

/// Keys that people write in a kind of table.
struct Habit {
    /// The kinds of tables.
    at: &'static [&'static str],
    /// What people write.
    written: &'static [&'static str],
    /// Our key.
    key: &'static str,
    /// What else to know. `{id}` is the id of the entry.
    help: &'static str,
}

/// Advice about a key that is not known.
pub(super) struct Advice {
    /// Our key for it, if it is a key of the same table.
    pub(super) instead: Option<&'static str>,
    /// What to do.
    pub(super) help: Vec<String>,
}

const ENDS: &str = "for whole numbers with words at their ends only, give `min`, `max`, `min-label` and `max-label`";
const OPTIONS: &str = "give each as `{ value = 0, label = \"…\" }`";

/// The first habit that fits applies. An empty `key` has no counterpart in the same table.
const HABITS: &[Habit] = &[
    Habit { at: &[""], written: &["name", "full-name"], key: "title", help: "" },
    Habit { at: &[""], written: &["lang", "locale"], key: "language", help: "" },
    Habit { at: &[""], written: &["author"], key: "authors", help: "" },
    Habit {
        at: &[""],
        written: &["abbreviation", "acronym", "short-name"],
        key: "short-title",
        help: "",
    },
    Habit {
        at: &[""],
        written: &["questions", "item", "question"],
        key: "items",
        help: "begin each with the header `[[items]]`",
    },
    Habit {
        at: &[""],
        written: &["subscales", "scoring", "scores", "scale"],
        key: "scales",
        help: "begin each with the header `[[scales]]`",
    },
    Habit {
        at: &[""],
        written: &["options", "choices", "answers", "response-options", "responses"],
        key: "response-scales",
        help: "begin each with a header that names it: `[response-scales.NAME]`",
    },
    Habit {
        at: &[""],
        written: &["recode", "recodings"],
        key: "recodes",
        help: "begin each with a header that names it: `[recodes.NAME]`",
    },
    Habit {
        at: &["rights"],
        written: &["copyright", "owner", "publisher"],
        key: "holder",
        help: "",
    },
    Habit {
        at: &["items[]", "scales[]"],
        written: &["name"],
        key: "id",
        help: "what people read is the `stem` of an item and the `title` of a scale",
    },
    Habit {
        at: &["items[]"],
        written: &[
            "text",
            "label",
            "question",
            "prompt",
            "title",
            "content",
            "wording",
            "words",
            "statement",
        ],
        key: "stem",
        help: "",
    },
    Habit {
        at: &["items[]"],
        written: &["response-scale", "answer", "answers", "type", "format", "response-type"],
        key: "response",
        help: "it names an entry of `[response-scales]`",
    },
    Habit {
        at: &["items[]"],
        written: &["options", "choices", "values", "labels", "min", "max"],
        key: "response",
        help: "give the answers in an entry of `[response-scales]`, and its name here",
    },
    Habit {
        at: &["items[]"],
        written: &[
            "reverse",
            "reversed",
            "reverse-keyed",
            "reverse-scored",
            "reverse-coded",
            "reverse-score",
            "inverse",
            "inverted",
            "negative",
            "keying",
            "keyed",
            "key",
            "direction",
        ],
        key: "",
        help: "keying belongs to a scale: write a minus in its list, `items = [\"-{id}\"]`",
    },
    Habit {
        at: &["items[]"],
        written: &["recode"],
        key: "",
        help: "recoding belongs to a scale: write `recode = [{ items = [\"{id}\"], values = { 0 = 0, 1 = 1 } }]` there",
    },
    Habit {
        at: &["items[]"],
        written: &["weight", "weights"],
        key: "",
        help: "weights belong to a scale: write `weights = { {id} = 2 }` there, with all of its items",
    },
    Habit {
        at: &["items[]"],
        written: &["scale", "scales", "subscale", "subscales", "factor"],
        key: "",
        help: "a scale lists its items: write `items = [\"{id}\"]` in the scale",
    },
    Habit { at: &["items[]"], written: &["optional", "mandatory"], key: "required", help: "" },
    Habit {
        at: &["items[]"],
        written: &[
            "condition",
            "show-if",
            "relevant",
            "branching",
            "visible-if",
            "enable-when",
            "skip",
        ],
        key: "ask-if",
        help: "it is a formula that is true if the item is asked: `q1 > 0`",
    },
    Habit {
        at: &["scales[]"],
        written: &[
            "scoring",
            "method",
            "type",
            "calculation",
            "aggregate",
            "aggregation",
            "function",
            "statistic",
        ],
        key: "score",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["min", "max", "low", "high", "range", "minimum", "maximum", "score-range"],
        key: "stated-range",
        help: "the range is computed; write what the source states: `stated-range = { low = 0, high = 10 }`",
    },
    Habit {
        at: &["scales[]"],
        written: &[
            "cutoff",
            "cutoffs",
            "cut-off",
            "cut-offs",
            "cutpoint",
            "threshold",
            "thresholds",
            "categories",
            "levels",
            "severity",
            "interpretation",
            "ranges",
        ],
        key: "bands",
        help: "a cut-off at 10 is two bands: `bands = [{ label = \"below\", from = 0, to = 9 }, { label = \"above\", from = 10, to = 27 }]`",
    },
    Habit {
        at: &["scales[]"],
        written: &["alpha", "cronbach-alpha", "cronbachs-alpha", "omega", "icc"],
        key: "reliability",
        help: "write `reliability = { value = 0.9, kind = \"alpha\" }`",
    },
    Habit {
        at: &["scales[]"],
        written: &["factor", "multiplier", "times", "scale-factor"],
        key: "multiply",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["add", "constant", "offset", "plus"],
        key: "intercept",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["divide", "divisor", "divide-by"],
        key: "multiply",
        help: "write the fraction: `multiply = \"1/3\"` divides by three",
    },
    Habit {
        at: &["scales[]", "norms[]"],
        written: &["decimals", "digits", "precision", "rounding"],
        key: "round",
        help: "",
    },
    Habit {
        at: &["scales[]", "norms[]"],
        written: &["label", "full-name"],
        key: "title",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["mean", "sd", "norm", "norms"],
        key: "",
        help: "begin a norm with the header `[[norms]]`",
    },
    Habit {
        at: &["scales[]"],
        written: &["prorate", "missing-rule", "missing-data", "na", "missings"],
        key: "missing",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["min-items", "min-valid", "minimum-answered", "required-items", "valid"],
        key: "min-answered",
        help: "",
    },
    Habit {
        at: &["scales[]"],
        written: &["question", "questions", "variables", "item"],
        key: "items",
        help: "",
    },
    Habit {
        at: &["scales[].recode[]", "recodes.*"],
        written: &["map", "mapping", "table", "from", "to", "value", "codes"],
        key: "values",
        help: "write each keyed answer with its value: `values = { 0 = 0, 1 = 2 }`",
    },
    Habit {
        at: &["scales[].recode[]"],
        written: &["name", "recode", "as", "id", "ref"],
        key: "use",
        help: "it names an entry of `[recodes]`",
    },
    Habit { at: &["scales[].recode[]"], written: &["item"], key: "items", help: "" },
    Habit {
        at: &["response-scales.*"],
        written: &[
            "choices",
            "answers",
            "responses",
            "levels",
            "items",
            "categories",
            "values",
            "labels",
            "label",
            "value",
            "points",
        ],
        key: "options",
        help: OPTIONS,
    },
    Habit {
        at: &["response-scales.*"],
        written: &[
            "anchors",
            "ends",
            "endpoints",
            "end-labels",
            "low-label",
            "high-label",
            "left",
            "right",
            "left-label",
            "right-label",
            "lower-label",
            "upper-label",
            "label-min",
            "label-max",
            "label-low",
            "label-high",
        ],
        key: "",
        help: ENDS,
    },
    Habit {
        at: &["response-scales.*"],
        written: &["low", "from", "minimum", "lowest", "lower"],
        key: "min",
        help: "",
    },
    Habit {
        at: &["response-scales.*"],
        written: &["high", "to", "maximum", "highest", "upper"],
        key: "max",
        help: "",
    },
    Habit {
        at: &["response-scales.*"],
        written: &["digits", "precision", "step"],
        key: "decimals",
        help: "",
    },
    Habit { at: &["response-scales.*"], written: &["kind", "format"], key: "type", help: "" },
    Habit {
        at: &["response-scales.*"],
        written: &["reverse", "reversed"],
        key: "",
        help: "keying belongs to a scale: write a minus before the item in its list, `items = [\"-q1\"]`",
    },
    Habit {
        at: &["response-scales.*.options[]"],
        written: &["score", "number", "points", "weight", "coding", "id", "key"],
        key: "value",
        help: "",
    },
    Habit {
        at: &["response-scales.*.options[]"],
        written: &["text", "name", "title", "words", "wording", "display"],
        key: "label",
        help: "",
    },
    Habit {
        at: &["response-scales.*.options[]"],
        written: &["missing", "na", "not-applicable"],
        key: "non-response",
        help: "",
    },
    Habit {
        at: &["scales[].bands[]", "scales[].band-sets[].bands[]"],
        written: &["min", "low", "lower", "start", "minimum"],
        key: "from",
        help: "",
    },
    Habit {
        at: &["scales[].bands[]", "scales[].band-sets[].bands[]"],
        written: &["max", "high", "upper", "end", "maximum"],
        key: "to",
        help: "",
    },
    Habit {
        at: &["scales[].bands[]", "scales[].band-sets[].bands[]"],
        written: &["name", "title", "text", "category"],
        key: "label",
        help: "",
    },
    Habit {
        at: &["norms[]"],
        written: &["mean", "sd", "m", "M", "SD", "table"],
        key: "groups",
        help: "write them in a group: `groups = [{ mean = 10, sd = 3 }]`",
    },
    Habit {
        at: &["norms[]"],
        written: &["type", "kind", "score", "scores"],
        key: "derive",
        help: "",
    },
    Habit {
        at: &["norms[].groups[]"],
        written: &["M", "m", "average", "Mean"],
        key: "mean",
        help: "",
    },
    Habit {
        at: &["norms[].groups[]"],
        written: &["SD", "std", "stddev", "s", "Sd"],
        key: "sd",
        help: "",
    },
    Habit {
        at: &["norms[].groups[]"],
        written: &["age", "sex", "gender", "if", "condition", "group"],
        key: "when",
        help: "it is a formula: `sex = \"female\" and age >= 18`",
    },
    Habit {
        at: &["tables.*"],
        written: &["values", "data", "row", "entries"],
        key: "rows",
        help: "",
    },
    Habit { at: &["flags[]"], written: &["if", "condition", "formula"], key: "when", help: "" },
    Habit { at: &["flags[]"], written: &["label", "name"], key: "title", help: "" },
];

/// The keys of a scale that list its reversed items elsewhere.
const REVERSED: [&str; 14] = [
    "reverse",
    "reversed",
    "reverse-items",
    "reversed-items",
    "reverse-keyed",
    "reverse-scored",
    "reverse-coded",
    "reverse-score",
    "inverse",
    "inverted",
    "negative",
    "negative-items",
    "keys",
    "keying",
];

/// Returns advice about a key in a kind of table.
pub(super) fn of_key(key: &str, place: &Pointer, tree: &Tree<'_>) -> Option<Advice> {
    let kind = context::of(place);
    // Other programs join words with an underscore.
    let plain = key.replace('_', "-");
    if kind == "scales[]" && REVERSED.contains(&plain.as_str()) {
        return Some(Advice { instead: None, help: vec![reversed(key, place, tree)] });
    }
    if kind == "scales[].recode[]" && key.parse::<f64>().is_ok() {
        let help = "write the answers in a table: `values = { 0 = 0, 1 = 2 }`".to_owned();
        return Some(Advice { instead: Some("values"), help: vec![help] });
    }
    let fits = |habit: &&Habit| {
        habit.at.contains(&kind.as_str()) && habit.written.contains(&plain.as_str())
    };
    let habit = HABITS.iter().find(fits)?;
    let id = tree.value(&place.key("id")).and_then(DeValue::as_str).unwrap_or("q1");
    let more = (!habit.help.is_empty()).then(|| habit.help.replace("{id}", id));
    if habit.key.is_empty() {
        return Some(Advice { instead: None, help: more.into_iter().collect() });
    }
    let first = match tree.value(&place.key(habit.key)) {
        Some(_) => format!("`{}` means this, and is given: remove `{key}`", habit.key),
        None => format!("did you mean `{}`?", habit.key),
    };
    let help = std::iter::once(first).chain(more).collect();
    Some(Advice { instead: Some(habit.key), help })
}

/// Returns how to write the items of a scale whose reversed items are listed under a key of their own.
fn reversed(key: &str, place: &Pointer, tree: &Tree<'_>) -> String {
    let negative = types::texts(tree.value(&place.key(key)));
    let items = types::texts(tree.value(&place.key("items")));
    let list: Vec<String> = items
        .iter()
        .map(|item| match negative.contains(item) {
            true => format!("-{item}"),
            false => (*item).to_owned(),
        })
        .collect();
    match negative.iter().all(|item| items.contains(item)) && !negative.is_empty() {
        true => format!(
            "write a minus before each reversed item, and remove `{key}`: `items = {}`",
            types::list(&list)
        ),
        false => format!(
            "write a minus before each reversed item, and remove `{key}`: `items = [\"q1\", \"-q2\"]`"
        ),
    }
}

/// Words that people write as the value of a key: the key, what they write, our word, and what else to know.
const WORDS: &[(&str, &[&str], &str, &str)] = &[
    ("score", &["average", "avg", "mean-score", "means"], "mean", ""),
    ("score", &["total", "add", "sumscore", "sum-score", "addition"], "sum", ""),
    (
        "missing",
        &["mean", "average", "person-mean", "impute", "imputed", "proportional", "scaled"],
        "prorate",
        "add the limit that the source states, such as `min-answered = 5`",
    ),
    (
        "missing",
        &["ignore", "skip", "available", "omit", "partial", "na-rm"],
        "answered-only",
        "add the limit that the source states, such as `min-answered = 5`",
    ),
    (
        "missing",
        &[
            "none",
            "listwise",
            "complete",
            "no",
            "never",
            "not-allowed",
            "missing",
            "error",
            "null",
            "na",
        ],
        "no-score",
        "",
    ),
    (
        "missing",
        &["zero", "0", "constant", "value"],
        "substitute",
        "add the value: `substitute = 0`",
    ),
    ("missing", &["formula"], "in-formula", ""),
    (
        "kind",
        &["cronbach", "cronbach-alpha", "cronbachs-alpha", "internal-consistency", "α"],
        "alpha",
        "",
    ),
    ("kind", &["mcdonald", "mcdonald-omega", "ω"], "omega", ""),
    ("kind", &["test-retest", "icc", "stability"], "retest", ""),
    (
        "type",
        &[
            "likert",
            "rating",
            "radio",
            "single-choice",
            "single",
            "choice",
            "ordinal",
            "select",
            "multiple-choice",
            "scale",
        ],
        "coded",
        "",
    ),
    (
        "type",
        &["checkbox", "checkboxes", "multiple", "multi", "multi-select", "select-multiple"],
        "several-choice",
        "",
    ),
    ("type", &["slider", "vas", "analogue", "line"], "visual-analogue", ""),
    ("type", &["number", "integer", "int", "float", "decimal"], "numeric", ""),
    ("type", &["boolean", "bool", "binary", "yesno", "dichotomous"], "yes-no", ""),
    ("type", &["string", "free-text", "open", "textarea"], "text", ""),
    ("status", &["draft", "beta", "experimental", "testing"], "development", ""),
    (
        "status",
        &["final", "published", "released", "stable", "production", "validated", "in-use"],
        "active",
        "",
    ),
    ("status", &["deprecated", "withdrawn", "old", "obsolete"], "retired", ""),
    ("wording", &["public", "open", "free", "yes", "include", "full"], "included", ""),
    (
        "wording",
        &["private", "closed", "copyrighted", "no", "excluded", "hidden", "restricted"],
        "withheld",
        "",
    ),
    ("respondent", &["client", "patient", "participant", "self-report"], "self", ""),
];

/// Returns help for a word that a key does not take.
pub(super) fn of_word(name: &str, given: &str, choices: &[String]) -> Vec<String> {
    let name = name.trim_matches('`');
    if name == "score" && choices.iter().any(|choice| choice == "formula") && is_formula(given) {
        return vec![format!(
            "write `score = \"formula\"`, `missing = \"in-formula\"` and `formula = \"{given}\"`"
        )];
    }
    let plain = given.to_lowercase().replace(['_', ' '], "-");
    let known = WORDS.iter().find(|(key, written, word, _)| {
        *key == name && written.contains(&plain.as_str()) && choices.iter().any(|one| one == word)
    });
    let Some((_, _, word, more)) = known else { return Vec::new() };
    let more = (!more.is_empty()).then(|| (*more).to_owned());
    std::iter::once(format!("did you mean `{word}`?")).chain(more).collect()
}

/// Whether a text computes something.
fn is_formula(text: &str) -> bool {
    text.contains(['+', '*', '/', '(']) || text.contains(" - ")
}
