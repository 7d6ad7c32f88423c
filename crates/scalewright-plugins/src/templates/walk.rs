//! Walks over the syntax tree of a template: all statements and expressions, in the order of the text.

use minijinja::machinery::ast::{Call, CallArg, Expr, Macro, Stmt};

/// A part of a template.
#[derive(Clone, Copy)]
pub(super) enum Part<'t, 's> {
    /// A statement, before what it contains.
    Statement(&'t Stmt<'s>),
    /// An expression, before what it contains.
    Expression(&'t Expr<'s>),
}

/// Calls `visit` for each statement and expression below `statement`, and for itself.
pub(super) fn walk<'t, 's>(statement: &'t Stmt<'s>, visit: &mut dyn FnMut(Part<'t, 's>)) {
    visit(Part::Statement(statement));
    match statement {
        Stmt::Template(all) => statements(&all.children, visit),
        Stmt::EmitExpr(emit) => expression(&emit.expr, visit),
        Stmt::EmitRaw(_) => {}
        Stmt::ForLoop(one) => {
            expressions([&one.target, &one.iter].into_iter().chain(&one.filter_expr), visit);
            statements(&one.body, visit);
            statements(&one.else_body, visit);
        }
        Stmt::IfCond(one) => {
            expression(&one.expr, visit);
            statements(&one.true_body, visit);
            statements(&one.false_body, visit);
        }
        Stmt::WithBlock(one) => {
            expressions(one.assignments.iter().flat_map(|(to, from)| [to, from]), visit);
            statements(&one.body, visit);
        }
        Stmt::Set(one) => expressions([&one.target, &one.expr], visit),
        Stmt::SetBlock(one) => {
            expressions([&one.target].into_iter().chain(&one.filter), visit);
            statements(&one.body, visit);
        }
        Stmt::AutoEscape(one) => {
            expression(&one.enabled, visit);
            statements(&one.body, visit);
        }
        Stmt::FilterBlock(one) => {
            expression(&one.filter, visit);
            statements(&one.body, visit);
        }
        Stmt::Block(one) => statements(&one.body, visit),
        Stmt::Import(one) => expression(&one.expr, visit),
        Stmt::FromImport(one) => expression(&one.expr, visit),
        Stmt::Extends(one) => expression(&one.name, visit),
        Stmt::Include(one) => expression(&one.name, visit),
        Stmt::Macro(one) => makro(one, visit),
        Stmt::CallBlock(one) => {
            call(&one.call, visit);
            makro(&one.macro_decl, visit);
        }
        Stmt::Do(one) => call(&one.call, visit),
    }
}

fn statements<'t, 's>(all: &'t [Stmt<'s>], visit: &mut dyn FnMut(Part<'t, 's>)) {
    for statement in all {
        walk(statement, visit);
    }
}

fn makro<'t, 's>(one: &'t Macro<'s>, visit: &mut dyn FnMut(Part<'t, 's>)) {
    expressions(&one.defaults, visit);
    statements(&one.body, visit);
}

fn expressions<'t, 's: 't>(
    all: impl IntoIterator<Item = &'t Expr<'s>>,
    visit: &mut dyn FnMut(Part<'t, 's>),
) {
    for one in all {
        expression(one, visit);
    }
}

/// Calls `visit` for each expression below `one`, and for itself.
pub(super) fn expression<'t, 's>(one: &'t Expr<'s>, visit: &mut dyn FnMut(Part<'t, 's>)) {
    visit(Part::Expression(one));
    match one {
        Expr::Var(_) | Expr::Const(_) => {}
        Expr::Slice(slice) => {
            let bounds = slice.start.iter().chain(&slice.stop).chain(&slice.step);
            expressions([&slice.expr].into_iter().chain(bounds), visit);
        }
        Expr::UnaryOp(unary) => expression(&unary.expr, visit),
        Expr::BinOp(binary) => expressions([&binary.left, &binary.right], visit),
        Expr::Compare(compare) => {
            let others = compare.ops.iter().map(|op| &op.expr);
            expressions([&compare.expr].into_iter().chain(others), visit);
        }
        Expr::IfExpr(choice) => {
            let both = [&choice.true_expr, &choice.test_expr];
            expressions(both.into_iter().chain(&choice.false_expr), visit);
        }
        Expr::Filter(filter) => {
            expressions(&filter.expr, visit);
            arguments(&filter.args, visit);
        }
        Expr::Test(test) => {
            expression(&test.expr, visit);
            arguments(&test.args, visit);
        }
        Expr::GetAttr(get) => expression(&get.expr, visit),
        Expr::GetItem(get) => expressions([&get.expr, &get.subscript_expr], visit),
        Expr::Call(one) => call(one, visit),
        Expr::List(list) => expressions(&list.items, visit),
        Expr::Map(map) => expressions(map.keys.iter().chain(&map.values), visit),
    }
}

fn call<'t, 's>(one: &'t Call<'s>, visit: &mut dyn FnMut(Part<'t, 's>)) {
    expression(&one.expr, visit);
    arguments(&one.args, visit);
}

fn arguments<'t, 's>(all: &'t [CallArg<'s>], visit: &mut dyn FnMut(Part<'t, 's>)) {
    for argument in all {
        match argument {
            CallArg::Pos(one)
            | CallArg::Kwarg(_, one)
            | CallArg::PosSplat(one)
            | CallArg::KwargSplat(one) => expression(one, visit),
        }
    }
}
