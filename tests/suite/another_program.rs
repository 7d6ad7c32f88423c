//! The example on the page about using the crates. The page contains what follows this comment, up to the test.

use std::path::Path;

use scalewright_model::Stop;
use scalewright_project::{Disk, Library, sound};
use scalewright_scoring::{Responses, evaluate};

/// Returns the scores of a respondent who gave every item of an instrument the same answer.
fn scores(cwd: &Path, id: &str, answer: f64) -> Result<Vec<(String, Option<f64>)>, Stop> {
    let library = Library::at(&Disk, cwd, Some("instruments".into()));
    let found = library.one(Path::new(id))?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked).map_err(|unsound| unsound.stop)?;
    let answers = vec![Some(answer); instrument.items.len()];
    let scored = evaluate(&checked.program, &Responses::of_one(&answers));
    let scores = checked.program.scores.iter().zip(scored).map(|(score, scored)| {
        let scale = &instrument.scales[score.scale.0];
        (scale.id.clone(), scored.score.get(0))
    });
    Ok(scores.collect())
}

#[test]
fn the_example_of_the_page_computes_scores() {
    let scores = scores(&crate::support::root(), "side-by-side", 3.0).expect("it can be scored");
    let ids = ["sbs_tasks", "sbs_goals", "sbs_bond", "sbs_total"].map(str::to_owned);
    let expected = ids.into_iter().zip([12.0, 12.0, 12.0, 36.0].map(Some));
    assert_eq!(scores, expected.collect::<Vec<_>>());
}
