use super::*;
use crate::format::graph::tests::told;
use crate::format::named;
use crate::model::tests::id;
use crate::model::thing::text_of;

/// Notes, arrows and remarks, or the sentence.
type Counts = Result<(usize, usize, usize), &'static str>;

const LENDING: &str = r##"{"boundedContext":"Lending","roles":["Reader","Clerk"],"domainEvents":{
  "BookLent":{"event":"Book Lent","role":"Reader","follows":["start"],"command":{"$ref":"#/schemas/commands/LendBook"},
    "aggregateRoot":{"$ref":"#/schemas/entities/Loan"},
    "readModels":[{"$ref":"#/schemas/queries/GetCatalog","description":"Get Catalog"}],
    "acceptanceCriteria":["Given a book, when it is lent, then nobody else may lend it"]},
  "BookReturned":{"event":"책 반납됨","role":"Reader","follows":[{"$ref":"#/domainEvents/BookLent"}],
    "command":{"$ref":"#/schemas/commands/ReturnBook"},"aggregateRoot":{"$ref":"#/schemas/entities/Loan"},
    "readModels":[{"$ref":"#/schemas/queries/GetCatalog","description":"My loans"}]}},
 "schemas":{"commands":{"LendBook":{"required":["book"],"fields":[{"name":"book"},
     {"name":"notes","array":true,"fields":[{"name":"text"}]}]},"ReturnBook":{}},
   "queries":{"GetCatalog":{}},"entities":{"Loan":{"description":"One book with one reader","fields":[{"name":"due"}]},
   "Book":{}},"valueObjects":{"Shelf":{}}}}"##;

fn read(text: &str) -> Result<Reading, Said> {
    let mut nth = 0;
    named("qlerify").expect("a row").read(text, &mut || {
        nth += 1;
        id(nth)
    })
}

#[test]
fn every_event_is_a_row_with_who_asks_and_what_decides() {
    let reading = read(LENDING).expect("a model");
    let expected = [
        "Book Lent > 책 반납됨",
        "Get Catalog > Reader",
        "Get Catalog >My loans Reader",
        "Lend Book > Loan",
        "Lending/actor: Reader",
        "Lending/actor: Reader",
        "Lending/aggregate: Loan",
        "Lending/aggregate: Loan",
        "Lending/command: Lend Book",
        "Lending/command: Return Book",
        "Lending/domain-event: Book Lent",
        "Lending/domain-event: 책 반납됨",
        "Lending/read-model: Get Catalog",
        "Loan > Book Lent",
        "Loan > 책 반납됨",
        "Reader > Lend Book",
        "Reader > Return Book",
        "Return Book > Loan",
    ];
    assert_eq!(told(&reading.board), expected);
    let find = |text: &str| reading.board.notes.values().find(|note| note.text() == text).expect("a note");
    assert_eq!(text_of(&find("Lend Book").details, "definition"), "book*, notes[] (text)");
    assert_eq!(text_of(&find("Loan").details, "definition"), "One book with one reader\ndue");
    assert_eq!(find("책 반납됨").alias(), "BookReturned");
    assert!(find("Book Lent").at.x < find("Return Book").at.x, "time goes to the right");
    let met: Vec<_> = reading.board.requirements.values().flat_map(|it| it.met_by()).collect();
    assert_eq!(met, [find("Lend Book").id, find("Book Lent").id]);
    let said: Vec<String> =
        reading.remarks.iter().map(|remark| remark.said.speak(crate::words::Lang::En)).collect();
    assert_eq!(
        said,
        [
            "Not carried: 1 of “entities”, such as Book.",
            "Not carried: 1 of “roles”, such as Clerk.",
            "Not carried: 1 of “valueObjects”, such as Shelf.",
        ]
    );
}

#[test]
fn nothing_in_a_file_is_worse_than_a_sentence() {
    let events = |text: &str| format!(r##"{{"boundedContext":"A","domainEvents":{{{text}}}}}"##);
    let follows = |one: &str, other: &str| {
        format!(r##""{one}":{{"event":"{one}","role":"R","follows":[{{"$ref":"#/domainEvents/{other}"}}]}}"##)
    };
    let table: [(String, Counts); 9] = [
        (LENDING[..400].to_owned(), Err("import-qlerify-unreadable")),
        ("[1]".to_owned(), Err("import-qlerify-no-events")),
        (r#"{"domainEvents":[]}"#.to_owned(), Err("import-qlerify-no-events")),
        (events(r#""a":null,"b":3,"c":"x""#), Ok((0, 0, 3))),
        (
            events(r#""a":{"event":7,"role":[],"follows":{},"command":"x","readModels":[null]}"#),
            Ok((2, 1, 0)),
        ),
        (events(&[follows("a", "b"), follows("b", "a")].join(",")), Ok((4, 4, 0))),
        (events(&follows("a", "a")), Ok((2, 1, 1))),
        (events(&follows("a", "nowhere")), Ok((2, 1, 1))),
        (events(r#""a":{"event":"<b>\u0000x"},"a":{"event":"y"}"#), Ok((1, 0, 0))),
    ];
    for (text, wanted) in table {
        let counts = read(&text).map(|it| (it.board.notes.len(), it.board.arrows.len(), it.remarks.len()));
        assert_eq!(counts.map_err(|said| said.key.0), wanted, "{text}");
    }
}
