//! Licences as sources write them.

/// The SPDX identifier of an open licence, written in any usual way: `CC BY 4.0`, `cc-by-nc-sa`, `CC0`. `None` for
/// anything else: claims such as "public domain" or "free to use" are no licences.
#[must_use]
pub fn open_licence(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let spelled = [
        ("creative commons", "cc"),
        ("attribution", "by"),
        ("share alike", "sa"),
        ("sharealike", "sa"),
        ("noncommercial", "nc"),
        ("non-commercial", "nc"),
        ("zero", "cc0"),
        ("international", ""),
        ("unported", ""),
        ("licence", ""),
        ("license", ""),
    ];
    let short = spelled.iter().fold(lower, |text, (long, short)| text.replace(long, short));
    let mut words: Vec<&str> = short
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.')
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 && words[0] == "cc" && words[1] == "cc0" {
        words.remove(0);
    }
    // "CC 0 1.0" and "CC0 1.0 universal".
    if words.first() == Some(&"cc0") {
        let rest_is_version =
            words[1..].iter().all(|word| matches!(*word, "1.0" | "1" | "universal"));
        return rest_is_version.then(|| "CC0-1.0".to_owned());
    }
    if words.first() != Some(&"cc") || words.get(1) != Some(&"by") {
        return None;
    }
    let mut parts = vec!["CC", "BY"];
    let mut version = "4.0";
    for word in &words[2..] {
        match *word {
            "nc" => parts.push("NC"),
            "sa" => parts.push("SA"),
            "1.0" | "2.0" | "2.5" | "3.0" | "4.0" => version = word,
            "4" => version = "4.0",
            "3" => version = "3.0",
            // No derivatives forbids translations and layouts of one's own.
            _ => return None,
        }
    }
    parts.push(version);
    Some(parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_licences_are_known() {
        for (text, spdx) in [
            ("CC0", Some("CC0-1.0")),
            ("CC0 1.0 Universal", Some("CC0-1.0")),
            ("Creative Commons Zero", Some("CC0-1.0")),
            ("CC BY 4.0", Some("CC-BY-4.0")),
            ("cc-by-nc-sa-3.0", Some("CC-BY-NC-SA-3.0")),
            ("CC BY-SA", Some("CC-BY-SA-4.0")),
            (
                "Creative Commons Attribution-NonCommercial 4.0 International License",
                Some("CC-BY-NC-4.0"),
            ),
            ("CC BY-ND 4.0", None),
            ("Public Domain", None),
            ("free to use", None),
            ("", None),
        ] {
            assert_eq!(open_licence(text).as_deref(), spdx, "{text}");
        }
    }
}
