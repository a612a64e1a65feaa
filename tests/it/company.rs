//! The others on the screen: a room is played frame by frame, and what is seen of it and said to it is looked at.

use serde_json::{Value, json};
use squall::history::History;
use squall::model::{Heads, Id, Level, PersonId, Point, Rect};
use squall::query::Projection;
use squall::session::News;
use squall::session::company::{Company, Control, Mate, Presence, Role};
use squall::session::config::{Config, Settings};
use squall::session::saves::Saved;
use squall::tui::input::{Input, Key};
use squall::tui::screen::{Manner, Screen};
use squall::tui::state::{Effect, Mode, Record, Reply, Scene, State};
use squall::tui::theme::{Depth, Shade, Theme};
use squall::tui::together::standing;
use squall::tui::update::update;
use squall::wire::close::Close;
use squall::wire::frame::{Hello, Somebody, Token};
use squall::wire::peer::{Output, Peer};
use squall::words::{Lang, Said};

use crate::sitter::Sitter;

/// A room without a relay: what it says is written here.
struct Room {
    peer: Peer,
    history: History,
    now: u64,
}

fn person(name: &str, color: &str) -> Value {
    json!({"id": format!("p-{name}"), "name": name, "color": color})
}

impl Room {
    /// Entered in a role; Bo and 지민 are there.
    fn entered(role: &str) -> Room {
        let history = History::new("wall");
        let person_here =
            Somebody { id: PersonId("sitter".into()), name: "민수".into(), color: "blue".into() };
        let hello = Hello { v: 1, token: Token("t".into()), person: person_here, client: "c".into() };
        let mut peer = Peer::new(hello, Some("wall".into()), &history, Heads::default());
        peer.start();
        peer.connected(0);
        let mut room = Room { peer, history, now: 0 };
        let people = json!([
            {"n": 1, "person": person("민수", "blue"), "role": role},
            {"n": 2, "person": person("Bo", "green"), "role": "edit"},
            {"n": 3, "person": person("지민", "green"), "role": "facilitate"},
        ]);
        room.says(&json!({"welcome": {"v": 1, "you": 1, "role": role, "board": "wall", "people": people}}));
        room.says(&json!({"heads": {}}));
        room.says(&json!({"live": {}}));
        room
    }

    /// The relay says this; what the net tells of it.
    fn says(&mut self, frame: &Value) -> Vec<News> {
        self.now += 100;
        self.peer.receive(&frame.to_string(), &self.history, self.now);
        let news = |output| match output {
            Output::Pinged(n, at) => Some(News::Pinged(n, at)),
            Output::Told(told) => Some(News::Told(told)),
            Output::NotAccepted(ids, why) => Some(News::NotAccepted(ids, why)),
            _ => None,
        };
        self.peer.take().into_iter().filter_map(news).collect()
    }

    fn company(&self) -> Company {
        Company {
            role: self.peer.you().map(|(_, role)| role),
            status: self.peer.status(),
            retry_in: None,
            why: None,
            mates: Mate::all(self.peer.people()),
            not_accepted: self.peer.not_accepted().collect(),
            is_here: false,
        }
    }
}

/// A wall with people at it.
struct Storm {
    sitter: Sitter,
    room: Room,
}

fn named() -> Config {
    let mut config = Config::default();
    drop(config.set("name", "민수"));
    config
}

impl Storm {
    fn of(sitter: Sitter, role: &str) -> Storm {
        let mut storm = Storm { sitter, room: Room::entered(role) };
        storm.meet(Vec::new());
        storm
    }

    fn new(size: (u16, u16)) -> Storm {
        Storm::dressed(size, Theme::default())
    }

    fn dressed(size: (u16, u16), theme: Theme) -> Storm {
        let mut sitter = Sitter::set(Some(Level::Design), size, theme, named());
        sitter.press("o '주문됨 Enter > '주문되면_결제한다 Enter > '결제_요청 Enter Esc g g");
        Storm::of(sitter, "edit")
    }

    fn meet(&mut self, news: Vec<News>) {
        self.sitter.meet(self.room.company(), news);
    }

    fn says(&mut self, frame: &Value) {
        let news = self.room.says(frame);
        self.meet(news);
    }

    /// A member is this now.
    fn is(&mut self, n: u32, presence: &Value) -> &mut Storm {
        self.says(&json!({"presence": [{"n": n, "is": presence}]}));
        self
    }

    fn id(&self, wording: &str) -> Id {
        let mut notes = self.sitter.board().notes.values();
        notes.find(|note| note.text() == wording).expect("a note says this").id
    }

    fn shown(&self) -> &Presence {
        self.sitter.shown().expect("others are there")
    }
}

/// Bo types in one note and drags another, 지민 points at a third place.
fn busy(size: (u16, u16), theme: Theme) -> Storm {
    let mut storm = Storm::dressed(size, theme);
    let (order, pay) = (storm.id("주문됨"), storm.id("결제 요청"));
    storm.is(2, &json!({"typing": order, "selection": [order], "drag": [[pay, [40, 9]]], "cursor": [50, 11], "rtt": 42}));
    storm.is(3, &json!({"cursor": [12, 12], "view": [0, 0, 80, 22], "rtt": 7}));
    storm
}

#[test]
fn the_others_are_seen_at_80x24() {
    insta::assert_snapshot!(busy((80, 24), Theme::default()).sitter.screen());
}

#[test]
fn the_others_are_seen_at_200x60() {
    insta::assert_snapshot!(busy((200, 60), Theme::default()).sitter.press("g p").screen());
}

#[test]
fn the_others_are_seen_in_english() {
    let mut config = named();
    drop(config.set("lang", "en"));
    let mut sitter = Sitter::set(Some(Level::Design), (120, 24), Theme::default(), config);
    sitter.press("o 'Order_placed Enter Esc g g");
    let mut storm = Storm::of(sitter, "facilitate");
    let order = storm.id("Order placed");
    storm.is(2, &json!({"typing": order, "rtt": 42}));
    insta::assert_snapshot!(storm.sitter.press("g p j").screen());
}

#[test]
fn names_wear_the_colours_of_people_at_every_depth() {
    for depth in [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
        for shade in [Shade::Dark, Shade::Light] {
            let theme = Theme { depth, shade, ..Theme::default() };
            let mut storm = busy((120, 30), theme);
            let company = storm.room.company();
            assert_ne!(company.mates[0].hue, company.mates[1].hue, "both asked for green");
            let buffer = storm.sitter.draw();
            let cell = |symbol: &str| {
                let cell = buffer.content().iter().find(|cell| cell.symbol() == symbol);
                cell.unwrap_or_else(|| panic!("{symbol} is on the screen")).style()
            };
            let (bo, jimin) = (cell("B"), cell("지"));
            for (style, mate) in [(bo, 0), (jimin, 1)] {
                let chip = theme.hue(company.mates[mate].hue).chip;
                assert_eq!((style.fg, style.bg), (chip.fg, chip.bg), "{theme:?}");
            }
            assert!(depth == Depth::Mono || bo.bg != jimin.bg, "{theme:?}");
        }
    }
}

#[test]
fn a_name_is_shown_as_safe_text() {
    let mut room = Room::entered("edit");
    room.says(
        &json!({"presence": [{"n": 4, "person": person("E\u{1b}[31mve\u{202e}", "pink"), "role": "edit"}]}),
    );
    let name = &room.company().mates[2].name;
    assert!(name.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{name:?}");
}

#[test]
fn the_person_is_shown_to_others() {
    let mut storm = Storm::new((100, 30));
    let order = storm.id("주문됨");
    assert_eq!((storm.shown().selection.clone(), storm.shown().typing), (vec![order], None));
    storm.sitter.press("e");
    assert_eq!(storm.shown().typing, Some(order));
    storm.sitter.press("Esc m l l j");
    let at = storm.sitter.board().notes[&order].at;
    assert_eq!(storm.shown().drag, [(order, Point::new(at.x + 2, at.y + 1))]);
    storm.sitter.press("Esc Esc");
    assert_eq!((storm.shown().selection.len(), storm.shown().drag.len()), (0, 0));
    let seen = storm.shown().view.expect("what is seen");
    assert_eq!(seen, storm.sitter.state().window.view());
    storm.sitter.press("L");
    assert!(storm.shown().view.is_some_and(|view| view.at.x > seen.at.x));
    storm.sitter.mouse("press 40 20");
    assert_eq!(storm.shown().cursor, Some(storm.sitter.state().window.to_board((40, 19))));
}

#[test]
fn what_is_shown_to_others_fits_a_frame_however_much_is_chosen() {
    let mut storm = Storm::of(Sitter::at_sample("shop", (100, 30), Theme::default()), "edit");
    storm.sitter.press("Esc Esc S a m l");
    let text = serde_json::to_string(storm.shown()).unwrap();
    assert!(storm.shown().drag.len() > 20 && Presence::decode(&text).is_some(), "{} bytes", text.len());
}

#[test]
fn a_wall_in_no_room_tells_nobody_anything() {
    let mut sitter = Sitter::new(Some(Level::Design), (80, 24));
    assert!(sitter.press("o 'a Enter").shown().is_none());
    for key in ["F", "P", "B", "g n", "W x", "W v"] {
        let shown = sitter.press(key).screen();
        assert!(shown.contains("방에 있지 않아요"), "{key}\n{shown}");
    }
}

#[test]
fn who_types_in_the_same_note_is_told_and_nobody_is_locked_out() {
    let mut storm = Storm::new((120, 30));
    let order = storm.id("주문됨");
    storm.is(2, &json!({"typing": order}));
    assert!(storm.sitter.screen().contains("Bo…"), "{}", storm.sitter.screen());
    storm.sitter.press("e");
    assert!(storm.sitter.screen().contains("Bo 님도 이 스티커를 고치고"), "{}", storm.sitter.screen());
    storm.sitter.press("'x Enter");
    assert_eq!(storm.sitter.board().notes[&order].text(), "주문됨x");
}

#[test]
fn a_person_is_gone_to_and_come_back_from() {
    let mut storm = Storm::new((120, 30));
    storm.is(2, &json!({"cursor": [900, 300]}));
    let before = storm.sitter.state().window;
    storm.sitter.press("g p Enter");
    assert!(storm.sitter.state().window.view().holds(Point::new(900, 300)), "{}", storm.sitter.screen());
    storm.sitter.press("g ''");
    assert_eq!(storm.sitter.state().window.view().at, before.view().at);
}

#[test]
fn who_comes_and_goes_changes_no_chosen_row() {
    let mut storm = Storm::new((120, 30));
    storm.sitter.press("g p j");
    assert_eq!(storm.sitter.state().together.person, Some(3));
    storm.says(&json!({"left": 2}));
    assert_eq!(storm.sitter.state().together.person, Some(3));
    storm.says(&json!({"presence": [{"n": 2, "person": person("Bo", "green"), "role": "edit"}]}));
    assert_eq!(storm.sitter.state().together.person, Some(3));
    storm.says(&json!({"left": 3}));
    assert_eq!(storm.sitter.state().together.person, Some(2));
}

/// Keys while Bo sees one place and then another: whether this screen has gone along.
#[track_caller]
fn check_follow(keys: &str, follows: bool) {
    let mut storm = Storm::new((120, 30));
    storm.is(2, &json!({"view": [500, 100, 100, 20]}));
    storm.sitter.press(keys);
    storm.is(2, &json!({"view": [700, 200, 100, 20]}));
    let (together, view) = (&storm.sitter.state().together, storm.sitter.state().window.view());
    assert_eq!(together.follow.is_some(), follows, "after {keys}");
    assert_eq!(view.encloses(Rect::new(700, 200, 100, 20)), follows, "after {keys}");
    let shown = storm.shown().view.expect("what is seen");
    assert_eq!(shown == Rect::new(700, 200, 100, 20), follows, "who follows shows what the other sees");
}

#[test]
fn a_view_is_followed_until_one_looks_elsewhere() {
    check_follow("", false);
    check_follow("F", true);
    check_follow("F F", false);
    check_follow("F L", false);
    check_follow("F Ctrl-Left", false);
    check_follow("F 0", false);
    check_follow("F ? Esc", true);
    check_follow("g p f", true);
    let mut storm = Storm::new((120, 30));
    storm.is(2, &json!({"view": [500, 100, 100, 20]})).sitter.press("F");
    assert!(storm.sitter.screen().contains("Bo 따라 보는 중"), "{}", storm.sitter.screen());
    storm.says(&json!({"left": 2}));
    assert_eq!(storm.sitter.state().together.follow, None);
}

#[test]
fn two_who_follow_each_other_come_to_rest() {
    let (mut ana, mut bo) = (Storm::new((120, 30)), Storm::new((80, 24)));
    ana.is(2, &json!({"view": [500, 100, 90, 20]})).sitter.press("F");
    bo.is(2, &serde_json::to_value(ana.shown()).unwrap()).sitter.press("F");
    let rest = ana.shown().view;
    for _ in 0..5 {
        let (from_ana, from_bo) = (ana.shown().clone(), bo.shown().clone());
        ana.is(2, &serde_json::to_value(from_bo).unwrap());
        bo.is(2, &serde_json::to_value(from_ana).unwrap());
    }
    assert_eq!((ana.shown().view, bo.shown().view), (rest, rest));
}

#[test]
fn look_here_is_a_wave_on_the_wall_or_an_arrow_at_its_edge_and_fades() {
    let mut storm = Storm::new((120, 30));
    storm.is(2, &json!({"cursor": [1, 1]}));
    storm.is(2, &json!({"ping": {"nth": 1, "at": [900, 12]}}));
    let shown = storm.sitter.screen();
    assert!(shown.contains("▶ Bo") && shown.contains("Bo: 여기를 봐 주세요"), "{shown}");
    storm.sitter.press("g \"");
    assert!(storm.sitter.state().window.view().holds(Point::new(900, 12)));
    assert!(storm.sitter.screen().contains("◆"), "{}", storm.sitter.screen());
    let mut ticks = 0;
    while storm.sitter.state().wakes_after().is_some() {
        storm.sitter.input(Input::Waited);
        ticks += 1;
    }
    assert!((4..100).contains(&ticks) && storm.sitter.state().together.pulses.is_empty());
    storm.sitter.press("P");
    let ping = storm.shown().ping.expect("a ping");
    storm.sitter.press("P");
    assert_eq!(storm.shown().ping.map(|next| next.nth), Some(ping.nth + 1));
}

#[test]
fn who_is_brought_sees_it_and_who_types_is_only_told() {
    let bring = json!({"control": {"bring": {"by": 3, "to": [500, 100, 100, 20]}}});
    let mut storm = Storm::new((120, 30));
    storm.says(&bring);
    assert!(storm.sitter.state().window.view().encloses(Rect::new(500, 100, 100, 20)));
    assert!(storm.sitter.screen().contains("지민 님이 여기로 불렀어요. g '"), "{}", storm.sitter.screen());
    let mut storm = Storm::new((120, 30));
    storm.sitter.press("e");
    let before = storm.sitter.state().window;
    storm.says(&bring);
    assert_eq!(storm.sitter.state().window, before);
    storm.sitter.press("Esc g \"");
    assert!(storm.sitter.state().window.view().holds(Point::new(550, 110)));
}

/// Presses keys on an empty wall in a room, in this role: what is asked of the session.
fn asked(role: &str, keys: &str) -> (Vec<Effect>, State) {
    let (company, wall) = (Room::entered(role).company(), squall::session::Wall::new("wall"));
    let (projection, memo) = (Projection::of(wall.board()), Default::default());
    let scene = Scene {
        board: wall.board(),
        projection: &projection,
        saved: &Saved::Saved,
        read_only: None,
        undo: None,
        company: Some(&company),
        record: Some(Record { wall: &wall, memo: &memo, past: None }),
    };
    let mut state = State::new(Lang::Ko, Theme::default(), (120, 30));
    let press = |name: &str| update(&mut state, &scene, Input::Key(name.parse::<Key>().expect("a key")));
    (keys.split_whitespace().flat_map(press).collect(), state)
}

#[track_caller]
fn check_asked(keys: &str, control: Option<Control>) {
    let (effects, state) = asked("facilitate", keys);
    assert_eq!(effects, control.map(Effect::Control).into_iter().collect::<Vec<_>>(), "{keys}");
    let (effects, told) = (asked("edit", keys).0, asked("edit", keys).1.told);
    assert_eq!(effects, [], "{keys}, as an editor");
    assert_eq!(told.map(|told| told.said.key.0), Some("tell-not-facilitator"), "{keys} {:?}", state.mode);
}

#[test]
fn facilitators_ask_the_room_and_others_are_told_that_they_may_not() {
    let view = State::new(Lang::Ko, Theme::default(), (120, 30)).window.view();
    check_asked("B", Some(Control::Bring(view)));
    check_asked("W r", Some(Control::ReadOnly(true)));
    check_asked("W l", Some(Control::LockLinks(true)));
    check_asked("W v", Some(Control::Renew(Role::View)));
    check_asked("W e", Some(Control::Renew(Role::Edit)));
    check_asked("W f", Some(Control::Renew(Role::Facilitate)));
    check_asked("W x", None);
    check_asked("W x W x", Some(Control::Close {}));
    check_asked("W x 0 W x", None);
    check_asked("g p v", Some(Control::Role { of: 2, role: Role::View }));
    check_asked("g p j e", Some(Control::Role { of: 3, role: Role::Edit }));
    check_asked("g p j x", Some(Control::Kick(3)));
}

#[test]
fn a_renewed_link_is_shown_and_copied() {
    let mut storm = Storm::new((120, 30));
    let link = "https://relay.example.org/r/shop#t0ken".to_owned();
    storm.sitter.input(Input::Reply(Reply::Renewed(Role::Edit, link.clone())));
    assert_eq!(storm.sitter.asked, [Effect::Copy(link.clone())]);
    assert!(storm.sitter.screen().contains(&link));
}

#[test]
fn one_line_tells_how_it_stands_with_the_room() {
    let mut storm = Storm::new((160, 24));
    assert!(storm.sitter.screen().contains("연결됨 · 중계 서버가 보관했어요"), "{}", storm.sitter.screen());
    storm.room.peer.disconnected(None, 1, 50_000);
    let company = Company { retry_in: Some(8), ..storm.room.company() };
    storm.sitter.meet(company, Vec::new());
    assert!(storm.sitter.screen().contains("오프라인 · 8초 뒤 다시 연결"), "{}", storm.sitter.screen());
    storm.room.peer.tick(&storm.room.history, 100_000);
    storm.meet(Vec::new());
    assert!(storm.sitter.screen().contains("연결하는 중"));
    storm.room.peer.disconnected(Some(Close::Token), 1, 100_001);
    storm.meet(Vec::new());
    assert!(storm.sitter.screen().contains("다시 시도하지 않아요"), "{}", storm.sitter.screen());
}

#[test]
fn who_is_shown_out_reads_why_also_where_there_is_little_room() {
    let mut storm = Storm::new((110, 24));
    storm.room.peer.disconnected(None, 1, 50_000);
    let short = Company { retry_in: Some(8), why: Some(Said::new("net-silent")), ..storm.room.company() };
    assert!(!standing(&short, None, false, Lang::Ko).contains("응답하지 않아요"));
    storm.room.peer.tick(&storm.room.history, 100_000);
    storm.room.peer.disconnected(Some(Close::NotAllowed), 1, 100_001);
    let why = Some(Said::new(Close::NotAllowed.key()));
    storm.sitter.meet(Company { why, ..storm.room.company() }, Vec::new());
    let screen = storm.sitter.screen();
    assert!(screen.contains("오프라인 · 이 방에는 더 이상 참여할 수 없어요"), "{screen}");
    assert!(screen.contains("방에서 나왔어요"), "{screen}");
}

#[test]
fn a_deed_that_is_not_taken_is_told_and_listed() {
    let mut storm = Storm::new((120, 30));
    let deed = storm.id("주문됨");
    let entry = storm.sitter.wall().history().lines()[1].entry.id;
    let mut company = storm.room.company();
    let why = serde_json::from_value(json!(4422)).unwrap();
    company.not_accepted = vec![(entry, why)];
    company.status.refused = 1;
    storm.sitter.meet(company, vec![News::NotAccepted(vec![entry], why)]);
    let shown = storm.sitter.screen();
    assert!(shown.contains("1개 거절됨") && shown.contains("g n 키를 누르면 거둬요"), "{shown}");
    let shown = storm.sitter.press("\\ l l l l l").screen();
    assert!(shown.contains("스티커를 붙였어요"), "{shown}");
    assert!(storm.sitter.board().notes.contains_key(&deed));
}

#[test]
fn the_name_is_asked_once_and_then_the_colour() {
    let mut storm = Storm::of(Sitter::new(Some(Level::Design), (100, 24)), "edit");
    assert!(storm.sitter.screen().contains("뭐라고 부르면"), "{}", storm.sitter.screen());
    storm.sitter.press("Ctrl-U '하나 Enter");
    assert!(storm.sitter.screen().contains("내 색"), "{}", storm.sitter.screen());
    storm.sitter.press("Down Enter");
    let settings: &Settings = &storm.sitter.state().settings;
    assert_eq!((settings.get("name"), settings.get("color")), ("하나", "green"));
    assert_eq!(storm.sitter.state().mode, Mode::Wall);
}

#[test]
fn a_frame_in_which_nobody_moved_is_no_byte_and_no_allocation() {
    let mut storm = busy((200, 60), Theme::default());
    let (mut screen, mut buffer) = (Screen::new(Manner::default()), Default::default());
    assert!(!storm.sitter.frame(&mut screen, &mut buffer).is_empty());
    storm.is(3, &json!({"cursor": [12, 12], "view": [0, 0, 80, 22], "rtt": 9, "digest": "00ff00ff00ff00ff"}));
    let mut bytes = usize::MAX;
    let told = allocation_counter::measure(|| bytes = storm.sitter.frame(&mut screen, &mut buffer).len());
    assert_eq!((bytes, told.count_total), (0, 0));
    storm.is(3, &json!({"cursor": [14, 12], "view": [0, 0, 80, 22], "rtt": 7}));
    let moved = storm.sitter.frame(&mut screen, &mut buffer).len();
    assert!((1..=204).contains(&moved), "{moved} bytes for a cursor");
}
