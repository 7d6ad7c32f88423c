//! Mutations of inputs that keep some of their structure: whole lines, values, tokens of a formula.

/// A random number generator (xorshift64*) with a seed.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// A generator whose sequence depends on `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a random number below `sides`, or 0 if `sides` is 0.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % sides.max(1)
    }
}

/// Values that are likely to cause trouble in readers.
const WORDS: &[&str] = &[
    "0",
    "1",
    "-1",
    "1e9",
    "0.1",
    "nan",
    "inf",
    "9223372036854775807",
    "1000000",
    "-1000000",
    "\"\"",
    "\"é😀\"",
    "\"a\"",
    "'x'",
    "\"\"\"\n\"\"\"",
    "[]",
    "{}",
    "[[]]",
    "true",
    "1979-05-27",
    "\"-d1\"",
    "\"d1..d4\"",
    "\u{feff}",
    "\r\n",
    "\\u0000",
    "\\",
    "[[items]]",
    "[x.\"y\"]",
    "= ",
];

/// Tokens of formulas.
const TOKENS: &[&str] = &[
    "sum(",
    "mean(",
    "count(",
    "min(",
    "max(",
    "if ",
    " then ",
    " else ",
    " and ",
    " or ",
    "not ",
    "round(",
    "recode(",
    "lookup(",
    "coalesce(",
    "eap(",
    "rest_1",
    "rest_2",
    "..",
    "hunger",
    "; ",
    ">= ",
    "<= ",
    "!= ",
    "= ",
    "+ ",
    "- ",
    "* ",
    "/ ",
    "mod ",
    "^2",
    "(",
    ")",
    ", ",
    ": ",
    "0",
    "50%",
    "1.5",
    "missing",
    "is_missing(",
    "\"a\"",
    "longest_run(",
    "clamp(",
    "abs(",
    "items(",
    "answered(",
    "prorate",
    "999999999999",
    "0.0000001",
    "é",
    "band(",
    "minutes(",
    "sqrt(",
    "ln(",
];

/// Inserts a word at a random position. The engine mutates single bytes.
#[must_use]
pub fn bytes(data: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.roll(data.len() + 1);
    let word = WORDS[dice.roll(WORDS.len())].as_bytes();
    [&data[..at], word, &data[at..]].concat()
}

/// Removes, duplicates, moves or replaces lines, or mutates a value.
#[must_use]
pub fn lines(data: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = data.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return bytes(data, dice);
    }
    for _ in 0..=dice.roll(3) {
        let (from, to) = (dice.roll(lines.len()), dice.roll(lines.len()));
        match dice.roll(5) {
            0 if lines.len() > 1 => {
                lines.remove(from);
            }
            1 => lines.insert(to, lines[from]),
            2 => lines.swap(from, to),
            3 => lines[from] = lines[to],
            _ => return values(&lines.concat(), dice),
        }
    }
    lines.concat()
}

/// Replaces a value by another value of the input, or by one of [`WORDS`].
#[must_use]
pub fn values(data: &[u8], dice: &mut Dice) -> Vec<u8> {
    let spans = spans(data);
    if spans.is_empty() || dice.roll(8) == 0 {
        return lines_or_bytes(data, dice);
    }
    let (start, end) = spans[dice.roll(spans.len())];
    let with = match dice.roll(3) {
        0 => WORDS[dice.roll(WORDS.len())].as_bytes(),
        _ => {
            let (from, to) = spans[dice.roll(spans.len())];
            &data[from..to]
        }
    };
    [&data[..start], with, &data[end..]].concat()
}

fn lines_or_bytes(data: &[u8], dice: &mut Dice) -> Vec<u8> {
    if data.contains(&b'\n') && dice.roll(2) == 0 {
        let cut = dice.roll(data.len());
        let end = data[cut..].iter().position(|byte| *byte == b'\n').map_or(cut, |at| cut + at + 1);
        return [&data[..cut], &data[end..]].concat();
    }
    bytes(data, dice)
}

/// The positions of quoted strings, and of words and numbers without quotes.
fn spans(data: &[u8]) -> Vec<(usize, usize)> {
    let (mut spans, mut at) = (Vec::new(), 0);
    while at < data.len() {
        let start = at;
        if data[at] == b'"' {
            at += 1;
            while at < data.len() && !matches!(data[at], b'"' | b'\n') {
                at += 1 + usize::from(data[at] == b'\\');
            }
            at = (at + 1).min(data.len());
            spans.push((start, at));
        } else if word(data[at]) {
            while at < data.len() && word(data[at]) {
                at += 1;
            }
            spans.push((start, at));
        } else {
            at += 1;
        }
    }
    spans
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+')
}

/// Inserts a token of a formula, replaces one by another, or repeats or removes a part.
#[must_use]
pub fn tokens(data: &[u8], dice: &mut Dice) -> Vec<u8> {
    let token = TOKENS[dice.roll(TOKENS.len())].as_bytes();
    let spans = spans(data);
    match dice.roll(4) {
        0 if !spans.is_empty() => {
            let (start, end) = spans[dice.roll(spans.len())];
            [&data[..start], token, &data[end..]].concat()
        }
        1 if !data.is_empty() => {
            let start = dice.roll(data.len());
            let end = start + dice.roll((data.len() - start).min(40) + 1);
            [&data[..end], &data[start..end], &data[end..]].concat()
        }
        2 if !data.is_empty() => {
            let start = dice.roll(data.len());
            let end = start + dice.roll((data.len() - start).min(12) + 1);
            [&data[..start], &data[end..]].concat()
        }
        _ => {
            let at = dice.roll(data.len() + 1);
            [&data[..at], token, &data[at..]].concat()
        }
    }
}
