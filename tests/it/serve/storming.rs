//! A morning of three people at real terminals: the relay dies under them, one goes home with the wall, two copies of
//! it are joined by git, and in the end everybody has the same.

use std::path::Path;
use std::process::Command;

use super::process::Served;
use crate::cli::Home;
use crate::pty::Terminal;

/// Somebody at a board called `team`.
struct Person {
    home: Home,
    terminal: Option<Terminal>,
}

impl Person {
    fn at(home: Home) -> Person {
        Person { home, terminal: None }
    }

    /// Opens the board in a terminal, and waits until the line about the net says this.
    fn opens(&mut self, net: &str) {
        let mut terminal = Terminal::of(&self.home.command(&["open", "team"]), (140, 40));
        terminal.wait_for("온라인 쇼핑몰");
        self.terminal = Some(terminal);
        self.sees(net);
    }

    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Person {
        self.terminal.as_mut().unwrap().wait_for(text);
        self
    }

    fn presses(&mut self, keys: &str) -> &mut Person {
        self.terminal.as_mut().unwrap().press(keys);
        self
    }

    fn writes(&mut self, event: &str) {
        self.presses("o").sees("Enter 저장").presses(event).sees(event).presses("\r").sees("Enter 고쳐 쓰기");
    }

    fn leaves(&mut self) {
        self.presses("q");
        assert_eq!(self.terminal.take().unwrap().leave().code, 0);
    }

    fn json(&self) -> String {
        let answer = self.home.squall(&["export", "team", "--to", "json"], "");
        assert_eq!(answer.code, 0, "{answer:?}");
        answer.out
    }
}

fn git(folder: &Path, args: &[&str]) {
    let who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main"];
    let out = Command::new("git").current_dir(folder).args(who).args(args).output().expect("git is there");
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// A second copy of a save grows on a branch of its own, the first one on the other; git joins them.
fn joined_by_git(home: &Home) {
    let folder = home.path("saves");
    let write = |event: &str| {
        let answer = home.squall(&["--offline", "do", "team", "line", event], "");
        assert_eq!(answer.code, 0, "{answer:?}");
        git(&folder, &["commit", "-qam", event]);
    };
    std::fs::write(folder.join(".gitattributes"), "*.storm -text merge=union\n").unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "team.storm", ".gitattributes"]);
    git(&folder, &["commit", "-qm", "as it was"]);
    git(&folder, &["checkout", "-qb", "other"]);
    write("영수증 발급됨");
    git(&folder, &["checkout", "-q", "main"]);
    write("쿠폰 사용됨");
    git(&folder, &["merge", "-q", "other", "-m", "both"]);
}

#[test]
fn three_terminals_end_with_the_same_board_whatever_happened_to_the_relay_and_the_saves() {
    let place = Home::new("storming-relay");
    let mut served = Served::start(&place, &[]);
    let [mut ana, mut bo, mut cho] =
        ["storming-ana_ko", "storming-bo_ko", "storming-cho_ko"].map(|name| Person::at(Home::new(name)));
    ana.home.squall(&["new", "team", "--template", "shop"], "");
    let shared = ana.home.squall(&["share", "team", "--relay", "-"], &served.link().to_string());
    let edit = shared.out.lines().next().and_then(|row| row.split_whitespace().nth(1)).expect("a link");
    for person in [&bo, &cho] {
        assert_eq!(person.home.squall(&["join", "-", "team"], edit).code, 0);
    }
    for person in [&mut ana, &mut bo, &mut cho] {
        person.opens("연결됨");
        person.sees("? 도움말");
    }
    ana.writes("배송이 예약됨");
    bo.sees("배송이 예약됨");
    cho.sees("배송이 예약됨");

    served.kill();
    for person in [&mut ana, &mut bo, &mut cho] {
        person.sees("오프라인");
    }
    bo.writes("재고가 바닥남");
    cho.leaves();
    joined_by_git(&cho.home);

    served = Served::start_at(&place, served.port, &[]);
    for person in [&mut ana, &mut bo] {
        person.sees("연결됨");
    }
    cho.opens("연결됨");
    for event in ["재고가 바닥남", "쿠폰 사용됨", "영수증 발급됨"] {
        let ends = |person: &Person| person.json().contains(event);
        assert!(ends(&ana) && ends(&bo) && ends(&cho), "{event}");
    }
    for person in [&mut ana, &mut bo, &mut cho] {
        person.leaves();
    }
    let boards = [&ana, &bo, &cho].map(Person::json);
    assert!(boards[0] == boards[1] && boards[1] == boards[2]);
    served.terminate();
    assert!(served.ends().0.success());
}
