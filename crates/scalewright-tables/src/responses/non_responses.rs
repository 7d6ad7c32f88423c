//! Options that are no answers, such as "I would rather not say": choosing one is a missing answer, whose reason is its label.

use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseOption};

/// The options of each item that are no answers: the value and the label.
#[derive(Debug, Clone)]
pub(crate) struct NonResponses(Vec<Vec<(f64, Rc<str>)>>);

impl NonResponses {
    pub(crate) fn new(instrument: &Instrument) -> Self {
        let items = (0..instrument.items.len()).map(|at| of_item(instrument, ItemIx(at)));
        Self(items.collect())
    }

    /// The label of the option with this value, if it is no answer to the item.
    pub(crate) fn reason(&self, item: usize, value: f64) -> Option<&Rc<str>> {
        self.0[item].iter().find(|(option, _)| *option == value).map(|(_, reason)| reason)
    }

    /// The labels of the options of an item.
    pub(crate) fn of(&self, item: usize) -> impl Iterator<Item = &Rc<str>> {
        self.0[item].iter().map(|(_, reason)| reason)
    }
}

fn of_item(instrument: &Instrument, item: ItemIx) -> Vec<(f64, Rc<str>)> {
    let scale = instrument.items[item.0].response;
    // The source language comes first.
    let words = instrument.wordings.first().and_then(|words| words.responses.get(scale.0));
    let label = |at: usize, option: &ResponseOption| match words.and_then(|w| w.labels.get(at)) {
        Some(label) if !label.is_empty() => Rc::from(label.as_str()),
        _ => Rc::from(option.code.clone().unwrap_or_else(|| option.number())),
    };
    let options = instrument.response(item).options().iter().enumerate();
    let options = options.filter(|(_, option)| option.non_response);
    options.map(|(at, option)| (option.value.number(), label(at, option))).collect()
}
