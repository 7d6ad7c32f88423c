//! The columns of a table with one answer per row: by `--long`, or by their usual names.

use scalewright_model::did_you_mean;
use scalewright_model::text::line;

use crate::Stop;

/// The names of the columns of a long table, as far as the user states them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongColumns {
    /// The column that names the respondent.
    pub id: Option<String>,
    /// The column that names the item.
    pub item: Option<String>,
    /// The column of the answer.
    pub answer: Option<String>,
    /// The column that distinguishes the occasions of a respondent.
    pub session: Option<String>,
}

/// The indices of the columns of a long table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LongAt {
    pub(super) id: usize,
    pub(super) item: usize,
    pub(super) answer: usize,
    pub(super) session: Option<usize>,
}

/// What a column of a long table is for.
struct Role {
    key: &'static str,
    /// Usual names, in lower case.
    usual: &'static [&'static str],
}

const ID: Role = Role {
    key: "id",
    usual: &[
        "id",
        "respondent",
        "record_id",
        "record",
        "person",
        "participant",
        "participant_id",
        "subject",
        "usubjid",
    ],
};
const ITEM: Role = Role {
    key: "item",
    usual: &["item", "item_id", "field_name", "question_id", "variable", "qstestcd"],
};
const ANSWER: Role =
    Role { key: "answer", usual: &["resp", "response", "answer", "value", "rating", "qsstresn"] };
const SESSION: Role = Role {
    key: "session",
    usual: &["session", "wave", "occasion", "redcap_event_name", "visitnum", "visit"],
};

impl LongColumns {
    /// Parses the value of `--long`: `id=person,item=question,answer=rating`, with `session=…` if there are several
    /// occasions. Columns that it does not name are found by their usual names.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut columns = Self::default();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (key, column) =
                part.split_once('=').ok_or_else(|| format!("`{}` has no `=`", line(part)))?;
            let (key, column) = (key.trim(), column.trim());
            let place = match key {
                "id" => &mut columns.id,
                "item" => &mut columns.item,
                "answer" => &mut columns.answer,
                "session" => &mut columns.session,
                _ => {
                    let keys = [ID.key, ITEM.key, ANSWER.key, SESSION.key];
                    let help = did_you_mean(key, keys);
                    let help = help.unwrap_or_else(|| format!("the keys are {}", keys.join(", ")));
                    return Err(format!("there is no key `{}`: {help}", line(key)));
                }
            };
            if column.is_empty() {
                return Err(format!("`{key}=` names no column"));
            }
            if place.replace(column.to_owned()).is_some() {
                return Err(format!("`{key}` occurs twice"));
            }
        }
        Ok(columns)
    }

    /// Finds the columns in a header.
    ///
    /// # Errors
    ///
    /// When a column is missing, or several could be it.
    pub(super) fn find(&self, name: &str, header: &[String]) -> Result<LongAt, Stop> {
        let id = required(name, header, &ID, self.id.as_deref())?;
        let item = required(name, header, &ITEM, self.item.as_deref())?;
        let answer = required(name, header, &ANSWER, self.answer.as_deref())?;
        let session = column(name, header, &SESSION, self.session.as_deref())?;
        let mut all: Vec<usize> = [id, item, answer].into_iter().chain(session).collect();
        all.sort_unstable();
        if all.windows(2).any(|two| two[0] == two[1]) {
            return Err(Stop::usage(format!("{name}: `--long` gives two roles to one column"))
                .help("name a column for each role: `--long id=…,item=…,answer=…`"));
        }
        Ok(LongAt { id, item, answer, session })
    }

    /// Whether a header is proved to be that of a long table by the usual names, each role by one column.
    pub(super) fn are_in(header: &[String]) -> Option<LongAt> {
        Self::default().find("", header).ok()
    }
}

fn required(
    name: &str,
    header: &[String],
    role: &Role,
    stated: Option<&str>,
) -> Result<usize, Stop> {
    column(name, header, role, stated)?.ok_or_else(|| {
        let key = role.key;
        Stop::wrong(format!("{name}: no column of the long table is known as `{key}`"))
            .help(format!("name it: `--long {key}=COLUMN`; the columns are {}", list(header)))
    })
}

/// The column of a role: the stated one, or the only one with a usual name.
fn column(
    name: &str,
    header: &[String],
    role: &Role,
    stated: Option<&str>,
) -> Result<Option<usize>, Stop> {
    if let Some(stated) = stated {
        let at = header.iter().position(|column| column == stated);
        return at.map(Some).ok_or_else(|| {
            let help = did_you_mean(stated, header.iter().map(String::as_str));
            Stop::wrong(format!("{name}: there is no column `{}`", line(stated)))
                .help(help.unwrap_or_else(|| format!("the columns are {}", list(header))))
        });
    }
    let is_usual =
        |(_, column): &(usize, &String)| role.usual.contains(&column.to_lowercase().as_str());
    let found: Vec<(usize, &String)> = header.iter().enumerate().filter(is_usual).collect();
    match found[..] {
        [] => Ok(None),
        [(at, _)] => Ok(Some(at)),
        [(_, one), (_, other), ..] => {
            let key = role.key;
            Err(Stop::wrong(format!(
                "{name}: `{}` and `{}` may both be the column of `{key}`",
                line(one),
                line(other)
            ))
            .help(format!("name it: `--long {key}=COLUMN`")))
        }
    }
}

fn list(header: &[String]) -> String {
    let mut names: Vec<String> =
        header.iter().take(12).map(|column| format!("`{}`", line(column))).collect();
    if header.len() > names.len() {
        names.push(format!("{} more", header.len() - names.len()));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{LongAt, LongColumns};

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn columns_are_found_by_name_or_by_option() {
        let at = |id, item, answer, session| Some(LongAt { id, item, answer, session });
        for (head, expected) in [
            ("id,item,resp", at(0, 1, 2, None)),
            ("wave,resp,item,ID", at(3, 2, 1, Some(0))),
            ("record,redcap_event_name,field_name,value", at(0, 2, 3, Some(1))),
            ("id,person,item,resp", None),
            ("id,item,score", None),
            ("id,q1,q2", None),
        ] {
            assert_eq!(LongColumns::are_in(&header(head)), expected, "{head}");
        }
        let stated = LongColumns::parse("id=p, item=what,answer=a,session=when").expect("is valid");
        let found = stated.find("t", &header("when,what,a,p")).expect("the columns exist");
        assert_eq!(Some(found), at(3, 1, 2, Some(0)));
        for wrong in ["id", "id=", "ids=p", "id=p,id=q"] {
            assert!(LongColumns::parse(wrong).is_err(), "{wrong}");
        }
        assert!(
            LongColumns::parse("id=a,item=a")
                .expect("is valid")
                .find("t", &header("a,resp"))
                .is_err()
        );
    }
}
