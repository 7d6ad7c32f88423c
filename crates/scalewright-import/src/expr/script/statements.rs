//! The parts of a script: its parameters, its named lines, and its result.

/// The functions of a script, as this program writes them. Any other function is not understood.
const HELPERS: [(&str, &str); 4] = [
    (
        "_number",
        r#"(_x) => typeof _x === "number" ? _x : typeof _x === "boolean" ? +_x : typeof _x !== "string" || _x.trim() === "" ? null : _x.includes(":") ? _x.slice(0, 2) * 60 + +_x.slice(3, 5) : +_x"#,
    ),
    ("_coded", "(_x, _list) => _list.includes(_number(_x)) ? _number(_x) : null"),
    (
        "_within",
        "(_x, _low, _high) => _number(_x) !== null && _low - 1e-7 <= _number(_x) && _number(_x) <= _high + 1e-7 ? _number(_x) : null",
    ),
    ("_known", "(_list) => _list.filter((_x) => _x !== null)"),
];

/// A script in parts.
pub(super) struct Statements {
    /// The parameters of the function, each with the variable that it gets.
    pub(super) parameters: Vec<(String, String)>,
    /// The named lines, in order: name and expression.
    pub(super) lines: Vec<(String, String)>,
    /// The expression of the result.
    pub(super) result: String,
}

/// Divides a script into its parts.
pub(super) fn read(text: &str) -> Result<Statements, String> {
    let other = || "the expression is no script as this program writes them".to_owned();
    let rest = text.trim().strip_prefix("[[").ok_or_else(other)?;
    let (names, rest) = rest.split_once("]]").ok_or_else(other)?;
    let rest = unescaped(rest)?;
    let rest = rest.strip_prefix(".map(([").ok_or_else(other)?;
    let (parameters, rest) = rest.split_once("]) => {").ok_or_else(other)?;
    let body = rest.trim_end().strip_suffix("})[0]").ok_or_else(other)?;
    let (names, parameters) = (listed(names), listed(parameters));
    if names.len() != parameters.len() {
        return Err(
            "the function of the expression gets more or fewer answers than it names".to_owned()
        );
    }
    let parameters = parameters.into_iter().zip(names).collect();
    let mut statements = divided(body);
    let last = statements.pop().unwrap_or_default();
    let result = last.strip_prefix("return ").ok_or("the expression returns nothing")?.to_owned();
    let mut lines = Vec::new();
    for statement in statements {
        lines.extend(line(statement)?);
    }
    Ok(Statements { parameters, lines, result })
}

/// The words between commas.
fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The name and the expression of a line. `None` if it is a function that is known.
fn line(statement: &str) -> Result<Option<(String, String)>, String> {
    let parts = statement.strip_prefix("const ").and_then(|rest| rest.split_once(" = "));
    let Some((name, expression)) = parts else {
        let start: String = statement.chars().take(40).collect();
        return Err(format!("the statement `{start}` is not understood"));
    };
    match HELPERS.iter().find(|(helper, _)| *helper == name) {
        Some((_, own)) if *own == expression => Ok(None),
        Some(_) => Err(format!("the function `{name}` is not the one that this program writes")),
        None if expression.contains("=>") && !expression.contains(super::grammar::SUM) => {
            Err(format!("the function `{name}` is not understood"))
        }
        None => Ok(Some((name.to_owned(), expression.to_owned()))),
    }
}

/// The statements of a body, without the semicolons between them.
fn divided(body: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let (mut start, mut depth, mut in_text) = (0, 0_usize, false);
    for (at, letter) in body.char_indices() {
        match letter {
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            ';' if !in_text && depth == 0 => {
                statements.push(body[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    statements.push(body[start..].trim());
    statements.retain(|statement| !statement.is_empty());
    statements
}

/// The text without escapes outside of quoted texts, by which words are hidden from the player.
fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut in_text) = (text, false);
    while let Some(letter) = rest.chars().next() {
        if letter == '\\' && !in_text {
            let code = rest.get(2..6).filter(|_| rest.starts_with("\\u"));
            let letter = code
                .and_then(|code| u32::from_str_radix(code, 16).ok())
                .and_then(char::from_u32)
                .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_');
            out.push(letter.ok_or("an escape outside of a text is not understood")?);
            rest = &rest[6..];
            continue;
        }
        in_text ^= letter == '"';
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{HELPERS, read};

    #[test]
    fn a_script_is_divided() {
        let (name, code) = HELPERS[3];
        let text = format!(
            "[[q1, q2]].m\\u0061p(([_0, _1]) => {{ const {name} = {code}; const v__q1 = _coded(_0, [1]); return v__q1 + \"; ]\"; }})[0]"
        );
        let statements = read(&text).unwrap_or_else(|reason| panic!("{reason}"));
        let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
        assert_eq!(statements.parameters, [pair("_0", "q1"), pair("_1", "q2")]);
        assert_eq!(statements.lines, [pair("v__q1", "_coded(_0, [1])")]);
        assert_eq!(statements.result, "v__q1 + \"; ]\"");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "[[a]]",
            "[[a]].map(([_0, _1]) => { return _0; })[0]",
            "[[a]].map(([_0]) => { let x = _0; return x; })[0]",
            "[[a]].map(([_0]) => { const _known = (_list) => _list; return _0; })[0]",
            "[[a]].map(([_0]) => { const f = (_x) => _x; return _0; })[0]",
            "[[a]].map(([_0]) => { _0; })[0]",
            "[[a]].map(([_0]) => { return \\x; })[0]",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
