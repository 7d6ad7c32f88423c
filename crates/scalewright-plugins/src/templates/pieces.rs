//! The text of a template as a list of pieces: its own words, and where values are printed between them.

use std::ops::Range;

use minijinja::machinery::ast::{Expr, Stmt};

use crate::templates::rules::bytes;

/// A piece of a template.
pub(super) enum Piece<'t> {
    /// The template's own words.
    Words(&'t str),
    /// A printed value.
    Print {
        /// The bytes in the template.
        span: Range<usize>,
        /// The outermost filter of the value.
        filter: Option<&'t str>,
    },
    /// Another template.
    Include(Range<usize>),
    /// The begin of a block: of a condition, a loop, a macro or a `set` block.
    Open,
    /// The end of a block that is `span`.
    Close(Range<usize>),
}

/// The pieces of a template, in the order of its text. Both branches of a condition follow each other, each as a block.
pub(super) fn pieces<'t>(template: &'t Stmt<'t>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    collect(template, &mut pieces);
    pieces
}

fn collect<'t>(statement: &'t Stmt<'t>, pieces: &mut Vec<Piece<'t>>) {
    match statement {
        Stmt::Template(template) => template.children.iter().for_each(|one| collect(one, pieces)),
        Stmt::EmitRaw(raw) => pieces.push(Piece::Words(raw.raw)),
        Stmt::EmitExpr(emit) => {
            let filter = match &emit.expr {
                Expr::Filter(filter) => Some(filter.name),
                _ => None,
            };
            pieces.push(Piece::Print { span: bytes(emit.span()), filter });
        }
        Stmt::CallBlock(call) => {
            pieces.push(Piece::Print { span: bytes(call.span()), filter: None });
            block(&call.macro_decl.body, bytes(call.span()), pieces);
        }
        Stmt::Include(include) => pieces.push(Piece::Include(bytes(include.span()))),
        Stmt::IfCond(one) => {
            block(&one.true_body, bytes(one.span()), pieces);
            block(&one.false_body, bytes(one.span()), pieces);
        }
        Stmt::ForLoop(one) => {
            block(&one.body, bytes(one.span()), pieces);
            block(&one.else_body, bytes(one.span()), pieces);
        }
        Stmt::Macro(one) => block(&one.body, bytes(one.span()), pieces),
        Stmt::SetBlock(one) => block(&one.body, bytes(one.span()), pieces),
        Stmt::WithBlock(one) => block(&one.body, bytes(one.span()), pieces),
        // The rules refuse templates with blocks of other kinds.
        _ => {}
    }
}

fn block<'t>(body: &'t [Stmt<'t>], span: Range<usize>, pieces: &mut Vec<Piece<'t>>) {
    if body.is_empty() {
        return;
    }
    pieces.push(Piece::Open);
    body.iter().for_each(|statement| collect(statement, pieces));
    pieces.push(Piece::Close(span));
}
