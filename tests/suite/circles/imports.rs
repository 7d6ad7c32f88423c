//! The imports and paths of a Rust source that lead to other files of its crate.

/// A name that a file imports.
pub(super) struct Import {
    pub(super) alias: String,
    pub(super) path: Vec<String>,
    /// Whether the file only re-exports the name.
    pub(super) is_only_passed_on: bool,
}

/// The names that a file refers to.
pub(super) struct Module {
    pub(super) imports: Vec<Import>,
    /// Paths in the code that begin with `crate`, `self`, `super` or a module of the file.
    pub(super) paths: Vec<Vec<String>>,
}

impl Module {
    pub(super) fn read(text: &str) -> Self {
        let tokens = without_tests(tokens(text));
        let (mut imports, mut paths, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at] == "use" {
                let end = at + tokens[at..].iter().position(|token| token == ";").unwrap_or(0);
                let is_public = at > 0 && (tokens[at - 1] == "pub" || tokens[at - 1] == ")");
                let mut names = Vec::new();
                tree(&tokens[at + 1..end], &[], &mut names);
                imports.extend(names.into_iter().map(|(alias, path)| (alias, path, is_public)));
                at = end + 1;
                continue;
            }
            // The declaration of a module is not a use of it.
            let is_declared = at > 0 && tokens[at - 1] == "mod";
            rest.extend((!is_declared).then(|| tokens[at].clone()));
            at += 1;
        }
        let mut at = 0;
        while at < rest.len() {
            let path = path(&rest[at..]);
            let is_inside = at > 0 && rest[at - 1] == "::";
            // The path in `pub(in crate::fhir)` is not a dependency.
            let is_visibility = rest[..at].ends_with(&["(".to_owned(), "in".to_owned()]);
            at += 1;
            if path.len() > 1 && !is_inside && !is_visibility {
                at += 2 * (path.len() - 1);
                paths.push(path);
            }
        }
        let import = |(alias, path, is_public): (String, Vec<String>, bool)| {
            let is_used = rest.contains(&alias);
            Import { alias, path, is_only_passed_on: is_public && !is_used }
        };
        Self { imports: imports.into_iter().map(import).collect(), paths }
    }
}

/// The path that begins here: names joined by `::`.
fn path(tokens: &[String]) -> Vec<String> {
    let mut path = Vec::new();
    for pair in tokens.chunks(2) {
        if !is_name(&pair[0]) {
            break;
        }
        path.push(pair[0].clone());
        if pair.get(1).is_none_or(|next| next != "::") {
            break;
        }
    }
    path
}

/// The names of a use tree, each with its path.
fn tree(tokens: &[String], before: &[String], names: &mut Vec<(String, Vec<String>)>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "::" => {}
            "{" => {
                for part in parts(&tokens[at + 1..tokens.len() - 1]) {
                    tree(part, &path, names);
                }
                return;
            }
            "as" => {
                names.push((tokens[at + 1].clone(), path));
                return;
            }
            "self" if !path.is_empty() => {}
            name => path.push(name.to_owned()),
        }
        at += 1;
    }
    path.retain(|name| name != "*");
    names.push((path.last().cloned().unwrap_or_default(), path));
}

/// The parts of a list between braces.
fn parts(tokens: &[String]) -> Vec<&[String]> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens without items for tests (`#[cfg(test)]`).
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at..].iter().zip(MARK).filter(|(token, mark)| *token == mark).count() < MARK.len()
        {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 0;
        for token in &tokens[at..] {
            at += 1;
            match token.as_str() {
                "{" => depth += 1,
                "}" if depth == 1 => break,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
        }
    }
    kept
}

/// Splits a source into names, `::` and single characters, without comments and literals.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let size = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(size) = literal(rest) {
            size
        } else if is_name(rest) || first.is_ascii_digit() {
            let size = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..size].to_owned());
            size
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[size..];
    }
    tokens
}

/// The size of the string or character literal at the start of `text`, or `None` if there is none.
pub(crate) fn literal(text: &str) -> Option<usize> {
    let raw = text.strip_prefix('r').or_else(|| text.strip_prefix("br"));
    if let Some(after) = raw {
        let hashes = after.len() - after.trim_start_matches('#').len();
        if after[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = text.len() - after.len() + hashes + 1;
            return text[body..].find(&close).map(|end| body + end + close.len());
        }
    }
    let text_start = text.strip_prefix('b').unwrap_or(text);
    let offset = text.len() - text_start.len();
    if text_start.starts_with('"') {
        return quoted(text_start, '"').map(|size| size + offset);
    }
    // A closing quote distinguishes a character from a lifetime.
    let is_letter = text.starts_with("'\\") || text.chars().nth(2) == Some('\'');
    (text.starts_with('\'') && is_letter).then(|| quoted(text, '\'')).flatten()
}

/// The size of a quoted literal, including its quotes.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            end if end == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
