//! Tests of the renderer's guarantees: a PDF or all problems, from the given input only.

use scalewright_pdf::{Problem, TypstDocument, render};

const PREAMBLE: &str = "#set document(title: \"A page\")\n#set text(font: \"Noto Sans\")\n";

/// Renders markup with a title and in an embedded font.
fn page(markup: &str, files: &[(&str, &[u8])]) -> Result<Vec<u8>, Vec<Problem>> {
    render(&TypstDocument {
        main: &format!("{PREAMBLE}{markup}"),
        files,
        parts: &[],
        ident: "test",
    })
}

/// The message of the only problem.
fn refusal(markup: &str, files: &[(&str, &[u8])]) -> String {
    match page(markup, files) {
        Ok(_) => panic!("the markup should be refused: {markup}"),
        Err(problems) => match <[Problem; 1]>::try_from(problems) {
            Ok([problem]) => problem.message,
            Err(problems) => panic!("there should be one problem: {problems:#?}"),
        },
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_page_becomes_a_tagged_pdf_that_claims_both_standards() {
    let pdf = page("Hello.", &[]).expect("renders");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for claim in ["<pdfaid:part>3</", "<pdfaid:conformance>A</", "<pdfuaid:part>1</"] {
        assert!(contains(&pdf, claim), "the metadata should contain {claim}");
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    assert_eq!(page("Hello.", &[]), page("Hello.", &[]));
}

#[test]
fn a_document_without_a_date_is_dated_1970() {
    let dated = |date| page(&format!("#set document(date: {date})"), &[]).expect("renders");
    assert!(contains(&dated("auto"), "D:19700101000000"));
    assert!(contains(&dated("datetime(year: 2026, month: 1, day: 5)"), "D:20260105"));
}

#[test]
fn the_ident_distinguishes_documents() {
    let render_as =
        |ident| render(&TypstDocument { main: PREAMBLE, files: &[], parts: &[], ident });
    assert_ne!(render_as("one").expect("renders"), render_as("two").expect("renders"));
}

#[test]
fn regular_bold_italic_and_symbols_are_embedded() {
    let pdf = page("Plain *bold* _italic_ Žluťoučký Ελληνικά Русский 3 ≥ 2 → 1 ✓", &[]);
    let pdf = pdf.expect("renders");
    for face in ["NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSansMath-Regular"] {
        assert!(contains(&pdf, face), "{face} should be embedded");
    }
}

#[test]
fn a_character_without_a_glyph_is_refused_by_name() {
    let message = refusal("#grid([安 and 静 and 安])", &[]);
    assert_eq!(message, "no font has the character `安` (U+5B89), `静` (U+9759)");
}

#[test]
fn data_is_read_from_the_given_files() {
    let pdf =
        page("#json(\"/form.json\").stem", &[("/form.json", br#"{"stem": "I felt at ease."}"#)]);
    assert!(pdf.is_ok());
}

#[test]
fn markup_in_data_stays_text() {
    let hostile =
        br##"{"stem": "#panic(1) *bold* $x$ @ref <lab> // \\ [ #read(\"/etc/passwd\")"}"##;
    let pdf = page("#json(\"/form.json\").stem", &[("/form.json", hostile)]).expect("renders");
    assert!(!contains(&pdf, "NotoSans-Bold"), "an asterisk in data should not make bold text");
}

#[test]
fn data_is_never_evaluated_as_a_source() {
    let message = refusal("#include \"/form.json\"", &[("/form.json", b"#panic()")]);
    assert_eq!(message, "not a Typst source file");
}

#[test]
fn the_file_system_is_not_accessible() {
    let message = refusal("#read(\"/etc/hostname\")", &[]);
    assert_eq!(message, "file not found (searched at /etc/hostname)");
    assert!(refusal("#read(\"../../etc/hostname\")", &[]).contains("path"));
}

#[test]
fn packages_and_the_network_are_not_accessible() {
    let message = refusal("#import \"@preview/tablex:0.0.9\": *", &[]);
    assert_eq!(message, "package not found (searched for @preview/tablex:0.0.9)");
    refusal("#image(\"https://example.org/a.png\")", &[]);
}

#[test]
fn the_clock_is_not_accessible() {
    refusal("#datetime.today().display()", &[]);
}

#[test]
fn a_path_outside_the_virtual_root_is_a_problem() {
    assert!(refusal("", &[("/../form.json", b"{}")]).contains("/../form.json"));
}

#[test]
fn a_syntax_error_is_a_problem() {
    assert_eq!(refusal("#let x =", &[]), "expected expression");
}

#[test]
fn a_warning_is_a_problem() {
    assert_eq!(
        refusal("#set text(font: \"Comic Sans\")\nHello.", &[]),
        "unknown font family: comic sans"
    );
}

#[test]
fn a_document_without_a_title_is_a_problem() {
    let problems = render(&TypstDocument { main: "Hello.", files: &[], parts: &[], ident: "test" });
    assert!(problems.is_err_and(|problems| problems.iter().any(|p| p.message.contains("title"))));
}
