//! A survey file: the elements that real exports have.

use serde_json::{Value, json};

use super::amount::category_id;
use super::flow::Flow;
use super::points::Category;
use super::texts::{description, language_code};

/// The ids of the survey, its responses and its owner: fixed, because Qualtrics gives new ones on import.
const SURVEY: &str = "SV_000000000000001";
const RESPONSES: &str = "RS_000000000000001";
const OWNER: &str = "UR_000000000000001";
/// A date that is not known, and one for all that must have one.
const NO_DATE: &str = "0000-00-00 00:00:00";
const DATE: &str = "2020-01-01 00:00:00";

/// What instruments add to a survey.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) title: String,
    /// The published language, then the others.
    pub(super) languages: Vec<String>,
    pub(super) blocks: Vec<Value>,
    /// The questions that are not shown.
    pub(super) unused: Vec<String>,
    pub(super) questions: Vec<Value>,
    pub(super) categories: Vec<Category>,
    pub(super) flow: Flow,
}

impl Survey {
    pub(super) fn new(title: &str, language: &str) -> Self {
        Self { title: title.to_owned(), languages: vec![language.to_owned()], ..Self::default() }
    }

    /// Adds a language unless the survey has it.
    pub(super) fn speak(&mut self, language: &str) {
        if !self.languages.iter().any(|own| own == language) {
            self.languages.push(language.to_owned());
        }
    }

    /// The number of the next question.
    pub(super) fn next_question(&self) -> usize {
        self.questions.len() + 1
    }

    /// Adds a block of these elements, and shows it next.
    pub(super) fn block(&mut self, name: &str, elements: Vec<Value>) {
        let id = self.block_id();
        let kind = if self.blocks.is_empty() { "Default" } else { "Standard" };
        self.blocks.push(json!({
            "Type": kind,
            "Description": description(name),
            "ID": id,
            "BlockElements": elements,
            "Options": {"BlockLocking": "false", "RandomizeQuestions": "false", "BlockVisibility": "Collapsed"},
        }));
        self.flow.block(&id);
    }

    fn block_id(&self) -> String {
        format!("BL_{:015}", self.blocks.len() + 1)
    }

    /// The content of the file.
    pub(super) fn bytes(self) -> Vec<u8> {
        let survey = json!({"SurveyEntry": self.entry(), "SurveyElements": self.elements()});
        let json =
            serde_json::to_string_pretty(&survey).expect("internal: plain data is always JSON");
        format!("{json}\n").into_bytes()
    }

    fn entry(&self) -> Value {
        json!({
            "SurveyID": SURVEY,
            "SurveyName": description(&self.title),
            "SurveyDescription": null,
            "SurveyOwnerID": OWNER,
            "SurveyBrandID": "",
            "DivisionID": null,
            "SurveyLanguage": self.language(),
            "SurveyActiveResponseSet": RESPONSES,
            "SurveyStatus": "Inactive",
            "SurveyStartDate": NO_DATE,
            "SurveyExpirationDate": NO_DATE,
            "SurveyCreationDate": DATE,
            "CreatorID": OWNER,
            "LastModified": DATE,
            "LastAccessed": NO_DATE,
            "LastActivated": NO_DATE,
            "Deleted": null,
        })
    }

    fn language(&self) -> String {
        self.languages.first().map_or_else(String::new, |own| language_code(own))
    }

    fn elements(mut self) -> Vec<Value> {
        let unused = self.unused.iter().map(|id| json!({"Type": "Question", "QuestionID": id}));
        let trash = json!({
            "Type": "Trash",
            "Description": "Trash / Unused Questions",
            "ID": self.block_id(),
            "BlockElements": unused.collect::<Vec<_>>(),
        });
        self.blocks.push(trash);
        let count = self.questions.len().to_string();
        let options = self.options();
        let scoring = self.scoring();
        let version = "1.1.0";
        let project = json!({"ProjectCategory": "CORE", "SchemaVersion": version});
        let statistics = json!({"MobileCompatible": true, "ID": "Survey Statistics"});
        let flow = std::mem::take(&mut self.flow).payload();
        let blocks = Value::from(std::mem::take(&mut self.blocks));
        let mut elements = vec![
            element("BL", "Survey Blocks", Value::Null, blocks),
            element("FL", "Survey Flow", Value::Null, flow),
            element("PROJ", "CORE", Value::Null, project),
            element("QC", "Survey Question Count", json!(count), Value::Null),
            element("RS", RESPONSES, json!("Default Response Set"), Value::Null),
            element("SCO", "Scoring", Value::Null, scoring),
            element("SO", "Survey Options", Value::Null, options),
        ];
        elements[2]["TertiaryAttribute"] = json!(version);
        for question in self.questions {
            let (id, about) =
                (question["QuestionID"].clone(), question["QuestionDescription"].clone());
            elements.push(element("SQ", id.as_str().unwrap_or_default(), about, question));
        }
        elements.push(element("STAT", "Survey Statistics", Value::Null, statistics));
        elements
    }

    fn options(&self) -> Value {
        let languages = self.languages.iter().map(|tag| (language_code(tag), json!([])));
        json!({
            // An answer that could be changed later could hide a question that is answered already.
            "BackButton": "false",
            "SaveAndContinue": "true",
            "SurveyProtection": "PublicSurvey",
            "BallotBoxStuffingPrevention": "false",
            "NoIndex": "Yes",
            "SecureResponseFiles": "true",
            "SurveyExpiration": "None",
            "SurveyTermination": "DefaultMessage",
            "Header": "",
            "Footer": "",
            "ProgressBarDisplay": "None",
            "PartialData": "+1 week",
            "ValidationMessage": "",
            "PreviousButton": "",
            "NextButton": "",
            "SurveyTitle": description(&self.title),
            "SkinLibrary": "Qualtrics",
            "SkinType": "templated",
            "Skin": {"brandingId": null, "templateId": "*base", "overrides": null},
            "NewScoring": 1,
            "AvailableLanguages": languages.collect::<serde_json::Map<_, _>>(),
        })
    }

    fn scoring(&self) -> Value {
        let each = self.categories.iter().enumerate();
        let each = each.map(|(at, category)| {
            json!({"ID": category_id(at), "Name": category.name, "Description": ""})
        });
        let default = (!self.categories.is_empty()).then(|| category_id(0));
        json!({
            "ScoringCategories": each.collect::<Vec<_>>(),
            "ScoringCategoryGroups": [],
            "ScoringSummaryCategory": null,
            "ScoringSummaryAfterQuestions": 0,
            "ScoringSummaryAfterSurvey": 0,
            "DefaultScoringCategory": default,
            "AutoScoringCategory": null,
        })
    }
}

fn element(name: &str, primary: &str, secondary: Value, payload: Value) -> Value {
    json!({
        "SurveyID": SURVEY,
        "Element": name,
        "PrimaryAttribute": primary,
        "SecondaryAttribute": secondary,
        "TertiaryAttribute": null,
        "Payload": payload,
    })
}
