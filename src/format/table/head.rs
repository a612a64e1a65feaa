//! Which column is which, and what stands between columns.

use std::collections::BTreeMap;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Column {
    Id,
    Kind,
    Text,
    Alias,
    Context,
    X,
    Y,
    Links,
}

/// Every column as squall writes it, and what else people call it.
pub(super) const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Id, &["id", "no", "key", "번호", "아이디"]),
    (Column::Kind, &["kind", "type", "color", "colour", "종류", "유형", "색", "색상"]),
    (
        Column::Text,
        &["text", "wording", "content", "name", "title", "summary", "내용", "문구", "이름", "제목", "텍스트"],
    ),
    (Column::Alias, &["alias", "별칭", "영문"]),
    (
        Column::Context,
        &["context", "bounded context", "frame", "group", "컨텍스트", "바운디드 컨텍스트", "그룹"],
    ),
    (Column::X, &["x", "가로"]),
    (Column::Y, &["y", "세로"]),
    (Column::Links, &["links", "to", "next", "arrows", "연결", "다음", "화살표"]),
];

/// What the first line of a table tells.
pub(super) struct Head {
    pub(super) separator: u8,
    /// Where each column stands; none where the first line is no heading.
    pub(super) columns: BTreeMap<Column, usize>,
}

impl Head {
    pub(super) fn of(line: &str) -> Head {
        let heads =
            [b',', b';', b'\t'].map(|separator| Head { separator, columns: columns(line, separator) });
        let separated = |separator: u8| line.bytes().filter(|byte| *byte == separator).count();
        heads
            .into_iter()
            .rev()
            .max_by_key(|head| (head.columns.len(), separated(head.separator)))
            .unwrap_or(Head { separator: b',', columns: BTreeMap::new() })
    }
}

/// The headings of a line; none where it names no wordings.
fn columns(line: &str, separator: u8) -> BTreeMap<Column, usize> {
    let mut columns = BTreeMap::new();
    for (at, cell) in line.split(char::from(separator)).enumerate() {
        let name = cell.trim().trim_matches('"').trim().to_lowercase();
        let column = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str()));
        if let Some((column, _)) = column {
            columns.entry(*column).or_insert(at);
        }
    }
    if columns.contains_key(&Column::Text) { columns } else { BTreeMap::new() }
}
