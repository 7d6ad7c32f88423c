//! Questions: items, several of them as the rows of a matrix, and texts.

use scalewright_model::{Item, ItemIx, ResponseKind, Wording};
use scalewright_scoring::emit::digits;
use serde_json::{Map, Value, json};

use super::amount::category_id;
use super::form::Form;
use super::layout::Run;
use super::logic::{choice_id, question_id};
use super::texts::{description, html};
use crate::choices;

/// A text in the published language, and in the others by code.
struct Text {
    own: String,
    others: Vec<(String, String)>,
}

/// A text as HTML. `None` if the published language has none. A language without it shows that of the published one.
fn text(form: &Form<'_>, of: impl Fn(&Wording) -> Option<String>) -> Option<Text> {
    let own = of(form.languages.own()?).filter(|text| !text.is_empty())?;
    let others = form.languages.others();
    let others = others.filter_map(|(code, wording)| Some((code, html(&of(wording)?))));
    Some(Text { own: html(&own), others: others.collect() })
}

/// A question, whose texts are complete.
struct Question {
    payload: Map<String, Value>,
    languages: Vec<(String, Map<String, Value>)>,
}

impl Question {
    fn new(form: &Form<'_>, tag: String, kind: [&str; 3], stem: (&Text, &str)) -> Self {
        let [kind, selector, sub] = kind;
        let (text, plain) = stem;
        let mut payload = Map::new();
        payload.insert("QuestionText".to_owned(), json!(text.own));
        payload.insert("DefaultChoices".to_owned(), json!(false));
        payload.insert("DataExportTag".to_owned(), json!(tag));
        payload.insert("QuestionType".to_owned(), json!(kind));
        payload.insert("Selector".to_owned(), json!(selector));
        if !sub.is_empty() {
            payload.insert("SubSelector".to_owned(), json!(sub));
        }
        payload.insert("DataVisibility".to_owned(), json!({"Private": false, "Hidden": false}));
        payload.insert("Configuration".to_owned(), json!({"QuestionDescriptionOption": "UseText"}));
        payload.insert("QuestionDescription".to_owned(), json!(description(plain)));
        let mut languages: Vec<(String, Map<String, Value>)> =
            form.languages.others().map(|(code, _)| (code, Map::new())).collect();
        for (code, words) in &mut languages {
            let translated = text.others.iter().find(|(own, _)| own == code);
            words.insert(
                "QuestionText".to_owned(),
                json!(translated.map_or(&text.own, |(_, text)| text)),
            );
        }
        Self { payload, languages }
    }

    fn set(&mut self, key: &str, value: Value) {
        self.payload.insert(key.to_owned(), value);
    }

    /// Adds numbered words: `Choices` or `Answers`.
    fn words(&mut self, key: &str, order: &str, words: &[Text]) {
        let numbered = |of: &dyn Fn(&Text) -> String| {
            let each = words.iter().enumerate();
            let each = each.map(|(at, text)| ((at + 1).to_string(), json!({"Display": of(text)})));
            Value::from(each.collect::<Map<String, Value>>())
        };
        self.set(key, numbered(&|text| text.own.clone()));
        self.set(order, json!((1..=words.len()).map(|at| at.to_string()).collect::<Vec<_>>()));
        for (code, own) in &mut self.languages {
            let translated = |text: &Text| {
                let found = text.others.iter().find(|(other, _)| other == code);
                found.map_or_else(|| text.own.clone(), |(_, text)| text.clone())
            };
            own.insert(key.to_owned(), numbered(&translated));
        }
    }

    /// The payload of question number `number`.
    fn finished(mut self, number: usize, validation: Value, grading: Vec<Value>) -> Value {
        let count = |key: &str| {
            self.payload.get(key).and_then(Value::as_object).map_or(1, |words| words.len() + 1)
        };
        let (choices, answers) = (count("Choices"), count("Answers"));
        let languages: Map<String, Value> =
            self.languages.drain(..).map(|(code, words)| (code, Value::from(words))).collect();
        self.set("Validation", json!({"Settings": validation}));
        self.set("GradingData", Value::from(grading));
        // Without translations it is a list in real exports.
        self.set("Language", if languages.is_empty() { json!([]) } else { Value::from(languages) });
        self.set("NextChoiceId", json!(choices));
        self.set("NextAnswerId", json!(answers));
        self.set("QuestionID", json!(question_id(number)));
        Value::from(self.payload)
    }
}

fn validation(required: bool) -> Value {
    let force = if required { "ON" } else { "OFF" };
    json!({"ForceResponse": force, "ForceResponseType": "ON", "Type": "None"})
}

/// The question of a run, without its condition.
pub(super) fn question(form: &Form<'_>, run: &Run) -> Option<Value> {
    match run.len {
        1 => item_question(form, run),
        _ => matrix(form, run),
    }
}

/// The words of an item.
fn stem(form: &Form<'_>, item: usize) -> Text {
    let own = text(form, |wording| Some(form.stem(item, wording)));
    own.unwrap_or(Text { own: String::new(), others: Vec::new() })
}

fn plain_stem(form: &Form<'_>, item: usize) -> String {
    form.languages.own().map_or_else(String::new, |wording| form.stem(item, wording))
}

/// The labels of the options of an item.
fn labels(form: &Form<'_>, item: &Item) -> Vec<Text> {
    let instrument = form.request.instrument;
    let count = choices::options(instrument, item.response).len();
    let label = |at: usize| {
        let text = text(form, |wording| {
            choices::labels(instrument, wording, item.response)
                .get(at)
                .map(|label| (*label).to_owned())
        });
        text.unwrap_or(Text { own: String::new(), others: Vec::new() })
    };
    (0..count).map(label).collect()
}

/// The codes of the options of an item, by the number of the option.
fn recodes(form: &Form<'_>, item: &Item) -> Value {
    let options = choices::options(form.request.instrument, item.response);
    let codes = options
        .iter()
        .enumerate()
        .map(|(at, option)| ((at + 1).to_string(), json!(option.value.to_string())));
    Value::from(codes.collect::<Map<String, Value>>())
}

/// A matrix: its rows are items, its columns are the options.
fn matrix(form: &Form<'_>, run: &Run) -> Option<Value> {
    let items = &form.request.instrument.items[run.first..run.first + run.len];
    let title = |wording: &Wording| {
        let section = run.section.map(|section| &wording.sections[section.0]);
        let lead_in = section.and_then(|words| words.lead_in.clone());
        let title = lead_in.or_else(|| section.and_then(|words| words.title.clone()));
        Some(title.unwrap_or_else(|| wording.title.clone()))
    };
    let shown = text(form, title)?;
    let plain = title(form.request.wording).unwrap_or_default();
    let tag = form.name(&format!("items__{}", items[0].id));
    let mut question =
        Question::new(form, tag, ["Matrix", "Likert", "SingleAnswer"], (&shown, &plain));
    question.set(
        "Configuration",
        json!({
            "QuestionDescriptionOption": "UseText",
            "TextPosition": "inline",
            "ChoiceColumnWidth": 25,
            "RepeatHeaders": "none",
            "WhiteSpace": "OFF",
            "MobileFirst": true,
        }),
    );
    let stems: Vec<Text> = (run.first..run.first + run.len).map(|item| stem(form, item)).collect();
    question.words("Choices", "ChoiceOrder", &stems);
    question.words("Answers", "AnswerOrder", &labels(form, &items[0]));
    let tags = items
        .iter()
        .enumerate()
        .map(|(row, item)| ((row + 1).to_string(), json!(form.name(&item.id))));
    question.set("ChoiceDataExportTags", Value::from(tags.collect::<Map<String, Value>>()));
    question.set("RecodeValues", recodes(form, &items[0]));
    let grading = grading(form, run);
    Some(question.finished(run.question, validation(items[0].required), grading))
}

/// The points of the choices of a question.
fn grading(form: &Form<'_>, run: &Run) -> Vec<Value> {
    let categories = &form.fields.categories;
    let mut all: Vec<Value> = Vec::new();
    for row in 0..run.len {
        let item = ItemIx(run.first + row);
        let options = choices::options(
            form.request.instrument,
            form.request.instrument.items[item.0].response,
        );
        for option in options {
            let cell = (item, option.value);
            let grades = categories.all.iter().enumerate().filter_map(|(at, category)| {
                let points = category.points.get(&cell)?;
                Some((category_id(categories.before + at), json!(points.to_string())))
            });
            let grades: Map<String, Value> = grades.collect();
            if grades.is_empty() {
                continue;
            }
            let choice = choice_id(form.request.instrument, cell).to_string();
            let index = all.len();
            all.push(match run.len {
                1 => json!({"ChoiceID": choice, "Grades": grades, "index": index}),
                _ => json!({
                    "ChoiceID": (row + 1).to_string(), "AnswerID": choice, "Grades": grades, "index": index,
                }),
            });
        }
    }
    all
}

/// The question for a single item.
fn item_question(form: &Form<'_>, run: &Run) -> Option<Value> {
    let item = &form.request.instrument.items[run.first];
    let response = &form.request.instrument.response_scales[item.response.0].kind;
    let kind = match response {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => ["MC", "SAVR", "TX"],
        ResponseKind::SeveralChoice { options: _ } => ["MC", "MAVR", "TX"],
        ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => ["Slider", "HSLIDER", ""],
        ResponseKind::Text { lines } if *lines > 1 => ["TE", "ML", ""],
        ResponseKind::Text { lines: _ }
        | ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::Date
        | ResponseKind::Time => ["TE", "SL", ""],
    };
    let (stem, plain) = (asked(form, run.first), plain_stem(form, run.first));
    let mut question = Question::new(form, form.name(&item.id), kind, (&stem, &plain));
    let mut settings = validation(item.required);
    match response {
        ResponseKind::Coded { options: _ }
        | ResponseKind::YesNo
        | ResponseKind::SeveralChoice { options: _ } => {
            question.words("Choices", "ChoiceOrder", &labels(form, item));
            question.set("RecodeValues", recodes(form, item));
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            slider(form, item, &mut question, (*min, *max, *decimals));
        }
        ResponseKind::Numeric { min, max, decimals } => {
            numeric(&mut settings, (*min, *max), *decimals);
        }
        ResponseKind::Text { lines: _ } | ResponseKind::Date | ResponseKind::Time => {}
    }
    Some(question.finished(run.question, settings, grading(form, run)))
}

/// The words of an item, and its unit on a line of its own.
fn asked(form: &Form<'_>, item: usize) -> Text {
    let response = form.request.instrument.items[item].response;
    let words = text(form, |wording| {
        let stem = form.stem(item, wording);
        Some(match &wording.responses[response.0].unit {
            Some(unit) => format!("{stem}\n({unit})"),
            None => stem,
        })
    });
    words.unwrap_or(Text { own: String::new(), others: Vec::new() })
}

fn numeric(settings: &mut Value, (min, max): (Option<f64>, Option<f64>), decimals: u32) {
    let end = |end: Option<f64>| end.map_or_else(String::new, digits);
    settings["Type"] = json!("ContentType");
    settings["MinChars"] = json!("1");
    settings["ContentType"] = json!("ValidNumber");
    settings["ValidDateType"] = json!("DateWithFormat");
    settings["ValidPhoneType"] = json!("ValidUSPhone");
    settings["ValidZipType"] = json!("ValidUSZip");
    settings["ValidNumber"] =
        json!({"Min": end(min), "Max": end(max), "NumDecimals": decimals.to_string()});
}

/// A number without a decimal point if it is whole.
fn number(value: f64) -> Value {
    serde_json::from_str(&digits(value)).unwrap_or_default()
}

/// A slider. Its only row has the name of the item.
fn slider(
    form: &Form<'_>,
    item: &Item,
    question: &mut Question,
    (min, max, decimals): (f64, f64, u32),
) {
    question.set(
        "Configuration",
        json!({
            "QuestionDescriptionOption": "UseText",
            "CSSliderMin": number(min),
            "CSSliderMax": number(max),
            "GridLines": 0,
            "SnapToGrid": false,
            "NumDecimals": decimals.to_string(),
            "ShowValue": true,
            "CustomStart": false,
            "NotApplicable": false,
            "MobileFirst": true,
        }),
    );
    question.words("Choices", "ChoiceOrder", &[Text { own: " ".to_owned(), others: Vec::new() }]);
    question.set("ChoiceDataExportTags", json!({"1": form.name(&item.id)}));
    let response = item.response.0;
    let low = text(form, |wording| wording.responses[response].min_label.clone());
    let high = text(form, |wording| wording.responses[response].max_label.clone());
    if low.is_some() || high.is_some() {
        // An end without words shows its number.
        let number = |end: f64| Text { own: digits(end), others: Vec::new() };
        let ends = [low.unwrap_or_else(|| number(min)), high.unwrap_or_else(|| number(max))];
        question.words("Labels", "LabelOrder", &ends);
        question.payload.remove("LabelOrder");
    }
}

/// A text that is not answered; `None` if the published language has none.
pub(super) fn note(
    form: &Form<'_>,
    (name, number): (&str, usize),
    of: impl Fn(&Wording) -> Option<String>,
) -> Option<Value> {
    let shown = text(form, &of)?;
    let plain = of(form.request.wording).unwrap_or_default();
    let mut question = Question::new(form, form.name(name), ["DB", "TB", ""], (&shown, &plain));
    question.set("ChoiceOrder", json!([]));
    Some(question.finished(number, validation(false), Vec::new()))
}
