//! Words people write on boards that squall learned to read.

use crate::model::{Frame, NoteKind};

/// What legends call kinds beside the names every part of squall understands.
pub(super) const KINDS: [(&str, NoteKind); 4] = [
    ("query", NoteKind::ReadModel),
    ("process", NoteKind::Policy),
    ("business rule", NoteKind::Policy),
    ("쿼리", NoteKind::ReadModel),
];

/// What ends the title of a frame and tells what it bounds.
pub(super) const ENDINGS: [(&str, Frame); 8] = [
    ("bounded context", Frame::Context),
    ("바운디드 컨텍스트", Frame::Context),
    ("경계 컨텍스트", Frame::Context),
    ("context", Frame::Context),
    ("컨텍스트", Frame::Context),
    ("subdomain", Frame::Subdomain),
    ("하위 도메인", Frame::Subdomain),
    ("서브도메인", Frame::Subdomain),
];
