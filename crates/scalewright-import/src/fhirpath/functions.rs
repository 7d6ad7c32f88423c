//! Functions on collections.

use super::ast::{Ast, Step};
use super::machine::{Context, Machine};
use super::members;
use super::operators::{binary, single, truth};
use super::scalar::{Collection, Datum, Evaluated, apply, is_equal};

/// Calls a function.
pub(crate) fn call<'w>(
    machine: &mut Machine<'w>,
    input: &Collection<'w>,
    (name, arguments): (&str, &[Ast]),
    context: &Context<'w>,
) -> Evaluated<Collection<'w>> {
    match (name, arguments) {
        ("where" | "select" | "all" | "repeat" | "aggregate", _) => {
            each(machine, input, (name, arguments), context)
        }
        ("exists", [criterion]) => {
            let found = filtered(machine, input, criterion, context)?;
            Ok(vec![Datum::Truth(!found.is_empty())])
        }
        ("iif", [condition, rest @ ..]) if !rest.is_empty() && rest.len() < 3 => {
            let context = with_this(context, input);
            let condition = truth(&machine.eval(condition, &context)?)?;
            match (condition, rest) {
                (Some(true), [then, ..]) => machine.eval(then, &context),
                (_, [_, otherwise]) => machine.eval(otherwise, &context),
                _ => Ok(Vec::new()),
            }
        }
        ("combine" | "union" | "intersect" | "exclude" | "subsetOf" | "supersetOf", [other]) => {
            let other = machine.eval(other, context)?;
            machine.step(input.len().saturating_mul(other.len()))?;
            Ok(sets(name, input, other)?)
        }
        ("extension", [url]) => {
            let wanted = machine.eval(url, context)?;
            let mut all = Vec::new();
            for datum in input {
                members::member(machine, datum, "extension", &mut all)?;
            }
            let mut found = Vec::new();
            for extension in all {
                let mut url = Vec::new();
                members::member(machine, &extension, "url", &mut url)?;
                if url == wanted {
                    found.push(extension);
                }
            }
            Ok(found)
        }
        ("ofType" | "as", [Ast::Path(None, steps)]) => match &steps[..] {
            [Step::Member(kind)] => typed(input, kind),
            _ => Err("it converts to a type of another model".to_owned()),
        },
        ("children", []) => {
            let mut found = Vec::new();
            for datum in input {
                members::children(machine, datum, &mut found)?;
            }
            Ok(found)
        }
        ("descendants", []) => descendants(machine, input),
        ("weight" | "ordinal", []) => {
            let weights = input.iter().filter_map(|datum| members::weight(machine.world, datum));
            Ok(weights.map(Datum::Number).collect())
        }
        ("trace", [_, ..]) => Ok(input.clone()),
        (_, []) => match plain(name, input)? {
            Some(result) => Ok(result),
            None => scalar(machine, input, (name, arguments), context),
        },
        _ => scalar(machine, input, (name, arguments), context),
    }
}

/// A context whose `$this` is the only value of `input`.
fn with_this<'w>(context: &Context<'w>, input: &Collection<'w>) -> Context<'w> {
    match &input[..] {
        [only] => Context { this: Some(only.clone()), ..context.clone() },
        _ => context.clone(),
    }
}

fn filtered<'w>(
    machine: &mut Machine<'w>,
    input: &Collection<'w>,
    criterion: &Ast,
    context: &Context<'w>,
) -> Evaluated<Collection<'w>> {
    let mut found = Vec::new();
    let link = criterion.asked_link();
    for datum in input {
        if let (Some(link), Datum::Item(node)) = (link, datum) {
            if machine.world.nodes[*node].link_id == link {
                found.push(datum.clone());
            }
            continue;
        }
        let inner = Context { this: Some(datum.clone()), ..context.clone() };
        if truth(&machine.eval(criterion, &inner)?)? == Some(true) {
            found.push(datum.clone());
        }
    }
    Ok(found)
}

/// Functions whose argument is evaluated for each value.
fn each<'w>(
    machine: &mut Machine<'w>,
    input: &Collection<'w>,
    (name, arguments): (&str, &[Ast]),
    context: &Context<'w>,
) -> Evaluated<Collection<'w>> {
    match (name, arguments) {
        ("where", [criterion]) => filtered(machine, input, criterion, context),
        ("all", [criterion]) => {
            let met = filtered(machine, input, criterion, context)?.len();
            Ok(vec![Datum::Truth(met == input.len())])
        }
        ("select", [of]) => projected(machine, input, of, context),
        ("repeat", [of]) => {
            let (mut all, mut next) = (Vec::new(), input.clone());
            while !next.is_empty() {
                let found = projected(machine, &next, of, context)?;
                machine.step(found.len().saturating_mul(all.len() + 1))?;
                next = Vec::new();
                for datum in found {
                    if !all.contains(&datum) {
                        all.push(datum.clone());
                        next.push(datum);
                    }
                }
            }
            Ok(all)
        }
        ("aggregate", [of, initial @ ..]) if initial.len() < 2 => {
            let mut total = match initial {
                [initial] => machine.eval(initial, context)?,
                _ => Vec::new(),
            };
            for datum in input {
                let this = Some(datum.clone());
                let inner = Context { this, total: Some(total), ..context.clone() };
                total = machine.eval(of, &inner)?;
            }
            Ok(total)
        }
        _ => Err(format!("`{name}` has wrong arguments")),
    }
}

fn projected<'w>(
    machine: &mut Machine<'w>,
    input: &Collection<'w>,
    of: &Ast,
    context: &Context<'w>,
) -> Evaluated<Collection<'w>> {
    let mut found = Vec::new();
    for datum in input {
        let inner = Context { this: Some(datum.clone()), ..context.clone() };
        found.extend(machine.eval(of, &inner)?);
    }
    Ok(found)
}

fn descendants<'w>(machine: &mut Machine<'w>, input: &Collection<'w>) -> Evaluated<Collection<'w>> {
    let (mut all, mut next) = (Vec::new(), input.clone());
    while !next.is_empty() {
        let mut found = Vec::new();
        for datum in &next {
            members::children(machine, datum, &mut found)?;
        }
        machine.step(found.len())?;
        all.extend(found.iter().cloned());
        next = found;
    }
    Ok(all)
}

fn sets<'w>(
    name: &str,
    input: &Collection<'w>,
    other: Collection<'w>,
) -> Evaluated<Collection<'w>> {
    let is_in =
        |datum: &Datum<'w>, all: &Collection<'w>| all.iter().any(|one| is_equal(one, datum));
    Ok(match name {
        "combine" => input.iter().cloned().chain(other).collect(),
        "union" => binary(super::ast::Operator::Union, input, &other)?,
        "intersect" => input.iter().filter(|datum| is_in(datum, &other)).cloned().collect(),
        "exclude" => input.iter().filter(|datum| !is_in(datum, &other)).cloned().collect(),
        "subsetOf" => vec![Datum::Truth(input.iter().all(|datum| is_in(datum, &other)))],
        _ => vec![Datum::Truth(other.iter().all(|datum| is_in(datum, input)))],
    })
}

fn typed<'w>(input: &Collection<'w>, kind: &str) -> Evaluated<Collection<'w>> {
    let is_of = |datum: &Datum<'w>| match kind.to_ascii_lowercase().as_str() {
        "coding" => matches!(datum, Datum::Chosen(..) | Datum::Json(_)),
        "decimal" => matches!(datum, Datum::Number(_)),
        "integer" => matches!(datum, Datum::Number(number) if number.fract() == 0.0),
        "string" | "code" => matches!(datum, Datum::Text(_)),
        "boolean" => matches!(datum, Datum::Truth(_)),
        "quantity" => matches!(datum, Datum::Quantity(_)),
        _ => false,
    };
    const KINDS: [&str; 7] =
        ["coding", "decimal", "integer", "string", "code", "boolean", "quantity"];
    if !KINDS.contains(&kind.to_ascii_lowercase().as_str()) {
        return Err(format!("it asks for the type `{kind}`"));
    }
    Ok(input.iter().filter(|datum| is_of(datum)).cloned().collect())
}

/// Functions of a whole collection without arguments.
fn plain<'w>(name: &str, input: &Collection<'w>) -> Evaluated<Option<Collection<'w>>> {
    Ok(Some(match name {
        "exists" => vec![Datum::Truth(!input.is_empty())],
        "empty" => vec![Datum::Truth(input.is_empty())],
        "hasValue" => vec![Datum::Truth(input.len() == 1)],
        #[expect(clippy::cast_precision_loss, reason = "collections have fewer than 2^52 values")]
        "count" => vec![Datum::Number(input.len() as f64)],
        "first" | "single" => input.first().cloned().into_iter().collect(),
        "last" => input.last().cloned().into_iter().collect(),
        "tail" => input.iter().skip(1).cloned().collect(),
        "distinct" => binary(super::ast::Operator::Union, input, &Vec::new())?,
        "not" => truth(input)?.map(|truth| Datum::Truth(!truth)).into_iter().collect(),
        "sum" | "avg" | "min" | "max" => aggregate(name, input)?,
        "allTrue" | "anyTrue" | "allFalse" | "anyFalse" => {
            let wanted = name.ends_with("True");
            let is_met = |datum: &Datum<'w>| *datum == Datum::Truth(wanted);
            let all = name.starts_with("all");
            let met = if all { input.iter().all(is_met) } else { input.iter().any(is_met) };
            vec![Datum::Truth(met)]
        }
        _ => return Ok(None),
    }))
}

fn aggregate<'w>(name: &str, input: &Collection<'w>) -> Evaluated<Collection<'w>> {
    let numbers = input.iter().map(|datum| match datum {
        Datum::Number(number) => Ok(*number),
        _ => Err(format!("`{name}` is used with something that is not a number")),
    });
    let numbers: Vec<f64> = numbers.collect::<Evaluated<_>>()?;
    let Some(least) = numbers.iter().copied().reduce(f64::min) else { return Ok(Vec::new()) };
    let sum: f64 = numbers.iter().sum();
    #[expect(clippy::cast_precision_loss, reason = "collections have fewer than 2^52 values")]
    let result = match name {
        "sum" => sum,
        "avg" => sum / numbers.len() as f64,
        "min" => least,
        _ => numbers.iter().copied().fold(least, f64::max),
    };
    Ok(vec![Datum::Number(result)])
}

/// Functions of a single value.
fn scalar<'w>(
    machine: &mut Machine<'w>,
    input: &Collection<'w>,
    (name, arguments): (&str, &[Ast]),
    context: &Context<'w>,
) -> Evaluated<Collection<'w>> {
    let mut values = Vec::new();
    let mut complete = true;
    for argument in arguments {
        match single(&machine.eval(argument, context)?, "an argument")? {
            Some(value) => values.push(value.clone()),
            None => complete = false,
        }
    }
    let what = format!("`{name}`");
    let Some(of) = single(input, &what)? else {
        // With a number, to know whether there is such a function at all.
        let known = apply(name, &Datum::Number(1.0), &values);
        return known.map(|_| Vec::new()).ok_or_else(|| unknown(name));
    };
    if !complete {
        return Ok(Vec::new());
    }
    match apply(name, of, &values) {
        Some(result) => Ok(result?.into_iter().collect()),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    if matches!(name, "today" | "now" | "timeOfDay") {
        return "it uses the day or the time of the evaluation".to_owned();
    }
    format!("it uses the function `{name}`")
}
