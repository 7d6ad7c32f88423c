//! Consistency of the book: links, the summary, and pages that must match the program.

use std::collections::BTreeSet;
use std::path::PathBuf;

use scalewright_check::lints::LINTS;

use super::{Block, Chunk, below, book, chunks, name, pages, read};
use crate::support::{root, run};

/// The targets of the links of a page, outside blocks and code.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for chunk in chunks(text) {
        let Chunk::Prose(prose) = chunk else { continue };
        let shown = prose.split("<!--").map(|part| part.rsplit("-->").next().unwrap_or_default());
        let prose: String = shown.collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for after in prose.split("](").skip(1) {
            links.extend(after.split_once(')').map(|(link, _)| link.to_owned()));
        }
    }
    links
}

/// The anchor of a heading in a link.
fn anchor(heading: &str) -> String {
    let kept =
        heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for chunk in chunks(text) {
        let Chunk::Prose(prose) = chunk else { continue };
        let headings = prose.lines().filter(|line| line.starts_with('#'));
        anchors.extend(headings.map(|line| anchor(line.trim_start_matches('#'))));
    }
    anchors
}

#[test]
fn every_link_has_a_target() {
    let mut faults = Vec::new();
    let mut count = 0;
    for page in pages() {
        for link in links(&read(&page)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (file, part) = link.split_once('#').unwrap_or((&link, ""));
            let folder = page.parent().expect("a page is in a folder");
            let target = if file.is_empty() { page.clone() } else { folder.join(file) };
            let there =
                target.exists() && (part.is_empty() || anchors(&read(&target)).contains(part));
            if !there {
                faults.push(format!("{}: {link}", name(&page)));
            }
        }
    }
    assert!(count > 50, "too few links were found");
    assert!(faults.is_empty(), "links without a target:\n{}", faults.join("\n"));
}

#[test]
fn the_summary_lists_every_page() {
    let folder = root().join("docs/src");
    let listed: BTreeSet<PathBuf> =
        links(&read(&folder.join("SUMMARY.md"))).iter().map(|link| folder.join(link)).collect();
    let there: BTreeSet<PathBuf> =
        book().into_iter().filter(|page| !page.ends_with("SUMMARY.md")).collect();
    assert_eq!(listed, there);
}

#[test]
fn every_lint_has_its_page() {
    let list = read(&root().join("docs/src/lints.md"));
    let printed = run(&["explain", "--format", "markdown"], &root()).out;
    assert!(list == printed, "docs/src/lints.md is out of date: run `cargo xtask generate`");
    for lint in LINTS {
        let page = read(&root().join(format!("docs/src/lints/{}.md", lint.name)));
        let printed = run(&["explain", lint.name, "--format", "markdown"], &root()).out;
        assert!(
            page == printed,
            "{}: its page is out of date: run `cargo xtask generate`",
            lint.name
        );
        let file = format!("crates/scalewright-check/src/lints/{}.md", lint.name.replace('-', "_"));
        assert_eq!(
            read(&root().join(&file)),
            lint.explain,
            "{}: the page is in another file",
            lint.name
        );
        assert!(
            page.contains(&format!("[{}]", lint.name)),
            "{}: its page shows no finding",
            lint.name
        );
        for part in ["Why it matters", "An example", "How to fix it", "When to allow it"] {
            assert!(page.contains(&format!("\n## {part}\n")), "{}: no `{part}`", lint.name);
        }
    }
}

/// The codes of all findings in the sources.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for file in below(&root().join("crates"), ".rs") {
        let text = read(&file);
        for sign in ["Diagnostic::error(", "Diagnostic::warning(", "code: ", ".code("] {
            let calls = text.split(sign).skip(1).map(str::trim_start);
            let literals = calls.filter_map(|call| call.strip_prefix('"')?.split_once('"'));
            codes.extend(literals.map(|(code, _)| code.to_owned()));
        }
    }
    assert!(codes.len() > 50, "too few codes were found");
    codes
}

#[test]
fn every_message_is_explained() {
    // The warnings of `diff` and about settings are on the pages that explain them.
    let pages = ["messages.md", "versions.md", "levels.md"];
    let pages = pages.map(|page| read(&root().join("docs/src").join(page)));
    let is_explained =
        |code: &str| pages.iter().any(|page| page.contains(&format!("| `{code}` |")));
    let missing: Vec<String> = codes().into_iter().filter(|code| !is_explained(code)).collect();
    assert!(missing.is_empty(), "docs/src/messages.md lacks {missing:?}");
}

#[test]
fn the_pages_of_keys_match_the_schemas() {
    for kind in ["instrument", "wording", "cases", "config", "pack", "target"] {
        let printed = run(&["schema", kind, "--format", "markdown"], &root());
        assert!(
            keys(kind) == printed.out,
            "docs/src/reference/{kind}.md is out of date: run `cargo xtask generate`"
        );
    }
}

/// The page about the keys of a file, joined from the parts into which `cargo xtask generate` divides it.
fn keys(kind: &str) -> String {
    let folder = root().join("docs/src/reference");
    let mut page = read(&folder.join(format!("{kind}.md")));
    let parts: &[&str] =
        if kind == "instrument" { &["items", "scales", "flags", "norms"] } else { &[] };
    for part in parts {
        let text = read(&folder.join(format!("{kind}-{part}.md")));
        page.push_str(text.split_once("\n## ").map_or("", |(title, _)| &text[title.len()..]));
    }
    let files =
        ["", "-items", "-scales", "-flags", "-norms"].map(|part| format!("]({kind}{part}.md#"));
    files.iter().fold(page, |page, file| page.replace(file, "](#"))
}

#[test]
fn the_command_pages_have_every_command() {
    let reference = root().join("docs/src/reference");
    let pages =
        below(&reference, ".md").into_iter().filter(|page| name(page).contains("/commands"));
    let pages: String = pages.map(|page| read(&page)).collect();
    let help = run(&["--help"], &root()).out;
    let list = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next());
    let commands = list.unwrap_or_default().lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split_whitespace().next()?;
        (!line.starts_with("   ") && name != "help").then_some(name)
    });
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 8, "too few commands were found: {commands:?}");
    for command in commands {
        let line = format!("$ scalewright {command} --help");
        assert!(pages.contains(&line), "docs/src/reference/commands*.md lack `{line}`");
    }
}

/// The line above a block that names its file, because readers do not see the fence.
fn caption(block: &Block) -> Option<String> {
    let diff = block.words()[0] == "diff";
    let captions =
        [("file", if diff { "Change in" } else { "File" }), ("append", "Add to"), ("from", "In")];
    captions.iter().find_map(|(key, words)| Some(format!("{words} `{}`:", block.value(key)?)))
}

#[test]
fn every_example_shows_its_file() {
    let mut faults = Vec::new();
    for page in pages() {
        let mut above = String::new();
        for chunk in chunks(&read(&page)) {
            match chunk {
                Chunk::Prose(prose) => above = prose,
                Chunk::Block(block) => {
                    let last = above.trim_end().lines().next_back().unwrap_or_default();
                    if let Some(caption) = caption(&block).filter(|caption| last != caption) {
                        faults.push(format!("{}:{}: write `{caption}`", name(&page), block.line));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "lines missing above blocks:\n{}", faults.join("\n"));
}

#[test]
fn no_example_is_hidden() {
    for page in pages() {
        let mut hidden = false;
        for chunk in chunks(&read(&page)) {
            match chunk {
                Chunk::Prose(prose) => {
                    let (open, close) = (prose.rfind("<!--"), prose.rfind("-->"));
                    hidden = match (open, close) {
                        (None, None) => hidden,
                        (open, close) => open > close,
                    };
                }
                Chunk::Block(block) => {
                    assert!(
                        !hidden,
                        "{}:{}: this example is hidden from readers",
                        name(&page),
                        block.line
                    );
                }
            }
        }
    }
}

/// The number of cells of a line of a table.
fn cells(line: &str) -> usize {
    line.replace("\\|", "").matches('|').count()
}

#[test]
fn tables_are_complete() {
    for page in pages() {
        for chunk in chunks(&read(&page)) {
            let Chunk::Prose(prose) = chunk else { continue };
            let lines: Vec<&str> = prose.lines().collect();
            for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with('|'))
            {
                let first = index == 0 || !lines[index - 1].starts_with('|');
                let below = lines.get(index + 1).copied().unwrap_or_default();
                let place = format!("{}: {line}", name(&page));
                assert!(
                    !first || below.starts_with("|-"),
                    "{place}: a table begins with its header"
                );
                assert!(
                    first || cells(line) == cells(lines[index - 1]),
                    "{place}: the number of cells differs from the line above"
                );
            }
        }
    }
}

/// No page of the book is too long to read at once.
#[test]
fn pages_are_short() {
    // These are generated tables to look things up in.
    let tables = ["reference/scoring-code.md", "reference/config.md", "reference/targets-keys.md"];
    for page in book().into_iter().filter(|page| !tables.iter().any(|table| page.ends_with(table)))
    {
        let count = read(&page).split_whitespace().count();
        assert!(count <= 2_200, "{}: {count} words: divide it", name(&page));
    }
}
