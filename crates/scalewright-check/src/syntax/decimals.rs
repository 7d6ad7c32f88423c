//! Numbers that are not written as in TOML: with a decimal comma, as a fraction or a percentage, or without the zero.

use std::ops::Range;

/// Returns the number with a decimal comma that an error in a line is about: its bytes, and how to write it.
pub(super) fn comma(line: &str, column: usize) -> Option<(Range<usize>, String)> {
    let mut from = 0;
    while let Some(equals) = line[from..].find('=') {
        let start = from + equals + 1;
        let blanks = line[start..].len() - line[start..].trim_start().len();
        from = start;
        let number = &line[start + blanks..];
        let sign = usize::from(number.starts_with(['+', '-']));
        let whole = digits(&number[sign..]);
        let rest = &number[sign + whole..];
        let decimals = rest.strip_prefix(',').map_or(0, digits);
        let end = sign + whole + 1 + decimals;
        let span = start + blanks..start + blanks + end;
        // The parser notices the mistake at the comma, or behind the number.
        if whole > 0 && decimals > 0 && (span.start..=span.end).contains(&column) {
            let written = format!("{}.{}", &number[..sign + whole], &rest[1..=decimals]);
            return Some((span, written));
        }
    }
    None
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Returns how to write a value that is a fraction, a percentage, or a decimal that begins with its point.
pub(super) fn rewritten(marked: &str) -> Option<(&'static str, String)> {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let decimal = |text: &str| text.split('.').count() <= 2 && text.split('.').all(plain);
    let marked = marked.trim();
    if let Some((above, below)) = marked.split_once('/').filter(|(a, b)| plain(a) && plain(b)) {
        return Some(("a fraction is not in quotes", format!("write `\"{above}/{below}\"`")));
    }
    if let Some(percent) = marked.strip_suffix('%').filter(|percent| decimal(percent)) {
        return Some(("a percentage is not in quotes", format!("write `\"{percent}%\"`")));
    }
    let sign = usize::from(marked.starts_with(['+', '-']));
    let decimals = marked[sign..].strip_prefix('.').filter(|decimals| plain(decimals))?;
    let help = format!("write `{}0.{decimals}`", &marked[..sign]);
    Some(("a number begins with its decimal point", help))
}
