//! An importer for scalewright: a text file with one statement per line becomes a definition.
//!
//! scalewright writes one request per line to standard input, and reads one answer per line from standard output. The
//! first request asks what the plug-in is; the others have a file. Messages for yourself go to standard error.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

/// What the definition has besides its items.
const HEAD: &str = include_str!("head.toml");
/// The digits of base64.
const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = match (request["request"].as_str(), request["base64"].as_str()) {
            (Some("describe"), _) => json!({
                "protocol": 1, "kind": "import", "name": "example-name", "version": env!("CARGO_PKG_VERSION"),
                "summary": "statements, one per line", "features": ["serve"],
                "formats": [{ "what": "a text file with one statement per line", "endings": ["txt"] }],
            }),
            (_, base64) => match definition(base64.unwrap_or_default()) {
                Ok(text) => json!({ "protocol": 1, "files": [{ "path": "instrument.toml", "text": text }] }),
                Err(message) => json!({ "protocol": 1, "refusal": { "message": message } }),
            },
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn definition(base64: &str) -> Result<String, &'static str> {
    let bytes = decode(base64).ok_or("the file did not arrive whole")?;
    let text = String::from_utf8(bytes).map_err(|_| "the file is not UTF-8")?;
    let lines = text.lines().map(|line| line.replace(char::is_control, "").trim().to_owned());
    let stems: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let items = (1..).zip(&stems).map(|(number, stem)| {
        // A text of JSON is a text of TOML, once control characters are removed.
        format!("\n[[items]]\nid = \"i{number}\"\nresponse = \"agreement\"\nstem = {}\n", json!(stem))
    });
    if stems.is_empty() { Err("the file has no statement") } else { Ok(HEAD.to_owned() + &items.collect::<String>()) }
}

fn decode(base64: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut bytes) = (0_usize, 0, Vec::new());
    for digit in base64.chars().take_while(|digit| *digit != '=') {
        bits = (bits << 6) | DIGITS.find(digit)?;
        count = (count + 6) % 8;
        // Each digit has six bits: a byte is complete unless the count starts again at six.
        if count != 6 { bytes.push((bits >> count) as u8) }
    }
    Some(bytes)
}
