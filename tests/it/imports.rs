//! Files over a limit are refused, or cut, with a sentence.

use squall::format::{named, text_in};
use squall::model::limit::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_ROWS_MAX, NOTES_MAX};
use squall::model::{Author, EntryId, Id};
use squall::words::{Lang, Said};

fn check(format: &str, text: &str, key: &str) {
    let mut made = 0;
    let mut mint = || -> Id {
        made += 1;
        EntryId { author: Author::from_random(1), counter: 1 }.thing(made)
    };
    let said: Vec<Said> = match named(format).unwrap().read(text, &mut mint) {
        Ok(reading) => reading.remarks.into_iter().map(|remark| remark.said).collect(),
        Err(said) => vec![said],
    };
    let told: Vec<&str> = said.iter().map(|said| said.key.0).collect();
    assert!(told.contains(&key), "{format}: {key} in {told:?}");
    assert!(said.iter().all(|said| Lang::ALL.iter().all(|lang| !said.speak(*lang).contains('{'))));
}

#[test]
fn a_file_over_a_limit_is_told() {
    let large = vec![b' '; IMPORT_BYTES_MAX as usize + 1];
    assert_eq!(text_in(&large).unwrap_err().key.0, "import-too-large");
    assert!(text_in(&large[1..]).is_ok());
    let deep = "[".repeat(IMPORT_DEPTH_MAX + 1) + &"]".repeat(IMPORT_DEPTH_MAX + 1);
    check("json", &deep, "import-too-deep");
    let notes = format!(r#"{{"notes":[{}0]}}"#, "0,".repeat(NOTES_MAX));
    check("json", &notes, "import-too-many");
    let rows = (0..=IMPORT_ROWS_MAX).map(|nth| format!(r#""{nth}":{{}}"#)).collect::<Vec<_>>().join(",");
    check("msaez", &format!(r#"{{"elements":{{{rows}}},"relations":{{}}}}"#), "import-too-many");
    check("text", &"\n".repeat(IMPORT_ROWS_MAX + 1), "text-too-many-lines");
}
