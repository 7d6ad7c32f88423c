//! The report as text.

use scalewright_model::text::line;

use super::{Counts, ImportedFile, difference, is_worth_a_line, proved};
use crate::import::{Import, Imported};
use crate::prove::{Outcome, Proof, Subject};

/// The reports as text, one line for each score and finding.
#[must_use]
pub fn text(files: &[ImportedFile]) -> String {
    let texts = files.iter().map(|file| match &file.import {
        Ok(import) => imported(import, &file.name),
        Err(stop) => format!("{} was not imported: {}\n", file.name, line(file.reason(stop))),
    });
    texts.collect()
}

fn imported(import: &Import, file: &str) -> String {
    let count = import.instruments.len();
    let instruments =
        if count == 1 { "1 instrument".to_owned() } else { format!("{count} instruments") };
    let mut text = format!("{file} is {}: {instruments}\n", import.format.1);
    for one in &import.instruments {
        instrument(one, &mut text);
    }
    let Counts { equal, differs, not_understood, not_proved, errors } = Counts::of(import);
    // Only definitions of plug-ins have scores that cannot be proved.
    let more = if not_proved > 0 { format!(", {not_proved} not proved") } else { String::new() };
    text.push_str(&format!(
        "\nscores: {equal} equal, {differs} differ, {not_understood} not understood{more}\n"
    ));
    if errors > 0 {
        text.push_str("the definition has errors: correct them, and run `scalewright check`\n");
    }
    text
}

fn instrument(one: &Imported, text: &mut String) {
    text.push_str(&format!("\n{}\n", one.id));
    let shown: Vec<&Proof> = one.proofs.iter().filter(|proof| is_worth_a_line(proof)).collect();
    let width = shown.iter().map(|proof| proof.id.chars().count()).max().unwrap_or(0);
    for proof in shown {
        let (word, rest) = outcome(proof);
        text.push_str(&format!("  {word:<15} {:<width$}  {}\n", proof.id, line(&rest)));
    }
    if proved(one) > 0 {
        text.push_str("  A platform's arithmetic is not the instrument's rule: compare scores and missing-data rules with a source.\n");
    }
    // Scores and conditions that were not understood have a line above.
    let others =
        one.findings.iter().filter(|finding| !matches!(&*finding.code, "score" | "condition"));
    for finding in others {
        text.push_str(&format!(
            "  {}: {}: {}\n",
            finding.kind.name(),
            finding.place,
            finding.message
        ));
        for help in &finding.help {
            text.push_str(&format!("    help: {}\n", line(help)));
        }
    }
    for error in &one.errors {
        text.push_str(&format!("  error: {}\n", line(error)));
    }
}

/// The word for an outcome, and what there is to say about it.
fn outcome(proof: &Proof) -> (&'static str, String) {
    let what = match proof.subject {
        Subject::Score => "",
        Subject::Condition => "condition: ",
    };
    match &proof.outcome {
        Outcome::Equal(sets) => ("equal", format!("{what}on {sets} sets of answers")),
        Outcome::Differs(_) => {
            ("differs", format!("{what}{}", difference(proof).unwrap_or_default()))
        }
        Outcome::NotUnderstood(reason) => ("not understood", format!("{what}{reason}")),
        Outcome::NotProved(reason) => ("not proved", format!("{what}{reason}")),
    }
}
