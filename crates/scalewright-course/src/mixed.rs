//! Code in R for mixed models of the scores, with their data.
//!
//! Models are R's business: lme4 fits them, and other programs that claim to converge do not. The code runs six: the
//! intraclass correlation (REML and ML), growth with a random intercept, growth with a random slope, and an outcome
//! explained within and between persons (REML and ML).

use std::fmt::Write;

use scalewright_model::Stop;
use scalewright_tables::{
    Out, TableCell, TableColumn, TableFormat, TableWriter, ValueKind, failed,
};

use crate::course::Course;
use crate::pairs::Sides;

/// The functions that the code calls. `y` is the score, `w` and `bm` its parts within and between persons.
pub const FUNCTIONS: &str = r#"library(lme4)

# One form at a time, and only sessions with a score: person means are those of the available sessions.
prepared <- function(d, score, form) {
  d <- d[d$form %in% form & !is.na(d[[score]]), ]
  d$y <- d[[score]]
  d$person <- factor(d$respondent)
  d$bm <- ave(d$y, d$person)
  d$w <- d$y - d$bm
  d
}

# lag: the value of the session number before; a missed session breaks it.
lagged <- function(d) {
  before <- match(paste(d$person, d$session - 1), paste(d$person, d$session))
  d$w[before]
}

# A model that cannot be fitted is its message, so that the others are still fitted.
fit <- function(formula, d, ...) {
  tryCatch(lmer(formula, d, ...), error = function(e) conditionMessage(e))
}

models <- function(d) {
  fits <- list(
    null = fit(y ~ 1 + (1 | person), d),
    null_ml = fit(y ~ 1 + (1 | person), d, REML = FALSE),
    growth_intercept = fit(y ~ session + (1 | person), d),
    growth_slope = fit(y ~ session + (session | person), d)
  )
  if (!is.null(d$outcome) && any(!is.na(d$outcome))) {
    # Without session, a common trend would look like an effect within persons.
    fits$within_between <- fit(outcome ~ session + w + bm + (1 | person), d)
    fits$within_between_ml <- fit(outcome ~ session + w + bm + (1 | person), d, REML = FALSE)
  }
  fits
}

# The last outcome over the mean ratings of two forms, from the sessions that both scored, centred on one common point.
surface <- function(d, score, forms, centre) {
  of <- function(form) d[d$form %in% form & !is.na(d[[score]]), c("respondent", "session", score)]
  both <- merge(of(forms[1]), of(forms[2]), by = c("respondent", "session"))
  x <- tapply(both[[3]], both$respondent, mean) - centre
  y <- tapply(both[[4]], both$respondent, mean) - centre
  z <- d$outcome_last[match(names(x), d$respondent)]
  list(surface = tryCatch(
    lm(z ~ x + y + I(x^2) + I(x * y) + I(y^2)),
    error = function(e) conditionMessage(e)
  ))
}

shown <- function(fits) {
  for (name in names(fits)) {
    cat("\n##", name, "\n")
    if (is.character(fits[[name]])) cat("not fitted:", fits[[name]], "\n") else print(summary(fits[[name]]))
  }
}
"#;

/// Whether a text may be the name of a variable in R.
fn is_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
    text.starts_with(|letter: char| letter.is_ascii_alphabetic()) && text.chars().all(plain)
}

impl Course<'_> {
    /// The code, which reads its data from the file `data` beside it.
    #[must_use]
    pub fn r_code(&self, data: &str) -> String {
        let text = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
        let mut code = format!(
            "# Mixed models of the scores of {}, version {}.\n\
             # All models assume that sessions are missing at random; a client who leaves after a drop breaks that.\n\n\
             {FUNCTIONS}\n\
             d <- read.csv({}, colClasses = c(respondent = \"character\", form = \"character\", rater = \"character\"), na.strings = \"\")\n\
             d$form[is.na(d$form)] <- \"\"\n",
            self.instrument.id,
            self.instrument.version,
            text(data)
        );
        for scale in 0..self.scales.len() {
            let id = &self.scale(scale).id;
            for form in self.forms() {
                let name = self.sheet.forms.name(form);
                let _ = write!(
                    code,
                    "\ncat(\"\\n\", {}, {}, \"\\n\")\nd1 <- prepared(d, {}, {})\nshown(models(d1))\n",
                    text(id),
                    text(name),
                    text(id),
                    text(name)
                );
            }
        }
        for (scale, sides) in self.surfaces() {
            let (id, centre) = (&self.scale(scale).id, self.centre(scale).unwrap_or_default());
            let [one, two] = sides.map(|(form, _)| text(self.sheet.forms.name(form)));
            let _ = write!(
                code,
                "\ncat(\"\\n\", {}, {one}, {two}, \"\\n\")\nshown(surface(d, {}, c({one}, {two}), {centre:?}))\n",
                text(id),
                text(id)
            );
        }
        code
    }

    /// The scales and pairs of forms for which a response surface is possible: those without raters.
    fn surfaces(&self) -> Vec<(usize, Sides)> {
        let scales = (0..self.scales.len())
            .filter(|scale| self.has_outcome() && self.centre(*scale).is_some());
        let sides =
            |scale: usize| self.dyads(scale).into_iter().map(move |(sides, _)| (scale, sides));
        let is_plain = |(_, sides): &(usize, Sides)| {
            sides.iter().all(|(_, rater)| self.sheet.raters.name(*rater).is_empty())
        };
        scales.flat_map(sides).filter(is_plain).collect()
    }

    /// Writes the data of the code: a row for each session, a column for each scale, and the outcome.
    ///
    /// # Errors
    ///
    /// When the data cannot be written, or a scale has a name that R would change.
    pub fn r_data(&self, file: Out) -> Result<(), Stop> {
        let ids: Vec<&str> =
            (0..self.scales.len()).map(|scale| self.scale(scale).id.as_str()).collect();
        if let Some(odd) = ids.iter().find(|id| !is_name(id)) {
            return Err(Stop::usage(format!("`{odd}` is no name of a variable in R")));
        }
        let column = |name: &str, kind| TableColumn { name: name.to_owned(), kind };
        let mut columns =
            ["respondent", "form", "rater"].map(|name| column(name, ValueKind::Text)).to_vec();
        columns.push(column("session", ValueKind::Whole));
        columns.extend(ids.iter().map(|id| column(id, ValueKind::Number)));
        for name in ["outcome", "outcome_first", "outcome_last"] {
            columns.extend(self.has_outcome().then(|| column(name, ValueKind::Number)));
        }
        let mut writer = TableWriter::new(columns, TableFormat::Csv, (file, false))?;
        self.r_rows(&mut writer).and_then(|()| writer.finish()).map_err(|error| failed(&error))
    }

    fn has_outcome(&self) -> bool {
        !self.outcomes.is_empty()
    }

    fn r_rows(&self, writer: &mut TableWriter) -> std::io::Result<()> {
        let number = |number: f64| match number.is_nan() {
            true => TableCell::Empty,
            false => TableCell::Number(number),
        };
        let sheet = &self.sheet;
        for series in &self.ordered.series {
            for at in &self.ordered.order[series.rows.clone()] {
                let at = *at as usize;
                let mut cells = vec![
                    TableCell::Text(sheet.people.name(series.respondent).into()),
                    TableCell::Text(sheet.forms.name(series.form).into()),
                    TableCell::Text(sheet.raters.name(series.rater).into()),
                    TableCell::Whole(i64::from(sheet.rows[at].session)),
                ];
                cells.extend(sheet.scores.iter().map(|scale| number(scale.scores[at])));
                if self.has_outcome() {
                    let pair = self.outcomes.pair(series.respondent);
                    let first = pair.map_or(f64::NAN, |pair| pair.0);
                    let last = self.outcomes.last(series.respondent).unwrap_or(f64::NAN);
                    let now = sheet.outcomes.get(at).copied().unwrap_or(f64::NAN);
                    cells.extend([now, first, last].map(number));
                }
                writer.row(&cells)?;
            }
        }
        Ok(())
    }
}
