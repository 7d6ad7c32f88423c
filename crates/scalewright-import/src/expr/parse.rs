//! The parser: one for all languages, with precedences from a table.

use super::grammar::{Grammar, Prefix};
use super::node::{Func, Node, Op, Ref};
use super::token::{Token, tokens};

/// The greatest depth of brackets, calls and signs inside each other.
const DEEPEST: usize = 100;

/// Parses an expression.
pub(super) fn parse(
    grammar: &Grammar,
    text: &str,
    is_name: &dyn Fn(&str) -> bool,
) -> Result<Node, String> {
    let tokens = tokens(grammar, text, is_name)?;
    if tokens.is_empty() {
        return Err("the expression is empty".to_owned());
    }
    let mut parser = Parser { grammar, tokens: &tokens, next: 0, depth: 0 };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser<'t> {
    grammar: &'t Grammar,
    tokens: &'t [(Token, usize)],
    next: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// The position of the next token.
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(0, |(_, at)| *at)
    }

    /// Steps over a sign or word.
    fn accept(&mut self, sign: &str) -> bool {
        let is_next = self.sign().is_some_and(|next| next == sign);
        self.next += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.accept(sign) {
            return Ok(());
        }
        Err(match self.peek() {
            None => format!("`{sign}` is missing at the end"),
            Some(_) => format!("`{sign}` is missing before character {}", self.at()),
        })
    }

    /// The next sign or word as text.
    fn sign(&self) -> Option<&'t str> {
        match self.peek()? {
            Token::Symbol(sign) => Some(sign),
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn unexpected(&self) -> String {
        let at = self.at();
        match self.peek() {
            None => "the expression has no end".to_owned(),
            Some(Token::Symbol("=")) => {
                format!("`=` at character {at} assigns, and does not compare")
            }
            Some(Token::Symbol(sign)) => format!("`{sign}` at character {at} is not understood"),
            Some(Token::Word(word)) => format!("`{word}` at character {at} is not understood"),
            Some(Token::Text(text)) => {
                format!("the text `{text}` at character {at} is not understood")
            }
            Some(Token::Number(number)) => {
                format!("`{number}` at character {at} is not understood")
            }
            Some(Token::Name(name, _)) => format!("`{name}` at character {at} is not understood"),
        }
    }

    /// Counts a level of nesting while `read` runs.
    fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<T, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("the expression is nested deeper than {DEEPEST} levels"));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// `a ? b : c`, or an expression of operators.
    fn choice(&mut self) -> Result<Node, String> {
        let condition = self.operators(1)?;
        if !self.grammar.has_choice || !self.accept("?") {
            return Ok(condition);
        }
        self.nested(|parser| {
            let then = parser.choice()?;
            parser.expect(":")?;
            let otherwise = parser.choice()?;
            Ok(Node::Call(Func::If, vec![condition, then, otherwise], false))
        })
    }

    /// Operands and operators of at least a precedence.
    fn operators(&mut self, least: u8) -> Result<Node, String> {
        let mut left = self.operand()?;
        while let Some((_, power)) = self.infix().filter(|(_, power)| *power >= least) {
            let mut rest = Vec::new();
            // Operators of this precedence are one chain.
            while let Some((op, _)) = self.infix().filter(|(_, next)| *next == power) {
                self.next += 1;
                let operand = match op {
                    Op::Pow if !self.grammar.has_left_powers => {
                        self.nested(|parser| parser.operators(power))?
                    }
                    _ => self.operators(power + 1)?,
                };
                rest.push((op, operand));
            }
            left = Node::Chain(Box::new(left), rest);
        }
        Ok(left)
    }

    fn infix(&self) -> Option<(Op, u8)> {
        let sign = self.sign()?;
        let found = self.grammar.infix.iter().find(|(name, _, _)| self.grammar.is_same(name, sign));
        found.map(|(_, op, power)| (*op, *power))
    }

    /// An operand with the operators before and after it.
    fn operand(&mut self) -> Result<Node, String> {
        let prefix = self.sign().and_then(|sign| {
            self.grammar.prefix.iter().find(|(name, _, _)| self.grammar.is_same(name, sign))
        });
        // `not(…)` is a function where the language has it as one.
        if let Some((_, prefix, power)) = prefix.filter(|_| !self.is_call()) {
            self.next += 1;
            let of = self.nested(|parser| parser.operators(*power))?;
            return Ok(match prefix {
                Prefix::Not => Node::Not(Box::new(of)),
                Prefix::Minus => Node::Minus(Box::new(of)),
                Prefix::Plus | Prefix::Spread => of,
                Prefix::Number => Node::Call(Func::Number, vec![of], false),
            });
        }
        let mut node = self.primary()?;
        while self.grammar.has_index && self.accept("[") {
            let (index, _) = self.nested(|parser| parser.list("]"))?;
            let [index] = <[Node; 1]>::try_from(index).map_err(|_| self.unexpected())?;
            node = Node::Call(Func::At, vec![node, index], false);
        }
        while let Some((_, func)) = self.sign().and_then(|sign| {
            self.grammar.postfix.iter().find(|(name, _)| self.grammar.is_same(name, sign))
        }) {
            self.next += 1;
            node = Node::Call(*func, vec![node], false);
        }
        Ok(node)
    }

    /// Whether a function of the language and its bracket come next.
    fn is_call(&self) -> bool {
        let Some(Token::Word(word)) = self.peek() else { return false };
        let is_known =
            self.grammar.functions.iter().any(|(name, ..)| self.grammar.is_same(name, word));
        let after = self.tokens.get(self.next + 1).map(|(token, _)| token);
        is_known && after == Some(&Token::Symbol("("))
    }

    fn primary(&mut self) -> Result<Node, String> {
        let at = self.at();
        let Some(token) = self.peek() else { return Err(self.unexpected()) };
        let after = self.tokens.get(self.next + 1).map(|(token, _)| token);
        let node = match token {
            Token::Number(number) => Node::Number(*number),
            Token::Text(text) => Node::Text(text.clone()),
            Token::Name(text, option) => {
                Node::Name(Ref { text: text.clone(), option: option.clone(), at, bound: None })
            }
            Token::Symbol("(") => {
                self.next += 1;
                let inner = self.nested(Self::choice)?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Symbol("[") => {
                self.next += 1;
                return self.nested(|parser| parser.list("]")).map(|(nodes, _)| Node::List(nodes));
            }
            Token::Word(word) if after == Some(&Token::Symbol("(")) => return self.call(word),
            Token::Word(word) => self.word(word, at)?,
            Token::Symbol(_) => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(node)
    }

    /// A word that is a constant or a name.
    fn word(&self, word: &str, at: usize) -> Result<Node, String> {
        let constants = &self.grammar.constants;
        if let Some((_, constant)) =
            constants.iter().find(|(name, _)| self.grammar.is_same(name, word))
        {
            return Ok(constant.node());
        }
        let is_operator = self.infix().is_some();
        if self.grammar.has_bare_names && !is_operator {
            return Ok(Node::Name(Ref { text: word.to_owned(), option: None, at, bound: None }));
        }
        Err(format!("`{word}` at character {at} is not understood"))
    }

    fn call(&mut self, word: &str) -> Result<Node, String> {
        let at = self.at();
        let grammar = self.grammar;
        let found = grammar.functions.iter().find(|(name, ..)| grammar.is_same(name, word));
        let Some((name, func, least, most)) = found else {
            return Err(format!("the function `{word}` at character {at} is not understood"));
        };
        self.next += 2;
        let (args, leaves_blanks_out) = self.nested(|parser| parser.list(")"))?;
        if args.len() < *least || args.len() > *most {
            let given = args.len();
            return Err(format!("`{name}` at character {at} is called with {given} arguments"));
        }
        Ok(match func {
            Func::True => Node::Truth(true),
            Func::False => Node::Truth(false),
            Func::Combine => Node::List(args),
            Func::Not => Node::Not(Box::new(args.into_iter().next().unwrap_or(Node::Nothing))),
            _ => Node::Call(*func, args, leaves_blanks_out),
        })
    }

    /// The rest of a list up to its closing bracket, and whether `na.rm` is true.
    fn list(&mut self, close: &str) -> Result<(Vec<Node>, bool), String> {
        let (mut nodes, mut leaves_blanks_out) = (Vec::new(), false);
        if self.accept(close) {
            return Ok((nodes, false));
        }
        loop {
            let is_named =
                self.tokens.get(self.next + 1).map(|(token, _)| token) == Some(&Token::Symbol("="));
            match self.peek() {
                Some(Token::Word(word)) if is_named && word == "na.rm" => {
                    self.next += 2;
                    leaves_blanks_out = self.accept("TRUE") || self.accept("T");
                    if !leaves_blanks_out && !self.accept("FALSE") && !self.accept("F") {
                        return Err(self.unexpected());
                    }
                }
                _ => nodes.push(self.choice()?),
            }
            if self.accept(close) {
                return Ok((nodes, leaves_blanks_out));
            }
            self.expect(",")?;
        }
    }
}
