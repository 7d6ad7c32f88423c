//! Writes a schema as a page: for each table of the file, its keys, their values and their meaning.

use serde_json::{Map, Value};

/// Returns the page of a schema, in Markdown. Keys are in the order of the schema, and each table follows the table
/// that contains it.
#[must_use]
pub fn schema_page(schema: &Value, file: &str) -> String {
    let mut page = Page { schema, text: String::new() };
    page.paragraph(&format!("# `{file}`"));
    page.paragraph(&description(schema));
    page.paragraph("Keys in **bold** are required; all others are optional.");
    page.table(&Table {
        heading: "The file itself".to_owned(),
        place: String::new(),
        rule: schema,
    });
    format!("{}\n", page.text.trim_end())
}

/// A table that has keys of its own.
struct Table<'a> {
    /// The heading on the page.
    heading: String,
    /// How the table is written, such as `[[scales]]`; empty for the file itself.
    place: String,
    rule: &'a Value,
}

struct Page<'a> {
    schema: &'a Value,
    text: String,
}

impl<'a> Page<'a> {
    fn paragraph(&mut self, text: &str) {
        self.text.push_str(&format!("{text}\n\n"));
    }

    /// Writes the section of a table, then the sections of the tables in it.
    fn table(&mut self, table: &Table<'a>) {
        self.paragraph(&format!("## {}", table.heading));
        if !table.place.is_empty() {
            self.paragraph(&description(table.rule));
        }
        let mut rows = "| key | takes | meaning |\n|---|---|---|\n".to_owned();
        let (mut inner, mut choices) = (Vec::new(), Vec::new());
        for (key, rule) in keys(table.rule) {
            let takes = self.takes((key, rule), &table.place, &mut inner);
            rows.push_str(&format!(
                "| {} | {takes} | {} |\n",
                name(key, table.rule),
                cell(&description(rule))
            ));
            choices.extend(self.named(rule)["oneOf"].as_array().map(|all| (key.as_str(), all)));
        }
        self.paragraph(rows.trim_end());
        self.choices(&choices);
        for table in inner {
            self.table(&table);
        }
    }

    /// Writes the meanings of the values of choices. Keys with the same choices share a list.
    fn choices(&mut self, choices: &[(&str, &'a Vec<Value>)]) {
        for (index, (_, all)) in choices.iter().enumerate() {
            if choices[..index].iter().any(|(_, earlier)| earlier == all) {
                continue;
            }
            let alike = choices.iter().filter(|(_, other)| other == all);
            let keys: Vec<String> = alike.map(|(key, _)| format!("`{key}`")).collect();
            let mut rows = format!("| {} | means |\n|---|---|\n", keys.join(", "));
            for value in *all {
                let name = &value["const"];
                rows.push_str(&format!("| `{name}` | {} |\n", cell(&description(value))));
            }
            self.paragraph(rows.trim_end());
        }
    }

    /// Returns the rule that `rule` refers to, or `rule` itself.
    fn named(&self, rule: &'a Value) -> &'a Value {
        let name = rule["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
        name.and_then(|name| self.schema.pointer(name)).unwrap_or(rule)
    }

    /// Describes the values of a key. If they are tables, these are added to `inner`.
    fn takes(
        &self,
        (key, rule): (&str, &'a Value),
        place: &str,
        inner: &mut Vec<Table<'a>>,
    ) -> String {
        let rule = self.named(rule);
        match rule["type"].as_str() {
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("integer") => whole_number(rule),
            Some("number") => "number".to_owned(),
            Some("array") => self.list((key, rule), place, inner),
            Some("object") => self.object((key, rule), place, inner),
            _ if rule.get("oneOf").is_some() => "one of the texts below".to_owned(),
            _ => "text".to_owned(),
        }
    }

    fn list(
        &self,
        (key, rule): (&str, &'a Value),
        place: &str,
        inner: &mut Vec<Table<'a>>,
    ) -> String {
        let entry = self.named(&rule["items"]);
        if !keys(entry).is_empty() {
            let (heading, place) = match place {
                "" => (format!("`[[{key}]]`"), format!("[[{key}]]")),
                // Only tables at the top and in `[rights]` have headers; files write all others in brackets and braces.
                "[rights]" => (format!("`[[rights.{key}]]`"), format!("[[rights.{key}]]")),
                around => {
                    (format!("Entries of `{key}` in `{around}`"), format!("{key} = [{{ … }}]"))
                }
            };
            return format!(
                "list of {}",
                linked("tables", Table { heading, place, rule: entry }, inner)
            );
        }
        match entry["oneOf"].as_array() {
            Some(all) => {
                let names: Vec<String> =
                    all.iter().map(|value| format!("`{}`", value["const"])).collect();
                format!("list of {}", names.join(", "))
            }
            None => "list of texts".to_owned(),
        }
    }

    fn object(
        &self,
        (key, rule): (&str, &'a Value),
        place: &str,
        inner: &mut Vec<Table<'a>>,
    ) -> String {
        if !keys(rule).is_empty() {
            let (heading, place) = match place {
                "" => (format!("`[{key}]`"), format!("[{key}]")),
                "[rights]" | "[export]" => {
                    let around = place.trim_end_matches(']');
                    (format!("`{around}.{key}]`"), format!("{around}.{key}]"))
                }
                around => (format!("`{key}` in `{around}`"), format!("{key} = {{ … }}")),
            };
            return linked("table", Table { heading, place, rule }, inner);
        }
        let entry = self.named(&rule["additionalProperties"]);
        if !keys(entry).is_empty() {
            // Tables of the same kind have one section, which the first of them has.
            if let Some(other) = inner.iter().find(|table| std::ptr::eq(table.rule, entry)) {
                return format!("a table for each name, with the keys of {}", other.heading);
            }
            let around = place.trim_start_matches('[').trim_end_matches(']');
            let place = match around {
                "" => format!("[{key}.NAME]"),
                around => format!("[{around}.{key}.NAME]"),
            };
            let heading = format!("`{place}`");
            let link = linked("table", Table { heading, place, rule: entry }, inner);
            return format!("a {link} for each name");
        }
        match entry["type"].as_str() {
            Some("number") => "table of numbers".to_owned(),
            _ => "table of texts".to_owned(),
        }
    }
}

/// Returns the keys that the rule of a table defines.
fn keys(rule: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    rule["properties"].as_object().unwrap_or(&NONE)
}

/// Returns a key in Markdown, in bold if it is required.
fn name(key: &str, table: &Value) -> String {
    let must = table["required"].as_array().is_some_and(|all| all.iter().any(|name| name == key));
    if must { format!("**`{key}`**") } else { format!("`{key}`") }
}

fn whole_number(rule: &Value) -> String {
    match (rule["minimum"].as_i64(), rule["maximum"].as_i64()) {
        (Some(low), Some(high)) if low == high => format!("`{low}`"),
        // Very wide bounds only guard against overflow, and do not interest readers.
        (Some(low), Some(high)) if high < 1_000_000 => format!("whole number, {low} to {high}"),
        _ => "whole number".to_owned(),
    }
}

/// Returns a link to the section of `table`, and adds the table to `inner` so that the section is written.
fn linked<'a>(text: &str, table: Table<'a>, inner: &mut Vec<Table<'a>>) -> String {
    let kept =
        table.heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    // The anchor that mdBook makes of the heading.
    let anchor = kept.collect::<String>().to_lowercase().replace(' ', "-");
    inner.push(table);
    format!("[{text}](#{anchor})")
}

/// Returns the description of a rule, on one line.
fn description(rule: &Value) -> String {
    let text = rule["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes text for a table, where a bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
