//! The files of an answer: their names, their syntax, and what became of the words.

use scalewright_model::Instrument;
use scalewright_wire::Description;

use super::Rule;
use super::judge::{Asked, Judge};
use super::{csv, escapes, markup, names, recalled};

/// Judges the files of an answer: names and contents.
pub(super) fn judge(
    judge: &mut Judge,
    asked: &Asked<'_>,
    description: &Description,
    instrument: &Instrument,
    files: &[(String, Vec<u8>)],
) {
    for (path, bytes) in files {
        declared(judge, asked, description, path);
        // A picture or an archive has no text to judge.
        if let Ok(text) = std::str::from_utf8(bytes) {
            syntax(judge, asked, path, text);
            escapes::judge(judge, asked, path, text);
            recalled::judge(judge, asked, path, text);
            names::judge(judge, asked, description.names.as_ref(), instrument, (path, text));
        }
    }
}

fn declared(judge: &mut Judge, asked: &Asked<'_>, description: &Description, path: &str) {
    let is_declared = description.files.iter().any(|file| {
        let pattern = file.name.replace("<id>", asked.instrument);
        matches(&pattern.replace("<language>", asked.language), path)
    });
    if !is_declared {
        let names: Vec<String> =
            description.files.iter().map(|file| format!("`{}`", file.name)).collect();
        let message = match names.is_empty() {
            true => format!("the file `{path}` is not declared: the description has no `files`"),
            false => format!("the file `{path}` is not one of {}", names.join(", ")),
        };
        judge.add(Rule::UndeclaredFile, "", asked, path, message);
    }
}

/// Whether a path matches a name in which `<…>` means some characters other than `/`.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('<') else { return pattern == path };
    let Some((_, after)) = rest.split_once('>') else { return pattern == path };
    let Some(path) = path.strip_prefix(before) else { return false };
    let ends = path.char_indices().map(|(index, c)| (index + c.len_utf8(), c));
    ends.take_while(|(_, c)| *c != '/').any(|(end, _)| matches(after, &path[end..]))
}

/// Returns the ending of a path in lower case.
pub(super) fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn syntax(judge: &mut Judge, asked: &Asked<'_>, path: &str, text: &str) {
    let wrong = match ending(path).as_str() {
        "json" => json(text),
        "csv" | "tsv" => separated(text),
        "xml" | "svg" | "xhtml" | "rdf" => markup::well_formed(text),
        _ => Ok(()),
    };
    if let Err((line, message)) = wrong {
        judge.add(Rule::MalformedFile, &ending(path), asked, &format!("{path}:{line}"), message);
    }
}

fn json(text: &str) -> Result<(), (usize, String)> {
    let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
    parsed.map(|_| ()).map_err(|error| (error.line(), format!("the file is not JSON: {error}")))
}

fn separated(text: &str) -> Result<(), (usize, String)> {
    let separator = csv::separator(text);
    let rows =
        csv::rows(text, separator).map_err(|wrong| (wrong.line, wrong.message.to_owned()))?;
    let Some(first) = rows.first() else { return Ok(()) };
    match rows.iter().find(|row| row.cells.len() != first.cells.len()) {
        None => Ok(()),
        Some(row) => {
            let (got, expected) = (row.cells.len(), first.cells.len());
            let message = format!(
                "the row has {got} cells, and the first row has {expected} (separated by `{}`)",
                separator.escape_default()
            );
            Err((row.line, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{matches, separated};

    #[test]
    fn names_match_patterns() {
        assert!(matches("<id>.<language>.csv", "a.b.en.csv"));
        assert!(matches("pages/<item>.html", "pages/q1.html"));
        assert!(!matches("pages/<item>.html", "pages/.html"));
        assert!(!matches("<id>.csv", "folder/a.csv"));
        assert!(!matches("a.csv", "b.csv"));
    }

    #[test]
    fn uneven_rows_are_found() {
        assert!(separated("a,b\nc,d\n").is_ok());
        assert_eq!(separated("a,b\nc,d\ne\n").map_err(|(line, _)| line), Err(3));
    }
}
