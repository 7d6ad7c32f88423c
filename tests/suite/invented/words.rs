//! Meaningless texts with all characters that some target might interpret.

use std::fmt::Write;

use crate::oracles::Dice;

/// Texts with special characters of Typst, HTML, CSV, FHIRPath, Markdown and REDCap.
const TEXTS: [&str; 16] = [
    "Plain words.",
    "With \\\"quotes\\\" and 'others', and a comma",
    "=SUM(A1:A9)",
    "#panic() *not* _read_ $x$ @y",
    "<b>bold</b> & <script>alert(1)</script>",
    "[q1] and {q2} in brackets",
    "50 % | 100 %; 1 < 2 > 0",
    "Über – größer als „nichts“ …",
    "Ελληνικά και кириллица",
    "%resource.item.first() or 'x'",
    "line one\\nline two",
    "-1 + @today",
    "back\\\\slash and `tick`",
    "~strike~ ^up^ &amp; &#124;",
    "a\\u00a0hard space, a\\u00adsoft hyphen",
    "[record_id] [first-event] @HIDDEN",
];

/// A random text as a TOML string.
pub(super) fn text(dice: &mut Dice) -> String {
    format!("\"{} {}\"", TEXTS[dice.roll(TEXTS.len())], dice.roll(1000))
}

/// A label that is unique in its list.
pub(super) fn label(at: usize, dice: &mut Dice) -> String {
    // A line break in a label gives a finding, and is printed as a space.
    let text = TEXTS[dice.roll(TEXTS.len())].replace("\\n", " ");
    format!("\"{at}: {text}\"")
}

/// A translation of a definition: every text that respondents read, with the prefix `de: `.
pub(super) fn german(id: &str, definition: &str) -> String {
    let file: toml::Table = definition.parse().expect("valid TOML");
    let quoted = |text: &toml::Value| {
        let text = text.as_str().expect("a string");
        serde_json::Value::String(format!("de: {text}")).to_string()
    };
    let label = |text: &toml::Value| serde_json::Value::from(text.as_str()).to_string();
    let mut out = format!("format = 1\ninstrument = \"{id}\"\nlanguage = \"de\"\n");
    let keys = |out: &mut String, table: &toml::Table, keys: &[&str]| {
        for key in keys {
            if let Some(text) = table.get(*key) {
                let _ = writeln!(out, "{key} = {}", quoted(text));
            }
        }
    };
    keys(&mut out, &file, &["title", "instructions"]);
    for (name, scale) in file["response-scales"].as_table().expect("a table") {
        let scale = scale.as_table().expect("a table");
        let _ = write!(out, "\n[response-scales.{name}]\n");
        keys(&mut out, scale, &["min-label", "max-label", "yes-label", "no-label", "unit"]);
        let options = scale.get("options").and_then(toml::Value::as_array);
        let labelled = options.into_iter().flatten().filter(|o| o.get("label").is_some());
        let options = labelled.map(|option| {
            format!(
                "\"{}\" = {}",
                option["value"].as_integer().expect("a number"),
                quoted(&option["label"])
            )
        });
        let options: Vec<String> = options.collect();
        if !options.is_empty() {
            let _ = writeln!(out, "options = {{ {} }}", options.join(", "));
        }
    }
    for section in file.get("sections").and_then(toml::Value::as_array).into_iter().flatten() {
        let section = section.as_table().expect("a table");
        let _ = write!(out, "\n[sections.{}]\n", section["id"].as_str().expect("a string"));
        keys(&mut out, section, &["title", "lead-in", "instructions"]);
    }
    out += "\n[items]\n";
    for item in file["items"].as_array().expect("items") {
        let _ =
            writeln!(out, "{} = {}", item["id"].as_str().expect("a string"), quoted(&item["stem"]));
    }
    out += "\n[notes]\n";
    for note in file.get("notes").and_then(toml::Value::as_array).into_iter().flatten() {
        let _ =
            writeln!(out, "{} = {}", note["id"].as_str().expect("a string"), quoted(&note["text"]));
    }
    let scored = ["scales", "flags"].into_iter().filter_map(|key| file.get(key)?.as_array());
    for scale in scored.flatten() {
        let _ = write!(
            out,
            "\n[scales.{}]\ntitle = {}\n",
            scale["id"].as_str().expect("a string"),
            quoted(&scale["title"])
        );
        keys(&mut out, scale.as_table().expect("a table"), &["unit"]);
        let bands = scale.get("bands").and_then(toml::Value::as_array).into_iter().flatten();
        let bands: Vec<String> = bands
            .map(|band| format!("{} = {}", label(&band["label"]), quoted(&band["label"])))
            .collect();
        if !bands.is_empty() {
            let _ = writeln!(out, "bands = {{ {} }}", bands.join(", "));
        }
    }
    out
}
