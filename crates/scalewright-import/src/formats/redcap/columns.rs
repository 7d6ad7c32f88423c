//! The columns of a data dictionary, by the names that REDCap and its interfaces use.

/// A column of a data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Variable,
    Form,
    Section,
    Kind,
    Label,
    Choices,
    Note,
    Validation,
    Min,
    Max,
    Identifier,
    Branching,
    Required,
    Alignment,
    Number,
    Matrix,
    Ranking,
    Annotation,
}

/// What a column is called.
struct Names {
    column: Column,
    /// The name in messages.
    title: &'static str,
    /// The attribute of a project file.
    attribute: &'static str,
    /// The headers, in letters and digits only: of downloads, of the programming interface, and older ones.
    headers: &'static [&'static str],
}

/// All columns, in the order of a download.
static COLUMNS: [Names; 18] = [
    names(
        Column::Variable,
        "Variable / Field Name",
        "redcap:Variable",
        &["variablefieldname", "fieldname", "variable", "variablename"],
    ),
    names(Column::Form, "Form Name", "redcap:FormName", &["formname", "form", "instrument"]),
    names(Column::Section, "Section Header", "redcap:SectionHeader", &["sectionheader"]),
    names(Column::Kind, "Field Type", "redcap:FieldType", &["fieldtype"]),
    names(Column::Label, "Field Label", "Question", &["fieldlabel"]),
    names(
        Column::Choices,
        "Choices, Calculations, OR Slider Labels",
        "CodeListRef",
        &[
            "choicescalculationsorsliderlabels",
            "selectchoicesorcalculations",
            "choicesorcalculations",
            "choices",
        ],
    ),
    names(Column::Note, "Field Note", "redcap:FieldNote", &["fieldnote"]),
    names(
        Column::Validation,
        "Text Validation Type",
        "redcap:TextValidationType",
        &["textvalidationtypeorshowslidernumber", "textvalidationtype"],
    ),
    names(Column::Min, "Text Validation Min", "RangeCheck", &["textvalidationmin"]),
    names(Column::Max, "Text Validation Max", "RangeCheck", &["textvalidationmax"]),
    names(Column::Identifier, "Identifier?", "redcap:Identifier", &["identifier"]),
    names(
        Column::Branching,
        "Branching Logic",
        "redcap:BranchingLogic",
        &["branchinglogicshowfieldonlyif", "branchinglogic"],
    ),
    names(
        Column::Required,
        "Required Field?",
        "redcap:RequiredField",
        &["requiredfield", "required"],
    ),
    names(Column::Alignment, "Custom Alignment", "redcap:CustomAlignment", &["customalignment"]),
    names(
        Column::Number,
        "Question Number",
        "redcap:QuestionNumber",
        &["questionnumbersurveysonly", "questionnumber"],
    ),
    names(
        Column::Matrix,
        "Matrix Group Name",
        "redcap:MatrixGroupName",
        &["matrixgroupname", "matrixgroup"],
    ),
    names(Column::Ranking, "Matrix Ranking?", "redcap:MatrixRanking", &["matrixranking"]),
    names(Column::Annotation, "Field Annotation", "redcap:FieldAnnotation", &["fieldannotation"]),
];

const fn names(
    column: Column,
    title: &'static str,
    attribute: &'static str,
    headers: &'static [&'static str],
) -> Names {
    Names { column, title, attribute, headers }
}

impl Column {
    /// The columns in the order of a download.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        COLUMNS.iter().map(|names| names.column)
    }

    /// The column with this header.
    pub(super) fn of_header(header: &str) -> Option<Self> {
        let plain: String = header
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let found = COLUMNS.iter().find(|names| names.headers.contains(&plain.as_str()));
        found.map(|names| names.column)
    }

    /// The name in messages.
    pub(super) fn title(self) -> &'static str {
        COLUMNS[self as usize].title
    }

    /// The attribute or element of a project file that corresponds to the column.
    pub(super) fn attribute(self) -> &'static str {
        COLUMNS[self as usize].attribute
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_in_the_order_of_their_variants() {
        for (index, names) in COLUMNS.iter().enumerate() {
            assert_eq!(names.column as usize, index, "{}", names.title);
        }
    }

    #[test]
    fn headers_are_known_in_all_spellings() {
        for header in ["Variable / Field Name", "field_name", "\"Variable / Field Name\""] {
            assert_eq!(Column::of_header(header), Some(Column::Variable), "{header}");
        }
        assert_eq!(
            Column::of_header("Branching Logic (Show field only if...)"),
            Some(Column::Branching)
        );
        assert_eq!(
            Column::of_header("text_validation_type_or_show_slider_number"),
            Some(Column::Validation)
        );
        assert_eq!(Column::of_header("Remarks"), None);
    }
}
