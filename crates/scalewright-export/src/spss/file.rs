//! The file with the syntax.

use scalewright_scoring::normal::{Normal, Output};

use super::Options;
use super::commands::{comments, lines, literal};
use super::labels::label;
use super::syntax::{Spss, set};
use crate::ExportRequest;
use crate::code::head::head;
use crate::code::lines::TARGET;
use crate::code::script::{Block, Column, Content, Kind, Script, ScriptItem};
use crate::code::syntax::Syntax;
use crate::ui::yes_and_no;

/// The text of the file.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let mut text = String::new();
    head(request, script, "SPSS syntax").iter().for_each(|line| text.push_str(&comments(line)));
    text.push_str(&usage(request, options));
    text.push_str(&lines(&declarations(request, script)));
    text.push_str(&lines(&answers(script)));
    script.blocks.iter().for_each(|one| text.push_str(&block(one)));
    text.push_str("\n* The columns of the scores.\n");
    for column in &script.columns {
        text.push_str(&lines(&set(&column.text).replace(TARGET, &column.name)));
    }
    text + "EXECUTE.\n"
}

fn usage(request: &ExportRequest<'_>, options: &Options) -> String {
    let file = request.file_name("sps");
    let mut text = comments("");
    let mut add = |line: &str| text.push_str(&comments(line));
    add("It runs in IBM SPSS Statistics and in PSPP, on the active dataset:");
    add(&format!("    INSERT FILE='{file}' ENCODING='UTF8'"));
    add(
        "The items are numeric variables with the names below. A missing variable, a string variable, and a variable that \
         already has the name of a score are errors of SPSS. Codes that the dataset declares as missing are missing.",
    );
    add(
        "An answer that the definition does not allow is missing, and `invalid_answers` counts such answers. Check it \
         before you use the scores: SPSS syntax cannot stop at a respondent.",
    );
    if options.self_test {
        let test = request.file_name("self-test.sps");
        add(&format!("To test this file, run {test}."));
    }
    text + "\n"
}

/// The commands that declare the columns of the result, so that they have this order.
fn declarations(request: &ExportRequest<'_>, script: &Script) -> String {
    let mut text = String::from("* The variables with the scores.\n");
    let normal = Normal::of(request.program, request.instrument);
    for column in &script.columns {
        let format = format(request, &normal, column);
        let command = if format.starts_with('A') { "STRING" } else { "NUMERIC" };
        text.push_str(&format!("{command} {} ({format}).\n", column.name));
    }
    text.push_str("NUMERIC invalid_answers (F8.0).\nVARIABLE LABELS\n");
    let labels = script.columns.iter();
    let labels =
        labels.map(|column| format!("{} {}", column.name, literal(&label(request, column))));
    let labels: Vec<String> = labels.collect();
    text.pop();
    text.push_str(&format!(" {}.\n", labels.join(" / ")));
    let truths = script.columns.iter().filter(|column| column.kind == Kind::Truth);
    let truths: Vec<&str> = truths.map(|column| column.name.as_str()).collect();
    if !truths.is_empty() {
        let (yes, no) = yes_and_no(&request.wording.language);
        let labels = format!("0 {} 1 {}", literal(no), literal(yes));
        text.push_str(&format!("VALUE LABELS {} {labels}.\n", truths.join(" ")));
    }
    text
}

/// The format of a column.
fn format(request: &ExportRequest<'_>, normal: &Normal, column: &Column) -> String {
    match column.kind {
        Kind::Truth => "F1.0".to_owned(),
        Kind::Count => "F8.0".to_owned(),
        Kind::Number => number_format(normal, column.position),
        Kind::Word | Kind::Label => {
            let longest = texts(request, column).iter().map(String::len).max().unwrap_or(0);
            format!("A{}", longest.max(1))
        }
    }
}

/// Wide enough for the bounds of the score. Its value has all digits whatever is shown.
fn number_format(normal: &Normal, position: usize) -> String {
    let step = match normal.scores[position] {
        Output::Number(step) => normal.step(step),
        _ => return "F8.2".to_owned(),
    };
    let width = if step.low > -1e5 && step.high < 1e5 { 8 } else { 20 };
    let decimals = if step.whole { 0 } else { 2 };
    format!("F{width}.{decimals}")
}

/// All texts that a column may contain.
pub(crate) fn texts(request: &ExportRequest<'_>, column: &Column) -> Vec<String> {
    let words = request.instrument.scales[column.scale.0].words();
    match column.content {
        Content::Band(at) => {
            let sets = request.wording.scales[column.scale.0].all_bands();
            sets.into_iter().nth(at).map(<[String]>::to_vec).unwrap_or_default()
        }
        _ => words.map(<[String]>::to_vec).unwrap_or_default(),
    }
}

/// Items with the same answers, which one command cleans.
fn groups(script: &Script) -> Vec<Vec<&ScriptItem>> {
    let mut groups: Vec<Vec<&ScriptItem>> = Vec::new();
    for item in &script.items {
        let same = |group: &&mut Vec<&ScriptItem>| {
            group[0].accepted == item.accepted && group[0].non_response == item.non_response
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

fn answers(script: &Script) -> String {
    let mut text = String::from(
        "* The answers: first all that are given, then those that are allowed. All others are missing.\n\
         COMPUTE invalid_answers = 0.\n",
    );
    for group in groups(script) {
        let joined = |by: &str, part: fn(&ScriptItem) -> &str| {
            group.iter().map(|item| part(item)).collect::<Vec<_>>().join(by)
        };
        let (items, names) = (joined(" ", |item| &item.id), joined(" ", |item| &item.name));
        let all = joined(", ", |item| &item.name);
        let none: Vec<String> = group[0].non_response.iter().map(ToString::to_string).collect();
        let none = match none.is_empty() {
            true => String::new(),
            false => format!(" ({}=SYSMIS)", none.join(", ")),
        };
        let clean = Spss.clean(&names, Some(&group[0].accepted)).text;
        text.push_str(&format!(
            "RECODE {items} (MISSING=SYSMIS){none} (ELSE=COPY) INTO {names}.\n\
             COMPUTE invalid_answers = invalid_answers + NVALID({all}).\n\
             RECODE {clean}.\n\
             COMPUTE invalid_answers = invalid_answers - NVALID({all}).\n"
        ));
    }
    text
}

fn block(block: &Block) -> String {
    let Block { scale: _, id, title, formula, lines: own } = block;
    let mut text = format!("\n{}{}", comments(&format!("{id}: {title}")), comments(formula));
    for line in own {
        let (name, code, comment, statement) =
            (&line.name, &line.text, &line.comment, &line.statement);
        if !comment.is_empty() {
            text.push_str(&comments(comment));
        }
        let code = if *statement { code.clone() } else { format!("COMPUTE {name} = {code}.") };
        text.push_str(&lines(&code));
    }
    text
}
