//! The kinds of sticky note: one row each in [`KINDS`].

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geometry::Size;
use crate::words::Lang;

/// What a sticky note stands for. The orange note is a domain event, the blue one a command, and so on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Something that happened, in the past tense.
    DomainEvent,
    /// What somebody or something asks for.
    Command,
    /// Who decides.
    Actor,
    /// A system nobody in the room can change.
    ExternalSystem,
    /// Whenever this happens, do that.
    Policy,
    /// What has to be seen before deciding.
    ReadModel,
    /// What takes commands, keeps its rules and lets events happen.
    Aggregate,
    /// A question, a conflict, a pain.
    Hotspot,
    /// A chance to do better.
    Opportunity,
    /// Value made or lost.
    Value,
    /// A screen or an API.
    UserInterface,
    /// A moment that starts something.
    Time,
    /// Anything else that is worth a sticky.
    Note,
}

/// How far a wall goes into the design. Each level knows more kinds than the one before.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The whole business line, told in events.
    BigPicture,
    /// One process: who decides what, with which information.
    Process,
    /// Aggregates and boundaries.
    Design,
}

impl Level {
    /// All levels, coarsest first.
    pub const ALL: [Level; 3] = [Level::BigPicture, Level::Process, Level::Design];

    /// The name that files and the command line use.
    pub fn id(self) -> &'static str {
        match self {
            Level::BigPicture => "big-picture",
            Level::Process => "process",
            Level::Design => "design",
        }
    }
}

impl FromStr for Level {
    type Err = ();

    /// Understands the id and the words people use, English and Korean.
    fn from_str(text: &str) -> Result<Self, ()> {
        match fold(text).as_str() {
            "bigpicture" | "빅픽처" => Ok(Level::BigPicture),
            "process" | "processmodelling" | "processmodeling" | "프로세스모델링" | "프로세스" => {
                Ok(Level::Process)
            }
            "design" | "softwaredesign" | "소프트웨어설계" | "설계" => Ok(Level::Design),
            _ => Err(()),
        }
    }
}

/// One row of [`KINDS`].
#[derive(Debug)]
pub struct KindRow {
    /// The kind this row tells about.
    pub kind: NoteKind,
    /// The name that files and the command line use.
    pub id: &'static str,
    /// The letter every sticky of this kind carries.
    pub tag: char,
    /// English names: the label first, then what is understood too.
    pub en: &'static [&'static str],
    /// Korean names: the label first, then what is understood too.
    pub ko: &'static [&'static str],
    /// The paper's colour, red green blue.
    pub paper: [u8; 3],
    /// How large a new note of this kind is.
    pub size: Size,
    /// The levels this kind belongs to.
    pub levels: &'static [Level],
}

const SQUARE: Size = Size { w: 22, h: 5 };
const WIDE: Size = Size { w: 30, h: 5 };
const SMALL: Size = Size { w: 14, h: 3 };

const ALL: &[Level] = &Level::ALL;
const PROCESS_ON: &[Level] = &[Level::Process, Level::Design];

/// Every kind there is, in the order people are offered them. Papers are the colours real stickies have.
pub static KINDS: [KindRow; 13] = {
    use NoteKind as K;
    macro_rules! row {
        ($kind:ident $id:literal $tag:literal $en:expr, $ko:expr, $paper:literal, $size:ident, $levels:ident) => {
            KindRow {
                kind: K::$kind,
                id: $id,
                tag: $tag,
                en: &$en,
                ko: &$ko,
                paper: [($paper >> 16) as u8, ($paper >> 8 & 255) as u8, ($paper & 255) as u8],
                size: $size,
                levels: $levels,
            }
        };
    }
    const BIG: &[Level] = &[Level::BigPicture];
    const BIG_PROCESS: &[Level] = &[Level::BigPicture, Level::Process];
    const DESIGN: &[Level] = &[Level::Design];
    [
        row!(DomainEvent "domain-event" 'E' ["domain event", "event", "e"], ["도메인 이벤트", "이벤트"], 0xFE9E4A, SQUARE, ALL),
        row!(Command "command" 'C' ["command", "action", "decision", "c"], ["커맨드", "명령"], 0x6DD8FA, SQUARE, PROCESS_ON),
        row!(Actor "actor" 'A' ["actor", "role", "user", "persona", "agent", "a"], ["액터", "사용자", "역할"], 0xFEF445, SMALL, ALL),
        row!(Policy "policy" 'P' ["policy", "reaction", "whenever", "p"], ["정책", "폴리시"], 0xBD87C5, WIDE, PROCESS_ON),
        row!(ReadModel "read-model" 'R' ["read model", "query model", "information", "view", "r"], ["읽기 모델", "리드 모델", "조회 모델", "뷰"], 0xD9F79D, SQUARE, PROCESS_ON),
        row!(ExternalSystem "external-system" 'S' ["external system", "system", "s"], ["외부 시스템", "시스템"], 0xEA95BC, WIDE, ALL),
        row!(Aggregate "aggregate" 'G' ["aggregate", "constraint", "consistent business rule", "g"], ["애그리거트", "어그리거트", "애그리게이트", "어그리게잇", "제약"], 0xFFF9B3, WIDE, DESIGN),
        row!(Hotspot "hotspot" '!' ["hotspot", "pain point", "issue", "question"], ["핫스팟", "이슈", "문제", "고충점", "의문"], 0xEE6F82, SQUARE, ALL),
        row!(Opportunity "opportunity" 'O' ["opportunity", "o"], ["기회"], 0xD9F79F, SQUARE, BIG),
        row!(Value "value" '$' ["value"], ["가치"], 0x8FD694, SMALL, BIG_PROCESS),
        row!(UserInterface "user-interface" 'U' ["user interface", "ui", "wireframe", "screen", "api", "u"], ["화면", "UI"], 0xFFFFFF, WIDE, PROCESS_ON),
        row!(Time "time" 'T' ["time", "timer", "t"], ["시간", "시점", "스케줄", "배치", "타이머"], 0xB4C0D6, SQUARE, ALL),
        row!(Note "note" 'N' ["note", "label", "definition", "legend", "n"], ["메모", "범례"], 0xC7CBD4, SQUARE, ALL),
    ]
};

impl NoteKind {
    /// The row that tells about this kind.
    pub fn row(self) -> &'static KindRow {
        KINDS.iter().find(|row| row.kind == self).expect("KINDS has a row for every kind; a test keeps it so")
    }

    /// The name that files and the command line use.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// The label people read.
    pub fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.row().en[0],
            Lang::Ko => self.row().ko[0],
        }
    }

    /// Whether boards of this level use this kind.
    pub fn belongs_to(self, level: Level) -> bool {
        self.row().levels.contains(&level)
    }

    /// Whether a note of this kind may be stuck on another and move with it.
    pub fn sticks(self) -> bool {
        matches!(
            self,
            NoteKind::Hotspot | NoteKind::Opportunity | NoteKind::Value | NoteKind::Actor | NoteKind::Note
        )
    }
}

impl FromStr for NoteKind {
    type Err = ();

    /// Understands the id, the tag and every name of both languages, whatever the case, spaces and hyphens.
    fn from_str(text: &str) -> Result<Self, ()> {
        let wanted = fold(text);
        KINDS
            .iter()
            .find(|row| {
                fold(row.id) == wanted
                    || fold(&row.tag.to_string()) == wanted
                    || row.en.iter().chain(row.ko).any(|name| fold(name) == wanted)
            })
            .map(|row| row.kind)
            .ok_or(())
    }
}

fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '_')
        .flat_map(char::to_lowercase)
        .collect()
}
