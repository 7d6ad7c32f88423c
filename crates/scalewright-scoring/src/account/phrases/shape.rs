//! The words of one language, and how their placeholders are replaced.

/// The words that describe scores in one language. Placeholders in braces are replaced.
#[derive(Debug)]
pub struct Phrases {
    /// The language, an ISO 639-1 code.
    pub language: &'static str,
    /// A label: what a score measures.
    pub measures: &'static str,
    /// A label: the scale that this one is a subscale of.
    pub part_of: &'static str,
    /// A label: the unit of the score.
    pub unit: &'static str,
    /// A label: the rule in one sentence.
    pub rule: &'static str,
    /// A label: the terms of the score.
    pub computed_from: &'static str,
    /// A label: the table of recoded answers.
    pub recoding: &'static str,
    /// A label: what is done to the sum or mean.
    pub then: &'static str,
    /// A label: the formula.
    pub formula: &'static str,
    /// A label: the condition of a flag.
    pub true_if: &'static str,
    /// A label: the printed numbers of the items of a formula.
    pub numbers: &'static str,
    /// A label: the table of norms.
    pub norm: &'static str,
    /// A label: how a derived score is computed from the raw score.
    pub derived: &'static str,
    /// A label: a table of the definition.
    pub table: &'static str,
    /// A label: an item response model.
    pub model: &'static str,
    /// A label: the rule for missing answers.
    pub missing: &'static str,
    /// A label: the items that must be answered.
    pub needed: &'static str,
    /// A label: the conditions under which items are asked.
    pub asked: &'static str,
    /// A label: the possible scores if all answers are given.
    pub complete: &'static str,
    /// A label: the possible scores if answers are missing.
    pub with_missing: &'static str,
    /// A label: the words that a score can be.
    pub words: &'static str,
    /// A label: the bands.
    pub bands: &'static str,
    /// A label: the published reliability.
    pub reliability: &'static str,
    /// A label: how well the key is established.
    pub key: &'static str,
    /// A label: where a part of the definition is from.
    pub source: &'static str,
    /// The heading of printed numbers.
    pub number: &'static str,
    /// The heading of items.
    pub item: &'static str,
    /// An answer, in a calculation.
    pub answer: &'static str,
    /// The heading of the value of a missing answer.
    pub no_answer: &'static str,
    /// The heading of a score.
    pub score: &'static str,
    /// The heading of how an answer counts.
    pub how: &'static str,
    /// The heading of the value of an answer.
    pub counts_as: &'static str,
    /// The heading of the results of a table.
    pub result: &'static str,
    /// The heading of norm groups.
    pub group: &'static str,
    /// The mean of a norm group.
    pub mean: &'static str,
    /// The standard deviation of a norm group.
    pub sd: &'static str,
    /// The heading of discriminations.
    pub discrimination: &'static str,
    /// The heading of a threshold.
    pub threshold: &'static str,
    /// One item, several items.
    pub items: [&'static str; 2],
    /// One scale, several scales.
    pub scales: [&'static str; 2],
    /// The sum of some terms.
    pub sum: &'static str,
    /// The weighted sum of some terms.
    pub weighted: &'static str,
    /// The mean of some terms.
    pub mean_of: &'static str,
    /// The lowest of some terms.
    pub lowest: &'static str,
    /// The highest of some terms.
    pub highest: &'static str,
    /// The rule of a score of a single item.
    pub one_item: &'static str,
    /// The rule of a score of a single scale.
    pub one_scale: &'static str,
    /// Added if one item, or several items, are reversed.
    pub reversed: [&'static str; 2],
    /// How a recoded answer counts.
    pub by_table: &'static str,
    /// The substitute for a missing answer to this item.
    pub if_missing: &'static str,
    /// The rule of a scale without a key.
    pub unknown_key: &'static str,
    /// The rule of a flag.
    pub truth: &'static str,
    /// The rule of a number that a formula gives.
    pub by_formula: &'static str,
    /// The rule of a derived score.
    pub by_norm: &'static str,
    /// A step.
    pub add: &'static str,
    /// A step.
    pub subtract: &'static str,
    /// A step.
    pub multiply: &'static str,
    /// A step.
    pub divide: &'static str,
    /// A step.
    pub whole: &'static str,
    /// A step, for one decimal and for several.
    pub decimals: [&'static str; 2],
    /// A step.
    pub limit: &'static str,
    /// How many answers are needed: one, or all of several.
    pub all_items: [&'static str; 2],
    /// How many scores are needed: one, or all of several.
    pub all_scales: [&'static str; 2],
    /// How many answers are needed: one of several, or more.
    pub some_items: [&'static str; 2],
    /// How many scores are needed: one of several, or more.
    pub some_scales: [&'static str; 2],
    /// What replaces a missing value.
    pub as_mean: &'static str,
    /// What replaces a missing value.
    pub as_constant: &'static str,
    /// What replaces a missing value.
    pub as_listed: &'static str,
    /// What replaces a missing value.
    pub left_out: &'static str,
    /// How items that are not asked count.
    pub not_asked_counts: &'static str,
    /// How items that are not asked count.
    pub not_asked_missing: &'static str,
    /// How recoded missing answers count.
    pub blank_counts: &'static str,
    /// The rule of a formula that needs all of its values.
    pub strict: &'static str,
    /// When an item is asked.
    pub only_if: &'static str,
    /// What counts if an item was not asked.
    pub else_counts: &'static str,
    /// What counts if an item was not asked.
    pub else_missing: &'static str,
    /// What counts if an item with several choices was not asked.
    pub else_none: &'static str,
    /// A range.
    pub to: &'static str,
    /// A range of one number.
    pub always: &'static str,
    /// No score is possible.
    pub never: &'static str,
    /// A range whose ends are bounds.
    pub within: &'static str,
    /// A range without ends.
    pub unlimited: &'static str,
    /// The number of possible scores.
    pub different: [&'static str; 2],
    /// Added if a score can be missing.
    pub or_none: &'static str,
    /// A band without its upper end.
    pub below: &'static str,
    /// A band without its lower end.
    pub above: &'static str,
    /// A band without its ends.
    pub between: &'static str,
    /// A norm group without a condition.
    pub everyone: &'static str,
    /// The last norm group, without a condition.
    pub all_others: &'static str,
    /// How a norm group is found.
    pub first_group: &'static str,
    /// The meaning of Φ.
    pub phi: &'static str,
    /// How a row is found.
    pub exact: &'static str,
    /// How a row is found in one column.
    pub step: &'static str,
    /// How a number between two rows is found.
    pub linear: &'static str,
    /// The result outside a table.
    pub nearest: &'static str,
    /// The result outside a table.
    pub outside: &'static str,
    /// A type of model.
    pub graded: &'static str,
    /// A type of model.
    pub credit: &'static str,
    /// The points at which a model is integrated.
    pub points: &'static str,
    /// A score that cannot be computed by hand.
    pub by_program: &'static str,
    /// How well a key is established.
    pub verified: &'static str,
    /// How well a key is established.
    pub single: &'static str,
    /// How well a key is established.
    pub recalled: &'static str,
    /// How well a key is established.
    pub unverified: &'static str,
    /// The title of a scoring sheet.
    pub sheet: &'static str,
    /// Who a scoring sheet is not for.
    pub not_for_respondents: &'static str,
    /// A field of a scoring sheet.
    pub respondent: &'static str,
    /// A field of a scoring sheet.
    pub date: &'static str,
    /// The foot of a page.
    pub page: &'static str,
    /// A scoring sheet without scores.
    pub no_scores: &'static str,
}

/// A pattern with its placeholders replaced. Braces in a value are not taken for placeholders.
pub(in crate::account) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let (mut text, mut rest) = (String::new(), pattern);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        let value = values.iter().find(|(other, _)| *other == name);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    text + rest
}

/// The pattern for one, or that for several.
pub(in crate::account) fn plural(patterns: [&'static str; 2], count: usize) -> &'static str {
    patterns[usize::from(count != 1)]
}
