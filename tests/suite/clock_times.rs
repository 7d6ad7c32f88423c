//! Clock times in tables: hours and minutes, or minutes after midnight, but not both in one column.

use crate::support::{Run, root, run_with_input};

fn score(format: &str, table: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "instrument.toml", "-", "--from", format];
    // `--columns` has no effect on explanations and would be rejected.
    if !more.contains(&"--explain") {
        args.extend(["--columns", "scores"]);
    }
    args.extend(more);
    run_with_input(&args, &root().join("tests/fixtures/quiet-week"), table.as_bytes().to_vec())
}

fn csv(times: &[&str]) -> String {
    let rows: Vec<String> = times.iter().map(|time| format!("r,0,0,,{time},\n")).collect();
    format!("respondent,quiet_1,quiet_2,slept,bed,day\n{}", rows.concat())
}

/// The last score of each row: the time in minutes.
fn minutes(run: &Run) -> Vec<&str> {
    run.out.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect()
}

#[test]
fn unambiguous_times_are_read() {
    let clock = score("csv", &csv(&["23:15", "9:05", "9.05 pm", "", "11:15 PM", "07:05:30"]), &[]);
    assert_eq!(minutes(&clock), ["1395", "545", "1265", "", "1395", "425"], "{}", clock.err);
    // If all times are bare numbers, they are minutes after midnight.
    let bare = score("csv", &csv(&["930", "7", "NA"]), &[]);
    assert_eq!(minutes(&bare), ["930", "7", ""], "{}", bare.err);
    for wrong in ["24:00", "9.05", "25:00", "9:5"] {
        let result = score("csv", &csv(&[wrong]), &[]);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{wrong}");
    }
}

#[test]
fn a_column_with_both_forms_is_rejected_and_not_scored() {
    let mixed = "is written differently from the times above it";
    for times in [["930", "7:00"], ["23:00", "7"], ["23:00", "1130"]] {
        let object = |time: &str| {
            let quoted = if time.contains(':') { format!("\"{time}\"") } else { time.to_owned() };
            format!(
                "{{\"respondent\": \"r\", \"quiet_1\": 0, \"quiet_2\": 0, \"slept\": null, \"bed\": {quoted}, \"day\": null}}"
            )
        };
        let lines = times.map(object).join("\n");
        let list = format!("[{}]", times.map(object).join(","));
        let redcap = csv(&times).replace("respondent", "record_id");
        for (format, table) in
            [("csv", csv(&times)), ("jsonl", lines), ("json", list), ("redcap", redcap)]
        {
            // Leaving out one row does not help: it is not known which of the two forms is right.
            for more in [&[][..], &["--on-error", "skip"], &["--explain", "1"]] {
                let result = score(format, &table, more);
                assert_eq!((result.code, result.out.as_str()), (1, ""), "{format} {more:?}");
                assert!(result.err.contains(mixed), "{format}: {}", result.err);
                assert!(result.err.contains("row 2"), "{format}: {}", result.err);
            }
        }
    }
}
