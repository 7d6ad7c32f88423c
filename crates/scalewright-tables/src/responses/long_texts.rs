//! Texts that occur often, each kept once.

use std::collections::HashMap;
use std::rc::Rc;

/// The most bytes of all different texts, with what the table of them needs for each.
const MOST: usize = 256 << 20;
/// What the table needs for each text besides its letters, in bytes, approximately.
const EACH: usize = 64;

/// Different texts, numbered in the order in which they first occur.
#[derive(Default)]
pub(super) struct Interned {
    numbers: HashMap<Rc<str>, u32>,
    texts: Vec<Rc<str>>,
    bytes: usize,
}

impl Interned {
    /// The number of a text.
    pub(super) fn add(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Rc<str> = text.into();
        self.bytes += text.len() + EACH;
        self.numbers.insert(Rc::clone(&text), number);
        self.texts.push(text);
        number
    }

    /// The text with a number.
    pub(super) fn get(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// Whether no more texts should be added.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MOST
    }
}
