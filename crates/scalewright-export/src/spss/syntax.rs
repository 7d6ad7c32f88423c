//! How SPSS spells the normal form. A choice is a group of commands, so each step with a choice has a scratch variable.
//!
//! A scratch variable keeps its value for the next respondent. So every step sets its variable on every branch, and a
//! printed condition is true or false and never missing: DO IF with a missing condition takes no branch.

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::{commands, recode};
use crate::code::lines::{Piece, Print, TARGET};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// SPSS syntax.
pub(crate) struct Spss;

/// The condition that a variable is known; also the beginning that [`Spss::count`] recognises.
const KNOWN: &str = "NOT SYSMIS(";
const MISSING: &str = "$SYSMIS";

/// Pieces as the arguments of a call.
fn arguments(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// The command that sets the target to a piece, which may be a group of commands already.
pub(crate) fn set(piece: &Piece) -> String {
    match piece.text.contains(TARGET) {
        true => piece.text.clone(),
        false => format!("COMPUTE {TARGET} = {}.", piece.text),
    }
}

impl Syntax for Spss {
    fn language(&self) -> &'static str {
        "SPSS"
    }

    fn propagates(&self) -> bool {
        true
    }

    fn absorbs_zero(&self) -> bool {
        true
    }

    fn repeats(&self) -> bool {
        true
    }

    /// SYSMIS and RECODE take variables only.
    fn is_short(&self, text: &str) -> bool {
        text.starts_with('#') && !text.contains(|c: char| c.is_whitespace() || "()".contains(c))
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        // No id contains a period.
        format!("#s.{ix}")
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        format!("#c.{ix}")
    }

    fn part_name(&self, at: usize) -> String {
        format!("#p.{at}")
    }

    fn variable(&self, id: &str) -> String {
        format!("#{id}")
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        (Piece::atom(format!("({})", condition.text)), Piece::atom(format!("{name} = 1")))
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(MISSING)
    }

    fn text(&self, text: &str) -> Print<String> {
        commands::text(text)
    }

    fn missing_text(&self) -> String {
        "''".to_owned()
    }

    fn choice(&self, _: &str, _: &[ResponseOption], _: usize) -> Print<ChoiceRead> {
        Ok(ChoiceRead::Column)
    }

    /// The specification of RECODE.
    fn clean(&self, column: &str, accepted: Option<&Accepted>) -> Piece {
        Piece::atom(match accepted {
            None | Some(Accepted::Choices(_)) => format!("{column} (ELSE=SYSMIS)"),
            Some(Accepted::Values(values)) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                format!("{column} ({}=COPY) (ELSE=SYSMIS)", values.join(", "))
            }
            Some(Accepted::Between { min, max, decimals: _ }) => {
                let (low, high) = (digits(min - TOLERANCE), digits(max + TOLERANCE));
                format!("{column} ({low} THRU {high}=COPY) (ELSE=SYSMIS)")
            }
        })
    }

    fn column(&self, id: &str) -> String {
        id.to_owned()
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            // The quotient rounded down. TRUNC would round up just below a whole number.
            Operator::Modulo => {
                format!("{a} - {b} * ({a} / {b} - MOD({a} / {b}, 1) - (MOD({a} / {b}, 1) < 0))")
            }
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let (x, guard) = (of.operand(), digits(TOLERANCE));
        Ok(match function {
            Function::Abs => Piece::atom(format!("ABS({})", of.text)),
            Function::Sqrt => Piece::atom(format!("SQRT({})", of.text)),
            Function::Ln => Piece::atom(format!("LN({})", of.text)),
            Function::Exp => Piece::atom(format!("EXP({})", of.text)),
            Function::Floor => {
                let x = format!("{x} + {guard}");
                Piece::open(format!("TRUNC({x}) - ({x} < TRUNC({x}))"))
            }
            Function::Ceiling => {
                let x = format!("{x} - {guard}");
                Piece::open(format!("TRUNC({x}) + ({x} > TRUNC({x}))"))
            }
            Function::Truncate => {
                Piece::open(format!("TRUNC(ABS({x}) + {guard}) * (1 - 2 * ({x} < 0))"))
            }
            Function::NormalCdf => Piece::atom(format!("CDFNORM({})", of.text)),
        })
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        // RND has a tolerance of its own.
        let (times, over) = match decimals {
            0 => (String::new(), String::new()),
            _ => {
                let scale = 10_u64.pow(decimals);
                (format!(" * {scale}"), format!(" / {scale}"))
            }
        };
        let half = digits(0.5 + TOLERANCE);
        let size = |x: &str| format!("TRUNC({x}{times} + {half}){over}");
        let x = of.operand();
        Piece::open(match positive {
            true => size(&x),
            false => format!("{} * (1 - 2 * ({x} < 0))", size(&format!("ABS({x})"))),
        })
    }

    /// The number is a variable.
    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        Piece::atom(format!("SUM({}, {})", number.text, self.stand_in(number, otherwise)))
    }

    fn sum_of(&self, parts: &[Part]) -> Piece {
        if parts.iter().all(|part| part.is_known) {
            let all: Vec<Piece> = parts.iter().map(|part| part.number.clone()).collect();
            return self.sum(&all);
        }
        // SUM leaves missing terms out, and needs one that is known.
        let mut terms = vec!["0".to_owned()];
        for part in parts {
            terms.push(part.number.text.clone());
            if let Some(value) = part.stand_in.filter(|value| !part.is_known && *value != 0.0) {
                terms.push(self.stand_in(&part.number, value));
            }
        }
        Piece::atom(format!("SUM({})", terms.join(", ")))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let name = if kind == AggregateKind::Min { "MIN" } else { "MAX" };
        let number = |part: &Part| match part.stand_in.filter(|_| !part.is_known) {
            None => part.number.clone(),
            Some(value) => self.or_else(&part.number, value),
        };
        let numbers: Vec<Piece> = parts.iter().map(number).collect();
        Piece::atom(format!("{name}({})", arguments(&numbers)))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let variable = |condition: &Piece| {
            let rest = condition.text.strip_prefix(KNOWN)?.strip_suffix(')')?;
            self.is_short(rest).then(|| rest.to_owned())
        };
        match conditions.iter().map(variable).collect::<Option<Vec<_>>>() {
            Some(variables) if !variables.is_empty() => {
                Piece::atom(format!("NVALID({})", variables.join(", ")))
            }
            _ => {
                let each = conditions.iter().map(|one| format!("({})", one.text));
                Piece::open(each.collect::<Vec<_>>().join(" + "))
            }
        }
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let otherwise = set(otherwise);
        if let [(when, then)] = cases
            && !then.text.contains(TARGET)
            && !otherwise.contains('\n')
        {
            return Piece::statement(format!(
                "{otherwise}\nIF ({}) {TARGET} = {}.",
                when.text, then.text
            ));
        }
        let mut text = String::new();
        for (at, (when, then)) in cases.iter().enumerate() {
            let begin = if at == 0 { "DO IF" } else { "ELSE IF" };
            text.push_str(&format!("{begin} ({}).\n{}\n", when.text, set(then)));
        }
        Piece::statement(match text.is_empty() {
            true => otherwise,
            false => format!("{text}ELSE.\n{otherwise}\nEND IF."),
        })
    }

    fn recode(
        &self,
        of: &Piece,
        pairs: &[(f64, f64)],
        other: Option<f64>,
        exact: bool,
    ) -> Option<Piece> {
        Some(recode::pairs(of, pairs, other, exact))
    }

    /// One RECODE, if the table has one key and nothing is interpolated. Its first case that applies counts.
    fn table(&self, node: &Node, keys: &[Piece]) -> Piece {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf, &keys[0]),
            Node::Split { edge, less, more } => {
                if let Some(cases) = recode::cases(node, edge.key) {
                    let key = &keys[edge.key].text;
                    return Piece::statement(format!("RECODE {key} {cases} INTO {TARGET}."));
                }
                let below = self.number(edge.below);
                let test = self.compare(Comparison::Less, &keys[edge.key], &below);
                let (less, more) = (self.table(less, keys), self.table(more, keys));
                self.choose(&[(test, less)], &more)
            }
        }
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "1 = 1" } else { "1 = 0" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{KNOWN}{})", of.text))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("SYSMIS({})", of.text))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["=", "<>"]);
        Piece::atom(format!("{} {sign} {}", left.operand(), right.operand()))
    }

    fn listed(&self, of: &Piece, values: &[f64]) -> Piece {
        let values: Vec<String> = values.iter().map(|value| digits(*value)).collect();
        Piece::atom(format!("ANY({}, {})", of.text, values.join(", ")))
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let mut all: Vec<Piece> = open.iter().map(|of| self.known(of)).collect();
        all.push(condition);
        self.all(&all)
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        Piece::open(joined(conditions, " AND "))
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        Piece::open(joined(conditions, " OR "))
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("NOT ({})", condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, 1.0), (no, 0.0)].into_iter();
        let cases = cases.filter_map(|(when, value)| Some((when?.clone(), self.number(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        Piece::atom(format!("({})", yes.text))
    }
}

impl Spss {
    /// The number that counts if a variable is missing, otherwise 0.
    fn stand_in(&self, variable: &Piece, value: f64) -> String {
        format!("{} * SYSMIS({})", self.number(value).operand(), variable.text)
    }
}

#[cfg(test)]
mod tests {
    use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

    use super::Spss;
    use crate::code::lines::{Piece, TARGET};
    use crate::code::syntax::Syntax;

    fn split(below: f64, less: Node, more: Node) -> Node {
        let edge = Edge { key: 0, below };
        Node::Split { edge, less: Box::new(less), more: Box::new(more) }
    }

    #[test]
    fn a_table_is_one_recode_from_the_highest_number() {
        let value = |value| Node::Leaf(Leaf::Value(value));
        let table = split(1.5, Node::Leaf(Leaf::Missing), split(2.5, value(-30.0), value(41.5)));
        let text = Spss.table(&table, &[Piece::atom("#s.1")]).text;
        let cases = "(2.5 THRU HI=41.5) (1.5 THRU 2.5=-30) (ELSE=SYSMIS)";
        assert_eq!(text, format!("RECODE #s.1 {cases} INTO {TARGET}."));
    }

    #[test]
    fn a_missing_number_is_not_recoded() {
        let text = Spss.recode(&Piece::atom("#q"), &[(1.0, 0.0), (2.0, -1.5)], Some(9.0), true);
        let cases = "(SYSMIS=SYSMIS) (1=0) (2=-1.5) (ELSE=9)";
        let expected = format!("RECODE #q {cases} INTO {TARGET}.");
        assert_eq!(text.map(|piece| piece.text), Some(expected));
    }

    #[test]
    fn a_choice_sets_its_variable_on_every_branch() {
        let [one, two, last] = ["1", "2", "3"].map(Piece::atom);
        let when = Piece::atom("#a = 1");
        let short = Spss.choose(&[(when.clone(), one.clone())], &last);
        assert_eq!(short.text.replace(TARGET, "x"), "COMPUTE x = 3.\nIF (#a = 1) x = 1.");
        let long = Spss.choose(&[(when.clone(), one), (when, two)], &short);
        let inner = "COMPUTE x = 3.\nIF (#a = 1) x = 1.";
        let cases = "DO IF (#a = 1).\nCOMPUTE x = 1.\nELSE IF (#a = 1).\nCOMPUTE x = 2.\nELSE.";
        assert_eq!(long.text.replace(TARGET, "x"), format!("{cases}\n{inner}\nEND IF."));
    }

    #[test]
    fn answers_are_counted_by_variables() {
        let [a, b] = ["#a", "#b"].map(|name| Spss.known(&Piece::atom(name)));
        assert_eq!(Spss.count(&[a.clone(), b]).text, "NVALID(#a, #b)");
        let test = Piece::atom("#c > 1");
        assert_eq!(Spss.count(&[a, test]).text, "(NOT SYSMIS(#a)) + (#c > 1)");
    }
}
