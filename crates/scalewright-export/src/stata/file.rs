//! The do-file.

use super::Options;
use super::commands::{lines, with_text};
use super::labels::label;
use super::names::changed;
use super::self_test;
use super::syntax::{Stata, set};
use crate::ExportRequest;
use crate::code::head::{commented, head, wrapped};
use crate::code::lines::TARGET;
use crate::code::options::Invalid;
use crate::code::script::{Block, Column, Kind, Script, ScriptItem};
use crate::code::self_test::rows;
use crate::code::syntax::Syntax;
use crate::ui::yes_and_no;

/// The text of the file. `preserve` keeps the data as they were if a command fails.
pub(super) fn text(
    request: &ExportRequest<'_>,
    (script, names): (&Script, &[String]),
    options: &Options,
) -> String {
    let mut text = commented(&head(request, script, "Stata"), "//");
    text.push_str(&usage(request, options));
    for (before, after) in changed(script, names) {
        text.push_str(&format!("// The column {before} is named {after}.\n"));
    }
    text.push('\n');
    text.push_str("version 14\nargs mode\npreserve\n");
    let rows = rows(request, script);
    if options.self_test {
        text.push_str(&self_test::answers(script, &rows));
    }
    text.push_str(&lines(&checks(script, names), ""));
    text.push_str(&lines(&answers(script, options.invalid), ""));
    script.blocks.iter().for_each(|one| text.push_str(&block(one)));
    text.push_str(&lines(&columns(request, script, names), ""));
    if options.invalid == Invalid::Count {
        text.push_str("quietly generate long invalid_answers = __0invalid\n");
    }
    if options.self_test {
        text.push_str(&self_test::scores((script, names), &rows));
    }
    text.push_str(&lines(&format!("drop {}", own(script).join(" ")), ""));
    text + "restore, not\n"
}

fn usage(request: &ExportRequest<'_>, options: &Options) -> String {
    let file = request.file_name("do");
    let mut text = format!(
        "//\n// It adds the scores to the data in memory:\n//     do {file}\n\
         // It follows Stata's manual. It was not run in Stata by the tests of scalewright. It needs Stata 14.\n"
    );
    let mut add = |line: &str| text.push_str(&commented(&wrapped(line, 100), "//"));
    add(
        "The items are numeric variables with the names below. The do-file stops with an error if one is missing or is a \
         string, and if a variable already has the name of a score. After an error the data are as before.",
    );
    add(match options.invalid {
        Invalid::Refuse => "An answer that the definition does not allow stops it with an error.",
        Invalid::Count => {
            "An answer that the definition does not allow is missing, and `invalid_answers` counts such answers."
        }
    });
    if options.self_test {
        add(&format!("To run the self-test: do {file} self-test"));
    }
    text
}

/// The commands that check the names and types of variables.
fn checks(script: &Script, names: &[String]) -> String {
    let mut text = String::new();
    for item in &script.items {
        // Without `exact` the beginning of the name of another variable is accepted.
        text.push_str(&format!("confirm numeric variable {}, exact\n", item.id));
    }
    for name in names {
        text.push_str(&format!("confirm new variable {name}\n"));
    }
    text
}

/// The commands that clean the answers, and count those that are not allowed.
fn answers(script: &Script, invalid: Invalid) -> String {
    let mut text = String::from("\n// The answers: all that are not allowed are missing.\n");
    text.push_str("quietly generate double __0invalid = 0\nlocal wrong \"\"\n");
    script.items.iter().for_each(|item| text.push_str(&answer(item)));
    if invalid == Invalid::Refuse {
        text.push_str(
            "quietly summarize __0invalid\n\
             if r(sum) > 0 display as error r(sum) \" answers are not allowed; they are in the variables`wrong'\"\n\
             if r(sum) > 0 exit 459\n",
        );
    }
    text
}

fn answer(
    ScriptItem { ix: _, option: _, id, name, accepted, non_response }: &ScriptItem,
) -> String {
    let accepted = Stata.clean(id, Some(accepted)).text;
    let none = match non_response.is_empty() {
        true => String::new(),
        false => {
            let none: Vec<String> = non_response.iter().map(ToString::to_string).collect();
            format!(" & !inlist({id}, {})", none.join(", "))
        }
    };
    let invalid = format!("!missing({id}) & missing({name}){none}");
    format!(
        "quietly generate double {name} = {id} if {accepted}\n\
         quietly count if {invalid}\n\
         if r(N) > 0 local wrong \"`wrong' {id}\"\n\
         quietly replace __0invalid = __0invalid + ({invalid})\n"
    )
}

fn block(block: &Block) -> String {
    let Block { scale: _, id, title, formula, lines: own } = block;
    let mut text = format!("\n{}", commented(&wrapped(&format!("{id}: {title}"), 100), "//"));
    text.push_str(&commented(&wrapped(formula, 100), "//"));
    for line in own {
        let (name, code, comment, statement) =
            (&line.name, &line.text, &line.comment, &line.statement);
        if !comment.is_empty() {
            text.push_str(&commented(&wrapped(comment, 100), "//"));
        }
        let code =
            if *statement { code.clone() } else { format!("generate double {name} = {code}") };
        text.push_str(&lines(&quiet(&code), ""));
    }
    text
}

/// Commands without output.
fn quiet(commands: &str) -> String {
    commands.lines().map(|command| format!("quietly {command}\n")).collect()
}

/// The commands that set the columns, with their labels.
fn columns(request: &ExportRequest<'_>, script: &Script, names: &[String]) -> String {
    let mut text = String::from("\n// The variables with the scores.\n");
    for (column, name) in script.columns.iter().zip(names) {
        let set = set(kind(column), &column.text).replace(TARGET, name);
        text.push_str(&quiet(&set));
        if let Some(label) = label(request, column) {
            text.push_str(&with_text(&format!("label variable {name} {{}}"), &label));
        }
    }
    let truths = script.columns.iter().zip(names);
    let truths = truths.filter(|(column, _)| column.kind == Kind::Truth);
    let truths: Vec<&str> = truths.map(|(_, name)| name.as_str()).collect();
    if !truths.is_empty() {
        let (yes, no) = yes_and_no(&request.wording.language);
        text.push_str(&with_text("label define __truth 0 {}, replace", no));
        text.push_str(&with_text("label define __truth 1 {}, modify", yes));
        text.push_str(&format!("label values {} __truth\n", truths.join(" ")));
    }
    text
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        Kind::Number => "double",
        Kind::Truth => "byte",
        Kind::Count => "int",
        Kind::Word | Kind::Label => "",
    }
}

/// The variables that are dropped at the end.
fn own(script: &Script) -> Vec<String> {
    let items = script.items.iter().map(|item| item.name.clone());
    let steps = script.blocks.iter().flat_map(|block| &block.lines);
    items.chain(steps.map(|line| line.name.clone())).chain(["__0invalid".to_owned()]).collect()
}
