//! Tables of items: XLSForms, codebooks and item tables of formr.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use scalewright_import::prove::Outcome;
use scalewright_import::{Import, Options, Sources, import};
use scalewright_model::{ScoreKind, Stop};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn fixture(path: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import");
    std::fs::read(folder.join(path)).expect("the fixture exists")
}

fn options() -> Options {
    Options {
        language: Some("en".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        score: Some(ScoreKind::Mean),
        formr_scales: true,
        ..Options::default()
    }
}

fn read(file: &str, bytes: &[u8], options: &Options) -> Result<Import, Stop> {
    import(&Sources { file, bytes, beside: &|_| None, attached: &[] }, None, options)
}

/// The definition of a source with one instrument, and the codes of its findings.
fn definition(file: &str, text: &str, options: &Options) -> (String, Vec<String>) {
    let import = read(file, text.as_bytes(), options).expect("the source is read");
    let one = &import.instruments[0];
    assert_eq!(one.errors, Vec::<String>::new(), "{file}");
    let definition = String::from_utf8_lossy(&one.files[0].1).into_owned();
    (definition, one.findings.iter().map(|finding| finding.code.to_string()).collect())
}

#[test]
fn the_examples_are_read_and_all_their_rules_are_proved() {
    for (path, format, rules) in [
        ("xlsform/bread.xlsx", "xlsform", 6),
        ("xlsform/bread.xls", "xlsform", 6),
        ("codebook/codebook.csv", "codebook", 2),
        ("formr/sea.xlsx", "formr", 4),
    ] {
        let name = path.rsplit('/').next().unwrap_or_default();
        let import = read(name, &fixture(path), &options()).expect("the example is read");
        assert_eq!(import.format.0, format, "{path}");
        let [one] = &import.instruments[..] else { panic!("{path} has one instrument") };
        assert_eq!(one.errors, Vec::<String>::new(), "{path}");
        let equal =
            one.proofs.iter().filter(|proof| matches!(proof.outcome, Outcome::Equal(_))).count();
        assert_eq!((equal, one.proofs.len()), (rules, rules), "{path}: {:?}", one.proofs);
    }
}

#[test]
fn both_kinds_of_workbooks_give_the_same_definition() {
    let of = |path: &str| {
        let import = read("bread.xlsx", &fixture(path), &options()).expect("the form is read");
        let text = String::from_utf8_lossy(&import.instruments[0].files[0].1).into_owned();
        text.lines().filter(|line| !line.contains("sha256")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(of("xlsform/bread.xls"), of("xlsform/bread.xlsx"));
}

#[test]
fn a_sheet_with_two_distant_cells_is_refused() {
    let stop =
        read("wide.xls", &fixture("xlsform/wide.xls"), &options()).expect_err("it is refused");
    assert!(stop.message.contains("more than 2000000 cells"), "{}", stop.message);
}

const WALK: &str = r#"survey,,,,,,,,
,type,name,label,relevance,constraint,appearance,calculation,parameters
,begin group,a,About walks,,,,,
,note,n1,Think of *last week*.,,,,,
,select one yn,walked,Did you walk?,,,,,
,select_multiple why,reasons,Why?,"${walked} = ‘1’",,,,
,end group,,,,,,,
,range,far,How far?,,,,,start=0 end=5 step=0.5
,begin repeat,r,,,,,,
,integer,times,How often?,,,,,
,end repeat,,,,,,,
,geopoint,where,Where?,,,,,
,select_one yn or_other,again,Again?,"selected(${reasons}, 'fun')",,,,
,integer,age,Age of ${walked},,. > 17 and . < 121,,,
,today,today,,,,,,
,calculate,joy,,,,,"if(selected(${reasons}, 'fun'), 1, 0) + ${walked}",
choices,,,,,,,,
,list_name,name,label,,,,,
,yn,1,Yes,,,,,
,yn,0,No,,,,,
,why,fun,For fun,,,,,
,why,duty,Prefer not to say,,,,,
settings,,,,,,,,
,form_title,form_id,,,,,,
,Walks,walks,,,,,,
"#;

#[test]
fn the_rows_of_an_xlsform_are_read() {
    let (text, codes) = definition("walk.csv", WALK, &options());
    for part in [
        "id = \"walks\"",
        "title = \"About walks\"",
        "instructions = \"Think of last week.\"",
        "id = \"reasons_fun\"",
        "stem = \"Why? For fun\"",
        "type = \"visual-analogue\"",
        "min = 18\nmax = 120",
        "ask-if = \"not is_missing(reasons_fun) and reasons_fun = 1\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for code in [
        "repeat",
        "item",
        "other",
        "quotation-marks",
        "placeholder-left",
        "metadata",
        "step",
        "markup-removed",
    ] {
        assert!(codes.iter().any(|known| known == code), "{code} is not in {codes:?}");
    }
}

#[test]
fn a_codebook_stops_where_it_is_in_doubt() {
    let plain = Options { columns: vec![], ..options() };
    let given = |kind: &str, header: &str| Options {
        columns: vec![(kind.to_owned(), header.to_owned())],
        ..options()
    };
    for (text, options, expected) in [
        ("item,label,question\na,x,y\n", &plain, "`label` and `question` could both be"),
        ("item,text,key\na,x,1\nb,y,0\n", &plain, "has no minus sign"),
        ("item,text,reverse\na,x,perhaps\n", &plain, "does not say whether the item is reversed"),
        ("foo,bar\na,x\n", &plain, "no column is known to have the names of the items"),
        ("item,bar\na,x\n", &given("text", "baz"), "no column has the header `baz`"),
        ("item,bar\na,x\n", &given("test", "bar"), "no kind of column is called `test`"),
    ] {
        let stop = read("book.csv", text.as_bytes(), options).expect_err("it stops");
        assert!(stop.message.contains(expected), "{}", stop.message);
        assert!(!stop.help.is_empty(), "{text}");
    }
}

#[test]
fn the_columns_of_codebooks_are_read() {
    for (text, columns, parts) in [
        (
            "Variable\tWortlaut\tMin\tMax\tSkala\tUmgepolt\na1\tEins\t1\t5\tA\t\na2\tZwei\t1\t5\tA\tja\n",
            "",
            &["items = [\"a1\", \"-a2\"]", "{ value = 3, unlabelled = true }"][..],
        ),
        (
            "item,text,key,scale,1,2,3\na,One,1,S,no,some,yes\nb,Two,-1,S,no,some,yes\n",
            "",
            &["items = [\"a\", \"-b\"]", "{ value = 2, label = \"some\" }"],
        ),
        (
            "code,Inhalt,values,missing values\na,One,\"0, Never | 1, Often\",\"-9, -8\"\n",
            "text=Inhalt",
            &["{ value = -9, label = \"-9\", non-response = true }", "stem = \"One\""],
        ),
        (
            "name,label,values\nage,Age,\n\"b\",\"b, or c\",1=low; 5=high\n",
            "",
            &["type = \"text\"", "stem = \"b, or c\""],
        ),
        (
            "instrument,name,role,label,question,minimum,maximum,values,missing_codes,computed_from,notes\nx,a,item,One,Q,,,\"0 = No\n1 = Yes\",,,keyed on: + s; − t: 1 − answer\nx,b,item,Two,Q,,,\"0 = No\n1 = Yes\",,,keyed on: + s; + t\nx,s,score,S,,0,2,,,a b,\n",
            "",
            &["items = [\"-a\", \"b\"]", "items = [\"a\", \"b\"]"],
        ),
    ] {
        let columns =
            columns.split_once('=').map(|(kind, header)| (kind.to_owned(), header.to_owned()));
        let options = Options { columns: columns.into_iter().collect(), ..options() };
        let (definition, codes) = definition("book.csv", text, &options);
        for part in parts {
            assert!(definition.contains(part), "{part} is not in\n{definition}");
        }
        assert!(codes.iter().any(|known| known == "no-title"), "{codes:?}");
    }
}

/// A codebook as this program exports it, with invented words.
const OWN: &str = "instrument,name,role,label,question,section,type,unit,minimum,maximum,values,missing_codes,notes,computed_from\n\
calm-two,,instrument,Two of calm,Answer both.,,,,,,,,\"id: calm-two\nversion: 2.1.0\nstatus: active\nlanguage tag: en\ndescription: One line.\nAnother line.\nholder of the rights: nobody\nwho answers: rater\nfamily: calm\",\n\
calm-two,c1,item,1. Calm?,Today: 1. Calm?,Mood,integer,,,,\"'-1 = No [no]\n0.5 = Half\n1 = Yes\",9 = Refused,required: a form on a screen requires an answer,\n\
calm-two,c2,item,2. How long?,Today: 2. How long?,Mood,number,h,0,24,,,decimals: at most 2,\n\
calm-two,c3,item,3. Mark,,,integer,,0,10,,,\"the low end: not\nthe high end: very\",\n\
calm-two,c4,item,4. When?,,,time (HH:MM),,,,,,\"asked if: c1 > 0; if it was not asked, it is missing\",\n\
other,o1,item,1. Other?,,,text,,,,,,,\n\
other,o2,item,2. More?,,,\"several values, separated by spaces\",,,,\"1 = A\n2 = B\",,,\n";

#[test]
fn our_codebooks_return_items_types_sections_and_facts() {
    let import = read("two.csv", OWN.as_bytes(), &options()).expect("it is read");
    let text = |at: usize| String::from_utf8_lossy(&import.instruments[at].files[0].1).into_owned();
    for part in [
        "id = \"calm-two\"",
        "title = \"Two of calm\"",
        "version = \"2.1.0\"",
        "status = \"active\"",
        "One line.",
        "Another line.",
        "holder = \"nobody\"",
        "respondent = \"rater\"",
        "instructions = \"Answer both.\"",
        "{ value = -1, label = \"No\", code = \"no\" }",
        "{ value = 0.5, label = \"Half\" }",
        "{ value = 9, label = \"Refused\", non-response = true }",
        "lead-in = \"Today:\"",
        "title = \"Mood\"",
        "stem = \"Calm?\"",
        "required = true",
        "max = 24\ndecimals = 2\nunit = \"h\"",
        "min-label = \"not\"",
        "type = \"time\"",
    ] {
        assert!(text(0).contains(part), "{part} is not in\n{}", text(0));
    }
    assert!(text(1).contains("type = \"several-choice\""), "{}", text(1));
    let found = |code: &str, part: &str| {
        let mut findings = import.instruments[0].findings.iter();
        findings.any(|finding| finding.code == code && finding.message.contains(part))
    };
    assert!(found("statements", "asked if: c1 > 0") && found("statements", "family"));
    assert!(found("numbers", "4 items"));
}

#[test]
fn a_codebook_without_a_kind_of_score_has_no_scales() {
    let options = Options { score: None, ..options() };
    let import =
        read("codebook.csv", &fixture("codebook/codebook.csv"), &options).expect("it is read");
    let text = String::from_utf8_lossy(&import.instruments[0].files[0].1).into_owned();
    assert!(!text.contains("[[scales]]"), "{text}");
    let codes: Vec<_> =
        import.instruments[0].findings.iter().map(|finding| &*finding.code).collect();
    assert!(codes.contains(&"score"), "{codes:?}");
}

const SEA: &str = r#"type,name,label,optional,showif,value,choice1,choice2
note,n,Hello,,,,,
"rating_button 1,5,1",calm,Was it calm?,*,,,rough,calm
"range 0,10,1",wind,Wind?,*,calm > 2,,none,storm
mc_multiple,seen,Seen?,*,,,gull,crab
number,age,Age,*,calm > 1 //js_only,,,
random,coin,,,,,,
calculate,twice,,,,calm * 2,,
calculate,last,,,,"tail(calm, 1)",,
"#;

#[test]
fn the_rows_of_an_item_table_are_read() {
    let (text, codes) = definition("sea.csv", SEA, &options());
    for part in [
        "instructions = \"Hello\"",
        "min-label = \"rough\"",
        "max-label = \"calm\"",
        "max-label = \"storm\"",
        "type = \"several-choice\"",
        "ask-if = \"not is_missing(calm) and calm > 2\"",
        "id = \"twice\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("id = \"last\""), "{text}");
    for code in ["metadata", "condition", "score"] {
        assert!(codes.iter().any(|known| known == code), "{code} is not in {codes:?}");
    }
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    /// The bytes with a few of them changed, removed or repeated.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(12)).min(bytes.len());
            match self.below(3) {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                _ => {
                    let letters = b"0159<>\"'=;,|${}()\n\xff-";
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = letters[self.below(letters.len())];
                    }
                }
            }
        }
        bytes
    }
}

/// A workbook with one damaged part.
fn damaged_workbook(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("the fixture is an archive");
    let chosen = numbers.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("the part exists");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("the part is read");
        if at == chosen || part.name().contains("sheet1") {
            content = numbers.damaged(&content);
        }
        writer.start_file(part.name(), stored).expect("the part is begun");
        writer.write_all(&content).expect("the part is written");
    }
    writer.finish().expect("the archive is written").into_inner()
}

/// Reading damaged files ends: with a definition, or with a stop.
#[test]
fn damaged_tables_do_not_panic() {
    let mut numbers = Numbers(7);
    for (file, text) in [("walk.csv", WALK), ("sea.csv", SEA)] {
        for _ in 0..30 {
            drop(read(file, &numbers.damaged(text.as_bytes()), &options()));
        }
    }
    for (file, path) in [
        ("codebook.csv", "codebook/codebook.csv"),
        ("bread.xls", "xlsform/bread.xls"),
        ("sea.xlsx", "formr/sea.xlsx"),
    ] {
        let bytes = fixture(path);
        for _ in 0..30 {
            drop(read(file, &numbers.damaged(&bytes), &options()));
        }
    }
    for path in ["xlsform/bread.xlsx", "formr/sea.xlsx"] {
        let bytes = fixture(path);
        for _ in 0..30 {
            drop(read("table.xlsx", &damaged_workbook(&bytes, &mut numbers), &options()));
        }
    }
}
