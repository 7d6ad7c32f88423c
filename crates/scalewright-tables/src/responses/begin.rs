//! A table of responses made ready to be read, by the options that all commands share.

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_model::Instrument;

use crate::cli::{ReadingArgs, ResponsesFormat as Format};
use crate::{Stop, Terminal};

use super::kept::{Others, Wish};
use super::plan::{Plan, plan};
use super::{About, Opened, map, open};

/// Opens the table in `path`, finds its columns, and tells which of them are no items.
pub(crate) fn begin<'a>(
    path: &Path,
    args: &ReadingArgs,
    wish: Wish<'_>,
    instrument: &'a Instrument,
    terminal: &mut Terminal<'_>,
) -> Result<(Opened, Plan<'a>), Stop> {
    let ReadingArgs { from, id_column, map: by_map, names, missing_code, questionnaire } = args;
    let map = map((by_map.as_deref(), names.as_deref()), *from, instrument, terminal.cwd)?;
    let form = questionnaire.as_ref();
    let form = form.map(|path| (path.display().to_string(), terminal.cwd.join(path)));
    let about = About { instrument, map: &map, missing: missing_code, form };
    let table = open(path, *from, &about, terminal)?;
    let columns = table.source.columns();
    // REDCap's first column names the record, whatever it is called; the one of FHIR is the response's id.
    let named = matches!(from, Some(Format::Redcap | Format::Fhir));
    let id = id_column.clone().or_else(|| columns.first().filter(|_| named).cloned());
    let grows = table.source.may_grow();
    let mut plan = plan(&table.name, columns, grows, id.as_deref(), &about, instrument, terminal)?;
    let others = others(&table, &plan);
    let (kept, unseen) = others.choose(wish)?;
    others.tell(wish, terminal);
    (plan.kept, plan.unseen) = (kept, unseen);
    Ok((table, plan))
}

/// The columns that are neither items nor the respondent.
fn others<'t>(table: &'t Opened, plan: &'t Plan<'_>) -> Others<'t> {
    let source = &table.source;
    let own = source.kept();
    let items: BTreeSet<&str> = plan.names.iter().map(String::as_str).collect();
    let columns = source.columns().iter().enumerate();
    let stated = source.stated();
    let rest = columns.filter(|(column, name)| {
        let is_of_item =
            items.contains(name.as_str()) || source.is_of_item(*column) || stated.contains(column);
        !is_of_item && plan.id != Some(*column) && !own.contains(name)
    });
    let rest = rest.map(|(column, name)| (column, name.as_str()));
    let (rest, textless) = rest.partition(|(column, _)| source.has_text(*column));
    Others {
        table: &table.name,
        own,
        rest,
        textless,
        id: plan.id.map(|_| plan.id_name.as_str()),
        // All that FHIR has beside answers is known.
        grows: source.may_grow() && own.is_empty(),
        items,
    }
}
