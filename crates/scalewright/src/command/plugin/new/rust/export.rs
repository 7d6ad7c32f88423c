//! An exporter for scalewright: `scalewright export INSTRUMENT --to example-name --out out`.
//!
//! scalewright writes one request per line to standard input, and reads one answer per line from standard output. The
//! first request asks what the plug-in is; the others have an instrument. Messages for yourself go to standard error.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = match request["request"].as_str() {
            Some("describe") => describe(),
            _ => export(&request),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn describe() -> Value {
    json!({
        "protocol": 1, "kind": "export", "name": "example-name", "version": env!("CARGO_PKG_VERSION"),
        "summary": "a table of the items and the scores",
        // "serve" means: it answers several requests, so it is started only once.
        "features": ["serve"],
        "files": [{ "name": "<id>.<language>.csv", "what": "a row for each item and each score" }],
    })
}

fn export(request: &Value) -> Value {
    let (instrument, wording) = (&request["instrument"], &request["wording"]);
    let mut text = "id,text\n".to_owned();
    for item in list(&instrument["items"]) {
        let id = item["id"].as_str().unwrap_or_default();
        text += &format!("{},{}\n", cell(&item["id"]), cell(&wording["items"][id]["stem"]));
    }
    // How each score is computed, in words. Never compute it in another way.
    for score in list(&request["scores"]["scores"]).iter().filter(|score| score["published"] == true) {
        text += &format!("{},{}\n", cell(&score["scale"]), cell(&score["formula"]));
    }
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let path = format!("{}.{}.csv", word(&instrument["id"]), word(&wording["language"]));
    json!({ "protocol": 1, "files": [{ "path": path, "text": text }] })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A cell of CSV: always in quotation marks, with those inside doubled.
fn cell(value: &Value) -> String {
    format!("\"{}\"", value.as_str().unwrap_or_default().replace('"', "\"\""))
}
