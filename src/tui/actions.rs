//! Everything a key can do: one row each in [`ACTIONS`].
//!
//! The table feeds the keys, the help, the palette and the line of keys at the bottom of the screen, so that none of
//! them can say what another does not do. A row's sentence stands in the locale files under `act-<name>`. Where letters
//! type, the keys of the wall that are letters are pressed with Alt, and a row may have more that are none.

use super::state::{Aim, Ask, Asked, List, Listed, Mode, Pick};
use super::update::{Kin, Turn};
use crate::model::arrange::Line;
use crate::model::{Frame, NoteKind};
use crate::query::Way;
use crate::session::company::Role;
use crate::words::{Key as Words, Lang, Said, find};

/// Where a row's keys hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// On the wall.
    Wall,
    /// On the wall, while an arrow is chosen.
    Arrow,
    /// While a note is worded.
    Write,
    /// Wherever text is typed.
    Field,
    /// Wherever text of several lines is typed.
    Text,
    /// While things are moved, or made larger and smaller.
    Carry,
    /// While things are moved.
    Alone,
    /// While a thing is made larger and smaller.
    Shape,
    /// While somebody jumps by letters.
    Jump,
    /// While a note is picked for an arrow.
    Pick,
    /// In a list.
    List,
    /// In the list of what is found.
    Find,
    /// In the panel beside the wall.
    Side,
    /// In its list of requirements.
    Requirements,
    /// On the context map.
    Map,
    /// In its list of what lint finds.
    Findings,
    /// While somebody goes through proposed contexts.
    Propose,
    /// In the panel, while it shows who is here.
    People,
    /// On the wall and in the panel, for who says what the others may do.
    Room,
    /// While the wall is shown as it was.
    Then,
    /// While the story of the wall is told.
    Tell,
    /// Where a question is answered in one line.
    Ask,
    /// Where a question asks for a file.
    Path,
    /// In the list of what a file brings.
    Intake,
    /// Where a row is typed as text.
    Line,
    /// Anywhere but on the wall.
    Out,
    /// Anywhere.
    Any,
}

/// One row of [`ACTIONS`].
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: &'static str,
    words: Words,
    /// More words that people look for it by, where it has any.
    also: Words,
    /// Where its keys hold.
    pub place: Place,
    /// The keys, each way to press it one text; `KIND` stands for the letter of any kind.
    pub keys: &'static [&'static str],
    /// More keys where letters type.
    pub simple: &'static [&'static str],
    run: fn(&mut Turn<'_>, Option<NoteKind>),
}

macro_rules! rows {
    ($($place:ident { $($name:literal $keys:tt $(simple $simple:tt)? => $run:expr;)* })*) => {
        &[$($(Action {
            name: $name,
            words: Words(concat!("act-", $name)),
            also: Words(concat!("also-", $name)),
            place: Place::$place,
            keys: &$keys,
            simple: rows!(@simple $($simple)?),
            run: $run,
        },)*)*]
    };
    (@simple) => { &[] };
    (@simple $simple:tt) => { &$simple };
}

/// Every row, in the order the help tells them.
pub static ACTIONS: &[Action] = rows! {
    Wall {
        "new-after" ["o"] simple ["F3"] => |t, _| t.new_beside(true);
        "new-before" ["O"] simple ["Alt-Up"] => |t, _| t.new_beside(false);
        "new-kind" ["n KIND"] simple ["F4 KIND"] => |t, kind| t.new_of(kind);
        "next" [">"] simple ["Alt-Right"] => |t, _| t.new_next();
        "cause" ["<"] simple ["Alt-Left"] => |t, _| t.new_cause();
        "alternative" ["|"] simple ["Alt-Down"] => |t, _| t.new_alternative();
        "hotspot" ["!"] simple ["F8"] => |t, _| t.new_on(NoteKind::Hotspot);
        "actor" ["@"] => |t, _| t.new_on(NoteKind::Actor);
        "line" ["i", ";"] simple ["F7"] => |t, _| t.line();
        "edit" ["Enter", "e"] => |t, _| t.edit();
        "edit-text" ["E"] => |t, _| t.edit_text();
        "recast" ["c KIND"] simple ["F6 KIND"] => |t, kind| t.recast(kind);
        "arrow-to" ["a"] simple ["F9"] => |t, _| t.pick_arrow(true);
        "arrow-from" ["A"] => |t, _| t.pick_arrow(false);
        "frame" ["f"] => |t, _| t.frame(Frame::Context);
        "subdomain" ["r f"] => |t, _| t.frame(Frame::Subdomain);
        "lane" ["r l"] => |t, _| t.lane();
        "carry" ["m"] simple ["Ctrl-E"] => |t, _| t.carry();
        "resize" ["R"] => |t, _| t.resize();
        "duplicate" ["D"] simple ["Ctrl-D"] => |t, _| t.duplicate();
        "remove" ["x", "Del"] => |t, _| t.remove();
        "aside" ["X"] simple ["Alt-Del"] => |t, _| t.set_aside();
        "shelf" ["g x"] => |t, _| t.shelf();
        "side" ["\\", "g o"] => |t, _| t.side();
        "side-history" ["g y"] => |t, _| t.side_at("history");
        "side-hotspots" ["g H"] => |t, _| t.side_at("hotspots");
        "side-requirements" ["g r"] => |t, _| t.side_at("requirements");
        "require" ["r q"] => |t, _| t.require();
        "findings" ["g L"] => |t, _| t.findings();
        "ask-lint" ["g q"] => |t, _| t.ask_lint();
        "rename-term" ["g W"] => |t, _| t.rename_term();
        "people" ["g p"] => |t, _| t.side_at("people");
        "follow" ["F"] => |t, _| t.follow();
        "look-here" ["P", "g k"] => |t, _| t.look_here();
        "withdraw" ["g n"] => |t, _| t.withdraw();
        "replay" ["g R"] => |t, _| t.replay();
        "tell" ["T"] => |t, _| t.begin_telling();
        "what-if" ["g d"] => |t, _| t.take_down();
        "undo" ["u"] simple ["Ctrl-U"] => |t, _| t.undo();
        "redo" ["Ctrl-R", "U"] simple ["Ctrl-Y"] => |t, _| t.redo();
        "pivotal" ["*"] => |t, _| t.toggle_flag("pivotal", NoteKind::DomainEvent);
        "resolved" ["d"] => |t, _| t.toggle_flag("resolved", NoteKind::Hotspot);
        "wordings" ["g w"] => |t, _| t.wordings();
        "raise" ["z"] => |t, _| t.layer(true);
        "lower" ["Z"] => |t, _| t.layer(false);
        "align-left" ["r h"] => |t, _| t.align(Line::Left);
        "align-top" ["r k"] => |t, _| t.align(Line::Top);
        "align-middle" ["r m"] => |t, _| t.align(Line::Middle);
        "spread-across" ["r x"] => |t, _| t.spread(false);
        "spread-down" ["r y"] => |t, _| t.spread(true);
        "tidy" ["r r"] => |t, _| t.tidy();
        "make-room" ["r >"] => |t, _| t.make_room(true);
        "close-room" ["r <"] => |t, _| t.make_room(false);
        "stick" ["b"] => |t, _| t.pick_host();
        "unstick" ["g b"] => |t, _| t.unstick();
        "fields" ["w"] => |t, _| t.fields();
        "vote" ["V", "g v"] => |t, _| t.vote(true);
        "unvote" ["g u"] => |t, _| t.vote(false);
        "repeat" ["."] => |t, _| t.repeat();
        "menu" ["&"] => |t, _| t.menu(None);
        "copy" ["y"] => |t, _| t.copy();
        "cut" ["Y", "Ctrl-X"] => |t, _| t.cut();
        "paste" ["p"] simple ["Ctrl-V"] => |t, _| t.put_copied();
        "left" ["h", "Left"] => |t, _| t.step(Way::Left);
        "down" ["j", "Down"] => |t, _| t.step(Way::Down);
        "up" ["k", "Up"] => |t, _| t.step(Way::Up);
        "right" ["l", "Right"] => |t, _| t.step(Way::Right);
        "later" ["Tab"] => |t, _| t.follow_time(true);
        "earlier" ["Shift-Tab"] => |t, _| t.follow_time(false);
        "jump" ["s"] => |t, _| t.jump();
        "mark" ["Space"] simple ["Ctrl-L"] => |t, _| t.mark();
        "span" ["v"] => |t, _| t.span();
        "select-kind" ["S k", "g s k"] => |t, _| t.select(Kin::Kind);
        "select-context" ["S c", "g s c"] => |t, _| t.select(Kin::Context);
        "select-right" ["S l", "g s l"] => |t, _| t.select(Kin::Right);
        "select-all" ["S a", "g s a"] => |t, _| t.select(Kin::All);
        "select-others" ["S i", "g s i"] => |t, _| t.select(Kin::Others);
        "select-none" ["S n", "g s n"] => |t, _| t.select_none();
        "first" ["g g"] simple ["Home"] => |t, _| t.end_of_time(false);
        "last" ["g e"] simple ["End"] => |t, _| t.end_of_time(true);
        "place-before" ["g '"] => |t, _| t.place_before();
        "place-after" ["g \""] => |t, _| t.place_after();
        "next-pivotal" ["}", "g }"] => |t, _| t.pivotal_beside(true);
        "previous-pivotal" ["{", "g {"] => |t, _| t.pivotal_beside(false);
        "first-pivotal" ["g ("] => |t, _| t.end_of_pivotal(false);
        "last-pivotal" ["g )"] => |t, _| t.end_of_pivotal(true);
        "next-arrow" ["g a"] => |t, _| t.next_arrow();
        "next-hotspot" ["g h"] => |t, _| t.next_hotspot();
        "contexts" ["g f"] => |t, _| t.contexts();
        "find" ["/"] simple ["Ctrl-F"] => |t, _| t.find();
        "next-hit" ["]"] simple ["Alt-PgDn"] => |t, _| t.hit(true);
        "previous-hit" ["["] simple ["Alt-PgUp"] => |t, _| t.hit(false);
        "pan-left" ["H", "Shift-Left"] => |t, _| t.pan_half(-1, 0);
        "pan-down" ["J", "Shift-Down"] => |t, _| t.pan_half(0, 1);
        "pan-up" ["K", "Shift-Up"] => |t, _| t.pan_half(0, -1);
        "pan-right" ["L", "Shift-Right"] => |t, _| t.pan_half(1, 0);
        "nudge-left" ["Ctrl-Left"] => |t, _| t.state.window.pan(-1, 0);
        "nudge-down" ["Ctrl-Down"] => |t, _| t.state.window.pan(0, 1);
        "nudge-up" ["Ctrl-Up"] => |t, _| t.state.window.pan(0, -1);
        "nudge-right" ["Ctrl-Right"] => |t, _| t.state.window.pan(1, 0);
        "zoom-in" ["+", "="] simple ["PgUp"] => |t, _| t.zoom(1);
        "zoom-out" ["-"] simple ["PgDn"] => |t, _| t.zoom(-1);
        "zoom-whole" ["1"] => |t, _| t.zoom_whole();
        "fit" ["0"] => |t, _| t.fit();
        "fit-chosen" ["2"] => |t, _| t.fit_chosen();
        "propose" ["g c"] => |t, _| t.propose();
        "report" ["r p"] => |t, _| t.report();
        "export" ["r e"] => |t, _| t.export();
        "import" ["r i"] => |t, _| t.import();
        "context-map" ["C"] => |t, _| t.context_map();
        "map" ["M"] => |t, _| t.state.map = !t.state.map;
        "title" ["g t"] => |t, _| t.title();
        "level" ["g l"] => |t, _| t.level();
        "settings" [","] => |t, _| t.settings();
        "mouse" ["g m"] => |t, _| t.free_mouse();
        "palette" [":", "Ctrl-K", "F2"] => |t, _| t.palette();
        "tour" ["g ."] => |t, _| t.tour();
        "legend" ["g ?"] => |t, _| t.legend();
        "help" ["?"] => |t, _| t.help();
        "out" ["Esc"] => |t, _| t.out();
        "quit" ["q"] simple ["F10"] => |t, _| t.quit();
    }
    Room {
        "bring" ["B"] => |t, _| t.bring();
        "read-only" ["W r"] => |t, _| t.turn_read_only();
        "lock-links" ["W l"] => |t, _| t.turn_links();
        "renew-view" ["W v"] => |t, _| t.renew(Role::View);
        "renew-edit" ["W e"] => |t, _| t.renew(Role::Edit);
        "renew-facilitate" ["W f"] => |t, _| t.renew(Role::Facilitate);
        "end-room" ["W x"] => |t, _| t.end_room();
    }
    Arrow {
        "sync" ["="] => |t, _| t.arrow_mode(crate::model::Mode::Sync);
        "async" ["~"] => |t, _| t.arrow_mode(crate::model::Mode::Async);
    }
    Write {
        "save" ["Enter"] => |t, _| t.save();
        "save-next" ["Tab"] => |t, _| t.save_and_next();
        "other-kind" ["Shift-Tab"] => |t, _| t.other_kind(false);
    }
    Line {
        "drop-line" ["Enter"] => |t, _| t.drop_line();
        "complete" ["Tab"] => |t, _| t.complete();
    }
    Ask {
        "answer" ["Enter"] => |t, _| t.answer();
        "answer-next" ["Tab"] => |t, _| t.answer_and(true);
        "answer-before" ["Shift-Tab"] => |t, _| t.answer_and(false);
    }
    Path {
        "path-complete" ["Tab"] => |t, _| t.complete_path();
    }
    Intake {
        "intake-take" ["Enter"] => |t, _| t.take_in();
        "intake-kind-on" ["Right", "Tab"] => |t, _| t.step_kind(1);
        "intake-kind-back" ["Left", "Shift-Tab"] => |t, _| t.step_kind(-1);
    }
    Carry {
        "carry-left" ["h", "Left"] => |t, _| t.carry_by(-1, 0);
        "carry-down" ["j", "Down"] => |t, _| t.carry_by(0, 1);
        "carry-up" ["k", "Up"] => |t, _| t.carry_by(0, -1);
        "carry-right" ["l", "Right"] => |t, _| t.carry_by(1, 0);
        "carry-far-left" ["H", "Shift-Left"] => |t, _| t.carry_by(-5, 0);
        "carry-far-down" ["J", "Shift-Down"] => |t, _| t.carry_by(0, 5);
        "carry-far-up" ["K", "Shift-Up"] => |t, _| t.carry_by(0, -5);
        "carry-far-right" ["L", "Shift-Right"] => |t, _| t.carry_by(5, 0);
        "drop" ["Enter", "m", "Space"] => |t, _| t.drop();
    }
    Alone {
        "carry-alone" ["a"] => |t, _| t.carry_alone();
    }
    Shape {
        "other-corner" ["Tab"] => |t, _| t.other_corner();
    }
    Jump {
        "jump-other" ["Tab"] => |t, _| t.jump_other();
    }
    Pick {
        "pick-sync" ["="] => |t, _| t.pick_mode(crate::model::Mode::Sync);
        "pick-async" ["~"] => |t, _| t.pick_mode(crate::model::Mode::Async);
    }
    List {
        "list-take" ["Enter"] => |t, _| t.take();
        "list-down" ["Down", "Tab"] => |t, _| t.list_by(1);
        "list-up" ["Up", "Shift-Tab"] => |t, _| t.list_by(-1);
        "list-page-down" ["PgDn"] => |t, _| t.list_by(10);
        "list-page-up" ["PgUp"] => |t, _| t.list_by(-10);
    }
    Side {
        "side-take" ["Enter"] => |t, _| t.side_take();
        "side-down" ["j", "Down"] => |t, _| t.side_by(1);
        "side-up" ["k", "Up"] => |t, _| t.side_by(-1);
        "side-page-down" ["PgDn", "J"] => |t, _| t.side_by(10);
        "side-page-up" ["PgUp", "K"] => |t, _| t.side_by(-10);
        "side-first" ["Home", "g"] => |t, _| t.side_by(isize::MIN);
        "side-last" ["End", "G"] => |t, _| t.side_by(isize::MAX);
        "side-next" ["l", "Right", "Tab"] => |t, _| t.side_tab(1);
        "side-previous" ["h", "Left", "Shift-Tab"] => |t, _| t.side_tab(-1);
        "side-close" ["\\"] => |t, _| t.side();
    }
    Requirements {
        "requirement-new" ["n", "o"] => |t, _| t.require();
        "requirement-edit" ["e"] => |t, _| t.reword_requirement();
        "requirement-meet" ["a"] => |t, _| t.meet_requirement();
        "requirement-remove" ["x", "Del"] => |t, _| t.remove_requirement();
        "requirement-undo" ["u"] simple ["Ctrl-U"] => |t, _| t.undo();
    }
    Map {
        "map-go" ["Enter"] => |t, _| t.map_go();
        "map-left" ["h", "Left"] => |t, _| t.map_step(Way::Left);
        "map-down" ["j", "Down"] => |t, _| t.map_step(Way::Down);
        "map-up" ["k", "Up"] => |t, _| t.map_step(Way::Up);
        "map-right" ["l", "Right"] => |t, _| t.map_step(Way::Right);
        "map-later" ["Tab"] => |t, _| t.map_follow(true);
        "map-earlier" ["Shift-Tab"] => |t, _| t.map_follow(false);
        "map-pan-left" ["H", "Shift-Left"] => |t, _| t.map_pan(-3, 0);
        "map-pan-down" ["J", "Shift-Down"] => |t, _| t.map_pan(0, 3);
        "map-pan-up" ["K", "Shift-Up"] => |t, _| t.map_pan(0, -3);
        "map-pan-right" ["L", "Shift-Right"] => |t, _| t.map_pan(3, 0);
        "map-undo" ["u"] simple ["Ctrl-U"] => |t, _| t.undo();
        "map-back" ["C"] => |t, _| t.out();
    }
    Findings {
        "finding-fix" ["f"] => |t, _| t.mend_finding();
        "finding-ask" ["!"] => |t, _| t.ask_about_finding();
        "finding-dismiss" ["d"] => |t, _| t.dismiss_finding(true);
        "finding-off" ["D"] => |t, _| t.dismiss_finding(false);
        "finding-all" ["a"] => |t, _| t.ask_lint();
        "finding-undo" ["u"] simple ["Ctrl-U"] => |t, _| t.undo();
    }
    Propose {
        "accept" ["Enter"] => |t, _| t.accept_proposal();
        "accept-all" ["a"] => |t, _| t.accept_proposals();
        "other-proposal" ["Tab", "j", "Down"] => |t, _| t.proposal_by(1);
        "proposal-before" ["Shift-Tab", "k", "Up"] => |t, _| t.proposal_by(-1);
        "other-method" ["m"] => |t, _| t.other_method();
        "finer" ["+", "=", "l", "Right"] => |t, _| t.granulate(1);
        "coarser" ["-", "h", "Left"] => |t, _| t.granulate(-1);
        "proposal-undo" ["u"] simple ["Ctrl-U"] => |t, _| t.undo();
    }
    People {
        "person-follow" ["f"] => |t, _| t.follow_person();
        "person-editor" ["e"] => |t, _| t.give_role(Role::Edit);
        "person-viewer" ["v"] => |t, _| t.give_role(Role::View);
        "person-kick" ["x", "Del"] => |t, _| t.kick();
    }
    Then {
        "then-play" ["Space"] => |t, _| t.play();
        "then-on" ["Right"] => |t, _| t.step_then(1);
        "then-back" ["Left"] => |t, _| t.step_then(-1);
        "then-far-on" ["PgDn"] => |t, _| t.step_then(10);
        "then-far-back" ["PgUp"] => |t, _| t.step_then(-10);
        "then-first" ["Home"] => |t, _| t.step_then(isize::MIN);
        "then-last" ["End"] => |t, _| t.step_then(isize::MAX);
        "then-faster" [">"] => |t, _| t.pace(1);
        "then-slower" ["<"] => |t, _| t.pace(-1);
        "then-now" ["Esc"] => |t, _| t.now();
    }
    Tell {
        "tell-on" ["Right", "l", "Down", "j", "Space"] => |t, _| t.tell_by(1);
        "tell-back" ["Left", "h", "Up", "k"] => |t, _| t.tell_by(-1);
        "tell-first" ["Home", "g"] => |t, _| t.tell_by(isize::MIN);
        "tell-last" ["End", "G"] => |t, _| t.tell_by(isize::MAX);
        "tell-turn" ["b", "Tab"] => |t, _| t.tell_other_way();
        "tell-stay" ["Enter"] => |t, _| t.stay_at_step();
        "tell-closer" ["+", "="] => |t, _| t.zoom(1);
        "tell-wider" ["-"] => |t, _| t.zoom(-1);
    }
    Find {
        "find-complete" ["Tab"] => |t, _| t.complete_query();
    }
    Text {
        "text-break" ["Alt-Enter", "Shift-Enter", "Ctrl-J"] => |t, _| t.type_char('\n');
        "text-up" ["Up"] => |t, _| t.cursor_row(-1);
        "text-down" ["Down"] => |t, _| t.cursor_row(1);
    }
    Field {
        "text-left" ["Left"] => |t, _| t.in_field(|field| field.left());
        "text-right" ["Right"] => |t, _| t.in_field(|field| field.right());
        "text-word-left" ["Ctrl-Left", "Alt-Left", "Alt-b"] => |t, _| t.in_field(|field| field.word_left());
        "text-word-right" ["Ctrl-Right", "Alt-Right", "Alt-f"] => |t, _| t.in_field(|field| field.word_right());
        "text-home" ["Home"] => |t, _| t.in_field(|field| field.home());
        "text-end" ["End", "Ctrl-E"] => |t, _| t.in_field(|field| field.end());
        "text-backspace" ["Backspace"] => |t, _| t.in_field(|field| field.backspace());
        "text-delete" ["Del"] => |t, _| t.in_field(|field| field.delete());
        "text-delete-word" ["Alt-Backspace", "Ctrl-Backspace"] => |t, _| t.in_field(|field| field.delete_word());
        "text-delete-line" ["Ctrl-U"] => |t, _| t.in_field(|field| field.delete_all_before());
    }
    Out {
        "leave" ["Esc"] => |t, _| t.out();
    }
    Any {
        "help-here" ["F1"] => |t, _| t.help();
        "break-off" ["Ctrl-C"] => |t, _| t.break_off();
    }
};

/// What the keys of the wall are about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// The wall, or a note on it.
    Now,
    /// An arrow.
    Arrow,
    /// The wall as it was.
    Then,
    /// The requirements in the panel.
    Requirements,
    /// What lint finds, in the panel.
    Findings,
    /// Those who are here.
    People,
}

/// The places whose keys hold while a person is in the middle of something, the nearest first.
pub fn places(mode: &Mode, ground: Ground) -> &'static [Place] {
    match mode {
        Mode::Wall if ground == Ground::Then => &[Place::Then, Place::Wall, Place::Room, Place::Any],
        Mode::Wall if ground == Ground::Arrow => &[Place::Arrow, Place::Wall, Place::Room, Place::Any],
        Mode::Wall => &[Place::Wall, Place::Room, Place::Any],
        Mode::Write(_) => &[Place::Write, Place::Text, Place::Field, Place::Out, Place::Any],
        Mode::Carry(_) => &[Place::Alone, Place::Carry, Place::Out, Place::Any],
        Mode::Shape(_) => &[Place::Shape, Place::Carry, Place::Out, Place::Any],
        Mode::Pick(Pick { aim: Aim::Jump, .. }) => &[Place::Jump, Place::Out, Place::Any],
        Mode::Pick(Pick { aim: Aim::Host, .. }) => &[Place::Out, Place::Any],
        Mode::Pick(_) => &[Place::Pick, Place::Out, Place::Any],
        Mode::List(List { what: Listed::Find, .. }) => {
            &[Place::Find, Place::List, Place::Field, Place::Out, Place::Any]
        }
        Mode::List(List { what: Listed::Intake, .. }) => {
            &[Place::Intake, Place::List, Place::Field, Place::Out, Place::Any]
        }
        Mode::List(_) => &[Place::List, Place::Field, Place::Out, Place::Any],
        Mode::Ask(Ask { what: Asked::Place(..) | Asked::Source, .. }) => {
            &[Place::Path, Place::Ask, Place::Field, Place::Out, Place::Any]
        }
        Mode::Ask(_) => &[Place::Ask, Place::Field, Place::Out, Place::Any],
        Mode::Line(_) => &[Place::Line, Place::Field, Place::Out, Place::Any],
        Mode::Side if ground == Ground::Requirements => {
            &[Place::Requirements, Place::Side, Place::Out, Place::Any]
        }
        Mode::Side if ground == Ground::Findings => &[Place::Findings, Place::Side, Place::Out, Place::Any],
        Mode::Side if ground == Ground::People => {
            &[Place::People, Place::Side, Place::Room, Place::Out, Place::Any]
        }
        Mode::Side => &[Place::Side, Place::Out, Place::Any],
        Mode::Map(_) => &[Place::Map, Place::Out, Place::Any],
        Mode::Tell(_) => &[Place::Tell, Place::Out, Place::Any],
        Mode::Propose(_) => &[Place::Propose, Place::Out, Place::Any],
        Mode::Making(_) => &[Place::Out, Place::Any],
        Mode::Pull { .. } | Mode::Sweep { .. } | Mode::Pan { .. } => &[Place::Out, Place::Any],
    }
}

/// Places whose keys hold at the same time, where none hides another's.
pub const TOGETHER: [&[Place]; 16] = [
    &[Place::Wall, Place::Room, Place::Any],
    &[Place::Write, Place::Text, Place::Field, Place::Out, Place::Any],
    &[Place::Alone, Place::Carry, Place::Out, Place::Any],
    &[Place::Shape, Place::Carry, Place::Out, Place::Any],
    &[Place::Jump, Place::Out, Place::Any],
    &[Place::Pick, Place::Out, Place::Any],
    &[Place::List, Place::Field, Place::Out, Place::Any],
    &[Place::Requirements, Place::Side, Place::Out, Place::Any],
    &[Place::Findings, Place::Side, Place::Out, Place::Any],
    &[Place::People, Place::Side, Place::Room, Place::Out, Place::Any],
    &[Place::Map, Place::Out, Place::Any],
    &[Place::Propose, Place::Out, Place::Any],
    &[Place::Then, Place::Any],
    &[Place::Tell, Place::Out, Place::Any],
    &[Place::Ask, Place::Field, Place::Out, Place::Any],
    &[Place::Line, Place::Field, Place::Out, Place::Any],
];

impl Action {
    /// Does it.
    pub(super) fn run(&self, turn: &mut Turn<'_>, kind: Option<NoteKind>) {
        (self.run)(turn, kind);
    }

    /// Whether one of its keys is the letter of a kind.
    pub fn asks_kind(&self) -> bool {
        self.keys[0].ends_with("KIND")
    }

    /// Whether it is done to the wall or the room as a whole, so that lists may offer it.
    pub fn is_on_wall(&self) -> bool {
        matches!(self.place, Place::Wall | Place::Room)
    }

    /// What it does.
    pub fn told(&self, lang: Lang) -> String {
        Said { key: self.words, args: Vec::new() }.speak(lang)
    }

    /// Other words for what it does, a blank between each two.
    pub fn also(&self, lang: Lang) -> &'static str {
        find(lang, self.also.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_told_in_both_languages_and_named_once() {
        for (at, row) in ACTIONS.iter().enumerate() {
            assert!(ACTIONS[at + 1..].iter().all(|other| other.name != row.name), "{}", row.name);
            for lang in Lang::ALL {
                assert!(!row.told(lang).starts_with("act-"), "{}", row.name);
            }
        }
    }
}
