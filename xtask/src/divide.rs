//! Divides the reference page of `instrument.toml`, which is too long for one page of the book.

/// The pages after the first: file name, title, and first heading.
const PAGES: [(&str, &str, &str); 4] = [
    ("instrument-items", "`instrument.toml`: answers and items", "## `[response-scales.NAME]`\n"),
    ("instrument-scales", "`instrument.toml`: scales", "## `[[scales]]`\n"),
    ("instrument-flags", "`instrument.toml`: shared recodings and flags", "## `[recodes.NAME]`\n"),
    ("instrument-norms", "`instrument.toml`: tables, norms and models", "## `[tables.NAME]`\n"),
];

const INTRODUCTION: &str =
    "The first page is [`instrument.toml`](instrument.md). A key in **bold** is required.";

/// Divides the printed page. Returns the names of the files with their texts, in which links name the right file.
pub(crate) fn instrument(printed: &str) -> Result<Vec<(&'static str, String)>, String> {
    let mut parts = Vec::new();
    let mut rest = printed;
    // From the last page, because each page ends where the next one begins.
    for (name, title, heading) in PAGES.iter().rev() {
        let at = rest.find(heading).ok_or_else(|| format!("the page has no `{heading}`"))?;
        let body = rest[at..].trim_end();
        parts.push((*name, format!("# {title}\n\n{INTRODUCTION}\n\n{body}\n")));
        rest = &rest[..at];
    }
    parts.push(("instrument", format!("{}\n", rest.trim_end())));
    parts.reverse();
    let linked = parts.iter().map(|(name, text)| (*name, linked(name, text, &parts)));
    Ok(linked.collect())
}

/// Returns the text of a part, in which links to headings of other parts name the file.
fn linked(name: &str, text: &str, parts: &[(&str, String)]) -> String {
    let mut links = text.split("](#");
    let mut linked = links.next().unwrap_or_default().to_owned();
    for after in links {
        let anchor = after.split(')').next().unwrap_or_default();
        let home = parts.iter().find(|(_, text)| anchors(text).any(|other| other == anchor));
        match home {
            Some((home, _)) if *home != name => linked.push_str(&format!("]({home}.md#{after}")),
            _ => linked.push_str(&format!("](#{after}")),
        }
    }
    linked
}

/// Returns the anchors of the headings of a page, as mdBook names them.
fn anchors(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter(|line| line.starts_with("## ")).map(|heading| {
        let kept =
            heading[3..].chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().trim().to_lowercase().replace(' ', "-")
    })
}

#[cfg(test)]
mod tests {
    use super::instrument;

    #[test]
    fn links_lead_to_the_page_of_their_heading() {
        let printed = "# Keys\n\n[s](#scales)\n\n## `[response-scales.NAME]`\n\na\n\n\
            ## `[[scales]]`\n\n[own](#scales)\n\n## `[recodes.NAME]`\n\nb\n\n## `[tables.NAME]`\n\n[a](#response-scalesname)\n";
        let pages = instrument(printed).expect("the page has all headings");
        let names: Vec<&str> = pages.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "instrument",
                "instrument-items",
                "instrument-scales",
                "instrument-flags",
                "instrument-norms"
            ]
        );
        assert!(pages[0].1.ends_with("[s](instrument-scales.md#scales)\n"), "{}", pages[0].1);
        assert!(pages[2].1.ends_with("[own](#scales)\n"), "{}", pages[2].1);
        let last = "[a](instrument-items.md#response-scalesname)\n";
        assert!(pages[4].1.ends_with(last), "{}", pages[4].1);
    }
}
