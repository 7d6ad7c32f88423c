//! Whether words became syntax. Only what is certain counts: a text of `instruments/hostile.toml` that a file contains
//! unescaped where its format gives it a meaning.

use super::Rule;
use super::files::ending;
use super::judge::{Asked, Judge};

/// A text that has a meaning in a kind of file.
struct Active {
    /// The text as in the words of the instrument.
    text: &'static str,
    /// What it becomes.
    becomes: &'static str,
}

const MARKUP: &[Active] = &[
    Active { text: "<img src=x onerror=alert(1)>", becomes: "an element that runs a script" },
    Active { text: "</script><script>alert(1)", becomes: "a script" },
    Active { text: "<b>bold</b>", becomes: "an element" },
    Active { text: "<b>in</b>", becomes: "an element" },
    Active { text: "&gt; &amp; &lt; &lt;img", becomes: "the characters `&` and `<`" },
];

const LATEX: &[Active] = &[
    Active { text: "\\input{y}", becomes: "a command that reads a file" },
    Active { text: " % nor this", becomes: "a comment" },
];

const MARKDOWN: &[Active] = &[
    Active { text: "<img src=x onerror=alert(1)>", becomes: "an element that runs a script" },
    Active { text: "<b>bold</b>", becomes: "an element" },
];

/// Finds words that became syntax.
pub(super) fn judge(judge: &mut Judge, asked: &Asked<'_>, path: &str, text: &str) {
    let ending = ending(path);
    let found = match ending.as_str() {
        "html" | "htm" | "xhtml" | "xml" | "svg" => first(&without_data(text), MARKUP),
        "tex" => first(&without_verbatim(text), LATEX),
        "md" | "markdown" => first(&without_code(text), MARKDOWN).or_else(|| row(text)),
        _ => None,
    };
    if let Some((line, active, becomes)) = found {
        let message = format!("the words `{active}` are not escaped: they become {becomes}");
        judge.add(Rule::WrongEscape, &ending, asked, &format!("{path}:{line}"), message);
    }
}

fn first(text: &str, active: &[Active]) -> Option<(usize, &'static str, &'static str)> {
    let found = active.iter().filter_map(|active| Some((text.find(active.text)?, active)));
    let (index, active) = found.min_by_key(|(index, _)| *index)?;
    Some((line(text, index), active.text, active.becomes))
}

fn line(text: &str, index: usize) -> usize {
    text[..index].matches('\n').count() + 1
}

/// Blanks the parts of markup in which `<` has no meaning: CDATA sections, and scripts up to their end tag.
fn without_data(text: &str) -> String {
    let text = blank(text, "<![CDATA[", "]]>");
    match text.contains("</script><script>alert(1)") {
        // The script ends too early, so that nothing after it is certain.
        true => text,
        false => blank(&text, "<script", "</script>"),
    }
}

fn without_verbatim(text: &str) -> String {
    blank(
        &blank(text, "\\begin{verbatim}", "\\end{verbatim}"),
        "\\begin{lstlisting}",
        "\\end{lstlisting}",
    )
}

fn without_code(text: &str) -> String {
    let text = blank(text, "```", "```");
    blank(&text, "`", "`")
}

/// Replaces what is between `start` and `end` by spaces. Line breaks remain, so that lines keep their numbers.
fn blank(text: &str, start: &str, end: &str) -> String {
    let (mut done, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once(start) {
        let Some((inside, behind)) = after.split_once(end) else { break };
        done.push_str(before);
        done.extend(inside.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = behind;
    }
    done + rest
}

/// Finds a row of a Markdown table that a word divides.
fn row(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let mut lines = text.lines().enumerate();
    let is_divided =
        |line: &str| line.trim_start().starts_with('|') && line.contains("semicolon; bar | tab");
    let (number, _) = lines.find(|(_, line)| is_divided(line))?;
    Some((number + 1, "bar | tab", "two cells of the table"))
}

#[cfg(test)]
mod tests {
    use super::super::judge::{Asked, Judge};
    use super::judge;

    fn found(path: &str, text: &str) -> Option<String> {
        let mut all = Judge::default();
        let asked = Asked { instrument: "a", language: "en", option: "", line: "" };
        judge(&mut all, &asked, path, text);
        let problem = all.problems().into_iter().next()?;
        problem.example.map(|example| example.place)
    }

    #[test]
    fn raw_words_are_found_in_the_formats_that_give_them_a_meaning() {
        assert_eq!(found("a.html", "<p>\n<b>bold</b></p>").as_deref(), Some("a.html:2"));
        assert_eq!(found("a.html", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"), None);
        assert_eq!(found("a.html", "<script>x = '<b>bold</b>'</script>"), None);
        let closed = "<script>x = '</script><script>alert(1)</script>'</script>";
        assert_eq!(found("a.html", closed).as_deref(), Some("a.html:1"));
        assert_eq!(found("a.xml", "<p><![CDATA[<b>bold</b>]]></p>"), None);
        assert_eq!(found("a.txt", "<b>bold</b>"), None);
        assert_eq!(found("a.md", "`<b>bold</b>`"), None);
        assert_eq!(found("a.md", "x\n| <b>bold</b> |").as_deref(), Some("a.md:2"));
        assert_eq!(found("a.md", "| comma, semicolon; bar | tab |").as_deref(), Some("a.md:1"));
        assert_eq!(found("a.tex", "a \\input{y}").as_deref(), Some("a.tex:1"));
    }
}
