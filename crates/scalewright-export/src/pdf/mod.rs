//! The PDF platform: data for the Typst template of the form, which inserts every text as a value.

mod attached;
pub mod form;
mod keys;
mod options;
mod weight;

use scalewright_check::{TargetRules, WordRules};
use scalewright_model::{Direction, Layout, Paper, direction};
use serde::Serialize;

use crate::printed::{Block, ItemData, OptionData, blocks, explained, losses};
use crate::ui::{self, Ui, ui};
use crate::{
    Content, Document, ExportRequest, Exported, ExportedFile, Exporter, FileSpec, FormField, House,
    LaterPages, Platform,
};
use form::{DATE, RESPONDENT};
use options::Options;

/// The rules of PDF, for lints. There are none: paper changes neither names nor words.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "PDF", names: None, words: WordRules::PLAIN, refusals: None };

/// The PDF platform: a form to print and hand out, or to fill in on a screen.
pub(crate) static PLATFORM: Platform = Platform {
    name: "PDF",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[
            FileSpec { name: "<id>.<language>.pdf", what: "the form" },
            FileSpec {
                name: "<id>.<language>.scoring.pdf",
                what: "the scoring sheet, for scoring by hand; written with `--set pdf.with=scoring`",
            },
        ],
        flags: &["fonts", "layout", "paper"],
        options: Options::SPECS,
        prints: true,
        sheets: |values| Options::of(values).with,
        ..Exporter::new("pdf", "a form to print and hand out", export)
    }],
    limits: &[
        "Characters that are neither in the embedded fonts nor in those of `--fonts` are refused.",
        "The form computes nothing: scores come from `scalewright score` or from the scoring sheet.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

/// The Typst template of forms.
pub const TEMPLATE: &str = include_str!("form.typ");

#[derive(Serialize)]
struct Form<'a> {
    language: &'a str,
    direction: &'static str,
    /// The direction of the form's own words, which are English where the language has none.
    #[serde(rename = "ui-direction")]
    ui_direction: &'static str,
    /// The language of these words.
    #[serde(rename = "ui-language")]
    ui_language: &'static str,
    paper: &'static str,
    layout: &'static str,
    landscape: bool,
    fillable: bool,
    title: &'a str,
    id: &'a str,
    version: &'a str,
    date: Option<&'a str>,
    banner: Option<String>,
    notice: &'a str,
    ui: Words,
    instructions: Option<&'a str>,
    /// The meaning of the mark of required items, if there are any.
    required: Option<String>,
    blocks: Vec<Block<'a>>,
    house: &'a House,
}

/// All data that the template reads.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    form: &'a Form<'a>,
    attachments: Vec<attached::Attachment>,
    /// An upper bound for the length of any run of characters without a space. It shows whether long words need care.
    longest_run: usize,
    /// The number of characters of the longest item number of a form in several parts, so that the columns of numbers have one
    /// width in all parts; else 0.
    longest_number: usize,
}

#[derive(Serialize)]
struct Words {
    page: &'static str,
    respondent: &'static str,
    date: &'static str,
    number: &'static str,
    item: &'static str,
    range: &'static str,
    date_format: &'static str,
    time_format: &'static str,
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let (words, _) = ui(&request.wording.language);
    let mut form = form(request, words);
    let fields = Options::of(request.options).fillable.then(|| fields(&form, words));
    let longest_run = longest_run(&json(&form));
    let longest = longest_number(&form.blocks);
    let blocks = std::mem::take(&mut form.blocks);
    let (parts, weight) = match weight::divided(&form, blocks) {
        Ok(divided) => divided,
        Err(refused) => return Exported { files: Vec::new(), diagnostics: vec![*refused] },
    };
    let longest_number = if parts.len() > 1 { longest } else { 0 };
    // The first part has the attachments.
    let (mut attachments, files): (Vec<_>, Vec<_>) =
        attached::attachments(request).into_iter().unzip();
    let mut data = parts.into_iter().map(|blocks| {
        form.blocks = blocks;
        let attachments = std::mem::take(&mut attachments);
        json(&Data { form: &form, attachments, longest_run, longest_number }).into_bytes()
    });
    let (data, parts) = (data.next().unwrap_or_default(), data.collect());
    // Typst keeps every path in memory for good: use few paths, and the same ones for every form.
    let path = |(at, bytes)| (format!("/attached/{at}"), bytes);
    let files = files.into_iter().enumerate().map(path).collect();
    let instrument = request.instrument;
    let ident = format!("{}|{}|{}", instrument.id, instrument.version, request.wording.language);
    let marks = self::form::marks(instrument, request.wording);
    let document =
        Document { template: TEMPLATE, data, parts, files, ident, fields, marks, weight };
    let content = Content::Typst(document);
    let diagnostics = losses::reported(request, words);
    Exported { files: vec![ExportedFile { name: request.file_name("pdf"), content }], diagnostics }
}

fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("internal: plain data is always JSON")
}

/// Returns an upper bound for the longest run of characters without a space in any JSON string. The syntax between
/// strings counts too: it is short, and a bound that is too high costs only time.
fn longest_run(json: &str) -> usize {
    let (mut longest, mut run, mut is_escaped) = (0, 0, false);
    for c in json.chars() {
        let ends = c.is_whitespace() || (c == '"' && !is_escaped);
        run = if ends { 0 } else { run + 1 };
        longest = longest.max(run);
        is_escaped = c == '\\' && !is_escaped;
    }
    longest
}

/// Returns the number of characters of the longest item number.
fn longest_number(blocks: &[Block<'_>]) -> usize {
    let items = blocks.iter().flat_map(|block| block.parts().0);
    items.map(|item| item.number.chars().count()).max().unwrap_or_default()
}

fn form<'a>(request: &ExportRequest<'a>, words: &'static Ui) -> Form<'a> {
    let (instrument, wording) = (request.instrument, request.wording);
    let blocks = blocks(request, words);
    let large = request.common.layout == Layout::LargePrint;
    Form {
        layout: match request.common.layout {
            Layout::Compact => "compact",
            Layout::Comfortable => "comfortable",
            Layout::LargePrint => "large-print",
        },
        // Large print has no tables, which alone need the width.
        landscape: !large && blocks.iter().any(is_wide),
        fillable: Options::of(request.options).fillable,
        language: &wording.language,
        direction: written(&wording.language),
        ui_direction: written(words.language),
        ui_language: words.language,
        paper: match request.common.paper {
            Paper::A4 => "a4",
            Paper::UsLetter => "us-letter",
        },
        title: &wording.title,
        id: &instrument.id,
        version: &instrument.version,
        date: instrument.date.as_deref(),
        banner: ui::banner(words, instrument.status, Some(wording)),
        notice: wording.notice.as_deref().unwrap_or(&instrument.rights.notice),
        ui: Words {
            page: words.page,
            respondent: words.respondent,
            date: words.date,
            number: words.number,
            item: words.item,
            range: words.range,
            date_format: words.typing().date,
            time_format: words.typing().time,
        },
        instructions: wording.instructions.as_deref(),
        required: explained(&blocks, words),
        blocks,
        house: request.house,
    }
}

/// Returns the direction of a language, as the template names it.
fn written(language: &str) -> &'static str {
    match direction(language) {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

/// The width in points that a portrait page has for the columns of a matrix, beside the stems.
const UPRIGHT: usize = 285;

/// The width in points that a landscape page has for them: that of the narrower of A4 and US Letter.
const ACROSS: usize = 490;

/// Whether the labels of a matrix fit above its columns only on a landscape page: several items with many options that
/// all have labels. Widths are estimated for 8-point text, for words that are not hyphenated.
fn is_wide(block: &Block<'_>) -> bool {
    let Block::Matrix { options, items } = block else { return false };
    let worded = options.iter().all(|o| !o.label.is_empty() && o.label != o.value);
    let needed = needed(options);
    worded && items.len() > 1 && options.len() > 6 && needed > UPRIGHT && needed <= ACROSS
}

/// Returns the width in points that the options need above their columns without hyphenating words.
fn needed(options: &[OptionData<'_>]) -> usize {
    let words = options.iter().flat_map(|option| option.label.split_whitespace());
    let longest = words.map(|word| word.chars().count()).max().unwrap_or_default();
    options.len() * (5 * longest + 4).max(23)
}

/// Returns the fields of a form, with the texts that a screen reader reads out.
fn fields(form: &Form<'_>, words: &Ui) -> Vec<FormField> {
    let field = |name: &str, tooltip: &str| FormField {
        name: name.to_owned(),
        tooltip: tooltip.to_owned(),
        options: vec![],
        later: None,
        required: false,
    };
    let later = Some(later_pages(form));
    let mut fields =
        vec![FormField { later, ..field(RESPONDENT, words.respondent) }, field(DATE, words.date)];
    for block in &form.blocks {
        let (items, options) = block.parts();
        fields.extend(items.iter().map(|item| FormField {
            name: item.id.to_owned(),
            tooltip: tooltip(item, words),
            // A program would demand an answer even where the condition is not true.
            required: item.required && item.condition.is_none(),
            options: options.iter().map(|o| (o.value.clone(), o.label.to_owned())).collect(),
            later: None,
        }));
    }
    fields
}

/// Returns what a screen reader reads out for an item.
fn tooltip(item: &ItemData<'_>, words: &Ui) -> String {
    // Without a printed number the text would begin with a space.
    let asked = format!("{} {}", item.number, item.stem).trim_start().to_owned();
    if item.required { format!("{asked} ({})", words.required) } else { asked }
}

/// The line for the respondent in the head of later pages. The template has the same measures: `margin`, `header-ascent` and
/// the last column of `page-head`.
fn later_pages(form: &Form<'_>) -> LaterPages {
    const MILLIMETRE: f32 = 72.0 / 25.4;
    LaterPages {
        is_right: form.direction == "ltr",
        margin: 18.0 * MILLIMETRE,
        bottom: 13.0 * MILLIMETRE,
        width: 40.0 * MILLIMETRE,
        // That of the words beside it.
        size: match form.layout {
            "large-print" => 11.0,
            "compact" => 7.5,
            _ => 8.0,
        },
    }
}
