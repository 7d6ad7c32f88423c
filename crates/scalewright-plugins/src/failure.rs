//! The error of a plug-in that did not answer as the protocol requires.

use scalewright_model::text;

/// How many lines of standard error are shown.
const MOST_LINES: usize = 20;
/// How many bytes of standard error are shown.
const MOST_BYTES: usize = 4_096;

/// The reason why a plug-in gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, in lower case and without a full stop. The message is one safe line.
    pub message: String,
    /// What the author or the user of the plug-in can do, one sentence each.
    pub help: Vec<String>,
    /// The last lines that the plug-in wrote to standard error, safe to print: at most 20 lines and 4 kB. Empty if it
    /// wrote none.
    pub stderr: String,
}

impl Failure {
    /// A failure without help.
    #[must_use]
    pub fn new(message: impl AsRef<str>) -> Self {
        let message = text::message(message.as_ref());
        Self { message, help: Vec::new(), stderr: String::new() }
    }

    /// Adds a sentence about what to do.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help.push(text::message(help.as_ref()));
        self
    }

    /// Adds the last lines of what the plug-in wrote to standard error.
    #[must_use]
    pub(crate) fn stderr(mut self, bytes: &[u8]) -> Self {
        self.stderr = last_lines(bytes);
        self
    }

    /// The failure of an answer with `problems`, of which there is at least one. The first is the message.
    #[must_use]
    pub fn of_answer(message: &str, problems: &[String]) -> Self {
        let (first, rest) = match problems {
            [] => return Self::new(message),
            [first, rest @ ..] => (first, rest),
        };
        let failure = Self::new(format!("{message}: {first}"));
        rest.iter().fold(failure, |failure, problem| failure.help(format!("also, {problem}")))
    }
}

/// Returns the last lines of a text, safe to print.
fn last_lines(bytes: &[u8]) -> String {
    let start = bytes.len().saturating_sub(MOST_BYTES);
    let text = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let shown = lines.get(lines.len().saturating_sub(MOST_LINES)..).unwrap_or_default();
    let safe: Vec<String> = shown.iter().map(|line| text::line(line)).collect();
    safe.join("\n")
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn standard_error_is_cleaned_and_shortened() {
        let failure = Failure::new("a\nb").stderr(b"one\r\n\x1b[31mtwo\n::error::x\n\n");
        assert_eq!(failure.message, "a\\nb");
        assert_eq!(failure.stderr, "one\n\\u{1b}[31mtwo\n\\u{3a}:error::x");
        let long = Failure::new("").stderr("line\n".repeat(10_000).as_bytes());
        assert_eq!(long.stderr.lines().count(), 20);
        let wide = Failure::new("").stderr("a".repeat(1 << 20).as_bytes());
        assert_eq!(wide.stderr.len(), 4_096);
    }
}
