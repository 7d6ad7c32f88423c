//! Small invented dictionaries for what REDCap can express.

mod files;

use super::read;
use crate::form::rule::{Rule, Target};
use crate::form::{Form, ResponseKind};
use crate::options::Options;
use crate::source::{Opened, Sources};

/// The forms of a file.
fn forms_of(file: &str, bytes: &[u8], options: &Options) -> Result<Vec<Form>, String> {
    let sources = Sources { file, bytes, beside: &|_| None, attached: &[] };
    let opened = Opened::of(&sources).map_err(|stop| stop.message)?;
    if !super::recognises(&opened) {
        return Err("not recognised".to_owned());
    }
    read(&opened, options).map_err(|stop| stop.message)
}

/// The only form of a dictionary.
fn form(text: &str) -> Form {
    let mut forms = forms_of("d.csv", text.as_bytes(), &Options::default()).expect("a dictionary");
    assert_eq!(forms.len(), 1);
    forms.remove(0)
}

/// The items of a form, one per line: id, response scale, section, condition, words.
fn items(form: &Form) -> Vec<String> {
    let lines = form.items.iter().map(|item| {
        let response = &form.responses[item.response];
        let section = item.section.map_or("-", |section| form.sections[section].id.as_str());
        let condition = item.condition.as_ref().map_or_else(|| "-".to_owned(), target);
        let required = if item.required { "!" } else { "" };
        let stem = item.stem.iter().map(|(_, text)| text).collect::<Vec<_>>().join(" / ");
        format!("{}{required} {} {section} {condition} | {stem}", item.id, response.name)
    });
    lines.collect()
}

fn target(rule: &Rule) -> String {
    match &rule.target {
        Target::Formula(formula) => formula.clone(),
        Target::Scale(scale) => format!("scale of {}", scale.items.join(", ")),
        Target::NotUnderstood(reason) => format!("? {reason}"),
    }
}

/// The options of a response scale: value, stored text, label.
fn options(form: &Form, item: usize) -> Vec<String> {
    match &form.responses[form.items[item].response].kind {
        ResponseKind::Coded(choices) | ResponseKind::Several(choices) => {
            let options = choices.iter().map(|choice| {
                let mark = if choice.non_response { " none" } else { "" };
                format!(
                    "{} {} {}{mark}",
                    choice.value,
                    choice.stored,
                    choice.label.of("").unwrap_or("-")
                )
            });
            options.collect()
        }
        other => vec![format!("{other:?}")],
    }
}

fn scores(form: &Form) -> Vec<String> {
    form.scores.iter().map(|score| format!("{}: {}", score.id, target(&score.rule))).collect()
}

/// The codes and places of the findings.
fn found(form: &Form) -> Vec<String> {
    form.findings.iter().map(|finding| format!("{} {}", finding.code, finding.place.at)).collect()
}

fn has(form: &Form, code: &str, part: &str) -> bool {
    form.findings.iter().any(|finding| finding.code == code && finding.message.contains(part))
}

const HEADER: &str = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic,required_field,custom_alignment,question_number,matrix_group_name,matrix_ranking,field_annotation\n";

fn dictionary(rows: &[&str]) -> String {
    format!("{HEADER}{}", rows.join("\n"))
}

#[test]
fn headers_may_be_old_reordered_and_separated_otherwise() {
    let expected = ["a answers_a - - | A", "b answers_a - - | B"];
    for text in [
        "Variable / Field Name;Form Name;Field Type;Field Label;Choices OR Calculations;Matrix Group Name\na;f;radio;A;1, x | 2, y;answers_a\nb;f;radio;B;1, x | 2, y;answers_a\n",
        "\u{feff}Form Name\tField Label\tVariable / Field Name\tField Type\tChoices, Calculations, OR Slider Labels\tMatrix Group Name\nf\tA\ta\tradio\t1, x|2, y\tanswers_a\nf\tB\tb\tradio\t1, x|2, y\tanswers_a\n",
        "Variable...Field.Name,Form.Name,Field.Type,Field.Label,Choices..Calculations..OR.Slider.Labels,Matrix.Group.Name,Branching.Logic..Show.field.only.if....\nA,f,radio,A,\"1, x | 2, y\",answers_a,NA\nB,f,radio,B,\"1, x | 2, y\",answers_a,NA\n",
    ] {
        assert_eq!(items(&form(text)), expected, "{text}");
    }
}

#[test]
fn windows_1252_is_read_and_reported() {
    let text = dictionary(&["a,f,,radio,Gr\u{f6}\u{df}e,\"1, x | 2, y\",,,,,,,,,,,,"]);
    let bytes: Vec<u8> =
        text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin")).collect();
    let forms = forms_of("d.csv", &bytes, &Options::default()).expect("a dictionary");
    assert_eq!(items(&forms[0]), ["a a - - | Größe"]);
    assert!(has(&forms[0], "encoding", "windows-1252"));
}

#[test]
fn types_of_fields_become_response_scales() {
    let form = form(&dictionary(&[
        "record_id,f,,text,Record,,,,,,,,,,,,,",
        "r,f,,radio,R,\"1, x | 2, y\",,,,,,,y,,7,,,",
        "d,f,,dropdown,D,\"1, x | 2, y\",,autocomplete,,,,,,,,,,",
        "c,f,,checkbox,C,\"1, x | 2, y\",,,,,,,,,,,,",
        "yn,f,,yesno,Y,,,,,,,,,,,,,",
        "tf,f,,truefalse,T,,,,,,,,,,,,,",
        "s,f,,slider,S,low | mid | high,,number,0,10,,,,,,,,",
        "i,f,,text,I,,kg,integer,0,300,,,,,,,,",
        "n2,f,,text,N,,\"In kilograms, please.\",number_2dp,0,3.5,,,,,,,,",
        "day,f,,text,Day,,,date_mdy,,,,,,,,,,",
        "hour,f,,text,Hour,,,time,,,,,,,,,,",
        "mail,f,,text,Mail,,,email,,,y,,,,,,,",
        "long,f,,notes,Long,,,,,,,,,,,,,",
        "scan,f,,file,Scan,,,signature,,,,,,,,,,",
        "q,f,,sql,Query,select 1,,,,,,,,,,,,",
        "f_complete,f,,dropdown,Complete?,\"0, No | 2, Yes\",,,,,,,,,,,,",
    ]));
    assert_eq!(
        items(&form),
        [
            "r! r - - | R",
            "d r - - | D",
            "c c - - | C",
            "yn yes_no - - | Y",
            "tf true_false - - | T",
            "s s - - | S",
            "i i - - | I",
            "n2 n2 - - | N\nIn kilograms, please.",
            "day day - - | Day",
            "hour hour - - | Hour",
            "mail text - - | Mail",
            "long long_text - - | Long",
        ]
    );
    assert_eq!(form.items[0].number.as_deref(), Some("7"));
    let kinds: Vec<_> = [5, 6, 7].map(|item| options(&form, item).remove(0)).into();
    assert!(
        kinds[0].starts_with("VisualAnalogue { min: 0.0, max: 10.0, decimals: 0"),
        "{}",
        kinds[0]
    );
    assert!(
        kinds[1].starts_with("Numeric { min: Some(0.0), max: Some(300.0), decimals: Some(0)"),
        "{}",
        kinds[1]
    );
    assert!(kinds[1].contains("kg") && kinds[2].contains("decimals: Some(2)"));
    assert!(has(&form, "middle-label", "mid") && has(&form, "identifier", "mail"));
    assert!(has(&form, "item", "scan") && has(&form, "item", "`q` is left out: its choices"));
    assert!(has(&form, "record-id", "record_id") && has(&form, "validation", "email"));
}

#[test]
fn codes_become_values_or_are_numbered() {
    let row = |choices: &str| format!("a,f,,radio,A,\"{choices}\",,,,,,,,,,,,");
    for (choices, expected, code) in [
        (
            "1, Yes, always | -9, Prefer not to say",
            &["1 1 Yes, always", "-9 -9 Prefer not to say"][..],
            "like-no-answer",
        ),
        ("no, No | yes, Yes", &["1 no No", "2 yes Yes"], "options-numbered"),
        ("1, A | 1, B", &["1 1 A", "2 1 B"], "same-code"),
        ("1, | 2, ", &["1 1 -", "2 2 -"], "no-label"),
        ("1.5, A | 2, B", &["1.5 1.5 A", "2 2 B"], ""),
        ("Mr. | Mrs.", &["1 Mr. Mr.", "2 Mrs. Mrs."], "options-numbered"),
        ("1234567, A | 2, B", &["1 1234567 A", "2 2 B"], "options-numbered"),
    ] {
        let form = form(&dictionary(&[&row(choices)]));
        assert_eq!(options(&form, 0), expected, "{choices}");
        let is_reported =
            if code.is_empty() { found(&form).is_empty() } else { has(&form, code, "") };
        assert!(is_reported, "{choices}: {:?}", found(&form));
    }
}

#[test]
fn a_code_is_marked_as_no_answer_only_on_request() {
    let text = dictionary(&["a,f,,radio,A,\"1, x | 99, Unknown\",,,,,,,,,,,,"]);
    let options_ = Options { non_response: vec!["99".to_owned()], ..Options::default() };
    let forms = forms_of("d.csv", text.as_bytes(), &options_).expect("a dictionary");
    assert_eq!(options(&forms[0], 0), ["1 1 x", "99 99 Unknown none"]);
    assert!(has(&forms[0], "non-response-counted", "99"));
    assert!(has(&form(&text), "like-no-answer", "Unknown"));
}

#[test]
fn headers_and_texts_become_sections() {
    let radio = |name: &str, header: &str| {
        format!("{name},f,{header},radio,{name},\"0, x | 1, y\",,,,,,,,,,,,")
    };
    let form = form(&dictionary(&[
        "t1,f,,descriptive,Welcome.,,,,,,,,,,,,,",
        &radio("a", ""),
        &radio("b", "<b>Last week</b> …"),
        "t2,f,,descriptive,Think of work.,,,,,,,,,,,,,",
        &radio("c", ""),
        "t3,f,,descriptive,Only for some.,,,,,,,[a] = '1',,,,,,",
        &radio("d", "&nbsp;"),
        "t4,f,,descriptive,Thank you.,,,,,,,,,,,,,",
    ]));
    assert_eq!(form.titled.instructions.of(""), Some("Welcome."));
    assert_eq!(
        items(&form),
        ["a a - - | a", "b a section_1 - | b", "c a section_1 - | c", "d a - - | d"]
    );
    let sections: Vec<_> = form
        .sections
        .iter()
        .map(|section| (section.lead_in.of(""), section.instructions.of("")))
        .collect();
    assert_eq!(sections, [(Some("Last week …"), None)]);
    let notes: Vec<_> = form
        .notes
        .iter()
        .map(|note| (note.id.as_str(), note.at, note.is_after, note.condition.is_some()))
        .collect();
    assert_eq!(notes, [("t2", 2, true, false), ("t3", 3, true, true), ("t4", 4, true, false)]);
}

#[test]
fn conditions_refer_to_answers_and_boxes() {
    let form = form(&dictionary(&[
        "a,f,,radio,A,\"no, No | yes, Yes\",,,,,,,,,,,,",
        "c,f,,checkbox,C,\"1, One | -9, Other\",,,,,,[A]='yes',,,,,,",
        "d,f,,yesno,D,,,,,,,\"# a remark\n[c(-9)] = '1'\",,,,,,",
        "e,f,,yesno,E,,,,,,,[c(7)] = '1',,,,,,",
        "g,f,,yesno,G,,,,,,,[other] = '1',,,,,,",
        "h,f,,yesno,H,,,,,,,[e1_arm_1][a] = 'yes',,,,,,",
        "i,f,,yesno,I,,,,,,,[user-name] = 'x',,,,,,",
    ]));
    assert_eq!(
        items(&form),
        [
            "a a - - | A",
            "c_1 tick - not is_missing(a) and a = 2 | C One",
            "c_9 tick - not is_missing(a) and a = 2 | C Other",
            "d yes_no - not is_missing(c_9) and c_9 = 1 | D",
            "e yes_no - ? `[c(7)]` is not a choice of `c` | E",
            "g yes_no - ? `[other]` is not in the file | G",
            "h yes_no - ? `[e1_arm_1]` is followed by another name: it is an event, or has an instance | H",
            "i yes_no - ? `[user-name]` is known only to REDCap | I",
        ]
    );
    assert_eq!(form.items[2].column, "c____9");
}

#[test]
fn calculations_become_scores() {
    let radio = |name: &str| format!("{name},f,,radio,{name},\"0, x | 1, y | 2, z\",,,,,,,,,,,,");
    let calc = |name: &str, text: &str| format!("{name},f,,calc,{name},\"{text}\",,,,,,,,,,,,");
    let form = form(&dictionary(&[
        &radio("a"),
        &radio("b"),
        "c,f,,checkbox,C,\"1, One | 2, Two\",,,,,,,,,,,,",
        &calc("twice", "[total] * 2"),
        &calc("total", "[a] + (2 - [b])"),
        &calc("box", "if([c(2)]=1, 2, 0)"),
        &calc("self", "[loop] + 1"),
        &calc("loop", "[self] + 1"),
        &calc("age", "rounddown(datediff([a],'today','y'),0)"),
        &calc("done", "[f_complete] + 1"),
        "band,f,,text,Band,,,,,,,,,,,,,\"@CALCTEXT(if(isnumber([total]), if([total] < 2, 'low', 'high'), ''))\"",
        &calc("of_band", "[band]"),
    ]));
    assert_eq!(
        scores(&form),
        [
            "twice: total * 2",
            "total: scale of a, -b",
            "box: if not is_missing(c_2) and c_2 = 1 then 2 else 0",
            "self: ? it uses itself, or more scores than can be computed",
            "loop: ? it uses itself, or more scores than can be computed",
            "age: ? it uses `datediff`, and formulas here have only `years_between` for dates",
            "done: ? `[f_complete]` is the status of a form",
            "of_band: ? `[band]` is the band of `total`",
        ]
    );
    let bands: Vec<_> = form.scores[1].bands.iter().map(|band| band.label.as_str()).collect();
    assert_eq!(bands, ["low", "high"]);
}

#[test]
fn forms_are_separate_instruments() {
    let text = dictionary(&[
        "study_id,one,,text,Id,,,,,,,,,,,,,",
        "a,one,,yesno,A,,,,,,,,,,,,,",
        "b,two_b,,yesno,B,,,,,,,[a] = '1',,,,,,",
        "t,three,,descriptive,Only text,,,,,,,,,,,,,",
    ]);
    let forms = forms_of("d.csv", text.as_bytes(), &Options::default()).expect("a dictionary");
    assert_eq!(forms.iter().map(|form| form.id.as_str()).collect::<Vec<_>>(), ["one", "two-b"]);
    assert_eq!(forms[1].titled.title.of(""), Some("Two b"));
    assert_eq!(items(&forms[1]), ["b yes_no - ? `[a]` is a field of the form `one` | B"]);
    assert!(has(&forms[0], "empty-form", "three"));
}

#[test]
fn what_is_not_carried_is_reported() {
    let text = format!(
        "{}\nx,f,,radio,cut",
        dictionary(&[
            "a,f,,radio,\"Hello [first_name], [a] {a}\",\"1, x | 2, y\",,,,,,,,,,m,y,\"@HIDDEN-SURVEY @DEFAULT='1' a remark\"",
            "a,f,,yesno,Again,,,,,,,,,,,,,",
            ",f,,yesno,No name,,,,,,,,,,,,,",
            "b,f,,text,\"<img src='x'>B\",,,number,today,99999999,,,,,,,,",
            "now,f,,text,When,,,,,,,,,,,,,@TODAY @READONLY",
            "k,f,,checkbox,K,\"1, x | 2, none\",,,,,,,,,,,,@NONEOFTHEABOVE=2",
            "w,f,,wheel,W,,,,,,,,,,,,,",
        ])
    )
    .replacen("field_annotation\n", "field_annotation,extra\n", 1)
    .replacen("a remark\"", "a remark\",more", 1);
    let form = form(&text);
    for (code, part) in [
        ("placeholder-left", "`[a]`, `{a}`"),
        ("ranking", "`a` is ranked"),
        ("action-tag", "`@HIDDEN-SURVEY`"),
        ("action-tag", "`@DEFAULT`"),
        ("action-tag", "`@NONEOFTHEABOVE`"),
        ("annotation", "`a`"),
        ("same-name", "`a`"),
        ("no-name", ""),
        ("media", ""),
        ("limit", "today"),
        ("limit", "99999999"),
        ("decimals", "`b`"),
        ("filled-by-tag", "`now`"),
        ("item", "`wheel`"),
        ("item", "it has no choices"),
        ("row-length", "`3`, `4`"),
        ("unknown-column", "`extra`"),
    ] {
        assert!(has(&form, code, part), "{code} {part}: {:#?}", form.findings);
    }
    let place = &form.findings.iter().find(|finding| finding.code == "limit").expect("found").place;
    assert_eq!(place.to_string(), "d.csv: row 5, column \"Text Validation Min\"");
}
