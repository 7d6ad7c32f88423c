//! Rules in the form that people write them: `sum(a, b; >= 1)` instead of a choice among sums.
//!
//! Each change gives the same result for all answers, also for blanks.

mod conditions;
mod enough;
mod rounding;

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::algebra::{Among, Compared, Num, Truth, Word, WordOf};
pub(crate) use enough::unguarded;
use enough::{base, enough, indicated, needs, sum_of_present};

/// What is known about the numbers of an item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bounds {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) is_whole: bool,
    /// The coded values; none for a number.
    pub(crate) values: Vec<OptionValue>,
}

type Known = BTreeMap<usize, Bounds>;

/// The simplified number.
pub(crate) fn number(of: Num, known: &Known) -> Num {
    let boxed = |of: Box<Num>| Box::new(number(*of, known));
    let list = |all: Vec<Num>| all.into_iter().map(|of| number(of, known)).collect::<Vec<_>>();
    match of {
        Num::Sum(terms) => sum(list(terms), known),
        Num::Answered(all) => Num::Answered(list(all)),
        Num::Count(tests, least) => {
            Num::Count(tests.into_iter().map(|test| truth(test, known)).collect(), least)
        }
        Num::Among(among) => Num::Among(Among { of: list(among.of), ..among }),
        Num::Either(a, b) => Num::Either(boxed(a), boxed(b)),
        Num::Negative(of) => number(*of, known).negative(),
        Num::Times(a, b) => times(number(*a, known), number(*b, known)),
        Num::Over(a, b) => over(number(*a, known), number(*b, known), known),
        Num::Apply(function, of) => rounding::applied(function, number(*of, known), known),
        Num::Power(of, by) => Num::Power(boxed(of), by),
        Num::Round(of, decimals) => Num::Round(boxed(of), decimals),
        Num::If(test, then, otherwise) => {
            choice(truth(*test, known), number(*then, known), number(*otherwise, known), known)
        }
        plain => plain,
    }
}

/// The simplified condition.
pub(crate) fn truth(of: Truth, known: &Known) -> Truth {
    match of {
        Truth::Compare(comparison, a, b) => compare(comparison, number(a, known), number(b, known)),
        Truth::All(parts) => {
            conditions::all(Truth::all(parts.into_iter().map(|part| truth(part, known))))
        }
        Truth::Any(parts) => {
            conditions::any(Truth::any(parts.into_iter().map(|part| truth(part, known))))
        }
        Truth::Not(of) => truth(*of, known).negated(),
        Truth::IsMissing(of) => match *of {
            WordOf::Number(of) => number(of, known).absence(),
            WordOf::Truth(of) => truth(of, known).absence(),
            WordOf::Word(of) => word(of, known).absence(),
        },
        Truth::If(test, then, otherwise) => {
            let test = truth(*test, known);
            conditions::choice(test, truth(*then, known), truth(*otherwise, known))
        }
        plain => plain,
    }
}

/// A comparison. Our comparisons take numbers that differ by 0.0000001 for equal, so an edge that is moved by that much
/// against errors of binary numbers is moved back.
fn compare(comparison: Compared, left: Num, right: Num) -> Truth {
    let Num::Constant(edge) = right else { return Truth::compare(comparison, left, right) };
    let whole = (edge * 1e6).round() / 1e6;
    let by = match comparison {
        Compared::AtLeast | Compared::Less => whole - edge,
        Compared::AtMost | Compared::Greater => edge - whole,
        Compared::Equal | Compared::Unequal => 0.0,
    };
    let edge = if (0.5e-7..1.5e-7).contains(&by) { whole } else { edge };
    Truth::compare(comparison, left, Num::Constant(edge))
}

/// The simplified word.
pub(crate) fn word(of: Word, known: &Known) -> Word {
    match of {
        Word::If(test, then, otherwise) => {
            Word::choice(truth(*test, known), word(*then, known), word(*otherwise, known))
        }
        plain => plain,
    }
}

fn sum(terms: Vec<Num>, known: &Known) -> Num {
    // 1 for each that is present: how many are.
    let counted: Option<Vec<Num>> = terms.iter().map(enough::counts).collect();
    if let Some(counted) = counted {
        return Num::Answered(counted);
    }
    let indicated: Option<Vec<Truth>> = terms.iter().map(indicated).collect();
    if let Some(tests) = indicated {
        return Num::Count(tests, 0);
    }
    let mut flat = Vec::new();
    let mut constant = 0.0;
    for term in terms {
        match term {
            Num::Constant(number) => constant += number,
            Num::Sum(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    // What is subtracted from the constant may be reversed as a whole: a + 4 - b.
    let reversed = |term: &Num| match term {
        Num::Negative(of) => match &**of {
            Num::Item(item) => {
                let bounds = known.get(item).filter(|bounds| !bounds.values.is_empty())?;
                Some((*item, bounds.low? + bounds.high?))
            }
            _ => None,
        },
        _ => None,
    };
    let ends: f64 = flat.iter().filter_map(|term| Some(reversed(term)?.1)).sum();
    if flat.iter().any(|term| reversed(term).is_some()) && ends == constant {
        constant = 0.0;
        for term in &mut flat {
            if let Some((item, _)) = reversed(term) {
                *term = Num::Reversed(item);
            }
        }
    }
    if constant != 0.0 || flat.is_empty() {
        flat.push(Num::Constant(constant));
    }
    if flat.len() == 1 { flat.remove(0) } else { Num::Sum(flat) }
}

fn times(a: Num, b: Num) -> Num {
    match (a, b) {
        // The mean of those present, for all of them.
        (Num::Among(among), Num::Constant(n)) | (Num::Constant(n), Num::Among(among))
            if among.function == "mean" && is_count(n, among.of.len()) =>
        {
            Num::Among(Among { function: "sum", prorate: true, ..among })
        }
        (a, b) => a.times(b),
    }
}

fn over(a: Num, b: Num, known: &Known) -> Num {
    if let Some(rounded) = rounding::scaled_back(&a, &b, known) {
        return rounded;
    }
    let Num::Answered(counted) = &b else { return a.over(b) };
    match &a {
        Num::Among(among) if is_plain_sum(among) && is_same(&among.of, counted) => {
            Num::Among(Among { function: "mean", ..among.clone() })
        }
        Num::Times(sum, n) => match (&**sum, &**n) {
            (Num::Among(among), Num::Constant(n)) | (Num::Constant(n), Num::Among(among))
                if is_plain_sum(among)
                    && is_same(&among.of, counted)
                    && is_count(*n, counted.len()) =>
            {
                Num::Among(Among { prorate: true, ..among.clone() })
            }
            _ => a.over(b),
        },
        _ => a.over(b),
    }
}

fn is_plain_sum(among: &Among) -> bool {
    among.function == "sum" && !among.prorate
}

/// Whether two lists are about the same answers.
fn is_same(one: &[Num], other: &[Num]) -> bool {
    let keys = |all: &[Num]| {
        let mut keys: Vec<String> = all.iter().map(|of| format!("{:?}", base(of))).collect();
        keys.sort();
        keys
    };
    one.len() == other.len() && keys(one) == keys(other)
}

#[expect(clippy::cast_precision_loss, reason = "lists have fewer than 2^52 entries")]
fn is_count(number: f64, count: usize) -> bool {
    number == count as f64
}

fn choice(test: Truth, then: Num, otherwise: Num, known: &Known) -> Num {
    if let Some(rounded) = rounding::away(&test, &then, &otherwise, known) {
        return rounded;
    }
    if otherwise == Num::Missing {
        let test = without_implied(test, &then, known);
        return only_if(test, then, known);
    }
    match (&test, &then, &otherwise) {
        // The value, or a constant without it.
        (Truth::Not(missing), of, Num::Constant(_)) if is_about(missing, of) => {
            then.either(otherwise)
        }
        (Truth::IsMissing(_), Num::Constant(_), of) if is_about(&test, of) => {
            otherwise.either(then)
        }
        _ => Num::choice(test, then, otherwise),
    }
}

/// Whether a test asks if `of` is missing.
fn is_about(test: &Truth, of: &Num) -> bool {
    match test {
        Truth::IsMissing(what) => match &**what {
            WordOf::Number(asked) => asked == of || *asked == base(of) && *of != Num::Missing,
            WordOf::Truth(_) | WordOf::Word(_) => false,
        },
        _ => false,
    }
}

/// `then` if the test is true, otherwise missing.
fn only_if(test: Truth, then: Num, known: &Known) -> Num {
    let Some((list, least)) = enough(&test) else {
        return Num::choice(test, then, Num::Missing);
    };
    // A value that needs all that the test asks for needs no test.
    if least == list.len() && list.iter().all(|of| needs(&then, of)) {
        return then;
    }
    if let Num::Count(tests, 0) = &then
        && let Some(unguarded) = tests.iter().map(unguarded).collect::<Option<Vec<_>>>()
    {
        let (tests, answers): (Vec<Truth>, Vec<Num>) = unguarded.into_iter().unzip();
        if is_same(&answers, &list) {
            return Num::Count(tests, least);
        }
    }
    let least = least.max(1);
    let again = |of: Num| only_if(test.clone(), of, known);
    match then {
        Num::Among(among) if is_same(&among.of, &list) => {
            let least = least.max(among.least);
            Num::Among(Among { least, ..among })
        }
        Num::Round(of, decimals) => Num::Round(Box::new(again(*of)), decimals),
        Num::Apply(function, of) => rounding::applied(function, again(*of), known),
        Num::Times(a, b) => match (*a, *b) {
            (a, Num::Constant(b)) => times(again(a), Num::Constant(b)),
            (Num::Constant(a), b) => times(Num::Constant(a), again(b)),
            (a, b) => Num::choice(test, a.times(b), Num::Missing),
        },
        Num::Over(a, b) => match (*a, *b) {
            (a, b @ (Num::Constant(_) | Num::Answered(_))) => over(again(a), b, known),
            (a, b) => Num::choice(test, a.over(b), Num::Missing),
        },
        then => match sum_of_present(&then) {
            Some(of) if is_same(&of, &list) => {
                Num::Among(Among { function: "sum", of, least, prorate: false })
            }
            _ => Num::choice(test, then, Num::Missing),
        },
    }
}

/// The test without comparisons that hold for all answers to the item that `then` is.
fn without_implied(test: Truth, then: &Num, known: &Known) -> Truth {
    let Num::Item(item) = then else { return test };
    let Some(bounds) = known.get(item) else { return test };
    let implied = |part: &Truth| match part {
        Truth::Compare(comparison, Num::Item(of), Num::Constant(edge)) if of == item => {
            match comparison {
                Compared::AtLeast => bounds.low.is_some_and(|low| low >= *edge),
                Compared::Greater => bounds.low.is_some_and(|low| low > *edge),
                Compared::AtMost => bounds.high.is_some_and(|high| high <= *edge),
                Compared::Less => bounds.high.is_some_and(|high| high < *edge),
                Compared::Equal | Compared::Unequal => false,
            }
        }
        _ => false,
    };
    match test {
        Truth::All(parts) => Truth::all(parts.into_iter().filter(|part| !implied(part))),
        test if implied(&test) => Truth::Constant(true),
        test => test,
    }
}

/// The lowest number that there can be, if one is known.
pub(crate) fn low(of: &Num, known: &Known) -> Option<f64> {
    match of {
        Num::Constant(number) => Some(*number),
        Num::Item(item) | Num::Reversed(item) => known.get(item)?.low,
        Num::Recoded(_, pairs) => pairs.iter().map(|(_, of)| *of).reduce(f64::min),
        Num::Either(a, b) => Some(low(a, known)?.min(low(b, known)?)),
        Num::Sum(terms) => terms.iter().map(|term| low(term, known)).sum(),
        Num::Times(a, b) | Num::Over(a, b) => {
            let positive = low(a, known)? >= 0.0 && low(b, known)? >= 0.0;
            positive.then_some(0.0)
        }
        Num::If(_, then, otherwise) => match (&**then, &**otherwise) {
            (Num::Missing, of) | (of, Num::Missing) => low(of, known),
            (then, otherwise) => Some(low(then, known)?.min(low(otherwise, known)?)),
        },
        Num::Among(among) => {
            let lows: Option<Vec<f64>> = among.of.iter().map(|of| low(of, known)).collect();
            let lowest = lows?.into_iter().reduce(f64::min)?;
            if among.function == "sum" && lowest < 0.0 { None } else { Some(lowest) }
        }
        Num::Answered(_) | Num::Count(..) => Some(0.0),
        Num::Apply("abs" | "sqrt" | "exp", _) => Some(0.0),
        Num::Apply("floor" | "ceiling" | "truncate", of) | Num::Round(of, _) => {
            Some(low(of, known)?.floor())
        }
        Num::Missing | Num::Score(_) | Num::Negative(_) | Num::Apply(..) | Num::Power(..) => None,
    }
}

/// The highest number that there can be, if one is known.
pub(crate) fn high(of: &Num, known: &Known) -> Option<f64> {
    match of {
        Num::Constant(number) => Some(*number),
        Num::Item(item) | Num::Reversed(item) => known.get(item)?.high,
        Num::Recoded(_, pairs) => pairs.iter().map(|(_, of)| *of).reduce(f64::max),
        Num::Either(a, b) => Some(high(a, known)?.max(high(b, known)?)),
        Num::Sum(terms) => terms.iter().map(|term| high(term, known)).sum(),
        Num::Times(a, b) => match (&**a, &**b) {
            (of, Num::Constant(by)) | (Num::Constant(by), of) if *by >= 0.0 => {
                Some(high(of, known)? * by)
            }
            _ => None,
        },
        Num::Over(a, b) => match &**b {
            Num::Constant(by) if *by > 0.0 => Some(high(a, known)? / by),
            _ => None,
        },
        Num::If(_, then, otherwise) => match (&**then, &**otherwise) {
            (Num::Missing, of) | (of, Num::Missing) => high(of, known),
            (then, otherwise) => Some(high(then, known)?.max(high(otherwise, known)?)),
        },
        Num::Among(among) => {
            let highs: Option<Vec<f64>> = among.of.iter().map(|of| high(of, known)).collect();
            let highs = highs?;
            match among.function {
                "sum" if highs.iter().all(|high| *high >= 0.0) => Some(highs.into_iter().sum()),
                "sum" => None,
                _ => highs.into_iter().reduce(f64::max),
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "lists have fewer than 2^52 entries")]
        Num::Answered(all) => Some(all.len() as f64),
        #[expect(clippy::cast_precision_loss, reason = "lists have fewer than 2^52 entries")]
        Num::Count(all, _) => Some(all.len() as f64),
        Num::Apply("floor" | "ceiling" | "truncate", of) | Num::Round(of, _) => {
            Some(high(of, known)?.ceil())
        }
        Num::Missing | Num::Score(_) | Num::Negative(_) | Num::Apply(..) | Num::Power(..) => None,
    }
}

/// Whether a number is always whole.
pub(crate) fn is_whole(of: &Num, known: &Known) -> bool {
    match of {
        Num::Constant(number) => number.fract() == 0.0,
        Num::Item(item) | Num::Reversed(item) => known.get(item).is_some_and(|b| b.is_whole),
        Num::Recoded(_, pairs) => pairs.iter().all(|(_, of)| of.fract() == 0.0),
        Num::Sum(terms) => terms.iter().all(|term| is_whole(term, known)),
        Num::Either(a, b) | Num::Times(a, b) => is_whole(a, known) && is_whole(b, known),
        Num::Negative(of) | Num::Power(of, _) => is_whole(of, known),
        Num::If(_, then, otherwise) => is_whole(then, known) && is_whole(otherwise, known),
        Num::Among(among) => {
            among.function != "mean"
                && !among.prorate
                && among.of.iter().all(|of| is_whole(of, known))
        }
        Num::Missing | Num::Answered(_) | Num::Count(..) | Num::Round(_, 0) => true,
        Num::Apply("floor" | "ceiling" | "truncate", _) => true,
        Num::Score(_) | Num::Over(..) | Num::Apply(..) | Num::Round(..) => false,
    }
}
