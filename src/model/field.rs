//! The details a thing may carry beside its place and wording: one row each in [`FIELDS`].
//!
//! Details are open: a name that has no row here is kept as it came. A row says what the value must look like, how
//! long it may be, and by which words people set it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::id::Id;
use super::limit::{DETAIL_BYTES_MAX, ITEMS_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};

/// What a thing carries beside its place and wording, by name. `null` is never kept: it means "not set".
pub type Details = BTreeMap<String, Value>;

/// The sorts of thing a wall holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Thing {
    /// A sticky note.
    Note,
    /// An arrow between two notes.
    Arrow,
    /// A bounded context or a subdomain: a named frame.
    Context,
    /// A horizontal lane.
    Lane,
    /// A sentence of the scenario.
    Requirement,
    /// Something the room agreed on.
    Decision,
    /// The board itself.
    Board,
}

/// What the value of a detail must look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    /// A text of at most so many characters.
    Text(usize),
    /// A list of texts, each of at most so many characters.
    Texts(usize),
    /// On or not set.
    Flag,
    /// A number from 0 to 1.
    Share,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Some of these words.
    Choices(&'static [&'static str]),
    /// The id of another thing.
    Id,
    /// The ids of other things.
    Ids,
}

/// One row of [`FIELDS`].
#[derive(Debug)]
pub struct FieldRow {
    /// The name in files.
    pub name: &'static str,
    /// What may carry it.
    pub of: &'static [Thing],
    /// What its value looks like.
    pub holds: FieldType,
    /// The words people type for it: English, then Korean.
    pub words: &'static [&'static str],
}

const TITLE: FieldType = FieldType::Text(TITLE_CHARS_MAX);
const LONG: FieldType = FieldType::Text(WORDING_CHARS_MAX);
const NAME: FieldType = FieldType::Text(NAME_CHARS_MAX);

/// How a context may stand in the strategy of the business.
pub const CLASSES: &[&str] = &["core", "supporting", "generic"];
/// The patterns of a context map that an arrow may carry.
pub const PATTERNS: &[&str] = &["OHS", "PL", "ACL", "CF", "SK", "P", "CS", "SW", "BBoM"];

/// Every detail this version knows.
pub static FIELDS: &[FieldRow] = {
    use Thing::{Arrow, Board, Context, Decision, Lane, Note, Requirement};
    macro_rules! row {
        ($name:literal, $of:expr, $holds:expr, $words:expr) => {
            FieldRow { name: $name, of: &$of, holds: $holds, words: &$words }
        };
    }
    &[
        row!("name", [Context, Lane], TITLE, ["name", "이름"]),
        row!("text", [Requirement, Decision], LONG, ["text", "내용"]),
        row!("title", [Board], TITLE, ["title", "제목"]),
        row!("scope", [Board], LONG, ["scope", "범위"]),
        row!("level", [Board], FieldType::Choice(&["big-picture", "process", "design"]), ["level", "수준"]),
        row!("closed", [Board], FieldType::Flag, ["closed", "마무리"]),
        row!("lint_off", [Board], FieldType::Texts(NAME_CHARS_MAX), ["lint_off", "점검끔"]),
        row!("alias", [Note, Context, Board], TITLE, ["alias", "별칭"]),
        row!("definition", [Note, Context], LONG, ["note", "definition", "뜻"]),
        row!("tags", [Note], FieldType::Texts(NAME_CHARS_MAX), ["tag", "tags", "태그"]),
        row!("pivotal", [Note], FieldType::Flag, ["pivotal", "피보탈"]),
        row!("chapter", [Note], TITLE, ["chapter", "장"]),
        row!("aside", [Note], TITLE, ["aside", "탈락"]),
        row!("resolved", [Note], FieldType::Flag, ["done", "resolved", "해결"]),
        row!("owner", [Note], NAME, ["owner", "담당"]),
        row!("next", [Note], TITLE, ["next", "다음"]),
        row!("loop", [Note, Arrow], FieldType::Flag, ["loop", "반복"]),
        row!("compensates", [Note], FieldType::Id, ["compensates", "보상"]),
        row!("sign", [Note], FieldType::Choice(&["+", "-"]), ["sign", "부호"]),
        row!("unjoined", [Note], FieldType::Flag, ["unjoined", "추측안함"]),
        row!("dismissed", [Note], FieldType::Texts(NAME_CHARS_MAX), ["dismissed", "점검제외"]),
        row!("label", [Arrow], TITLE, ["label", "이름표"]),
        row!("mode", [Arrow], FieldType::Choice(&["sync", "async"]), ["mode", "방식"]),
        row!("why", [Arrow], TITLE, ["why", "이유"]),
        row!("key", [Arrow], TITLE, ["key", "연결값"]),
        row!("pattern", [Arrow], FieldType::Choices(PATTERNS), ["pattern", "패턴"]),
        row!("class", [Context], FieldType::Choice(CLASSES), ["class", "분류"]),
        row!("purpose", [Context], LONG, ["purpose", "목적"]),
        row!("team", [Context], TITLE, ["team", "팀"]),
        row!("owns_today", [Context], LONG, ["owns_today", "현재위치"]),
        row!(
            "business_model",
            [Context],
            FieldType::Choices(&["revenue", "engagement", "compliance", "cost-reduction"]),
            ["business_model", "사업모델"]
        ),
        row!(
            "evolution",
            [Context],
            FieldType::Choice(&["genesis", "custom-built", "product", "commodity"]),
            ["evolution", "진화"]
        ),
        row!("locked", [Context], FieldType::Flag, ["locked", "잠금"]),
        row!("roles", [Context], FieldType::Texts(TITLE_CHARS_MAX), ["roles", "역할"]),
        row!("assumptions", [Context], FieldType::Texts(TITLE_CHARS_MAX), ["assumptions", "가정"]),
        row!("metrics", [Context], FieldType::Texts(TITLE_CHARS_MAX), ["metrics", "지표"]),
        row!("complexity", [Context], FieldType::Share, ["complexity", "복잡도"]),
        row!("differentiation", [Context], FieldType::Share, ["differentiation", "차별성"]),
        row!("sort", [Requirement], FieldType::Choice(&["functional", "quality"]), ["sort", "종류"]),
        row!("met_by", [Requirement], FieldType::Ids, ["met_by", "충족"]),
    ]
};

/// The row for a field of a thing, by its file name.
pub fn field(of: Thing, name: &str) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.name == name && row.of.contains(&of))
}

/// The row for a field of a thing, by any word people type for it.
pub fn field_by_word(of: Thing, word: &str) -> Option<&'static FieldRow> {
    FIELDS.iter().find(|row| row.of.contains(&of) && (row.name == word || row.words.contains(&word)))
}

impl FieldRow {
    /// What it is called: in Korean, or as in files.
    pub fn label(&self, korean: bool) -> &'static str {
        self.words.last().filter(|_| korean).unwrap_or(&self.name)
    }
}

impl FieldType {
    /// Whether `value` is one that a field of this type may hold.
    pub fn allows(self, value: &Value) -> bool {
        let text = |value: &Value, max: usize| value.as_str().is_some_and(|text| fits(text, max));
        let list = |value: &Value, each: &dyn Fn(&Value) -> bool| {
            value.as_array().is_some_and(|items| items.len() <= ITEMS_MAX && items.iter().all(each))
        };
        let word = |value: &Value, words: &[&str]| value.as_str().is_some_and(|text| words.contains(&text));
        let id = |value: &Value| value.as_str().is_some_and(|text| text.parse::<Id>().is_ok());
        match self {
            FieldType::Text(max) => text(value, max),
            FieldType::Texts(max) => list(value, &|item| text(item, max)),
            FieldType::Flag => value.is_boolean(),
            FieldType::Share => value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)),
            FieldType::Choice(words) => word(value, words),
            FieldType::Choices(words) => list(value, &|item| word(item, words)),
            FieldType::Id => id(value),
            FieldType::Ids => list(value, &id),
        }
    }
}

/// How people call a choice in Korean; of several the first is how it is told.
const CHOICES_KO: &[(&str, &str)] = &[
    ("핵심", "core"),
    ("지원", "supporting"),
    ("일반", "generic"),
    ("동기", "sync"),
    ("비동기", "async"),
    ("빅 픽처", "big-picture"),
    ("프로세스", "process"),
    ("소프트웨어 설계", "design"),
    ("설계", "design"),
    ("기능", "functional"),
    ("품질", "quality"),
    ("매출", "revenue"),
    ("참여", "engagement"),
    ("규정 준수", "compliance"),
    ("비용 절감", "cost-reduction"),
    ("태동", "genesis"),
    ("맞춤 제작", "custom-built"),
    ("제품", "product"),
    ("범용", "commodity"),
];

impl FieldType {
    /// A word of this type as people read it: English, then Korean.
    pub fn told(self, word: &str) -> [&str; 2] {
        let is_choice = matches!(self, FieldType::Choice(_) | FieldType::Choices(_));
        let named = || CHOICES_KO.iter().find(|(_, choice)| *choice == word).map(|(ko, _)| *ko);
        [word, is_choice.then(named).flatten().unwrap_or(word)]
    }

    /// What people mean by a text typed for a field of this type. A text that means nothing there stays a text.
    pub fn typed(self, text: &str) -> Value {
        let choice = |text: &str| {
            CHOICES_KO.iter().find(|(ko, _)| *ko == text).map_or(text, |(_, word)| word).to_owned()
        };
        let list = |item: &dyn Fn(&str) -> String| {
            text.split([',', '，']).map(str::trim).filter(|item| !item.is_empty()).map(item).collect()
        };
        match self {
            FieldType::Text(_) | FieldType::Id => text.into(),
            FieldType::Choice(_) => choice(text).into(),
            FieldType::Choices(_) => list(&choice),
            FieldType::Texts(_) | FieldType::Ids => list(&str::to_owned),
            FieldType::Share => text.parse().map_or_else(|_| text.into(), |share: f64| share.into()),
            FieldType::Flag => match text.to_lowercase().as_str() {
                "true" | "yes" | "on" | "예" | "네" => true.into(),
                "false" | "no" | "off" | "" | "아니요" => Value::Null,
                _ => text.into(),
            },
        }
    }
}

/// Whether a thing may carry this detail: as its row says, and within bounds where it has no row.
pub fn allowed(of: Thing, name: &str, value: &Value) -> bool {
    if value.is_null() {
        return fits(name, NAME_CHARS_MAX);
    }
    match field(of, name) {
        Some(row) => row.holds.allows(value),
        None => fits(name, NAME_CHARS_MAX) && value.to_string().len() <= DETAIL_BYTES_MAX,
    }
}

/// Whether a text has at most `max` characters.
pub fn fits(text: &str, max: usize) -> bool {
    text.len() <= max || (text.len() <= 4 * max && text.chars().count() <= max)
}

#[cfg(test)]
mod tests {
    use super::FIELDS;

    /// A line may set a detail of a thing that is not known yet: whether it counts must not depend on its sort.
    #[test]
    fn a_name_has_one_row_so_that_its_value_can_be_judged_before_its_thing_is_known() {
        for (at, row) in FIELDS.iter().enumerate() {
            assert!(
                !FIELDS[at + 1..].iter().any(|other| other.name == row.name),
                "{} has two rows",
                row.name
            );
        }
    }
}
