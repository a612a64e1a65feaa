//! Bad input before the real program: the sentence it says, its exit code, and a board to which nothing happened that
//! was not asked for.
//!
//! On Linux the program is held to half a gigabyte of memory and two minutes of computing, so that no claim of a file is taken at its word.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use squall::model::entry::sealed;

use crate::cli::{Answer, Home};
use crate::damage::{NOTES, deeds, home, many_notes, place_note, wanted};

/// Half a gigabyte of memory, two minutes of computing.
#[cfg(target_os = "linux")]
const BOUNDS: &str = "set -e; ulimit -v 524288; ulimit -t 120";

/// Calls the program within bounds.
fn squall(home: &Home, args: &[&str], input: &str) -> Answer {
    #[cfg(target_os = "linux")]
    let command = home.command_within(BOUNDS, args);
    #[cfg(not(target_os = "linux"))]
    let command = home.command(args);
    Answer::of(command, input)
}

/// The deeds of the board `a`, to the byte.
fn log(home: &Home) -> String {
    squall(home, &["log", "a", "--json"], "").out
}

/// Asks for something, hears every sentence, and finds the deeds of the board `a` as they were; only a call that ends
/// well may have added some.
fn check(home: &Home, args: &[&str], input: &str, code: i32, say: &[&str]) -> Answer {
    let before = log(home);
    assert!(before.lines().count() >= 4, "{before}");
    let answer = squall(home, args, input);
    assert_eq!(answer.code, code, "{args:?}: {answer:?}");
    let said = format!("{}\n{}", answer.out, answer.err);
    for say in say {
        assert!(said.contains(say), "{args:?} does not say {say:?}: {answer:?}");
    }
    let after = log(home);
    assert!(after == before || code == 0 && after.starts_with(&before), "{args:?}: {before}\n{after}");
    answer
}

/// Imports a file as a board of its own and into `a`.
fn check_import(home: &Home, file: &str, code: i32, say: &[&str]) {
    fs::write(home.path("file.json"), file).unwrap();
    check(home, &["import", "file.json", "-o", "b", "--force"], "", code, say);
    check(home, &["import", "file.json", "--into", "a"], "", code, say);
}

/// A file of squall's own with these members.
fn board_of(members: &str) -> String {
    format!(r#"{{"format":"squall-board","version":1,{members}}}"#)
}

/// Adds lines with whole check sums to a board file.
fn append(home: &Home, board: &str, lines: &[&str]) {
    let mut file =
        fs::OpenOptions::new().append(true).open(home.path(&format!("saves/{board}.storm"))).unwrap();
    lines.iter().for_each(|line| writeln!(file, "{}", sealed(line)).unwrap());
}

#[test]
fn a_gigabyte_of_brackets_is_set_aside_and_all_else_is_there() {
    // Built for debugging, the program would read a whole one for minutes.
    let chunks = if cfg!(debug_assertions) { 1 } else { 16 };
    let home = home("bad-brackets");
    let whole = fs::read(home.path("saves/a.storm")).unwrap();
    let path = home.path("saves/b.storm");
    let mut file = fs::File::create(&path).unwrap();
    let chunk = vec![b'['; 64 << 20];
    (0..chunks).for_each(|_| file.write_all(&chunk).unwrap());
    for args in [&["show", "b"][..], &["do", "b", "undo"], &["repair", "b"]] {
        check(&home, args, "", 3, &["b.storm is not a board file: not one line of a wall is in it."]);
    }
    file.write_all(b"\n").unwrap();
    file.write_all(&whole).unwrap();
    drop(file);
    let aside = "Line 1 is set aside: this line is longer than a line may be.";
    let answer = check(&home, &["log", "b", "--json"], "", 0, &[aside]);
    assert_eq!(answer.out, log(&home));
    check(&home, &["do", "b", "place", "event", "one more"], "", 0, &[aside]);
    assert_eq!(squall(&home, &["log", "b", "--json"], "").out.lines().count(), 5);
    fs::remove_file(path).unwrap();
}

#[test]
fn json_a_hundred_thousand_deep_is_refused_for_being_deep() {
    let home = home("bad-deep");
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let say = ["file.json could not be read.", "The file nests deeper than 64 levels, which no board does."];
    check_import(&home, &board_of(&format!(r#""notes":{}"#, deep(100_000))), 3, &say);
    check_import(&home, &board_of(&format!(r#""notes":[{{"id":"a","deep":{}}}]"#, deep(100_000))), 3, &say);
    check(&home, &["import", "-", "--from", "json", "-o", "b"], &"[".repeat(100_000), 3, &say[1..]);
    let place =
        |count| format!("{{\"place\":{{\"kind\":\"event\",\"wording\":\"x\",\"at\":{}}}}}\n", deep(count));
    let too_deep =
        r#"{"code":"do-json-too-deep","say":"This line nests deeper than 64 levels, which no deed does."}"#;
    check(&home, &["do", "a", "-"], &place(30_000), 1, &[too_deep]);
    check(
        &home,
        &["do", "a", "--atomic", "-"],
        &place(30_000),
        1,
        &["Line 1: This line nests deeper than 64"],
    );
    // What is longer than a line may be is not looked at at all.
    check(&home, &["do", "a", "-"], &place(100_000), 1, &["This line is longer than 64 KiB."]);
    let nested =
        |count| format!(r#"{{"id":"k3x9v2p4qd.1","t":500,"do":[{{"detail_set":{}}}]}}"#, deep(count));
    append(&home, "a", &[&nested(30_000), &nested(100_000)]);
    let aside = "Line 7 is set aside: this line is longer than a line may be.";
    check(&home, &["show", "a"], "", 0, &[aside]);
    check(&home, &["do", "a", "place", "event", "one more"], "", 0, &[aside]);
    // Four deeds, one more, and the deep one, which is kept for a squall that can read it.
    assert_eq!(deeds(&home), 6);
}

#[test]
fn what_claims_to_be_endless_is_not_counted_out() {
    let far = r#"{"id":"k3x9v2p4qd.1000000000","t":500,"do":[]}"#;
    let table: &[(&str, &str)] = &[
        (r#"{"dropped":{"k3x9v2p4qd":"1-1000000000000"},"t":5}"#, ""),
        (far, ""),
        (r#"{"id":"k3x9v2p4qd.9007199254740992","t":500,"do":[]}"#, ""),
        (
            r#"{"id":"k3x9v2p4qd.9007199254740993","t":500,"do":[]}"#,
            "Line 6 is set aside: this line does not tell who wrote it or when.",
        ),
        (
            r#"{"dropped":{"k3x9v2p4qd":"1-18446744073709551615"},"t":18446744073709551615}"#,
            "Line 6 is set aside: this line does not tell who wrote it or when.",
        ),
        (
            r#"{"id":"k3x9v2p4qd.7","t":500,"of":["k3x9v2p4qd.7",1,4294967295],"do":[]}"#,
            "The deed k3x9v2p4qd.7 is not whole: 1 of its 4294967295 lines is here.",
        ),
    ];
    for (nth, (line, say)) in table.iter().enumerate() {
        let home = home(&format!("bad-endless-{nth}"));
        let before = log(&home);
        append(&home, "a", &[line]);
        for args in [&["show", "a"][..], &["log", "a"], &["do", "a", "place", "event", "x"], &["show", "a"]] {
            check(&home, args, "", 0, &[say]);
        }
        assert!(before.lines().all(|deed| log(&home).contains(deed)), "{line}");
        squall(&home, &["squash", "a"], "");
        assert_eq!(squall(&home, &["do", "a", "reword", "note 2", "still there"], "").code, 0, "{line}");
    }
    let home = home("bad-endless");
    let many = "0,".repeat(1_000_000);
    check_import(&home, &board_of(&format!(r#""notes":[{many}0]"#)), 3, &["more than 100000 things"]);
    let claims = r#""notes":[{"id":"n","kind":"event","wording":"n","at":[200,0],"size":[1000000000,1000000000]}],
        "lanes":{"length":1000000000},"votes":[{"note":"n","who":"p","votes":1000000000}]"#;
    let say = [
        "n: no size a note can have; it got the usual one.",
        "Not carried: “lanes” is not a list.",
        "Not carried: number 1 of the votes, it lacks a note, a person or a number of votes.",
    ];
    check_import(&home, &board_of(claims), 0, &say);
    let vote = r#"{"vote":{"id":"note 0","votes":1000000000}}"#;
    check(&home, &["do", "a", "-"], vote, 1, &["At most 100 votes of one person fit on a note; give fewer."]);
    check(&home, &["show", "a", "--size", "1000000000x3"], "", 2, &["at most 2000 each way"]);
}

#[test]
fn a_million_elements_of_another_tool_are_refused_within_bounds() {
    let home = home("bad-million");
    let many = |item: &str, between: &str| vec![item; 1_000_000].join(between);
    let element = r#"{"id":"a","type":"rectangle","x":1,"y":2}"#;
    let note = r#"{"type":"sticky_note","content":"a","x":1,"y":2}"#;
    let cell = r#"<mxCell id="a" value="b" vertex="1"/>"#;
    let table = [
        ("a.excalidraw", format!(r#"{{"type":"excalidraw","elements":[{}]}}"#, many(element, ","))),
        ("a.canvas", format!(r#"{{"nodes":[{}],"edges":[]}}"#, many(element, ","))),
        ("a.json", format!("[{}]", many(note, ","))),
        ("a.drawio", format!("<mxGraphModel><root>{}</root></mxGraphModel>", many(cell, ""))),
    ];
    for (name, text) in table {
        fs::write(home.path(name), text).unwrap();
        check(&home, &["import", name, "-o", "b"], "", 3, &["more than 100000 things"]);
    }
}

/// A file with one fault each: what is said, and how many notes and arrows come of it all the same.
#[test]
fn what_makes_no_sense_in_a_file_is_named_and_the_rest_is_carried() {
    let note = |id: &str, more: &str| {
        format!(r#"{{"id":"{id}","kind":"hotspot","wording":"{id}","at":[0,0]{more}}}"#)
    };
    let (x, y) = (note("x", ""), note("y", ""));
    let arrow = |to: &str| format!(r#""notes":[{x},{y}],"arrows":[{{"id":"w","from":"x","to":"{to}"}}]"#);
    let stuck = |host: &str| note("z", &format!(r#","host":"{host}""#));
    let taken_off = "what it is stuck on is not there or hangs on it; it was taken off.";
    let far_off = "z: its place is out of range; it was put right of everything else.";
    let no_place = "z: no place on the wall; it was put right of everything else.";
    let table: &[(String, &str, usize, usize)] = &[
        (format!(r#""notes":[{x},{x},{y}]"#), "Not carried: a second thing with the id x.", 2, 0),
        (arrow("nowhere"), "Not carried: arrow w, one of its ends is not on the board.", 2, 0),
        (arrow("w"), "Not carried: arrow w, one of its ends is not on the board.", 2, 0),
        (arrow("x"), "Not carried: arrow w, it points to where it starts.", 2, 0),
        (arrow("y"), "", 2, 1),
        (format!(r#""notes":[{x},{}]"#, stuck("z")), &format!("z: {taken_off}"), 2, 0),
        (format!(r#""notes":[{x},{}]"#, stuck("nowhere")), &format!("z: {taken_off}"), 2, 0),
        (
            format!(r#""notes":[{},{}]"#, note("x", r#","host":"z""#), stuck("x")),
            &format!("x: {taken_off}"),
            2,
            0,
        ),
        (r#""notes":[{"id":"z","kind":"event","wording":"z","at":[1e300,-1e300]}]"#.into(), far_off, 1, 0),
        (r#""notes":[{"id":"z","kind":"event","wording":"z","at":[99999999999,0]}]"#.into(), far_off, 1, 0),
        (r#""notes":[{"id":"z","kind":"event","wording":"z","at":["NaN",0]}]"#.into(), no_place, 1, 0),
        (
            format!(r#""notes":[{x}],"contexts":[{{"id":"c","name":"C","rect":[0,0,1e12,9]}}]"#),
            "Not carried: context c, it has no rectangle on the wall.",
            1,
            0,
        ),
    ];
    for (nth, (members, say, notes, arrows)) in table.iter().enumerate() {
        let home = home(&format!("bad-sense-{nth}"));
        check_import(&home, &board_of(members), 0, &[say]);
        let board: serde_json::Value =
            serde_json::from_str(&squall(&home, &["export", "b", "--to", "json"], "").out).unwrap();
        let count = |list: &str| board[list].as_array().unwrap().len();
        assert_eq!((count("notes"), count("arrows")), (*notes, *arrows), "{members}");
        assert_eq!(squall(&home, &["show", "b"], "").code, 0);
    }
    let home = home("bad-nan");
    let say = ["file.json could not be read.", "This is not readable JSON: look at line 1, column"];
    for number in ["NaN", "Infinity", "1e999"] {
        let members = format!(r#""notes":[{{"id":"z","kind":"event","wording":"z","at":[{number},0]}}]"#);
        check_import(&home, &board_of(&members), 3, &say);
    }
}

#[test]
fn what_makes_no_sense_on_the_wall_is_refused() {
    let home = home("bad-deeds");
    for name in ["red", "blue"] {
        check(&home, &["do", "a", "place", "hotspot", name], "", 0, &[]);
    }
    check(&home, &["do", "a", "stick", "red", "on", "blue"], "", 0, &[]);
    let off_wall = "That place or size is off the wall; stay within 1000000 cells of its middle";
    let table: &[(&[&str], &str)] = &[
        (
            &["stick", "blue", "on", "blue"],
            "A note cannot be stuck on itself; choose another one to carry it.",
        ),
        (&["stick", "blue", "on", "red"], "That note hangs on this one already; take it off first."),
        (&["connect", "note 0", "note 0"], "An arrow needs two notes; choose another one to point to."),
        (&["connect", "note 0", "nowhere"], "Nothing on the wall is called “nowhere”."),
        (&["place", "event", "x", "at", "NaN,0"], "“NaN,0” does not fit here; this reads: place KIND"),
        (&["place", "event", "x", "at", "99999999999,0"], "“99999999999,0” does not fit here"),
        (&["place", "event", "x", "at", "2147483647,-2147483648"], off_wall),
        (&["place", "event", "x", "at", "0,0", "2147483647x1"], off_wall),
        (&["move", "note 0", "by", "2147483647,0"], off_wall),
        (&["context", "C", "at", "2147483647,0", "9x9"], off_wall),
    ];
    for (words, say) in table {
        check(&home, &[&["do", "a"], *words].concat(), "", 1, &[say]);
    }
    let table: &[(&str, &str)] = &[
        (r#"{"place":{"kind":"event","wording":"x","at":[NaN,0]}}"#, "This line is not readable JSON"),
        (
            r#"{"place":{"kind":"event","wording":"x","at":[1e300,0]}}"#,
            "The field at does not look as it should",
        ),
        (r#"{"move":{"id":"note 0","to":[99999999999,0]}}"#, "The field to does not look as it should"),
        (r#"{"stick":{"id":"blue","on":"blue"}}"#, "A note cannot be stuck on itself"),
    ];
    for (line, say) in table {
        check(&home, &["do", "a", "-"], line, 1, &[say]);
    }
}

#[test]
fn contexts_within_each_other_are_all_there_and_move_together() {
    let home = home("bad-contexts");
    let context = |id: &str, rect: &str| format!(r#"{{"id":"{id}","name":"{id}","rect":{rect}}}"#);
    // Inner lies in Outer; Twin and Inner each lie in the other.
    let contexts = [("Outer", "[0,0,60,30]"), ("Inner", "[4,4,30,12]"), ("Twin", "[4,4,30,12]")];
    let contexts = contexts.map(|(id, rect)| context(id, rect)).join(",");
    let note = r#"{"id":"n","kind":"event","wording":"n","at":[6,6]}"#;
    check_import(&home, &board_of(&format!(r#""notes":[{note}],"contexts":[{contexts}]"#)), 0, &[]);
    check(&home, &["do", "a", "context", "Around", "around", "Outer", "Inner"], "", 0, &[]);
    let places = || {
        let text = squall(&home, &["export", "a", "--to", "json"], "").out;
        let board: serde_json::Value = serde_json::from_str(&text).unwrap();
        let all = board["contexts"].as_array().unwrap().iter().map(|it| it["rect"][0].as_i64().unwrap());
        let note = board["notes"].as_array().unwrap().iter().find(|note| note["wording"] == "n").unwrap();
        all.chain([note["at"][0].as_i64().unwrap()]).collect::<Vec<_>>()
    };
    let before = places();
    assert_eq!(before.len(), 5);
    check(&home, &["do", "a", "move", "Around", "by", "7,0"], "", 0, &[]);
    assert_eq!(places(), before.iter().map(|x| x + 7).collect::<Vec<_>>());
    assert!(squall(&home, &["show", "a", "--zoom", "fit"], "").out.contains("Outer"));
}

#[test]
fn a_deed_at_the_end_of_time_waits_and_the_rest_of_the_merged_walls_is_there() {
    let home = home("bad-time");
    check(&home, &["cp", "a", "b"], "", 0, &[]);
    let at = |counter: u32, t: u64| format!(r#"{{"id":"k3x9v2p4qd.{counter}","t":{t},"by":"Far","do":[]}}"#);
    append(&home, "b", &[&at(1, 1 << 53), &at(2, (1 << 53) + 1)]);
    let say = [
        "Deeds far beyond all others in time: 1. They are kept and wait until what lies between them comes.",
        "Line 7 is set aside: this line does not tell who wrote it or when.",
    ];
    check(&home, &["merge", "a", "b", "-o", "c"], "", 0, &say);
    assert!(fs::read_to_string(home.path("saves/c.storm")).unwrap().contains(&sealed(&at(1, 1 << 53))));
    let answer = check(&home, &["log", "c", "--json"], "", 0, &say[..1]);
    assert_eq!(answer.out, log(&home));
    check(&home, &["do", "c", "place", "event", "now"], "", 0, &say[..1]);
    let answer = squall(&home, &["log", "c", "--json"], "");
    let last: serde_json::Value = serde_json::from_str(answer.out.lines().last().unwrap()).unwrap();
    assert!(answer.out.lines().count() == 5 && last["t"].as_u64().unwrap() < 1 << 20, "{last}");
}

/// What turns the reader's eyes or terminal: controls, marks of direction, what takes no room.
pub(crate) fn fools(c: char) -> bool {
    c.is_control() && c != '\n'
        || "\u{200b}\u{200d}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{e0041}".contains(c)
}

#[test]
fn wordings_that_would_fool_a_terminal_do_not_reach_it() {
    let home = home("bad-wordings");
    let long = "x".repeat(16 << 10);
    let wordings =
        ["a\u{1b}[2Jb", "\u{202e}txt.exe\u{2066}", "nul\0here", "\u{1b}]0;title\u{7}", "z\u{200b}\u{9b}1m"];
    let mut lines = String::new();
    for (nth, wording) in wordings.iter().enumerate() {
        let place = serde_json::json!({"kind": "event", "wording": wording, "at": [30 * nth, 20]});
        lines += &format!("{}\n", serde_json::json!({"place": place}));
    }
    check(&home, &["do", "a", "-"], &lines, 0, &[]);
    let place = serde_json::json!({"place": {"kind": "event", "wording": long}}).to_string();
    let say =
        "The wording has 16384 characters, at most 4000 fit; shorten it or split it into several notes.";
    check(&home, &["do", "a", "-"], &place, 1, &[say]);
    check(&home, &["do", "a", "reword", "note 0", &long[..4_000]], "", 0, &[]);

    let notes = wordings.into_iter().chain([long.as_str()]).enumerate().map(|(nth, wording)| {
        serde_json::json!({"id": format!("n{nth}{wording}"), "kind": format!("k{wording}"), "wording": wording,
            "at": [30 * nth, 40], "author": wording, "alias": wording, "tags": [wording]})
    });
    let file = serde_json::json!({"format": "squall-board", "title": wordings[0], "notes": notes.collect::<Vec<_>>(),
        "contexts": [{"id": "c", "name": wordings[1], "rect": [0, 36, 80, 20]}],
        "arrows": [{"id": wordings[3], "from": "x", "to": "y"}]});
    fs::write(home.path("file.json"), file.to_string()).unwrap();
    let say = [
        "“wording” was cut after 4000 characters.",
        "Not carried: arrow \u{fffd}]0;title\u{fffd}, one of its ends",
    ];
    let answer = check(&home, &["import", "file.json", "-o", "b"], "", 0, &say);
    assert!(!answer.err.contains(fools), "{:?}", answer.err);

    for board in ["a", "b"] {
        for args in [
            &["show", board, "--color", "never"][..],
            &["show", board, "--color", "never", "--zoom", "fit"],
            &["show", board, "--format", "text", "--size", "10x3"],
            &["log", board],
        ] {
            let answer = check(&home, args, "", 0, &[]);
            assert!(!answer.out.contains(fools) && !answer.err.contains(fools), "{args:?}: {answer:?}");
        }
        // Data keeps the letters a language may need; a control character it writes as JSON does.
        let answer = check(&home, &["export", board, "--to", "json"], "", 0, &[]);
        assert!(!answer.out.contains(|c: char| c < ' ' && c != '\n'), "{:?}", answer.out);
        check(&home, &["export", board, "-o", "out.json", "--force"], "", 0, &[]);
        check(&home, &["import", "out.json", "-o", "c", "--force"], "", 0, &[]);
        assert_eq!(check(&home, &["diff", board, "c"], "", 0, &[]).out, "");
    }
}

#[test]
fn without_a_terminal_there_is_a_sentence_and_no_board_is_made() {
    let home = home("bad-terminal");
    for name in ["a", "x"] {
        let say = ["The wall needs a terminal to be worked on.", &format!("try: squall show {name}")];
        check(&home, &["open", name], "", 2, &say);
        check(&home, &["open", name, "--view"], "", 2, &say);
    }
    assert!(!home.path("saves/x.storm").exists());
    check(&home, &[], "", 0, &["This is the sample wall “hotel”, seen from its beginning. Try next:"]);
    check(&home, &["show", "a", "--size", "10x3"], "", 0, &[]);
}

#[test]
fn the_same_import_twice_changes_nothing_the_second_time() {
    let home = home("bad-twice");
    check(&home, &["export", "a", "-o", "file.json"], "", 0, &[]);
    check(&home, &["import", "file.json", "-o", "b"], "", 0, &["The board is in"]);
    let made = fs::read(home.path("saves/b.storm")).unwrap();
    let there =
        ["There is a board at", "b.storm already. Choose another name.", "try: the same with --force"];
    check(&home, &["import", "file.json", "-o", "b"], "", 3, &there);
    for board in ["a", "b"] {
        let same = "Nothing would change; it is that way already.";
        check(&home, &["import", "file.json", "--into", board], "", 0, &[same]);
    }
    assert_eq!(fs::read(home.path("saves/b.storm")).unwrap(), made);
    assert_eq!(deeds(&home), 4);
}

/// What a script ends with where this machine does not let it do what the test is about.
#[cfg(target_os = "linux")]
const NOT_HERE: i32 = 99;

/// Whether the machine let the script be; where it did not, that is said aloud, and is an error where it must.
#[cfg(target_os = "linux")]
fn could(what: &str, answer: &Answer) -> bool {
    let could = ![NOT_HERE, 126, 127].contains(&answer.code);
    if !could {
        // Past the harness, which would keep it to itself.
        writeln!(std::io::stderr(), "passed by, this machine does not let a test {what}: {}", answer.err)
            .unwrap();
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{what}");
    }
    could
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_can_only_be_read_is_one_sentence_and_its_board_is_there() {
    // Root is above permission bits only while it keeps the capability to be.
    let denied = r#"chmod 400 saves/a.storm; chmod 500 saves
        root="setpriv --bounding-set=-dac_override,-dac_read_search"; [ "$(id -u)" = 0 ] || root=
        $root test -w saves && exit 99
        exec $root "$0" "$@""#;
    let mounted = r#"exec unshare -Urm sh -c 'mount --bind saves saves && mount -o remount,bind,ro saves || exit 99
        exec "$0" "$@"' "$0" "$@""#;
    let table = [
        ("take rights away", denied, "you are not allowed to"),
        ("mount a folder", mounted, "the disk can only be read"),
    ];
    for (what, script, cause) in table {
        let home = home(&format!("bad-read-only-{}", what.len()));
        let before = log(&home);
        let (place, new, rm) = (["do", "a", "place", "event", "x"], ["new", "b"], ["rm", "a"]);
        for (args, name) in [(&place[..], "a"), (&new, "b"), (&rm, "a")] {
            let answer = Answer::of(home.command_within(script, args), "");
            if could(what, &answer) {
                let said = format!("{name}.storm: {cause}.");
                assert!(answer.code == 3 && answer.err.contains(&said), "{args:?}: {answer:?}");
            }
        }
        let answer = Answer::of(home.command_within(script, &["log", "a", "--json"]), "");
        assert!(!could(what, &answer) || answer.code == 0 && answer.out == before, "{answer:?}");
        assert!(
            Command::new("chmod").arg("-R").arg("u+rwX").arg(home.path("saves")).status().unwrap().success()
        );
        assert_eq!(place_note(&home, 7).code, 0);
        assert_eq!(deeds(&home), 5);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_really_full_is_one_sentence_and_what_was_answered_is_there() {
    let home = home("bad-full");
    // A disk of its own that nobody else sees, with room for a part of the deeds.
    let script = r#"exec unshare -Urm sh -c 'cp saves/a.storm before
        mount -t tmpfs -o size=24k tmpfs saves && cp before saves/a.storm || exit 99
        "$0" "$@"; code=$?; cp saves/a.storm after; exit $code' "$0" "$@""#;
    let answer = Answer::of(home.command_within(script, &["do", "a", "-"]), &many_notes());
    if could("mount a disk", &answer) {
        assert!(wanted(3, "there is no room left on the disk").is_met_by(&answer), "{answer:?}");
        fs::copy(home.path("after"), home.path("saves/a.storm")).unwrap();
        let answered = answer.out.lines().count();
        assert!(answered < NOTES && deeds(&home) >= 4 + answered, "{answered} answered, {}", deeds(&home));
    }
    // A device that is always full: what is asked for cannot be answered, and what is saved stays so.
    let say = ["The output could not be written.", "because: there is no room left on the disk"];
    let before = log(&home);
    for args in
        [&["log", "a"][..], &["export", "a", "--to", "json"], &["do", "a", "place", "event", "unheard"]]
    {
        let answer = Answer::of(home.command_within("exec >/dev/full", args), "");
        assert!(answer.code == 3 && say.iter().all(|say| answer.err.contains(say)), "{args:?}: {answer:?}");
    }
    assert!(log(&home).starts_with(&before) && log(&home).contains("unheard"));
}
