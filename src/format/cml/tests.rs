use super::*;
use crate::format::graph::tests::told;
use crate::format::named;
use crate::model::tests::id;
use crate::model::thing::{text_of, texts_of};
use crate::model::{Board, Frame};
use crate::words::Lang;

fn read(text: &str) -> Result<Reading, Said> {
    let mut nth = 0;
    named("cml").expect("a row").read(text, &mut || {
        nth += 1;
        id(nth)
    })
}

const LIBRARY: &str = r#"
/* Who lends what */
ContextMap LibraryMap {
    contains Lending, Catalog
    Lending [D,ACL]<-[U,OHS,PL] Catalog : Shelf { implementationTechnology = "REST" }
    Lending Partnership Fines
    Lending [U]->[D] Nowhere
}
/** Books go out
 *  and come back. */
BoundedContext Lending implements Loans {
    domainVisionStatement "Nobody waits \"long\""
    evolution = CUSTOM_BUILT
    Application {
        Command LendBook
        Flow LendingFlow {
            command LendBook [initiated by "Reader"] delegates to Loan [OPEN -> LENT] emits event BookLent X LoanRefused
            event BookLent triggers operation sendMail
            operation returnBook delegates to Loan emits event BookReturned
        }
    }
    Aggregate Loan {
        owner Readers
        Entity LoanRoot { aggregateRoot; Date due }
        abstract DomainEvent AnyEvent { - LoanRoot loan }
        DomainEvent BookLent extends @AnyEvent { Date on } // triggers mail
        DomainEvent BookLost
        "role: Clerk"
        CommandEvent ReportLoss
        CommandEvent Renew
        DomainEvent Renewed
        Service Loans { @Renewed renew(@Renew it); void other(); }
    }
}
BoundedContext Catalog { type = FEATURE Aggregate Book { ValueObject Isbn } }
BoundedContext Fines
BoundedContext Mail { type = SYSTEM }
BoundedContext Readers realizes Lending, Catalog { type = TEAM }
Domain Library { Subdomain Loans { type = CORE_DOMAIN } }
UserRequirement Wish
"#;

/// Notes and contexts, or the sentence.
type Counts = Result<(usize, usize), &'static str>;

fn details<'a>(board: &'a Board, name: &str) -> &'a crate::model::Details {
    &board.contexts.values().find(|it| it.name() == name).expect("a context").details
}

#[test]
fn a_model_of_programmers_becomes_a_wall() {
    let reading = read(LIBRARY).expect("CML");
    let board = &reading.board;
    let expected = [
        "-/external-system: Mail",
        "Book Lent > send Mail",
        "Catalog/aggregate: Book",
        "Lend Book > Loan",
        "Lending/actor: Clerk",
        "Lending/actor: Reader",
        "Lending/aggregate: Loan",
        "Lending/aggregate: Loan",
        "Lending/command: Lend Book",
        "Lending/command: Renew",
        "Lending/command: Report Loss",
        "Lending/command: return Book",
        "Lending/command: send Mail",
        "Lending/domain-event: Book Lent",
        "Lending/domain-event: Book Lost",
        "Lending/domain-event: Book Returned",
        "Lending/domain-event: Loan Refused",
        "Lending/domain-event: Renewed",
        "Loan > Book Lent",
        "Loan > Book Lost",
        "Loan > Book Returned",
        "Loan > Loan Refused",
        "Reader > Lend Book",
        "Renew > Renewed",
        "Report Loss > Loan",
        "return Book > Loan",
    ];
    let mut told = told(board);
    told.retain(|line| line != "Clerk > Report Loss");
    assert_eq!(told, expected);
    assert_eq!(board.title(), "Library Map");
    let lending = details(board, "Lending");
    let said = ["purpose", "evolution", "class", "team", "definition"].map(|name| text_of(lending, name));
    let expected =
        ["Nobody waits \"long\"", "custom-built", "core", "Readers", "Books go out\nand come back."];
    assert_eq!(said, expected);
    let decisions: Vec<&str> = board.decisions.values().map(|it| it.text()).collect();
    assert_eq!(decisions, ["Lending ← Catalog [ACL, OHS, PL]: REST", "Lending ↔ Fines [P]"]);
    let loans = board.contexts.values().find(|it| it.frame == Frame::Subdomain).expect("a subdomain");
    let inner = board.contexts.values().find(|it| it.name() == "Lending").expect("a context");
    assert_eq!(board.subdomain_of(inner), Some(loans.id));
    let said = |lang| reading.remarks.iter().map(move |it| (it.line, it.said.speak(lang)));
    let said: Vec<_> = said(Lang::En).collect();
    let left = |line, text: &str| (Some(line), text.to_owned());
    assert!(
        said.contains(&left(
            7,
            "Not carried: arrow Lending -> Nowhere, one of its ends is not on the board."
        ))
    );
    assert!(
        said.contains(&left(40, "Not carried: 1 of “UserRequirement”, such as UserRequirement Wish.")),
        "{said:?}"
    );
}

#[test]
fn nothing_in_a_file_is_worse_than_a_sentence() {
    let deep = "BoundedContext A {".repeat(100);
    let many = format!("BoundedContext A {{\n{}}}", "Command A\n".repeat(100_001));
    let table: [(&str, Counts); 14] = [
        ("", Ok((0, 0))),
        ("BoundedContext", Ok((0, 1))),
        ("BoundedContext A {", Err("import-cml-unclosed")),
        ("BoundedContext A } x", Err("import-cml-unopened")),
        ("/* a", Err("import-cml-unclosed")),
        ("BoundedContext A { domainVisionStatement = \"a", Err("import-cml-unclosed")),
        (&deep, Err("import-too-deep")),
        (&many, Err("import-too-many")),
        ("BoundedContext A { Command B Command B }", Ok((2, 1))),
        ("BoundedContext A BoundedContext A", Ok((0, 2))),
        ("ContextMap { A -> }", Ok((0, 0))),
        (
            "BoundedContext A { Application { Flow { event triggers\n command emits\n delegates to } } }",
            Ok((1, 1)),
        ),
        ("BoundedContext <b> { Command \0 a }", Ok((1, 1))),
        (
            "BoundedContext A { Application { Flow F {\n event E triggers command C\n command C emits event E } } }",
            Ok((2, 1)),
        ),
    ];
    for (text, wanted) in table {
        let counts = read(text).map(|it| (it.board.notes.len(), it.board.contexts.len()));
        let shown: String = text.chars().take(90).collect();
        assert_eq!(counts.map_err(|said| said.key.0), wanted, "{shown}");
    }
    let line = read("\n\nBoundedContext A {\n").map(|_| ()).map_err(|said| said.speak(Lang::En));
    assert_eq!(line, Err("Line 3: what begins there never ends.".to_owned()));
}

/// A wall, and the words on it that CML can say.
fn carried(board: &Board) -> Vec<String> {
    let name = |id: &crate::model::Id| board.notes[id].text().to_owned();
    let mut lines: Vec<String> = told(board).into_iter().filter(|line| line.contains(": ")).collect();
    let steps = board.arrows.values().map(|arrow| {
        let patterns: Vec<&str> = texts_of(&arrow.details, "pattern").collect();
        format!("{} > {} {}", name(&arrow.from), name(&arrow.to), patterns.join(","))
    });
    lines.extend(steps);
    lines.extend(board.contexts.values().map(|it| {
        let said = ["name", "class", "team", "purpose", "alias"].map(|name| text_of(&it.details, name));
        format!("{:?} {}", it.frame, said.join(" | "))
    }));
    lines.sort();
    lines
}

#[test]
fn what_squall_wrote_comes_back() {
    let text = "## 주문 (Ordering) core team:주문팀 purpose:\"끝까지 책임진다\"\n@손님 > 주문하기 (PlaceOrder) > [주문] > 주문됨 (OrderPlaced)\n  | 주문 거절됨\n\
        주문됨 > %주문되면 결제를 청한다 in:결제\n## 결제\n주문됨 > %주문되면 결제를 청한다 > 결제 요청하기 > [결제] > 결제됨\n= 결제 현황\n";
    let mut nth = 500;
    let mut mint = || {
        nth += 1;
        id(nth)
    };
    let board = named("text").expect("a row").read(text, &mut mint).expect("a wall").board;
    let format = named("cml").expect("a row");
    let written = format.text(&board, &Default::default()).expect("one text");
    let again = read(&written).expect("CML").board;
    let rewritten = format.text(&again, &Default::default()).expect("one text");
    assert_eq!(rewritten, written);
    let is_gone = |line: &String| !carried(&board).contains(line);
    let gained: Vec<String> = carried(&again).into_iter().filter(is_gone).collect();
    assert_eq!(gained, Vec::<String>::new(), "{written}");
}
