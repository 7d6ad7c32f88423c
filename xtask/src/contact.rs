//! `cargo xtask contact-sheet`: small pictures of every instrument's form in every layout, on both papers, for the book.

use std::fs;

use crate::run::{Done, cargo, output, root, step};

/// Instruments side by side, each with its layouts.
const ABREAST: usize = 3;

const LAYOUTS: [&str; 3] = ["compact", "comfortable", "large-print"];

/// Writes a picture for each size of sheet. Instruments that withhold their wording are shown with invented words.
pub(crate) fn sheets() -> Done {
    step(&cargo(), &["build", "-p", "scalewright"], &[])?;
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let target = root().join(target);
    let program = target.join("debug/scalewright").display().to_string();
    for paper in ["a4", "us-letter"] {
        let folder = target.join("contact").join(paper);
        for layout in LAYOUTS {
            let out = folder.join(layout).display().to_string();
            let export =
                ["export", "instruments", "--to", "pdf", "--set", "pdf.attachments=no", "--quiet"];
            let how = ["--wording", "tests/fixtures/wording", "--paper", paper, "--layout", layout];
            output(&program, &[&export[..], &how, &["--out", &out]].concat())?;
        }
        let mut names: Vec<_> = fs::read_dir(folder.join(LAYOUTS[0]))
            .map_err(|error| error.to_string())?
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        names.sort();
        let forms =
            names.iter().flat_map(|name| LAYOUTS.map(|layout| folder.join(layout).join(name)));
        let forms: Vec<String> = forms.map(|form| form.display().to_string()).collect();
        let (sheet, columns) =
            (format!("docs/src/images/forms-{paper}.png"), (ABREAST * LAYOUTS.len()).to_string());
        let mut args = vec!["tests/oracles/pdf/contact.py", &sheet, &columns];
        args.extend(forms.iter().map(String::as_str));
        output("python3", &args)?;
    }
    Ok(())
}
