//! Scores and conditions as rules.

use scalewright_model::OptionValue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use scalewright_model::file::BandFile;

use super::conditions::shown;
use super::reader::Reader;
use super::source;
use crate::fhirpath::{
    Answered, Names, Num, Part, Translated, Translator, Truth, Word, World, bands, closed,
    condition, lifted, number, simplify, truth_as_number, word,
};
use crate::finding::{Finding, Kind};
use crate::form::rule::{Rule, Target};
use crate::form::{ResponseKind, Score};

/// Writes the rules of the form.
pub(super) fn write(reader: &mut Reader<'_>, world: &Arc<World>) {
    let mut translator = Translator::new(world, true);
    let conditions = conditions(reader, world, &mut translator);
    let scores = scores(reader, world, &mut translator);
    let whole = whole(world);
    let ids: Vec<String> = reader.form.items.iter().map(|item| item.id.clone()).collect();
    let score_ids: Vec<String> = reader.titles.iter().map(|(_, _, id)| id.clone()).collect();
    let item = |at: usize| ids.get(at).cloned().unwrap_or_default();
    let score = |at: usize| score_ids.get(at).cloned().unwrap_or_default();
    let names = Names { item: &item, score: &score, known: translator.bounds() };
    let responses = Arc::new(source::Responses::of(world));
    for (node, truth) in conditions {
        ask(reader, (world, &responses), &names, (node, truth));
    }
    let lifts = |of: &Known<Translated>| match of {
        Ok(Translated::Number(of)) => lifted(of, &names).is_some(),
        _ => false,
    };
    let is_word = |of: &Known<Translated>| matches!(of, Ok(Translated::Word(_)));
    // What is a scale only if other scores are written out is written out.
    let scores = scores.into_iter().zip(whole);
    let scores =
        scores.map(
            |(own, whole)| {
                if !lifts(&own) && !is_word(&own) && lifts(&whole) { whole } else { own }
            },
        );
    let scores = scores.collect();
    add(reader, (world, &responses), &names, scores);
}

/// Each score, computed from answers alone.
fn whole(world: &World) -> Vec<Known<Translated>> {
    let mut translator = Translator::new(world, false);
    let all = 0..world.calculated.len();
    all.map(|position| {
        translator.begin();
        let translated = translator.score(position)?;
        Ok(simplified(translated, &translator))
    })
    .collect()
}

fn simplified(of: Translated, translator: &Translator<'_>) -> Translated {
    let bounds = translator.bounds();
    match of {
        Translated::Number(of) => Translated::Number(simplify::number(of, bounds)),
        Translated::Truth(of) => Translated::Truth(simplify::truth(of, bounds)),
        Translated::Word(of) => Translated::Word(simplify::word(of, bounds)),
    }
}

/// Options without numbers get those that the expressions give to their codes, or are numbered in their order.
pub(super) fn renumber(reader: &mut Reader<'_>) {
    let unnumbered = std::mem::take(&mut reader.unnumbered);
    if unnumbered.is_empty() {
        return;
    }
    let responses: Vec<usize> = reader.form.items.iter().map(|item| item.response).collect();
    let mut votes: BTreeMap<usize, BTreeMap<Vec<(OptionValue, OptionValue)>, usize>> =
        BTreeMap::new();
    for translated in whole(&reader.world).into_iter().flatten() {
        let Translated::Number(number) = &translated else { continue };
        for part in Part::Number(number).all(usize::MAX) {
            if let Part::Number(Num::Recoded(item, pairs)) = part
                && let Some(response) = responses.get(*item)
                && unnumbered.contains_key(response)
                && let Some(pairs) = numbers_of_options(pairs)
            {
                *votes.entry(*response).or_default().entry(pairs).or_default() += 1;
            }
        }
    }
    for (response, pointer) in unnumbered {
        let ResponseKind::Coded(choices) = &mut reader.form.responses[response].kind else {
            continue;
        };
        // The most frequent; among those, the one in which the first option has the lowest number.
        let of = votes.get(&response).and_then(|votes| {
            let known = votes.iter().filter(|(pairs, _)| pairs.len() == choices.len());
            known.max_by_key(|(pairs, count)| (**count, std::cmp::Reverse((*pairs).clone())))
        });
        let Some((pairs, _)) = of else {
            let count = choices.len();
            let message = format!(
                "the options have no numbers: they are numbered 1 to {count} in their order"
            );
            reader.report_many((Kind::Changed, "numbered"), &pointer, message);
            continue;
        };
        let number = |value: OptionValue| {
            pairs.iter().find(|(from, _)| *from == value).map_or(value, |(_, number)| *number)
        };
        for choice in choices {
            choice.value = number(choice.value);
        }
        for node in &mut reader.world.nodes {
            if let Some(Answered::One { item, offered }) =
                node.question.as_mut().map(|question| &mut question.answered)
                && responses.get(*item) == Some(&response)
            {
                for offered in offered {
                    offered.value = number(offered.value);
                }
            }
        }
        let message =
            "the options have no numbers: those are taken that the expressions give to them";
        reader.report_many((Kind::Assumed, "numbers-from-expressions"), &pointer, message);
    }
}

/// The numbers for the options, if all are different and can be those of options.
fn numbers_of_options(pairs: &[(OptionValue, f64)]) -> Option<Vec<(OptionValue, OptionValue)>> {
    let numbers = crate::choices::different(pairs.iter().map(|(_, to)| Some(*to)))?;
    Some(pairs.iter().map(|(from, _)| *from).zip(numbers).collect())
}

type Known<T> = Result<T, String>;

/// The condition of each item of the questionnaire that asks something or is a note, and has one, itself or in a group
/// around it.
fn conditions(
    reader: &mut Reader<'_>,
    world: &Arc<World>,
    translator: &mut Translator<'_>,
) -> Vec<(usize, Known<Truth>)> {
    let mut own: BTreeMap<usize, Known<Truth>> = BTreeMap::new();
    let mut found = Vec::new();
    for node in 1..world.nodes.len() {
        let mut all: Vec<Truth> = Vec::new();
        let mut failed = None;
        // Parents precede their children.
        let around = own.get(&world.nodes[node].parent).cloned();
        let is_around = around.is_some();
        match around {
            Some(Ok(truth)) => all.push(truth),
            Some(Err(why)) => failed = Some(why),
            None => {}
        }
        translator.begin();
        for condition in &world.nodes[node].conditions {
            match translator.condition(condition, node) {
                Ok(truth) => all.push(simplify::truth(truth, translator.bounds())),
                Err(why) => failed = Some(why),
            }
        }
        doubts(reader, translator, node);
        if !is_around && world.nodes[node].conditions.is_empty() {
            continue;
        }
        let whole = failed.map_or_else(|| Ok(Truth::all(all)), Err);
        own.insert(node, whole.clone());
        if !reader.asked[node].items.is_empty() || reader.asked[node].note.is_some() {
            found.push((node, whole));
        }
    }
    found
}

/// Reports what a rule asks for although it does not exist.
fn doubts(reader: &mut Reader<'_>, translator: &Translator<'_>, node: usize) {
    let pointer = translator.pointer(node);
    let doubts: BTreeSet<String> = translator.doubts().iter().cloned().collect();
    for doubt in doubts {
        reader.report(Kind::Doubtful, "finds-nothing", &pointer, doubt);
    }
}

/// Sets the condition of the items of a question, or of a note.
fn ask(
    reader: &mut Reader<'_>,
    (world, responses): (&Arc<World>, &Arc<source::Responses>),
    names: &Names<'_>,
    (node, truth): (usize, Known<Truth>),
) {
    let place = reader.place(&world.nodes[node].pointer);
    let mut texts = Vec::new();
    let mut at = node;
    while at != 0 {
        texts.extend(reader.asked[at].json.map(shown).filter(|text| !text.is_empty()));
        at = world.nodes[at].parent;
    }
    texts.reverse();
    let text = texts.join(" and ");
    let written = truth.and_then(|truth| match truth {
        Truth::Constant(true) => Ok(None),
        truth => condition(&truth, names).map(Some),
    });
    let rule = match written {
        Ok(None) => return,
        Ok(Some(formula)) => Rule {
            text,
            place,
            source: Some(Arc::new(source::Asked { responses: Arc::clone(responses), node })),
            target: Target::Formula(formula),
        },
        Err(why) => Rule::not_understood(&text, &place, why),
    };
    for item in reader.asked[node].items.clone() {
        reader.form.items[item].condition = Some(rule.clone());
    }
    if let Some(note) = reader.asked[node].note {
        reader.form.notes[note].condition = Some(rule);
    }
}

/// The translation of each score.
fn scores(
    reader: &mut Reader<'_>,
    world: &Arc<World>,
    translator: &mut Translator<'_>,
) -> Vec<Known<Translated>> {
    let mut all = Vec::new();
    for position in 0..world.calculated.len() {
        translator.begin();
        let translated = translator.score(position);
        let known = translated.map(|translated| simplified(translated, translator));
        doubts(reader, translator, world.calculated[position].node);
        all.push(known);
    }
    all
}

/// Adds the scores to the form. Those that are bands of another one become bands.
fn add(
    reader: &mut Reader<'_>,
    (world, responses): (&Arc<World>, &Arc<source::Responses>),
    names: &Names<'_>,
    scores: Vec<Known<Translated>>,
) {
    let used = used_words(&scores, reader);
    let mut banded: BTreeMap<usize, (usize, Vec<BandFile>)> = BTreeMap::new();
    for (position, known) in scores.iter().enumerate() {
        let Ok(Translated::Word(of)) = known else { continue };
        if let Some((of, bands)) = bands(of)
            && !used.contains(&position)
            && let Some(Ok(Translated::Number(number))) = scores.get(of)
            && !banded.contains_key(&of)
            && let Some(bands) = closed(bands, ends(number, names))
        {
            banded.insert(of, (position, bands));
        }
    }
    let as_bands: BTreeMap<usize, usize> =
        banded.iter().map(|(of, (position, _))| (*position, *of)).collect();
    for (position, known) in scores.into_iter().enumerate() {
        let (title, place, id) = reader.titles[position].clone();
        if let Some(of) = as_bands.get(&position) {
            let of = (names.score)(*of);
            let message = format!("`{id}` is imported as the bands of `{of}`");
            reader.form.findings.push(Finding::new(Kind::Changed, "bands", &place, message));
            continue;
        }
        blank_word(reader, &place, &id, known.as_ref().ok());
        let rule = rule(reader, responses, names, (position, known));
        let bands = banded.remove(&position).map_or(Vec::new(), |(_, bands)| bands);
        let column = world.nodes[world.calculated[position].node].link_id.clone();
        reader.form.scores.push(Score { id, column, title, description: None, rule, bands });
    }
}

/// The lowest and the highest value of a score.
fn ends(of: &Num, names: &Names<'_>) -> (Option<f64>, Option<f64>) {
    (simplify::low(of, names.known), simplify::high(of, names.known))
}

/// Scores that give words which other rules use.
fn used_words(scores: &[Known<Translated>], reader: &Reader<'_>) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for known in scores.iter().flatten() {
        let part = match known {
            Translated::Number(of) => Part::Number(of),
            Translated::Truth(of) => Part::Truth(of),
            Translated::Word(of) => Part::Word(of),
        };
        for part in part.all(usize::MAX) {
            match part {
                Part::Truth(Truth::IsWord(score, _)) | Part::Word(Word::Score(score)) => {
                    used.insert(*score);
                }
                _ => {}
            }
        }
    }
    // A condition names the score in its text.
    for item in &reader.form.items {
        if let Some(Rule { target: Target::Formula(formula), .. }) = &item.condition {
            for (position, (_, _, id)) in reader.titles.iter().enumerate() {
                if formula.contains(id.as_str()) {
                    used.insert(position);
                }
            }
        }
    }
    used
}

/// Warns of a word for a form without answers, which is probably not meant.
fn blank_word(
    reader: &mut Reader<'_>,
    place: &crate::place::Place,
    id: &str,
    known: Option<&Translated>,
) {
    let Some(Translated::Word(word)) = known else { return };
    let mut last = word;
    while let Word::If(_, _, otherwise) = last {
        last = otherwise;
    }
    if let (Word::Text(text), Word::If(..)) = (last, word) {
        let message = format!(
            "`{id}` is `{text}` also where a value is missing: `iif` takes its last branch"
        );
        let finding = Finding::new(Kind::Doubtful, "word-for-blank", place, message);
        reader
            .form
            .findings
            .push(finding.help("this is probably not meant; correct it in the definition"));
    }
}

fn rule(
    reader: &Reader<'_>,
    responses: &Arc<source::Responses>,
    names: &Names<'_>,
    (position, known): (usize, Known<Translated>),
) -> Rule {
    let (text, place) = &reader.texts[position];
    let target = known.and_then(|translated| match translated {
        Translated::Number(Num::Missing) => Err("its value is always missing".to_owned()),
        Translated::Number(of) => match lifted(&of, names) {
            Some(scale) => Ok(Target::Scale(Box::new(scale))),
            None => number(&of, names).map(Target::Formula),
        },
        Translated::Truth(of) => truth_as_number(&of, names).map(Target::Formula),
        Translated::Word(of) => word(&of, names).map(Target::Formula),
    });
    match target {
        Ok(target) => Rule {
            text: text.clone(),
            place: place.clone(),
            source: Some(Arc::new(source::Score { responses: Arc::clone(responses), position })),
            target,
        },
        Err(why) => Rule::not_understood(text, place, why),
    }
}
