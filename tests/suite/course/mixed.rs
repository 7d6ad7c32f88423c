//! The mixed models that the command writes in R are run by lme4, and give its stored values.
//!
//! Skipped where R has no lme4: `tests/oracles/setup` installs it.

use std::process::Command;

use scalewright_course::mixed::FUNCTIONS;
use serde_json::Value;

use super::agree::{json, near, text};
use crate::support::{root, run};

/// The names of the models here and in the oracle.
const MODELS: [(&str, &str); 6] = [
    ("null", "null_alliance"),
    ("null_ml", "null_alliance_ml"),
    ("growth_intercept", "growth_ri"),
    ("growth_slope", "growth_rs"),
    ("within_between", "within_between"),
    ("within_between_ml", "within_between_ml"),
];

fn has_lme4() -> bool {
    let has = Command::new("Rscript").args(["--vanilla", "-e", "library(lme4)"]).output();
    has.is_ok_and(|output| output.status.success())
}

fn r(script: &str) -> String {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), script).expect("it can be written");
    let output = Command::new("Rscript").arg("--vanilla").arg(file.path()).output();
    let output = output.expect("Rscript runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn mixed_models_have_the_values_of_lme4() {
    if !has_lme4() {
        return eprintln!("skipped: R has no lme4");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data.csv");
    let table = text("alliance_sessions.csv").replacen("client", "respondent", 1);
    std::fs::write(&data, table).expect("it can be written");
    let names: Vec<String> = MODELS.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let script = format!(
        "{FUNCTIONS}
d <- read.csv(\"{}\")
d$form <- \"client\"
d$outcome <- d$symptom
fits <- models(prepared(d, \"alliance\", \"client\"))
for (name in c({})) {{
  fit <- fits[[name]]
  v <- as.data.frame(VarCorr(fit))$vcov
  numbers <- c(fixef(fit), sqrt(diag(as.matrix(vcov(fit)))), v, as.numeric(logLik(fit)))
  cat(sprintf(\"[%s]\\n\", paste(sprintf(\"%.12g\", numbers), collapse = \",\")))
}}\n",
        data.display(),
        names.join(", ")
    );
    let (out, oracle) = (r(&script), json("alliance_multilevel_expected.json"));
    let mut lines = out.lines();
    for (name, of_oracle) in MODELS {
        let line = lines.next().expect("a line for each model");
        let got: Vec<f64> = serde_json::from_str(line).expect("numbers");
        let want = &oracle[of_oracle];
        let list =
            |value: &Value| value.as_object().expect("an object").values().cloned().collect();
        let (fixed, errors): (Vec<Value>, Vec<Value>) = (list(&want["fixef"]), list(&want["se"]));
        let variances = want["varcomp"].as_array().expect("a list");
        let variances = variances.iter().map(|one| one["vcov"].clone());
        let all = fixed.into_iter().chain(errors).chain(variances).chain([want["logLik"].clone()]);
        let all: Vec<Value> = all.collect();
        assert_eq!(all.len(), got.len(), "{name}");
        for (want, got) in all.iter().zip(got) {
            near(want, Some(got), 1e-5, name);
        }
    }
}

#[test]
fn the_code_reads_its_own_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = folder.path().join("analysis.R").display().to_string();
    let table = "tests/course/oracles/sessions_clean.csv";
    let args = ["course", "side-by-side", table, "--scale", "sbs_total", "--r", &code];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    let data = std::fs::read_to_string(folder.path().join("analysis.csv")).expect("it is written");
    assert_eq!(data.lines().next(), Some("respondent,form,rater,session,sbs_total"));
    assert_eq!(data.lines().count(), text("sessions_clean.csv").lines().count());
    if has_lme4() {
        let script = std::fs::read_to_string(&code).expect("it is written");
        let script = script
            .replace("\"analysis.csv\"", &format!("{:?}", folder.path().join("analysis.csv")));
        assert!(r(&script).contains("growth_slope"));
    }
}
