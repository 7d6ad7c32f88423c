//! Activities with every construct that the reader knows, and damaged ones.

use serde_json::{Value, json};

use crate::formats::testing::{
    contains, finds, imported, is_proven, survives_damage, survives_other_values, text,
};
use crate::prove::Outcome;

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../../../tests/fixtures/import/reproschema/", $path))
    };
}

const FIXTURE: &[(&str, &str)] = &[
    ("tide_schema", fixture!("tide_schema")),
    ("valueConstraints", fixture!("valueConstraints")),
    ("items/tide_1", fixture!("items/tide_1")),
    ("items/tide_2", fixture!("items/tide_2")),
    ("items/tide_3", fixture!("items/tide_3")),
    ("items/tide_4", fixture!("items/tide_4")),
    ("items/tide_peak", fixture!("items/tide_peak")),
    ("items/tide_total", fixture!("items/tide_total")),
];

/// An activity with these items and these entries in its order.
struct Activity {
    files: Vec<(String, Value)>,
    order: Vec<Value>,
    properties: Vec<Value>,
    compute: Vec<Value>,
    more: Value,
}

impl Activity {
    fn new() -> Self {
        let (files, order) = (Vec::new(), Vec::new());
        Self { files, order, properties: Vec::new(), compute: Vec::new(), more: json!({}) }
    }

    /// Adds an item with a variable of the same name.
    fn item(mut self, name: &str, input: &str, options: Value, property: Value) -> Self {
        let item = json!({
            "category": "Item", "id": name, "question": {"en": format!("Words of {name}")},
            "ui": {"inputType": input}, "responseOptions": options,
        });
        self.files.push((format!("items/{name}"), item));
        self.order.push(json!(format!("items/{name}")));
        let mut entry = json!({"isAbout": format!("items/{name}"), "variableName": name});
        merge(&mut entry, property);
        self.properties.push(entry);
        self
    }

    fn likert(self, name: &str) -> Self {
        self.item(name, "radio", options(), json!({}))
    }

    fn compute(mut self, name: &str, text: &str) -> Self {
        self.compute.push(json!({"variableName": name, "jsExpression": text}));
        self
    }

    fn import(self) -> crate::Imported {
        let Self { files, order, properties, compute, more } = self;
        let mut activity = json!({
            "category": "Activity", "id": "sand_schema", "prefLabel": {"en": "Sand"},
            "compute": compute, "ui": {"order": order, "addProperties": properties},
        });
        merge(&mut activity, more);
        let mut texts = vec![("sand_schema".to_owned(), activity.to_string())];
        texts.extend(files.into_iter().map(|(name, value)| (name, value.to_string())));
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        imported(&texts)
    }
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

fn options() -> Value {
    let choice = |value: i64| json!({"name": {"en": format!("level {value}")}, "value": value});
    json!({"choices": [choice(0), choice(1), choice(2)]})
}

#[test]
fn the_example_is_imported() {
    let imported = imported(FIXTURE);
    contains(
        &imported,
        &[
            "id = \"tide\"",
            "lead-in = \"At the sea this week …\"",
            "items = [\"tide_1\", \"tide_2\", \"-tide_3\"]",
        ],
    );
    finds(&imported, "score", "tide_schema: /compute/2/jsExpression", "`tide_9`");
    finds(&imported, "skipped", "tide_schema", "counts an answer that was skipped");
    assert!(text(&imported, "es.toml").contains("En el mar"));
}

#[test]
fn answers_of_every_kind() {
    let number = |more: Value| {
        let mut options = json!({"valueType": ["xsd:integer"]});
        merge(&mut options, more);
        options
    };
    let ends = json!({"minValue": 0, "maxValue": 10, "choices": [
        {"name": {"en": "calm"}, "value": 0}, {"name": {"en": "half"}, "value": 5}, {"name": {"en": "wild"}, "value": 10},
    ]});
    let mut several = options();
    merge(&mut several, json!({"multipleChoice": true}));
    let none = json!({});
    let imported = Activity::new()
        .item("hours", "number", number(json!({"minValue": "0", "maxValue": 24})), none.clone())
        .item("odd", "number", number(json!({"minValue": 9, "maxValue": 3})), none.clone())
        .item("weight", "float", json!({"valueType": ["xsd:decimal"], "minValue": 1, "maxValue": 300}), none.clone())
        .item("wave", "slider", ends, none.clone())
        .item("steps", "slider", options(), none.clone())
        .item("which", "radio", several, none.clone())
        .item("note", "text", none.clone(), none.clone())
        .item("day", "date", none.clone(), none.clone())
        .item("hour", "time", none.clone(), none.clone())
        .item("land", "selectCountry", none.clone(), none.clone())
        .item("voice", "audioRecord", none.clone(), none.clone())
        .item("remote", "select", json!({"choices": "https://example.org/list.json"}), none.clone())
        .item("empty", "radio", none.clone(), none.clone())
        .item("words", "radio", json!({"choices": [{"name": {"en": "Yes"}, "value": "Y"}, {"name": {"en": "Prefer not to say"}, "value": "N"}]}), none)
        .import();
    contains(
        &imported,
        &[
            "[response-scales.hours]\ntype = \"numeric\"\nmin = 0\nmax = 24\n",
            "decimals = 2",
            "type = \"visual-analogue\"",
            "min-label = \"calm\"",
            "type = \"several-choice\"",
            "type = \"date\"",
            "type = \"time\"",
            "code = \"Y\"",
        ],
    );
    finds(&imported, "text-number", "items/hours: /responseOptions/minValue", "a text");
    finds(&imported, "range", "items/odd", "empty");
    finds(&imported, "decimals", "items/weight", "decimal places");
    finds(&imported, "anchors", "items/wave", "1 points");
    finds(&imported, "list-of-player", "items/land", "selectCountry");
    finds(&imported, "recording", "items/voice", "`audioRecord`");
    finds(&imported, "answers", "items/remote", "which is not read");
    finds(&imported, "answers", "items/empty", "no choices");
    finds(&imported, "options-numbered", "items/words", "numbered from 1");
    finds(&imported, "like-no-answer", "items/words", "Prefer not to say");
}

#[test]
fn conditions_and_computations() {
    let imported = Activity::new()
        .likert("a")
        .likert("b")
        .item("c", "radio", options(), json!({"isVis": "a > 0 && b !== 2", "valueRequired": true}))
        .item("d", "radio", options(), json!({"isVis": "a = 1"}))
        .item("never", "radio", options(), json!({"isVis": false}))
        .item("odd", "radio", options(), json!({"isVis": 7}))
        .item("total", "number", json!({}), json!({"isVis": true}))
        .compute("total", "a + b + (2 - c)")
        .compute("half", "total / 2")
        .compute("high", "Math.max(a, b)")
        .compute("twice", "a + a")
        .compute("hidden", "never + a")
        .import();
    contains(
        &imported,
        &["items = [\"a\", \"b\", \"-c\"]", "id = \"half\"", "score = \"max\"", "required = true"],
    );
    let definition = text(&imported, "instrument.toml");
    assert!(
        !definition.contains("[[items]]\nid = \"total\"") && !definition.contains("id = \"never\""),
        "{definition}"
    );
    finds(&imported, "condition", "sand_schema: /ui/addProperties/3/isVis", "`=`");
    finds(&imported, "never-shown", "/ui/addProperties/4/isVis", "items/never");
    finds(
        &imported,
        "condition",
        "/ui/addProperties/5/isVis",
        "neither a truth value nor an expression",
    );
    finds(&imported, "score", "/compute/3/jsExpression", "`a` occurs twice");
    finds(&imported, "score", "/compute/4/jsExpression", "`never`");
    assert!(!imported.proofs.iter().any(|proof| matches!(&proof.outcome, Outcome::Differs(difference) if difference.always.is_some())));
}

#[test]
fn texts_that_are_digits_are_not_added() {
    let choices = json!({"choices": [{"name": {"en": "no"}, "value": "0"}, {"name": {"en": "yes"}, "value": "1"}]});
    let imported = Activity::new()
        .item("a", "radio", choices, json!({}))
        .likert("b")
        .compute("total", "a + b")
        .import();
    finds(
        &imported,
        "text-number",
        "items/a: /responseOptions/choices/0/value",
        "JavaScript joins texts",
    );
    finds(&imported, "score", "/compute/0", "`a` stores digits as texts");
}

#[test]
fn names_with_hyphens() {
    let imported = Activity::new()
        .likert("BFI-2_1")
        .likert("BFI-2_2")
        .compute("BFI-2_sum", "BFI-2_1 + BFI-2_2")
        .import();
    contains(&imported, &["id = \"bfi_2_1\"", "items = [\"bfi_2_1\", \"bfi_2_2\"]"]);
    assert!(text(&imported, "import/columns.toml").contains("bfi_2_1 = \"BFI-2_1\""));
    is_proven(&imported);
}

#[test]
fn defects_of_an_activity_have_places() {
    let mut activity = Activity::new().likert("a").likert("b").compute("total", "a + lost + gone");
    for path in
        ["items/lost", "https://example.org/x", "../../secret", "items/a", "valueConstraints"]
    {
        activity.order.push(json!(path));
    }
    activity.order.push(json!(12));
    activity
        .properties
        .push(json!({"isAbout": "items/lost", "variableName": "lost", "limit": "P1D"}));
    activity.properties.push(json!({"isAbout": "items/other", "variableName": "other"}));
    activity.properties.push(json!({"variableName": "nothing"}));
    activity.files.push(("valueConstraints".to_owned(), json!({"category": "ResponseOption"})));
    activity.more = json!({"image": "x.png", "description": {"en": "<b>Bold</b>\u{8a}"}});
    let imported = activity.import();
    finds(&imported, "missing-file", "sand_schema: /ui/order/2", "there is no file `items/lost`");
    finds(&imported, "path", "/ui/order/3", "an address on the web");
    finds(&imported, "path", "/ui/order/4", "leads out of the folders");
    finds(&imported, "twice", "/ui/order/5", "a second time");
    finds(&imported, "category", "/ui/order/6", "neither an item nor an activity");
    finds(&imported, "path", "/ui/order/7", "not a path");
    finds(&imported, "not-in-order", "/ui/addProperties/3", "`items/other`");
    finds(&imported, "path", "/ui/addProperties/4", "does not say what it is about");
    finds(&imported, "unknown-key", "/ui/addProperties/2/limit", "`limit`");
    finds(&imported, "unknown-key", "sand_schema: /image", "`image`");
    finds(&imported, "markup-removed", "sand_schema", "1 text");
    finds(&imported, "control-character", "/description", "1 texts");
    finds(
        &imported,
        "score",
        "/compute/0/jsExpression",
        "the item with this variable was left out",
    );
}

#[test]
fn an_item_without_a_property_has_no_variable() {
    let mut activity = Activity::new().likert("a").likert("b").compute("total", "a + b");
    activity.properties.pop();
    let imported = activity.import();
    finds(&imported, "no-variable", "/ui/order/1", "`b` has no variable");
    finds(&imported, "score", "/compute/0", "`b`");
    contains(&imported, &["id = \"b\""]);
}

#[test]
fn activities_inside_others() {
    let inner = json!({
        "category": "Activity", "id": "inner_schema", "prefLabel": {"en": "Inner"}, "preamble": {"en": "Lately …"},
        "compute": [{"variableName": "inner_sum", "jsExpression": "x + y"}],
        "ui": {
            "order": ["items/x", "items/y", "inner_schema"],
            "addProperties": [
                {"isAbout": "items/x", "variableName": "x"},
                {"isAbout": "items/y", "variableName": "y", "isVis": "x > 0"},
            ],
        },
    });
    let item = |name: &str| json!({"category": "Item", "question": {"en": name}, "ui": {"inputType": "radio"}, "responseOptions": options()});
    let mut activity = Activity::new().likert("a").compute("all", "a + inner_sum");
    activity.order.push(json!("inner_schema"));
    activity
        .properties
        .push(json!({"isAbout": "inner_schema", "variableName": "inner", "isVis": "a === 1"}));
    activity.files.push(("inner_schema".to_owned(), inner));
    activity.files.push(("items/x".to_owned(), item("X")));
    activity.files.push(("items/y".to_owned(), item("Y")));
    let imported = activity.import();
    contains(
        &imported,
        &[
            "id = \"inner\"\ntitle = \"Inner\"\nlead-in = \"Lately …\"",
            "items = [\"x\", \"y\"]",
            "a = 1",
        ],
    );
    finds(&imported, "nested", "sand_schema: /ui/order/1", "`inner_schema`");
    finds(&imported, "nested", "inner_schema: /ui/order/2", "contains itself");
    finds(&imported, "score", "sand_schema: /compute/0", "another activity has this variable");
}

#[test]
fn items_in_the_order_and_files_of_python() {
    let inline = json!({
        "@type": "reproschema:Field", "@id": "items/x.jsonld", "question": "Words of x", "prefLabel": "x",
        "ui": {"inputType": "radio"}, "responseOptions": "levels",
    });
    let activity = json!({
        "@type": "reproschema:Activity", "@id": "sand.jsonld",
        "ui": {"order": [inline, {"@type": "reproschema:Activity", "@id": "other"}], "addProperties": [
            {"isAbout": "items/x.jsonld", "variableName": "x", "valueRequired": true},
        ]},
    });
    let levels = options().to_string().replacen('{', "{\"additional\": NaN, ", 1);
    let imported = imported(&[("sand.jsonld", &activity.to_string()), ("levels", &levels)]);
    contains(
        &imported,
        &[
            "id = \"sand\"",
            "id = \"x\"\nstem = \"Words of x\"",
            "response = \"levels\"",
            "required = true",
        ],
    );
    finds(&imported, "missing-file", "/ui/order/1", "`other`");
    finds(&imported, "nan", "levels", "1 files");
}

#[test]
fn texts_between_items() {
    let mut activity = Activity::new();
    let add = |activity: &mut Activity, name: &str| {
        let item = json!({"category": "Item", "question": {"en": format!("About {name}")}, "ui": {"inputType": "static"}});
        activity.files.push((format!("items/{name}"), item));
        activity.order.push(json!(format!("items/{name}")));
    };
    add(&mut activity, "start");
    let mut activity = activity.likert("a");
    add(&mut activity, "middle");
    let mut activity = activity.likert("b");
    add(&mut activity, "end");
    let imported = activity.import();
    contains(
        &imported,
        &[
            "instructions = \"About start\"",
            "[[sections]]\nid = \"section_1\"\ninstructions = \"About middle\"",
        ],
    );
    contains(&imported, &["[[notes]]\nid = \"end\"\ntext = \"About end\"\nafter = \"b\""]);
}

#[test]
fn damaged_files_are_reported() {
    for position in [0, 1, 5] {
        survives_damage(FIXTURE, position);
        survives_other_values(FIXTURE, position);
    }
}

#[test]
fn recordings_are_texts_and_buttons_are_notes() {
    let recorded = Activity::new()
        .likert("a")
        .item("voice", "audioRecord", json!({}), json!({}))
        .item("ready", "buttonStart", json!({}), json!({}));
    let imported = recorded.import();
    contains(&imported, &["id = \"voice\"", "id = \"ready\"\ntext = \"Words of ready\""]);
    finds(&imported, "recording", "items/voice", "`voice` is answered by a file (`audioRecord`)");
}

#[test]
fn unknown_variables_are_explained() {
    let activity = Activity::new().likert("a_01").likert("b").compute("total", "a_1 + b");
    finds(&activity.import(), "score", "/compute/0", "there is `a_01`, which the player takes");
    let mut activity = Activity::new().likert("a").compute("total", "a + b");
    activity.properties.push(json!({"isAbout": "items/other", "variableName": "b"}));
    let message = "it is the variable of `items/other`, which is not in the order";
    finds(&activity.import(), "score", "/compute/0", message);
}
