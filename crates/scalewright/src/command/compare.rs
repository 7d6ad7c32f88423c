//! `scalewright compare`.

use std::path::Path;

use scalewright_data::{Compared, Comparing, ReadAs, TableAt, compare};
use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_project::Library;

use crate::cli::CompareArgs;
use crate::exit_code::{OK, WRONG};
use crate::gates::sound;
use crate::output::{Outputs, write_one};
use crate::render::Printable;
use crate::terminal::Terminal;

/// The most bytes of a table of decisions.
const MOST_BYTES: u64 = 256 << 20;

/// Compares two files, and prints, writes or merges what differs.
pub(crate) fn run(
    args: &CompareArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    let reading = args.reading.reading();
    let from = ReadAs { instrument, reading: &reading, cwd };
    let table = |path: &Path| TableAt { shown: path.to_path_buf(), path: cwd.join(path) };
    let tables = [table(&args.first), table(&args.second)];
    let comparing = Comparing { occasion: args.occasion.clone() };
    let compared =
        terminal.with_notes(|notes| compare(from, [&tables[0], &tables[1]], &comparing, notes))?;
    let outputs = Outputs::new(cwd).reading([&args.first, &args.second]);
    if let (Some(decisions), Some(merged)) = (&args.decisions, &args.merged) {
        let outputs = outputs.reading([decisions]);
        return merge((args, &compared), (decisions, merged), outputs, terminal);
    }
    terminal.print(Printable::page(&compared.text()));
    if let Some(path) = &args.out {
        write_one(outputs, path, compared.table(args.spreadsheet_safe), terminal)?;
    }
    let count = compared.differences();
    terminal.eprint(&match count {
        0 => "the files do not differ\n".to_owned(),
        1 => "1 difference\n".to_owned(),
        more => format!("{more} differences\n"),
    });
    Ok(if count == 0 { OK } else { WRONG })
}

fn merge(
    (args, compared): (&CompareArgs, &Compared),
    (decisions, path): (&Path, &Path),
    outputs: Outputs<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let name = decisions.display().to_string();
    let whole = terminal.cwd.join(decisions);
    let failed =
        |error: std::io::Error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error)));
    if std::fs::metadata(&whole).map_err(failed)?.len() > MOST_BYTES {
        return Err(Stop::wrong(format!("{name}: the file is larger than any table of decisions")));
    }
    let bytes = std::fs::read(&whole).map_err(failed)?;
    let merged = compared.merge(&bytes, &name, args.spreadsheet_safe)?;
    write_one(outputs, path, merged.text, terminal)?;
    let rows = if merged.rows == 1 { "1 row".to_owned() } else { format!("{} rows", merged.rows) };
    terminal.eprint(&format!("merged {rows}: {}\n", path.display()));
    Ok(OK)
}
