//! Mutants: which changes of a definition its cases notice.

use crate::support::{root, run};

fn concise(name: &str, more: &[&str]) -> crate::support::Run {
    let path = format!("tests/mutants/{name}");
    let mut args = vec!["check", "--mutants", "--format", "concise", &path];
    args.extend(more);
    run(&args, &root())
}

#[test]
fn cases_that_notice_every_mutant_give_no_findings() {
    let result = concise("noticed", &["--deny-warnings"]);
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
    assert_eq!(result.out, "");
    // One mutant is equivalent: if `high` includes 4.5 too, `low` comes first and still has it.
    let summary = "noticed: 11 mutants, 11 noticed, 0 not; 1 equivalent, not counted\n";
    assert!(result.err.contains(summary), "{}", result.err);
}

#[test]
fn a_reversal_that_no_case_tests_is_reported_at_its_key() {
    let result = concise("unreversed", &[]);
    assert_eq!(result.code, 0, "warnings are not errors: {}", result.err);
    let lines: Vec<&str> = result.out.lines().collect();
    let text = "tests/mutants/unreversed/instrument.toml:43:16: warning[unnoticed-mutant]: \
        no case notices when `m2` on `mut` is keyed the other way";
    assert!(lines.contains(&text), "{}", result.out);
    assert!(lines.iter().all(|line| !line.contains("`m1` on")), "{}", result.out);
    let denied = concise("unreversed", &["--deny-warnings"]);
    assert_eq!(denied.code, 1, "{}", denied.err);
    assert_eq!(denied.out, result.out, "the same on every run");
}

#[test]
fn each_unnoticed_mutant_has_example_responses() {
    let result = run(&["check", "--mutants", "tests/mutants/unreversed"], &root());
    assert!(result.out.contains("`responses = { m1 = "), "{}", result.out);
    assert!(result.out.contains("an answer to `m2` that is not the middle one"), "{}", result.out);
}

#[test]
fn without_cases_nothing_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().join("noticed");
    std::fs::create_dir(&at).expect("the folder can be created");
    let definition = root().join("tests/mutants/noticed/instrument.toml");
    std::fs::copy(definition, at.join("instrument.toml")).expect("it can be copied");
    let result = run(&["check", "--mutants", "noticed", "--deny-warnings"], folder.path());
    assert_eq!(result.code, 1, "{}", result.err);
    let summary =
        "noticed: 11 mutants, 0 noticed, 11 not; 1 equivalent, not counted; there are no cases";
    assert!(result.err.contains(summary), "{}", result.err);
}

/// A definition of `count` scales of five items and their total, and cases of some of them.
fn many(count: usize) -> scalewright_check::Mutants {
    let mut text = String::from(
        "format = 1\nid = \"many\"\ntitle = \"Many\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\n\
         [rights]\nholder = \"A\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\n\
         [administration]\nrespondent = \"self\"\n\n\
         [response-scales.f]\noptions = [{ value = 0, label = \"No\" }, { value = 1, label = \"A bit\" }, { value = 2, label = \"Yes\" }]\n",
    );
    let names = |scale: usize| (0..5).map(move |item| format!("q{scale}_{item}"));
    for item in (0..count).flat_map(names) {
        text += &format!("\n[[items]]\nid = \"{item}\"\nstem = \"On {item}.\"\nresponse = \"f\"\n");
    }
    for scale in 0..count {
        let items: Vec<String> = names(scale).map(|item| format!("\"{item}\"")).collect();
        text += &format!(
            "\n[[scales]]\nid = \"s{scale}\"\ntitle = \"S{scale}\"\nitems = [{}]\nscore = \"sum\"\nmissing = \"prorate\"\nmin-answered = 4\n",
            items.join(", ")
        );
    }
    let parts: Vec<String> = (0..count).map(|scale| format!("\"s{scale}\"")).collect();
    text += &format!(
        "\n[[scales]]\nid = \"total\"\ntitle = \"T\"\nscales = [{}]\nscore = \"sum\"\nmissing = \"no-score\"\n",
        parts.join(", ")
    );
    let answers: Vec<String> =
        (0..count).flat_map(names).map(|item| format!("{item} = 1")).collect();
    let cases = format!(
        "format = 1\ninstrument = \"many\"\nsource = \"Made up.\"\n\n[[cases]]\nresponses = {{ {} }}\nscores = {{ s0 = 5, total = {} }}\n",
        answers.join(", "),
        5 * count
    );
    let source = |name: &str, text: String| scalewright_check::Source {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let cases = Some(source("cases.toml", cases));
    let input = scalewright_check::Input::alone(source("instrument.toml", text));
    let checked = scalewright_check::check(scalewright_check::Input { cases, ..input });
    scalewright_check::mutants(&checked).expect("the definition has no errors")
}

/// The work is counted and not timed, so that a machine in use does not matter.
#[test]
fn the_work_is_proportional_to_the_number_of_scales() {
    let [few, more] = [10, 100].map(many);
    assert_eq!((few.count, more.count), (81, 801));
    let ratio = more.work as f64 / few.work as f64;
    assert!(ratio < 12.0, "{ratio}: {} and {}", few.work, more.work);
}

/// The mutants of a norm say which group they change, at that group.
#[test]
fn mutants_of_norms_name_the_group() {
    let result = concise("norms", &[]);
    let lines: Vec<&str> = result.out.lines().collect();
    for (place, what) in [
        ("53:30", "5.1 becomes 5.2 in group 1 of `mut_adults_t`"),
        ("54:51", "5.2 becomes 5.3 in group 2 of `mut_adults_t`"),
        ("54:61", "2.2 becomes 2.3 in group 2 of `mut_adults_t`"),
    ] {
        let line = format!("tests/mutants/norms/instrument.toml:{place}: ");
        let found = lines.iter().any(|one| one.starts_with(&line) && one.contains(what));
        assert!(found, "{place} {what}: {}", result.out);
    }
}
