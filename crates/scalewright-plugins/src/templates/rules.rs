//! The rules that every template obeys: what would disable an escape, or grow without a bound, is refused.

use std::ops::Range;

use minijinja::machinery::Span;
use minijinja::machinery::ast::{BinOp, BinOpKind, Expr, Stmt, UnaryOpKind};

use crate::templates::filters::{FILTERS, TESTS};
use crate::templates::walk::{Part, walk};

/// A mistake in a template.
pub(super) struct Mistake {
    /// The kind of mistake, in kebab case.
    pub(super) code: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// The bytes in the template.
    pub(super) span: Range<usize>,
    /// What to do.
    pub(super) help: String,
}

impl Mistake {
    pub(super) fn new(
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, message: message.into(), span, help: help.into() }
    }
}

/// The bytes of a span.
pub(super) fn bytes(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

/// What the rules need to know besides the template.
pub(super) struct Known<'k> {
    /// The paths of the templates in the folder.
    pub(super) templates: &'k [&'k str],
    /// The names of the options.
    pub(super) options: &'k [&'k str],
    /// The keys of a score that are dialects which the target does not declare.
    pub(super) undeclared: &'k [&'k str],
}

/// Returns all mistakes of a template that the syntax tree shows.
pub(super) fn broken(template: &Stmt<'_>, known: &Known<'_>) -> Vec<Mistake> {
    let mut found = Vec::new();
    walk(template, &mut |part| match part {
        Part::Statement(statement) => found.extend(in_statement(statement, known)),
        Part::Expression(expression) => found.extend(in_expression(expression, known)),
    });
    found
}

fn in_statement(statement: &Stmt<'_>, known: &Known<'_>) -> Option<Mistake> {
    match statement {
        Stmt::AutoEscape(one) => Some(Mistake::new(
            "no-autoescape",
            bytes(one.span()),
            "escapes cannot be changed by `autoescape`",
            "remove the block: values are escaped by the kind of the file",
        )),
        Stmt::FilterBlock(one) => Some(Mistake::new(
            "no-filter-block",
            bytes(one.span()),
            "`filter` blocks are not available",
            "apply the filter to each value: `{{ value | upper }}`",
        )),
        Stmt::Extends(one) => Some(no_blocks(one.span())),
        Stmt::Block(one) => Some(no_blocks(one.span())),
        Stmt::Include(one) => in_folder(&one.name, known),
        Stmt::Import(one) => in_folder(&one.expr, known),
        Stmt::FromImport(one) => in_folder(&one.expr, known),
        _ => None,
    }
}

fn no_blocks(span: Span) -> Mistake {
    let help = "put the common parts into other templates and use `{% include \"NAME\" %}`";
    Mistake::new("no-blocks", bytes(span), "`extends` and `block` are not available", help)
}

/// Refuses names of templates that are not known before the template runs.
fn in_folder(name: &Expr<'_>, known: &Known<'_>) -> Option<Mistake> {
    let span = bytes(name.span());
    let Expr::Const(constant) = name else {
        let message = "the name of an included template is not a text in quotation marks";
        return Some(Mistake::new("unknown-template", span, message, "write the name itself"));
    };
    let name = constant.value.as_str().unwrap_or_default();
    if known.templates.contains(&name) {
        return None;
    }
    let help = "templates are included by their path in the folder of `target.toml`";
    Some(Mistake::new("unknown-template", span, format!("there is no template `{name}`"), help))
}

fn in_expression(expression: &Expr<'_>, known: &Known<'_>) -> Option<Mistake> {
    match expression {
        Expr::Filter(filter) if !FILTERS.contains(&filter.name) => {
            Some(no_filter(filter.name, bytes(filter.span())))
        }
        Expr::Test(test) if !TESTS.contains(&test.name) => {
            let message = format!("there is no test `{}`", test.name);
            let help = format!("the tests are {}", list(TESTS));
            Some(Mistake::new("unknown-test", bytes(test.span()), message, help))
        }
        Expr::BinOp(operation) => growing(operation, bytes(operation.span())),
        Expr::GetAttr(get) => attribute(&get.expr, get.name, bytes(get.span()), known),
        Expr::GetItem(get) => match &get.subscript_expr {
            Expr::Const(key) => attribute(&get.expr, key.value.as_str()?, bytes(get.span()), known),
            _ => None,
        },
        _ => None,
    }
}

fn no_filter(name: &str, span: Range<usize>) -> Mistake {
    if matches!(name, "safe" | "escape" | "e") {
        let message = format!("`{name}` is not available: values are always escaped");
        let help = "write markup into the template, and print values only";
        return Mistake::new("no-safe", span, message, help);
    }
    let help = format!("the filters are {}", list(FILTERS));
    Mistake::new("unknown-filter", span, format!("there is no filter `{name}`"), help)
}

/// Refuses operations by which a few steps could make a text or list of any size.
fn growing(operation: &BinOp<'_>, span: Range<usize>) -> Option<Mistake> {
    let (left, right) = (is_number(&operation.left), is_number(&operation.right));
    let (what, help) = match operation.op {
        BinOpKind::Concat => ("`~`", "join texts with a filter: `[one, other] | join(\" \")`"),
        BinOpKind::Add if !(left || right) => (
            "`+` between values that may not be numbers",
            "for numbers, write `(value | float) + …`; for texts, `[one, other] | join`",
        ),
        BinOpKind::Mul if !(left && right) => (
            "`*` between values that may not be numbers",
            "write `(one | float) * (other | float)`",
        ),
        _ => return None,
    };
    Some(Mistake::new("unbounded", span, format!("{what} is not available"), help))
}

/// Whether an expression is a number for certain.
fn is_number(expression: &Expr<'_>) -> bool {
    match expression {
        Expr::Const(constant) => constant.value.is_number(),
        Expr::UnaryOp(unary) => {
            matches!(unary.op, UnaryOpKind::Neg)
        }
        Expr::BinOp(operation) => match operation.op {
            BinOpKind::Sub | BinOpKind::Div | BinOpKind::FloorDiv | BinOpKind::Pow => true,
            BinOpKind::Add => is_number(&operation.left) || is_number(&operation.right),
            BinOpKind::Mul => is_number(&operation.left) && is_number(&operation.right),
            _ => false,
        },
        Expr::Filter(filter) => {
            matches!(filter.name, "abs" | "float" | "int" | "length" | "round" | "sum")
        }
        Expr::GetAttr(get) => matches!(&get.expr, Expr::Var(name) if name.id == "loop"),
        Expr::IfExpr(choice) => {
            is_number(&choice.true_expr) && choice.false_expr.as_ref().is_some_and(is_number)
        }
        _ => false,
    }
}

/// Refuses options and dialects that the target does not declare.
fn attribute(of: &Expr<'_>, name: &str, span: Range<usize>, known: &Known<'_>) -> Option<Mistake> {
    let Expr::Var(variable) = of else { return None };
    if variable.id == "options" && !known.options.contains(&name) {
        let help =
            format!("declare it in `target.toml`, below `[[options]]` with `name = \"{name}\"`");
        return Some(Mistake::new(
            "unknown-option",
            span,
            format!("there is no option `{name}`"),
            help,
        ));
    }
    if variable.id == "score" && known.undeclared.contains(&name) {
        let message = format!("`target.toml` does not declare the dialect `{name}`");
        let help = format!("add it there: `dialects = [\"{name}\"]`");
        return Some(Mistake::new("undeclared-dialect", span, message, help));
    }
    None
}

/// A list of names for a message.
pub(super) fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The most bytes of a tag, and the most tags that are open or in one `if` at a time: the engine follows each of them
/// deeper, and its stack is limited.
const LONGEST_TAG: usize = 2_000;
const MOST_OPEN: usize = 100;
const MOST_BRANCHES: usize = 200;

/// Returns the first tag that is too long, or nested too deeply.
pub(super) fn too_deep(text: &str) -> Option<Mistake> {
    let (mut open, mut branches, mut from) = (0_usize, 0_usize, 0);
    while let Some(begin) = text[from..].find("{{").into_iter().chain(text[from..].find("{%")).min()
    {
        let start = from + begin;
        let is_block = text[start..].starts_with("{%");
        let end = text[start..]
            .find(if is_block { "%}" } else { "}}" })
            .map_or(text.len(), |end| start + end + 2);
        let word = text[start + 2..end].trim_start_matches(['-', '+', ' ', '\n', '\t']);
        let word = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        match word {
            "if" | "for" | "macro" | "call" | "with" if is_block => open += 1,
            "elif" if is_block => branches += 1,
            word if is_block && word.starts_with("end") => {
                open = open.saturating_sub(1);
                branches = 0;
            }
            _ => {}
        }
        let message =
            match (end - start > LONGEST_TAG, open > MOST_OPEN || branches > MOST_BRANCHES) {
                (true, _) => format!("a tag is longer than {LONGEST_TAG} bytes"),
                (_, true) => {
                    "tags are nested too deeply, or an `if` has too many branches".to_owned()
                }
                _ => {
                    from = end;
                    continue;
                }
            };
        let help = "divide it: use `{% set %}`, a macro, or a template that is included";
        return Some(Mistake::new("too-deep", start..(start + 2), message, help));
    }
    None
}
