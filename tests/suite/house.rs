//! The house style of a study on everything that is printed: logo, colour, footer and paper.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::pdf::{assert_kept, command};
use crate::support::{Run, root, run};

/// A study folder with settings, logos and one instrument.
fn study() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["scalewright.toml", "logo.svg", "logo.png"] {
        let from = root().join("tests/fixtures/house").join(name);
        fs::copy(from, folder.path().join(name)).expect("it can be copied");
    }
    let from = root().join("instruments/side-by-side/instrument.toml");
    let text = fs::read_to_string(from).expect("the definition exists");
    // The translations are not copied.
    let lines = text.lines().filter(|line| !line.starts_with("translations"));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    fs::write(folder.path().join("form.toml"), text).expect("the file is writable");
    folder
}

/// Replaces `from` by `to` in the settings.
fn change(study: &TempDir, from: &str, to: &str) {
    let path = study.path().join("scalewright.toml");
    let text = fs::read_to_string(&path).expect("the settings exist");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("the file is writable");
}

fn export(study: &TempDir, more: &[&str]) -> Run {
    let args = ["export", "form.toml", "--to", "pdf", "--set", "pdf.with=scoring", "--out", "out"];
    run(&[&args, more].concat(), study.path())
}

fn printed(pdf: &Path) -> String {
    let text = command("pdftotext", &["-layout", &pdf.display().to_string(), "-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn report(study: &TempDir) -> PathBuf {
    let ids: Vec<String> = (1..=12).map(|item| format!("sbs_{item}")).collect();
    let row = ["3"; 12].join(",");
    fs::write(study.path().join("a.csv"), format!("respondent,{}\nann,{row}\n", ids.join(",")))
        .expect("the file is writable");
    let result = run(&["report", "form.toml", "a.csv", "--out", "out"], study.path());
    assert_eq!(result.code, 0, "{}", result.err);
    study.path().join("out/side-by-side.ann.pdf")
}

#[test]
fn forms_and_reports_have_logo_and_footer_and_conform_to_the_standards() {
    for logo in ["logo.svg", "logo.png"] {
        let study = study();
        change(&study, "\"logo.svg\"", &format!("\"{logo}\""));
        let result = export(&study, &["--set", "pdf.fillable=yes"]);
        assert_eq!(result.code, 0, "{}", result.err);
        let mut pdfs = vec![report(&study)];
        pdfs.extend(
            ["en", "en.scoring"].map(|n| study.path().join(format!("out/side-by-side.{n}.pdf"))),
        );
        for pdf in &pdfs {
            let text = printed(pdf);
            assert!(text.contains("The Harbour Study · #panic(1) *room* $12$ <b>"), "{text}");
            let path = pdf.display().to_string();
            let about = command("pdfinfo", &[&path]);
            assert!(about.contains("612 x 792"), "US Letter: {about}");
            let tags = command("pdfinfo", &["-struct", &path]);
            assert!(tags.contains("Figure"), "the logo is a figure: {tags}");
            // The colour from the settings is the only colour of text.
            let python = root().join("target/oracles/venv/bin/python").display().to_string();
            let output = command(&python, &["tests/oracles/pdf/house.py", &path]);
            assert_eq!(output.trim(), "#1f4e79; Harbour University: a sailing boat");
        }
        assert_kept(&pdfs);
    }
}

#[test]
fn command_line_options_override_the_settings() {
    let study = study();
    let pages = |args: &[&str]| {
        let result = export(&study, args);
        assert_eq!(result.code, 0, "{}", result.err);
        let pdf = study.path().join("out/side-by-side.en.pdf");
        command("pdfinfo", &[&pdf.display().to_string()])
    };
    let large = pages(&["--layout", "large-print", "--paper", "a4"]);
    assert!(
        large.contains("595.276 x 841.89") && !large.contains("Pages:           1\n"),
        "{large}"
    );
    assert!(pages(&[]).contains("Pages:           1\n"), "compact as in the settings");
}

#[test]
fn unusable_settings_are_reported_with_their_location() {
    for (from, to, code, place) in [
        ("\"#1f4e79\"", "\"#9fc5e8\"", "faint-colour", 5),
        ("\"#1f4e79\"", "\"navy\"", "wrong-form", 5),
        ("logo-alt = ", "# ", "missing-key", 6),
        ("logo = ", "# ", "misplaced-key", 7),
        ("\"us-letter\"", "\"letter\"", "unknown-value", 3),
        ("\"logo.svg\"", "\"no.svg\"", "unusable-file", 6),
        ("\"logo.svg\"", "\"/etc/hostname\"", "unusable-file", 6),
        ("\"logo.svg\"", "\".\"", "unusable-file", 6),
        ("\"logo.svg\"", "\"form.toml\"", "unusable-file", 6),
        ("footer = \"", "footer = \"\u{5d0}", "missing-letter", 8),
        ("footer = \"", "fonts = \"no\"\nfooter = \"", "unusable-file", 8),
    ] {
        let study = study();
        change(&study, from, to);
        let result = export(&study, &[]);
        assert_eq!(result.code, 2, "{to}: {}", result.err);
        assert!(result.err.contains(&format!("error[{code}]")), "{to}: {}", result.err);
        assert!(result.err.contains(&format!("scalewright.toml:{place}:")), "{to}: {}", result.err);
        assert!(!study.path().join("out").exists(), "nothing is written");
    }
}

#[test]
fn an_unsafe_or_broken_logo_is_rejected_at_its_setting() {
    const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"";
    let huge = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff".as_slice()].concat();
    let png = fs::read(root().join("tests/fixtures/house/logo.png")).expect("the logo exists");
    for (bytes, expected) in [
        (format!("{HEAD}><image href=\"/etc/passwd\"/></svg>").into_bytes(), "`image`"),
        (
            format!("{HEAD}><image href=\"http://example.org/a.png\"/></svg>").into_bytes(),
            "`image`",
        ),
        (format!("{HEAD}><script>1</script></svg>").into_bytes(), "`script`"),
        (format!("{HEAD} onload=\"x()\"/>").into_bytes(), "`onload`"),
        (
            format!("<!DOCTYPE svg SYSTEM \"file:///etc/passwd\">{HEAD}/>").into_bytes(),
            "document type",
        ),
        (HEAD.as_bytes().to_vec(), "a broken SVG file"),
        (png[..png.len() / 2].to_vec(), "a broken PNG file"),
        (huge, "65535 × 65535 pixels"),
        (vec![b'<'; 2 << 20], "larger than 1 MiB"),
    ] {
        let study = study();
        fs::write(study.path().join("logo.svg"), bytes).expect("the file is writable");
        let result = export(&study, &[]);
        assert_eq!(result.code, 2, "{expected}: {}", result.err);
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
        assert!(result.err.contains("scalewright.toml:6:8"), "{expected}: {}", result.err);
        assert!(!study.path().join("out").exists(), "nothing is written");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let study = study();
    let logo = study.path().join("logo.svg");
    fs::remove_file(&logo).expect("it exists");
    let elsewhere = root().join("tests/fixtures/house/logo.svg");
    std::os::unix::fs::symlink(elsewhere, logo).expect("the link can be created");
    let result = export(&study, &[]);
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("is outside the folder of the settings"), "{}", result.err);
}
