//! A room alone: what goes to whom, and when.

use std::sync::Arc;

use serde_json::json;
use squall::model::limit::LINE_BYTES_MAX;
use squall::wire::close::Close;
use squall::wire::frame::{Frame, Item, RelayFrame, Role};
use squall::wire::limit::{
    CATCH_UP_FRAMES_MAX, DEAD_MS, ENTRIES_BYTES_MAX, HEADS_MS, LOOKED_AT_MAX, PING_MS, PRESENCE_BYTES_MAX,
    PRESENCE_MS, WINDOW_MS,
};

use super::hall::{Came, Hall, entries, item};

#[test]
fn who_comes_in_is_greeted_caught_up_and_then_live() {
    let mut hall = Hall::new(vec![item(1, 1), item(1, 2), item(2, 1)]);
    let conn = hall.knock("Ana", Role::Edit, "c1");
    let came = hall.come();
    assert_eq!(came.names(conn), ["welcome", "heads"]);
    let welcome = came.frame(conn, "welcome").expect("it is there");
    assert_eq!(welcome["people"][0]["person"]["name"], "Ana");
    assert_eq!((&welcome["role"], &welcome["board"]), (&json!("edit"), &json!("b")));
    assert_eq!(came.frame(conn, "heads"), Some(json!({"1000000000": "1-2", "2000000000": "1"})));
    let came = hall.say(conn, r#"{"heads":{"1000000000":"1"}}"#);
    assert_eq!(came.names(conn), ["entries", "live"]);
    let lines = came.frame(conn, "entries").expect("it lacks some");
    assert_eq!(
        (&lines[0]["id"], &lines[1]["id"]),
        (&json!("2000000000.1"), &json!("1000000000.2")),
        "by time"
    );
    let came = hall.say(conn, r#"{"heads":{"1000000000":"1-9","2000000000":"1"}}"#);
    assert_eq!(came.names(conn), ["live"], "nothing is lacking");
}

#[test]
fn who_was_greeted_and_has_not_said_what_it_has_learns_who_else_comes() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.knock("Ana", Role::Edit, "c1");
    hall.pass(PRESENCE_MS);
    hall.knock("Bo", Role::Edit, "c2");
    let came = hall.pass(PRESENCE_MS);
    assert_eq!(came.frame(ana, "presence").expect("it is told")[0]["person"]["name"], "Bo");
}

#[test]
fn a_lone_deed_does_not_wait_and_those_after_it_go_as_one_shared_frame() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let came = hall.say(ana, &entries(&[item(1, 1)]));
    assert_eq!((came.names(ana), came.names(bo)), (vec!["entries".into()], vec!["entries".to_owned()]));
    for counter in 2..5 {
        assert!(hall.say(bo, &entries(&[item(2, counter)])).sent.is_empty(), "the window is open");
    }
    assert_eq!(hall.room.wakes_at(), Some(hall.now + WINDOW_MS));
    let came = hall.pass(WINDOW_MS);
    assert_eq!(came.frame(ana, "entries").and_then(|it| Some(it.as_array()?.len())), Some(3));
    assert!(Arc::ptr_eq(&came.sent[0].1, &came.sent[1].1), "encoded once");
    let tally = hall.room.tally();
    assert_eq!((tally.lines_in, tally.lines_out, tally.refused.len()), (4, 8, 0));
    assert_eq!((hall.room.tally().lines_in, hall.room.queue_bytes()), (0, 0));
}

#[test]
fn kept_and_heads_tell_of_durable_lines_only() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let came = hall.say(ana, &entries(&[item(1, 1)]));
    assert_eq!(came.appends, [[item(1, 1)]]);
    assert!(hall.say(bo, &entries(&[item(1, 1)])).frame(bo, "kept").is_none(), "it is in flight");
    let cy = hall.knock("Cy", Role::Edit, "c9");
    assert_eq!(hall.come().frame(cy, "heads"), Some(json!({})));
    assert_eq!(hall.say(cy, r#"{"heads":{}}"#).names(cy), [""; 0], "not live before it can have everything");
    assert!(hall.say(ana, &entries(&[item(1, 2)])).appends.is_empty(), "one append at a time");
    let came = hall.append(true);
    let kept = Some(json!({"1000000000": "1"}));
    assert_eq!((came.frame(ana, "kept"), came.frame(bo, "kept")), (kept.clone(), kept.clone()));
    assert_eq!(came.appends, [[item(1, 2)]]);
    assert_eq!(came.names(cy), ["entries"]);
    let came = hall.say(bo, &entries(&[item(1, 1)]));
    assert_eq!((came.frame(bo, "kept"), came.appends.len()), (kept, 0), "known and durable");
    assert_eq!(hall.append(true).names(cy), ["entries", "live"]);
    let mut came = Came::default();
    for _ in 0..HEADS_MS / PING_MS + 1 {
        for conn in [ana, bo, cy] {
            hall.room.heard(conn, hall.now);
        }
        came.sent.extend(hall.pass(PING_MS).sent);
    }
    assert_eq!(came.frame(bo, "heads"), Some(json!({"1000000000": "1-2"})), "repeated, since they changed");
}

#[test]
fn a_failed_append_ends_the_room() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    hall.say(ana, &entries(&[item(1, 1)]));
    hall.say(ana, &entries(&[item(1, 2)]));
    let came = hall.append(false);
    assert_eq!((came.closed, came.appends.len()), (vec![(ana, Close::GoingDown)], 0));
    assert!(hall.room.is_over());
    let bo = hall.knock("Bo", Role::Edit, "c9");
    assert_eq!(hall.come().closed, [(bo, Close::GoingDown)]);
}

#[test]
fn a_new_connection_of_a_seat_replaces_the_old_and_the_old_one_s_end_ends_nothing() {
    let mut hall = Hall::new(Vec::new());
    let old = hall.knock("Ana", Role::Edit, "c1");
    let new = hall.knock("Ana", Role::Edit, "c1");
    let came = hall.come();
    assert_eq!(came.closed, [(old, Close::Replaced)]);
    assert_eq!(came.frame(new, "welcome").expect("greeted")["you"], json!(1));
    hall.room.leave(old, hall.now);
    assert!(hall.say(old, &entries(&[item(1, 1)])).appends.is_empty(), "nobody listens to the old one");
    assert_eq!(hall.say(new, &entries(&[item(1, 1)])).appends.len(), 1);
    let third = hall.knock("Ana", Role::View, "c3");
    let people = hall.come().frame(third, "welcome").expect("greeted")["people"].clone();
    assert_eq!(people[1]["person"]["name"], "Ana (2)", "names are told apart");
    assert_eq!(hall.room.size(), (1, 2));
}

#[test]
fn what_is_missing_comes_as_the_socket_drains_and_does_not_count_as_slowness() {
    let line: Arc<str> = "x".repeat(LINE_BYTES_MAX - 1).into();
    let lines: Vec<Item> = (1..=80).map(|counter| Item { line: line.clone(), ..item(1, counter) }).collect();
    let mut hall = Hall::new(lines);
    hall.drains = false;
    let conn = hall.knock("Ana", Role::Edit, "c1");
    assert_eq!(hall.say(conn, r#"{"heads":{}}"#).reads, CATCH_UP_FRAMES_MAX);
    assert_eq!(hall.pass(60).reads, 0, "no more before some have left");
    let mut frames = 0;
    for _ in 0..100 {
        let came = hall.come();
        assert!(came.reads <= CATCH_UP_FRAMES_MAX && came.closed.is_empty(), "a few frames at a time");
        assert!(came.sent.iter().all(|(_, text)| text.len() < ENTRIES_BYTES_MAX + 64));
        frames += came.reads;
        hall.room.written(conn, 9, hall.now);
    }
    assert!(frames >= 80 / 4);
    let came = hall.say(conn, &entries(&[item(2, 1)]));
    assert_eq!(came.names(conn), ["entries"], "it is live");
}

#[test]
fn what_comes_in_while_somebody_catches_up_comes_to_them_once() {
    let line: Arc<str> = "x".repeat(LINE_BYTES_MAX - 1).into();
    let mut hall =
        Hall::new((1..=20).map(|counter| Item { line: line.clone(), ..item(1, counter) }).collect());
    let ana = hall.enter("Ana", Role::Edit);
    hall.drains = false;
    let bo = hall.knock("Bo", Role::Edit, "c9");
    assert!(!hall.say(bo, r#"{"heads":{}}"#).names(bo).contains(&"live".to_owned()));
    let new = item(2, 90);
    let live = hall.say(ana, &entries(std::slice::from_ref(&new)));
    assert_eq!(live.names(bo), ["entries"]);
    hall.append(true);
    let mut names = Vec::new();
    for _ in 0..9 {
        hall.room.written(bo, 9, hall.now);
        let came = hall.come();
        assert!(came.sent.iter().all(|(_, text)| !text.contains(&new.id.to_string())), "it came already");
        names.extend(came.names(bo));
    }
    assert_eq!(names.last().map(String::as_str), Some("live"));
}

#[test]
fn the_silent_are_asked_and_the_dead_are_closed() {
    let mut hall = Hall::new(Vec::new());
    assert_eq!(hall.room.wakes_at(), None, "an empty room sleeps");
    let (ana, bo) = (hall.enter("Ana", Role::Edit), hall.enter("Bo", Role::Edit));
    let mut pinged = 0;
    for _ in 0..DEAD_MS / 5_000 - 1 {
        let came = hall.pass(5_000);
        pinged += came.pinged.iter().filter(|conn| **conn == bo).count();
        came.pinged.iter().filter(|conn| **conn == ana).for_each(|conn| hall.room.heard(*conn, hall.now));
        assert!(came.closed.is_empty());
    }
    assert_eq!(pinged, 2);
    let came = hall.pass(5_000);
    assert_eq!(came.closed, [(bo, Close::TooSlow)]);
    assert_eq!(hall.pass(100).frame(ana, "left"), Some(json!(2)));
}

#[test]
fn presence_is_gathered_and_the_latest_of_each_goes_out() {
    let mut hall = Hall::new(Vec::new());
    let (ana, bo) = (hall.enter("Ana", Role::View), hall.enter("Bo", Role::Edit));
    hall.pass(100);
    let at = |x: i32| format!(r#"{{"presence":{{"cursor":[{x},0]}}}}"#);
    assert_eq!(
        hall.say(ana, &at(1)).frame(bo, "presence"),
        Some(json!([{"n": 1, "is": {"cursor": [1, 0]}}]))
    );
    for x in 2..9 {
        assert!(hall.say(ana, &at(x)).sent.is_empty());
    }
    hall.say(bo, &at(7));
    let came = hall.pass(50);
    let both = json!([{"n": 1, "is": {"cursor": [8, 0]}}, {"n": 2, "is": {"cursor": [7, 0]}}]);
    assert_eq!(came.frame(bo, "presence"), Some(both.clone()));
    let cy = hall.knock("Cy", Role::Edit, "c9");
    assert_eq!(hall.come().frame(cy, "presence"), Some(both), "who comes later learns where all are");
    let long = format!(r#"{{"digest":"{}"}}"#, "x".repeat(PRESENCE_BYTES_MAX));
    for too_much in [long, "[".repeat(17) + &"]".repeat(17)] {
        let came = hall.say(ana, &format!(r#"{{"presence":{too_much}}}"#));
        assert_eq!(came.frame(ana, "refused").expect("too much")["code"], json!(4422));
    }
}

#[test]
fn a_relay_s_frames_read_as_what_they_were() {
    for text in [
        r#"{"live":{}}"#,
        r#"{"left":3}"#,
        r#"{"kept":{"k3x9v2p4qd":"1-17,19"}}"#,
        r#"{"control":{"bring":{"by":1,"to":[0,0,9,9]}}}"#,
        r#"{"refused":{"code":4413,"ids":["k3x9v2p4qd.1"],"say":"refused-full"}}"#,
    ] {
        assert_eq!(RelayFrame::decode(text).map(|frame| frame.encode()), Ok(text.to_owned()));
    }
}

#[test]
fn who_lacks_a_little_of_much_gets_it_and_others_come_between() {
    let count = 2 * LOOKED_AT_MAX as u64 + 5;
    let mut hall = Hall::new((1..=count).map(|counter| item(1, counter)).collect());
    let conn = hall.knock("Ana", Role::Edit, "c1");
    hall.pass(PRESENCE_MS);
    let heads = format!(r#"{{"heads":{{"1000000000":"1-{}"}}}}"#, count - 1);
    assert_eq!(hall.say(conn, &heads).reads, 0);
    let mut looks = 1;
    let came = loop {
        assert_eq!(hall.room.wakes_at(), Some(0), "at once");
        let came = hall.pass(0);
        looks += 1;
        if came.reads > 0 {
            break came;
        }
    };
    assert_eq!((looks, came.names(conn).last().map(String::as_str)), (3, Some("live")));
    assert_eq!(came.frame(conn, "entries").expect("one is lacking")[0]["t"], json!(count));
}

#[test]
fn nobody_is_told_to_have_everything_where_the_journal_lacks_a_line() {
    let mut hall = Hall::new(vec![item(1, 1), item(1, 2)]);
    hall.loses = true;
    let conn = hall.knock("Ana", Role::Edit, "c1");
    let came = hall.say(conn, r#"{"heads":{}}"#);
    assert_eq!((came.closed, hall.room.is_over()), (vec![(conn, Close::GoingDown)], true));
}

#[test]
fn a_room_is_at_rest_once_nobody_is_there_and_the_journal_has_answered() {
    let mut hall = Hall::new(Vec::new());
    let ana = hall.enter("Ana", Role::Edit);
    hall.say(ana, &entries(&[item(1, 1)]));
    hall.room.leave(ana, hall.now);
    assert!(!hall.room.is_at_rest());
    hall.append(true);
    assert!(hall.room.is_at_rest());
}
