//! The file with the function.

use scalewright_scoring::emit::digits;

use super::Options;
use super::psych;
use super::spelling::text as literal;
use super::syntax::{GUARD, R};
use crate::ExportRequest;
use crate::code::head::{commented, head, wrapped};
use crate::code::options::Invalid;
use crate::code::script::{Block, Script, ScriptItem};
use crate::code::self_test::{TestRow, Value, rows};

/// The text of the file.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let id = request.instrument.id.replace('-', "_");
    let mut text = commented(&head(request, script, "base R"), "#");
    text.push_str(&usage(request, &id, options));
    text.push_str(&function(&id, script, options));
    text.push_str(&psych::keys(request.instrument, request.program, script, &id));
    if options.self_test {
        text.push_str(&self_test(&id, script, &rows(request, script)));
    }
    text
}

fn usage(request: &ExportRequest<'_>, id: &str, options: &Options) -> String {
    let file = request.file_name("r");
    let invalid = match options.invalid {
        Invalid::Refuse => {
            "An answer that the definition does not allow stops the function with an error."
        }
        Invalid::Count => {
            "An answer that the definition does not allow is missing; `invalid_answers` counts such answers."
        }
    };
    let mut text = format!(
        "#\n# source(\"{file}\")\n# scores <- score_{id}(read.csv(\"answers.csv\"))\n#\n\
         # The columns are named by the items. To read others: score_{id}(answers, c(item = \"column\")).\n# {invalid}\n"
    );
    if options.self_test {
        text.push_str(&format!("# To run the self-test: Rscript {file} --self-test\n"));
    }
    text + "\n"
}

/// What every function begins with. Its own names begin with a dot, so that no item has them.
const BEGINNING: &str = r#"  .answers <- as.data.frame(answers)
  if (nrow(.answers) == 0) return(Recall(.answers[NA_integer_, , drop = FALSE], columns)[0, , drop = FALSE])
  .n <- nrow(.answers)
  .columns <- stats::setNames(.items, .items)
  if (!all(names(columns) %in% .items)) stop("no such items: ", toString(setdiff(names(columns), .items)))
  .columns[names(columns)] <- columns
  if (!all(.columns %in% names(.answers))) {
    stop("the answers lack the columns ", toString(setdiff(.columns, names(.answers))))
  }
  if (anyDuplicated(names(.answers))) {
    stop("columns occur twice: ", toString(unique(names(.answers)[duplicated(names(.answers))])))
  }
  if (any(.names %in% names(.answers))) {
    stop("the answers already have the columns ", toString(intersect(.names, names(.answers))))
  }
  .pick <- function(when, then, otherwise) ifelse(rep_len(when, .n), then, otherwise)
  .invalid <- rep_len(0, .n)
  .wrong <- character()
  .number <- function(item) {
    given <- .answers[[.columns[[item]]]]
    if (is.factor(given)) given <- as.character(given)
    if (is.numeric(given) || is.logical(given)) return(as.numeric(given))
    if (!is.character(given)) return(ifelse(is.na(given), NA_real_, Inf))  # dates, complex numbers, lists
    given <- trimws(given)
    given[given %in% c("", "NA")] <- NA
    number <- suppressWarnings(as.numeric(given))
    number[is.na(number) & !is.na(given) | grepl("x", given, ignore.case = TRUE)] <- Inf  # no number, or as 0x3
    number
  }
  .accept <- function(item, number, accepted, none) {
    invalid <- !is.na(number) & !accepted & !(number %in% none)
    if (any(invalid)) .wrong <<- c(.wrong, .columns[[item]])
    .invalid <<- .invalid + invalid
    number[!accepted] <- NA
    number
  }
  .coded <- function(item, values, none = NULL) {
    number <- .number(item)
    .accept(item, number, number %in% values, none)
  }
"#;

fn function(id: &str, script: &Script, options: &Options) -> String {
    let ids: Vec<&str> = script.items.iter().map(|item| item.id.as_str()).collect();
    let mut names: Vec<&str> = script.columns.iter().map(|column| column.name.as_str()).collect();
    if options.invalid == Invalid::Count {
        names.push("invalid_answers");
    }
    let mut text = format!("score_{id} <- function(answers, columns = NULL) {{\n");
    text.push_str(&vector("  .items", &ids));
    text.push_str(&vector("  .names", &names));
    text.push_str(BEGINNING);
    let guard = digits(GUARD);
    text.push_str(&format!(
        "  .within <- function(item, low, high, none = NULL) {{\n    number <- .number(item)\n    \
         .accept(item, number, number >= low - {guard} & number <= high + {guard} & is.finite(number), none)\n  }}\n\n  \
         # The answers: all that are not allowed are missing.\n"
    ));
    script.items.iter().for_each(|item| text.push_str(&answer(item)));
    if options.invalid == Invalid::Refuse {
        text.push_str(
            "  if (length(.wrong) > 0) {\n    stop(sum(.invalid), \" answers are not allowed; they are in the columns \", toString(.wrong))\n  }\n",
        );
    }
    script.blocks.iter().for_each(|block| text.push_str(&self::block(block)));
    text.push_str("\n  # The columns of the scores.\n");
    for column in &script.columns {
        let id = format!("\"{}\"", column.name);
        text.push_str(&format!("  .answers[[{id}]] <- {}\n", column.text.text));
    }
    if options.invalid == Invalid::Count {
        text.push_str("  .answers[[\"invalid_answers\"]] <- .invalid\n");
    }
    text + "  .answers\n}\n"
}

/// A vector of texts, on lines of bounded length.
fn vector(name: &str, texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    let lines = wrapped(&quoted.join(", "), 90).join("\n    ");
    format!("{name} <- c({lines})\n")
}

fn answer(item: &ScriptItem) -> String {
    let call = item.cleaning_call(&R, |values| format!("none = c({values})"));
    format!(
        "  {} <- {call}
",
        item.name
    )
}

fn block(block: &Block) -> String {
    let Block { scale: _, id, title, formula, lines } = block;
    let mut text = format!("\n{}", commented(&wrapped(&format!("{id}: {title}"), 95), "  #"));
    text.push_str(&commented(&wrapped(formula, 95), "  #"));
    for line in lines {
        text.push_str(&format!("  {} <- {}{}\n", line.name, line.text, line.note("  #")));
    }
    text
}

fn self_test(id: &str, script: &Script, rows: &[TestRow]) -> String {
    let mut text = format!(
        "\n# Stops with an error if the function does not give the scores of the definition.\ntest_{id} <- function() {{\n  answers <- data.frame(\n"
    );
    let columns = script.items.iter().enumerate().map(|(at, item)| {
        let cells = rows.iter().map(|row| row.answers[at].map_or("NA".to_owned(), digits));
        format!("    \"{}\" = c({})", item.id, cells.collect::<Vec<_>>().join(", "))
    });
    text.push_str(&columns.collect::<Vec<_>>().join(",\n"));
    text.push_str(",\n    check.names = FALSE\n  )\n  expected <- list(\n");
    let columns = script.columns.iter().enumerate().map(|(at, column)| {
        let cells = rows.iter().map(|row| value(&row.values[at]));
        format!("    \"{}\" = c({})", column.name, cells.collect::<Vec<_>>().join(", "))
    });
    text.push_str(&columns.collect::<Vec<_>>().join(",\n"));
    text.push_str(&format!(
        "\n  )\n  scores <- score_{id}(answers)\n  for (column in names(expected)) {{\n    \
         same <- if (is.numeric(expected[[column]])) {{\n      \
         abs(scores[[column]] - expected[[column]]) <= 1e-9 * pmax(1, abs(expected[[column]]))\n    }} else {{\n      \
         scores[[column]] == expected[[column]]\n    }}\n    \
         missing <- is.na(scores[[column]]) & is.na(expected[[column]])\n    \
         if (!all(missing | same %in% TRUE)) stop(\"wrong scores in the column \", column)\n  }}\n  invisible(TRUE)\n}}\n\n\
         if (\"--self-test\" %in% commandArgs(TRUE)) {{\n  test_{id}()\n  cat(\"the scores are right\\n\")\n}}\n"
    ));
    text
}

fn value(value: &Value) -> String {
    match value {
        Value::Missing => "NA".to_owned(),
        Value::Number(number) => digits(*number),
        Value::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Text(text) => literal(text).unwrap_or_else(|_| "NA".to_owned()),
    }
}
