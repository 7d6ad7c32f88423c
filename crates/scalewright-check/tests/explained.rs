//! What the explanation of a score says, followed to the letter: it must lead to the program's score.

use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::{Instrument, Origin, ScaleIx};
use scalewright_scoring::{Accepted, Program, Responses, evaluate, formula_text, sampled_ends};

/// The folders of all definitions that are scored in tests.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let all = ["instruments", "tests/scoring"].map(|folder| root.join(folder));
    let all = all.iter().flat_map(|folder| fs::read_dir(folder).expect("it exists").flatten());
    let all = all.map(|entry| entry.path()).filter(|path| path.join("instrument.toml").is_file());
    let mut all: Vec<PathBuf> = all.collect();
    all.sort();
    all
}

fn checked(name: &str, text: String) -> Checked {
    let definition = Source { name: name.to_owned(), bytes: text.into_bytes() };
    check(Input::alone(definition))
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// An answer that an item accepts.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small")]
    #[expect(clippy::cast_sign_loss, reason = "a count of steps")]
    fn answer(&mut self, accepted: &Accepted) -> f64 {
        match accepted {
            Accepted::Values(values) => {
                values[self.roll(values.len() as u64) as usize].number()
            }
            Accepted::Choices(options) => (1 + self.roll((1 << options.len()) - 1)) as f64,
            Accepted::Between { min, max, decimals } => {
                let (low, high) = sampled_ends(*min, *max);
                let step = 10_f64.powi(-(*decimals as i32));
                let steps = ((high - low) / step).round() as u64;
                low + self.roll(steps + 1) as f64 * step
            }
        }
    }

    /// Answers to all items, of which one in `blank` is missing; none if `blank` is 0.
    fn answers(&mut self, program: &Program, items: usize, blank: u64) -> Vec<Option<f64>> {
        let one = |at: usize| {
            let answer = program.answers[at].as_ref()?;
            let value = self.answer(&answer.accepted);
            (blank == 0 || self.roll(blank) > 0).then_some(value)
        };
        (0..items).map(one).collect()
    }
}

fn alike(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

/// The definition with a copy of each score, made from the printed formula.
fn copied(text: &str, instrument: &Instrument, program: &Program) -> String {
    let mut text = text.to_owned();
    for score in &program.scores {
        let scale = &instrument.scales[score.scale.0];
        let formula = formula_text(&score.formula, instrument).replace("'''", "");
        let id = format!("zz_{}", score.scale.0);
        let head = |table: &str| format!("\n[[{table}]]\nid = \"{id}\"\ntitle = \"Copy\"\n");
        text.push_str(&match scale.origin {
            Origin::Flag(_) => format!("{}when = '''{formula}'''\n", head("flags")),
            Origin::Scale(_) | Origin::Norm(..) => format!(
                "{}score = \"formula\"\nmissing = \"in-formula\"\nformula = '''{formula}'''\n",
                head("scales")
            ),
        });
    }
    text
}

#[test]
fn printed_formulas_can_be_copied_back() {
    let mut compared = 0;
    for folder in folders() {
        let path = folder.join("instrument.toml");
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).expect("it is readable");
        let original = checked(&name, text.clone());
        let instrument = original.instrument.as_ref().expect("it is valid");
        let copy = checked(&name, copied(&text, instrument, &original.program));
        let errors: Vec<String> = copy
            .findings
            .iter()
            .filter(|finding| finding.is_error())
            .map(|finding| format!("{} {:?}", finding.message, finding.help))
            .collect();
        let again = copy.instrument.as_ref();
        let again = again.unwrap_or_else(|| panic!("{name}: {}", errors.join("\n")));
        let mut dice = Dice(20_261_129);
        for blank in [0, 0, 0, 0, 30, 10, 10, 4, 4, 4, 2, 2, 1] {
            let answers = dice.answers(&original.program, instrument.items.len(), blank);
            let responses = Responses::of_one(&answers);
            let scored = evaluate(&copy.program, &responses);
            let score = |index: usize| {
                let position = copy.program.position(ScaleIx(index)).expect("it is scored");
                scored[position].score.get(0)
            };
            for score_of in &original.program.scores {
                let id = &instrument.scales[score_of.scale.0].id;
                let own = again.scales.iter().position(|scale| scale.id == *id).expect("it is");
                let twin = format!("zz_{}", score_of.scale.0);
                let twin = again.scales.iter().position(|scale| scale.id == twin).expect("it is");
                let formula = formula_text(&score_of.formula, instrument);
                let (own, twin) = (score(own), score(twin));
                assert!(alike(own, twin), "{name}: {id}: {own:?} {twin:?} {formula} {answers:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}
