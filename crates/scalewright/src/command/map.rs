//! `scalewright map`.

use std::io::Write;

use scalewright_model::Stop;
use scalewright_project::Library;
use scalewright_tables::{Proposal, failed, propose};

use crate::cli::{MapArgs, MapFormat};
use crate::exit_code::OK;
use crate::gates;
use crate::output::Outputs;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Proposes a map of the items to the columns of a table.
pub(crate) fn run(
    args: &MapArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    if let Some(out) = args.out.as_ref().filter(|out| cwd.join(out).is_file()) {
        let message = format!("`{}` already exists", out.display());
        return Err(Stop::usage(message)
            .help("a map may contain decisions, so it is not overwritten: name another file, or remove it"));
    }
    let checked = library.check(&library.one(&args.instrument)?, &[])?;
    let instrument = gates::sound(&checked, terminal)?;
    let (from, reading) = (terminal.table(&args.responses), args.reading());
    let proposal = terminal.with_notes(|notes| propose(from, &reading, instrument, cwd, notes))?;
    let inputs = [args.responses.clone()];
    let mut outputs = Outputs::new(cwd).reading(inputs);
    if let Some(out) = &args.out {
        let mut file = outputs.begin(Some(out))?;
        file.write_all(proposal.toml().as_bytes()).map_err(|error| failed(&error))?;
    }
    match args.format {
        MapFormat::Text => terminal.print(Printable::page(&text(&proposal))),
        MapFormat::Json => terminal.write(format!("{:#}\n", proposal.json()).as_bytes()),
    }
    outputs.commit(terminal)?;
    if let Some(out) = &args.out {
        terminal.eprint(&format!("{}: {}\n", ready(&proposal), out.display()));
    }
    Ok(OK)
}

/// Whether the map can be used.
fn ready(proposal: &Proposal) -> String {
    match proposal.open.len() {
        0 => "the map is complete".to_owned(),
        1 => "the map has 1 open question".to_owned(),
        more => format!("the map has {more} open questions"),
    }
}

/// The proposal for people: a table of the items, the questions, and the columns that no item uses.
fn text(proposal: &Proposal) -> String {
    let mut text = aligned(&proposal.rows_of_text());
    if !proposal.open.is_empty() {
        text.push_str("\nopen questions:\n");
        for open in &proposal.open {
            text.push_str(&format!("  {}: {}\n", open.item, open.question));
        }
    }
    if !proposal.unused.is_empty() {
        let names: Vec<String> =
            proposal.unused.iter().take(20).map(|name| format!("`{name}`")).collect();
        let more = match proposal.unused.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        text.push_str(&format!("\ncolumns that no item uses: {}{more}\n", names.join(", ")));
    }
    text
}

/// Rows with cells of equal width below each other.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
