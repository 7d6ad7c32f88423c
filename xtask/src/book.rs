//! `cargo xtask book`: builds the book with mdBook, and looks whether every link of it leads to a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Done, cargo, root, say, step};

const VERSION: &str = "0.5.4";

/// Builds the book into `target/book`. Whatever mdBook warns of, such as an include that it does not find, is an error.
pub(crate) fn build() -> Done {
    let program = mdbook()?;
    let built = Command::new(&program)
        .args(["build", "docs"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("`{}` cannot be run: {error}", program.display()))?;
    let printed = [built.stdout, built.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    if !built.status.success() || printed.contains("WARN") || printed.contains("ERROR") {
        return Err(format!("mdBook finds fault with the book:\n{printed}"));
    }
    let book = root().join("target/book");
    let broken = broken_links(&book)?;
    if !broken.is_empty() {
        return Err(format!("links that lead nowhere:\n{}", broken.join("\n")));
    }
    say("target/book/index.html\n")
}

/// The mdBook that `MDBOOK` names, else the installed one, else one that is built here: it takes some minutes, once.
fn mdbook() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("MDBOOK") {
        return Ok(named.into());
    }
    let ours = root().join("target/mdbook");
    let built = ours.join("bin/mdbook");
    let found = [PathBuf::from("mdbook"), built.clone()].into_iter().find(|program| {
        let printed = Command::new(program).arg("--version").output();
        printed.is_ok_and(|printed| printed.status.success())
    });
    if let Some(program) = found {
        return Ok(program);
    }
    let to = ours.display().to_string();
    let args = ["install", "--locked", "--root", &to, "--version", VERSION, "mdbook"];
    step(&cargo(), &args, &[])?;
    Ok(built)
}

/// Links to files that the built book does not have.
fn broken_links(book: &Path) -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for page in pages(book)? {
        let text = fs::read_to_string(&page).map_err(|error| error.to_string())?;
        let folder = page.parent().unwrap_or(book);
        for link in ["href=\"", "src=\""].iter().flat_map(|sign| text.split(sign).skip(1)) {
            let link = link.split('"').next().unwrap_or_default();
            let file = link.split(['#', '?']).next().unwrap_or_default();
            let elsewhere = link.contains(':') || file.is_empty() || file.starts_with('/');
            if !elsewhere && !folder.join(file).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    Ok(broken)
}

/// The pages of the built book.
fn pages(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut pages = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages.extend(self::pages(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            pages.push(path);
        }
    }
    pages.sort();
    Ok(pages)
}
