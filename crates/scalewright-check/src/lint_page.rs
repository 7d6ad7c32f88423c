//! The page that explains a lint.

use scalewright_model::Severity;

use crate::lints::Lint;

/// Returns the page about `lint`, in Markdown. The options of code blocks, which only the book uses, are removed unless
/// `with_options` is set.
#[must_use]
pub fn lint_page(lint: &Lint, with_options: bool) -> String {
    let (title, body) = lint.explain.split_once('\n').unwrap_or((lint.explain, ""));
    let level = match lint.level {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let about =
        format!("*{}* · {level} unless set otherwise · since {}", lint.group.name(), lint.since);
    if with_options {
        return format!("{title}\n\n{about}\n{body}");
    }
    let lines = body.lines().map(|line| match line.strip_prefix("```") {
        Some(options) => format!("```{}\n", options.split(',').next().unwrap_or_default()),
        None => format!("{line}\n"),
    });
    format!("{title}\n\n{about}\n{}", lines.collect::<String>())
}
