//! A room alone: who may what, and what it does when it is too much.

use serde_json::json;
use squall::model::limit::LINE_BYTES_MAX;
use squall::wire::close::{Close, Refusal};
use squall::wire::frame::{Control, Create, Item, Role, Sighting, Token};
use squall::wire::limit::{
    APPEND_BYTES_MAX, APPEND_RETRY_MS, DEAD_MS, EDITORS_MAX, MESSAGE_BYTES_MAX, MESSAGES, PRESENCE_BYTES_MAX,
    QUEUE_MESSAGES_MAX, STRIKES_MAX, VIEWERS_MAX,
};
use squall::wire::room::{Loading, Rules};

use super::hall::{Came, Hall, entries, id, item};

#[test]
fn roles_are_looked_at_on_every_frame() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    let (eve, ed) = (hall.enter("Eve", Role::View), hall.enter("Ed", Role::Edit));
    let code = |came: &Came, conn| came.frame(conn, "refused").map(|refused| refused["code"].clone());
    let role = Some(json!(Refusal::Role.code()));
    assert_eq!(code(&hall.say(eve, &entries(&[item(3, 1)])), eve), role);
    for control in [r#"{"kick":1}"#, r#"{"read_only":true}"#, r#"{"renew":"edit"}"#, r#"{"close":{}}"#] {
        for conn in [eve, ed] {
            assert_eq!(
                code(&hall.say(conn, &format!(r#"{{"control":{control}}}"#)), conn),
                role,
                "{control}"
            );
        }
    }
    hall.say(boss, r#"{"control":{"role":{"of":2,"role":"edit"}}}"#);
    let came = hall.say(eve, &entries(&[item(3, 1)]));
    assert_eq!(came.appends.len(), 1, "a viewer was made an editor");
    hall.say(boss, r#"{"control":{"read_only":true}}"#);
    assert_eq!(code(&hall.say(ed, &entries(&[item(4, 1)])), ed), role);
    let came = hall.say(boss, r#"{"control":{"kick":3}}"#);
    assert_eq!(came.closed, [(ed, Close::NotAllowed)]);
    let came = hall.say(boss, r#"{"control":{"close":{}}}"#);
    assert_eq!(came.closed, [(boss, Close::NotAllowed), (eve, Close::NotAllowed)]);
}

#[test]
fn other_bytes_under_one_id_and_another_s_voice_are_refused() {
    let mut hall = Hall::new(vec![item(1, 1)]);
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let refused = |came: Came, conn| came.frame(conn, "refused");
    let other = Item { line: "another".into(), ..item(1, 1) };
    let told = refused(hall.say(ana, &entries(&[other])), ana).expect("it is another line");
    assert_eq!((&told["code"], &told["ids"]), (&json!(4410), &json!(["1000000000.1"])));
    hall.say(ana, r#"{"voice":{"author":"1000000000","from":5}}"#);
    let told = refused(hall.say(bo, &entries(&[item(1, 5)])), bo).expect("that voice is Ana's");
    assert_eq!((&told["code"], &told["retry"]), (&json!(4410), &json!(DEAD_MS)));
    assert!(refused(hall.say(bo, &entries(&[item(1, 4)])), bo).is_none(), "what is older anybody may bring");
    let told = refused(hall.say(bo, r#"{"voice":{"author":"1000000000","from":5}}"#), bo);
    assert_eq!(told.expect("it is taken")["code"], json!(4410));
    hall.room.leave(ana, hall.now);
    assert!(refused(hall.say(bo, &entries(&[item(1, 5)])), bo).is_none(), "she is gone");
}

#[test]
fn who_does_not_read_is_closed_and_the_others_are_not() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    hall.drains = false;
    let mut closed = Vec::new();
    let mut counter = 0;
    while closed.is_empty() {
        counter += 1;
        let came = hall.say(ana, &entries(&[item(1, counter)]));
        closed.extend(came.closed.into_iter().chain(hall.pass(20).closed));
        hall.room.written(ana, 99, hall.now);
        hall.room.heard(bo, hall.now);
        assert!(counter < 2 * QUEUE_MESSAGES_MAX as u64, "the queue has a limit");
    }
    assert_eq!((closed, counter), (vec![(bo, Close::TooSlow)], QUEUE_MESSAGES_MAX as u64 + 1));
}

#[test]
fn what_is_no_frame_or_too_much_ends_the_connection_and_nothing_else() {
    let check = |text: &str, close: Close| {
        let mut hall = Hall::new(Vec::new());
        let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
        assert_eq!(hall.say(ana, text).closed, [(ana, close)], "{}", &text[..text.len().min(80)]);
        assert_eq!(hall.say(bo, &entries(&[item(2, 1)])).appends.len(), 1, "the other goes on");
    };
    check("", Close::BadFrame);
    check("[]", Close::BadFrame);
    check(r#"{"entries":[{"id":"x","t":1,"line":""}]}"#, Close::BadFrame);
    check(r#"{"entries":[],"heads":{}}"#, Close::BadFrame);
    check(r#"{"welcome":{}}"#, Close::BadFrame);
    check(r#"{"voice":{"author":"1000000000","from":0}}"#, Close::BadFrame);
    check(r#"{"create":{"board":"b","tokens":{"view":"","edit":"","facilitate":""}}}"#, Close::BadFrame);
    check(&" ".repeat(1024 * 1024 + 1), Close::TooBig);
}

#[test]
fn over_a_limit_a_line_is_refused_and_who_goes_on_is_closed() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    let long = Item { line: "x".repeat(LINE_BYTES_MAX + 1).into(), ..item(1, 1) };
    for _ in 0..STRIKES_MAX {
        hall.pass(500);
        let came = hall.say(ana, &entries(&[long.clone(), item(1, 2)]));
        let told = came.frame(ana, "refused").expect("it is too long");
        assert_eq!((&told["code"], &told["ids"]), (&json!(4422), &json!(["1000000000.1"])));
    }
    assert_eq!(hall.say(ana, &entries(&[long])).closed, [(ana, Close::Rate)]);
    let bo = hall.enter("Bo", Role::Edit);
    let mut refused = 0;
    for counter in 1..=1_000 {
        let came = hall.say(bo, &entries(&[item(2, counter)]));
        if let Some(told) = came.frame(bo, "refused") {
            assert_eq!((&told["code"], told["retry"].is_u64()), (&json!(4429), true), "later");
            refused += 1;
        }
        if let [(conn, close)] = came.closed[..] {
            assert_eq!((conn, close, refused), (bo, Close::Rate, STRIKES_MAX));
            return;
        }
    }
    panic!("a flood has an end");
}

#[test]
fn while_the_journal_is_slow_so_much_waits_for_it_and_the_rest_comes_later() {
    let mut hall = Hall::new(Vec::new());
    let line = "x".repeat(LINE_BYTES_MAX);
    let (mut taken, mut refused) = (0, None);
    'writing: for author in 1.. {
        let conn = hall.enter(&format!("Ana {author}"), Role::Edit);
        for counter in 1..=20 {
            let came =
                hall.say(conn, &entries(&[Item { line: line.as_str().into(), ..item(author, counter) }]));
            assert!(came.closed.is_empty());
            refused = came.frame(conn, "refused");
            if refused.is_some() {
                break 'writing;
            }
            taken += LINE_BYTES_MAX;
        }
    }
    let told = refused.expect("it has an end");
    assert_eq!((&told["code"], &told["retry"]), (&json!(4429), &json!(APPEND_RETRY_MS)));
    // One line is with the journal, and one more fits beside what may wait.
    assert!((APPEND_BYTES_MAX..=APPEND_BYTES_MAX + 2 * LINE_BYTES_MAX).contains(&taken), "{taken}");
}

#[test]
fn a_full_room_lets_nobody_else_in_and_takes_no_more_authors_than_it_may() {
    let mut hall = Hall::new(Vec::new());
    for _ in 0..EDITORS_MAX {
        hall.enter("Ana", Role::Edit);
    }
    let late = hall.knock("Bo", Role::Edit, "late");
    assert_eq!(hall.come().closed, [(late, Close::Full)]);
    let viewer = hall.enter("Bo", Role::View);
    assert!(hall.room.size().1 == EDITORS_MAX + 1 && viewer != late);

    let mut hall = Hall::new((0..65_536).map(|author| item(author, 1)).collect());
    let ana = hall.enter("Ana", Role::Edit);
    let told = hall.say(ana, &entries(&[item(70_000, 1), item(5, 2)])).frame(ana, "refused");
    let told = told.expect("no more authors");
    assert_eq!((&told["code"], &told["ids"]), (&json!(4413), &json!([id(70_000, 1)])));
    let parts = hall.knock("Bo", Role::Edit, "c9");
    let names = hall.come().names(parts);
    assert!(names.iter().filter(|name| *name == "heads_part").count() >= 4, "heads come in parts");
    assert_eq!(names.last().map(String::as_str), Some("heads"));
}

#[test]
fn locked_links_let_back_in_who_was_here_and_facilitators_and_nobody_else() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    let bo = hall.knock("bo", Role::Edit, "c7");
    let came = hall.say(boss, r#"{"control":{"lock_links":true}}"#);
    assert_eq!(came.controls, [Control::LockLinks(true)], "it outlives the room in memory");
    hall.room.leave(bo, hall.now);
    for (seat, role, is_in) in
        [("bo", Role::Edit, true), ("eve", Role::Edit, false), ("cy", Role::Facilitate, true)]
    {
        let conn = hall.knock(seat, role, seat);
        let came = hall.come();
        assert_eq!(came.closed.contains(&(conn, Close::NotAllowed)), !is_in, "{seat}");
        assert_eq!(came.frame(conn, "control"), is_in.then(|| json!({"lock_links": true})));
    }
    hall.say(boss, r#"{"control":{"kick":3}}"#);
    let again = hall.knock("bo", Role::Edit, "c8");
    assert_eq!(hall.come().closed, [(again, Close::NotAllowed)], "who was kicked is not let back in");
    hall.say(boss, r#"{"control":{"lock_links":false}}"#);
    let again = hall.knock("bo", Role::Edit, "c9");
    assert_eq!(hall.come().closed, [(again, Close::NotAllowed)], "nor by another seat, where anybody is");
}

#[test]
fn whoever_may_only_look_by_a_facilitator_s_word_comes_back_as_such() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    let bo = hall.knock("Bo", Role::Edit, "c7");
    hall.say(boss, r#"{"control":{"role":{"of":2,"role":"view"}}}"#);
    hall.room.leave(bo, hall.now);
    let again = hall.knock("Bo", Role::Edit, "c8");
    let welcome = hall.come().frame(again, "welcome").expect("they may look");
    assert_eq!(welcome["role"], json!("view"));
    assert_eq!(hall.room.standings(), [("Bo".to_owned(), "view".to_owned())].into());
}

#[test]
fn who_says_to_be_somebody_may_do_no_more_than_their_own_link_lets_them() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    hall.knock("Bo", Role::View, "c7");
    hall.say(boss, r#"{"control":{"role":{"of":2,"role":"facilitate"}}}"#);
    let mut comes = |name: &str, client: &str| {
        let conn = hall.knock(name, Role::View, client);
        hall.come().frame(conn, "welcome").expect("they may look")["role"].clone()
    };
    assert_eq!(comes("Bo", "c8"), json!("view"), "by a seat of somebody else");
    assert_eq!(comes("Ana", "c9"), json!("view"));
    assert_eq!(comes("Bo", "c7"), json!("facilitate"), "by the seat that was given it");
}

#[test]
fn who_was_shown_out_may_come_by_a_link_that_is_new() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    hall.knock("Bo", Role::Edit, "c7");
    hall.say(boss, r#"{"control":{"kick":2}}"#);
    let again = hall.knock("Bo", Role::Edit, "c8");
    assert_eq!(hall.come().closed, [(again, Close::NotAllowed)]);
    hall.say(boss, r#"{"control":{"renew":"edit"}}"#);
    let again = hall.knock("Bo", Role::Edit, "c9");
    assert!(hall.come().frame(again, "welcome").is_some());
}

#[test]
fn pings_without_end_are_too_much_as_well() {
    let mut hall = Hall::new(Vec::new());
    let eve = hall.enter("Eve", Role::View);
    for _ in 0..=MESSAGES.burst + STRIKES_MAX as u64 {
        hall.room.heard(eve, hall.now);
    }
    assert_eq!(hall.come().closed, [(eve, Close::Rate)]);
}

#[test]
fn where_everybody_is_fits_into_messages_however_much_each_says() {
    let mut hall = Hall::new(Vec::new());
    let much = format!(r#"{{"presence":{{"later":"{}"}}}}"#, "x".repeat(PRESENCE_BYTES_MAX - 20));
    for nth in 0..VIEWERS_MAX {
        let conn = hall.enter(&nth.to_string(), Role::View);
        hall.say(conn, &much);
    }
    let ana = hall.knock("Ana", Role::Edit, "ana");
    let came = hall.come();
    let sizes = || came.sent.iter().filter(|(to, _)| *to == ana).map(|(_, text)| text.len());
    assert!(sizes().all(|bytes| bytes <= MESSAGE_BYTES_MAX));
    assert!(sizes().sum::<usize>() > VIEWERS_MAX * (PRESENCE_BYTES_MAX - 100));
}

#[test]
fn who_came_by_a_link_that_was_renewed_has_to_go_and_nobody_else() {
    let mut hall = Hall::new(Vec::new());
    let [boss, other] = ["Ana", "Bea"].map(|name| hall.enter(name, Role::Facilitate));
    let (ed, viewer) = (hall.enter("Ed", Role::Edit), hall.enter("Vi", Role::View));
    hall.say(boss, r#"{"control":{"role":{"of":3,"role":"view"}}}"#);
    let mut renewed = |role| {
        hall.room.renewed(boss, role, Token("new".into()), hall.now);
        let came = hall.come();
        let told = came.sent.iter().filter(|(_, text)| text.contains("renewed")).map(|(conn, _)| *conn);
        (told.collect::<Vec<_>>(), came.closed)
    };
    assert_eq!(renewed(Role::Edit), (vec![boss], vec![(ed, Close::Token)]), "whatever they may by now");
    assert_eq!(renewed(Role::View), (vec![boss], vec![(viewer, Close::Token)]));
    assert_eq!(renewed(Role::Facilitate), (vec![boss], vec![(other, Close::Token)]));
}

#[test]
fn who_is_in_another_room_of_the_wall_is_shown_like_a_member_and_is_none() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    let far = r#"{"n":700,"person":{"id":"p","name":"Far"},"role":"view","is":{"cursor":[7,3]}}"#;
    let far: Sighting = serde_json::from_str(far).expect("a sighting");
    hall.room.show(far.clone(), hall.now);
    let told = hall.pass(60).frame(ana, "presence").expect("she is told");
    assert_eq!(told, json!([far]));
    let bo = hall.knock("Bo", Role::Edit, "bo");
    let came = hall.come();
    let welcome = came.frame(bo, "welcome").expect("he is let in");
    assert_eq!(welcome["people"][2]["person"]["name"], "Far");
    assert!(came.frame(bo, "presence").expect("where all are").to_string().contains("[7,3]"));
    assert_eq!(hall.room.size().1, 2);
    hall.room.hide(700, hall.now);
    assert_eq!(hall.pass(60).frame(ana, "left"), Some(json!(700)));
}

#[test]
fn what_facilitators_decided_holds_in_the_room_that_is_loaded_next() {
    let rules = Rules { is_read_only: true, are_links_locked: false };
    let mut hall = Hall::new(Vec::new());
    hall.room = Loading::new("b", 5, rules).done();
    let ed = hall.knock("Ed", Role::Edit, "ed");
    let came = hall.come();
    assert_eq!(came.frame(ed, "control"), Some(json!({"read_only": true})));
    let told = hall.say(ed, &entries(&[item(1, 1)])).frame(ed, "refused").expect("it is read-only");
    assert_eq!(told["code"], json!(Refusal::Role.code()));
}

#[test]
fn no_more_editors_are_made_than_may_be() {
    let mut hall = Hall::new(Vec::new());
    let boss = hall.enter("Ana", Role::Facilitate);
    for _ in 1..EDITORS_MAX {
        hall.enter("Ana", Role::Edit);
    }
    hall.enter("Bo", Role::View);
    let text = format!(r#"{{"control":{{"role":{{"of":{},"role":"edit"}}}}}}"#, EDITORS_MAX + 1);
    let told = hall.say(boss, &text).frame(boss, "refused").expect("the room is full");
    assert_eq!(told["code"], json!(Refusal::Full.code()));
}

#[test]
fn who_looks_and_comes_back_to_write_takes_a_place_like_anybody_else() {
    let mut hall = Hall::new(Vec::new());
    for nth in 0..EDITORS_MAX {
        hall.knock("Ana", Role::Edit, &format!("e{nth}"));
    }
    hall.knock("Bo", Role::View, "bo");
    let again = hall.knock("Bo", Role::Edit, "bo");
    assert_eq!(hall.come().closed, [(again, Close::Full)], "the one who looks stays");
    let editor = hall.knock("Ana", Role::Edit, "e0");
    assert!(hall.come().frame(editor, "welcome").is_some(), "who writes already has a place");
}

#[test]
fn who_asks_again_and_again_and_does_not_read_is_closed() {
    let mut hall = Hall::new(vec![item(1, 1)]);
    let eve = hall.enter("Eve", Role::View);
    hall.drains = false;
    let mut asked = 0;
    loop {
        hall.pass(40);
        hall.room.heard(eve, hall.now);
        asked += 1;
        let came = hall.say(eve, r#"{"heads":{"1000000000":"1"}}"#);
        if let [(conn, close)] = came.closed[..] {
            assert_eq!((conn, close, asked), (eve, Close::TooSlow, QUEUE_MESSAGES_MAX + 1));
            return;
        }
        assert!(asked <= QUEUE_MESSAGES_MAX, "what waits has a limit");
    }
}

#[test]
fn a_room_is_made_by_hashes_and_by_nothing_else() {
    let text = |board: &str, view: &str| {
        let links = json!({"view": view, "edit": "0".repeat(64), "facilitate": "f".repeat(64)});
        json!({"create": {"board": board, "tokens": links}}).to_string()
    };
    let hash = "a1".repeat(32);
    assert!(Create::decode(&text("b", &hash)).is_ok());
    assert_eq!(Create::decode(&text("", &hash)), Err(Close::BadFrame));
    assert_eq!(Create::decode(&text("b", "secret")), Err(Close::BadFrame));
    assert_eq!(Create::decode(&text("b", &hash.to_uppercase())), Err(Close::BadFrame));
    assert_eq!(Create::decode(&text(&"b".repeat(1_024), &hash)), Err(Close::Token));
    assert_eq!(Create::decode(r#"{"heads":{}}"#), Err(Close::BadFrame));
}
