//! A lint plug-in for scalewright: `scalewright check INSTRUMENT --lints example-name`.
//!
//! scalewright writes one request per line to standard input, and reads one answer per line from standard output. The
//! first request asks what the plug-in is; the others have an instrument. Messages for yourself go to standard error.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

/// The most characters of a stem.
const LONGEST: usize = 120;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = match request["request"].as_str() {
            Some("describe") => describe(),
            _ => json!({ "protocol": 1, "findings": findings(&request) }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn describe() -> Value {
    let summary = format!("a stem has more than {LONGEST} characters");
    json!({
        "protocol": 1, "kind": "lint", "name": "example-name", "version": env!("CARGO_PKG_VERSION"),
        "summary": "rules of our house",
        // "serve" means: it answers several requests, so it is started only once.
        "features": ["serve"],
        // The name states the defect. `scalewright.toml` sets another level under [lints.example-name].
        "lints": [{ "name": "long-stem", "summary": summary, "level": "warning" }],
    })
}

fn findings(request: &Value) -> Vec<Value> {
    let items = request["instrument"]["items"].as_array().map_or(&[][..], Vec::as_slice);
    let long = items.iter().filter_map(|item| {
        let id = item["id"].as_str()?;
        // The words of each language, the source language first. There are none if nobody has supplied them.
        let length = request["wordings"][0]["items"][id]["stem"].as_str()?.chars().count();
        let finding = json!({
            "code": "long-stem", "message": format!("the stem of `{id}` has {length} characters"),
            // The place is a JSON pointer into the definition. `about` is for an [[allow]] in the definition.
            "at": item["at"], "about": id,
            "help": [format!("write at most {LONGEST} characters")],
        });
        (length > LONGEST).then_some(finding)
    });
    long.collect()
}
