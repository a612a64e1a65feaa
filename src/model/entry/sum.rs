//! What can be told of a line without reading it: whether its bytes are whole, and how deep it nests.

use super::BadLine;

/// `text` with its check sum as last field. `text` is a JSON object with at least one field.
pub fn sealed(text: &str) -> String {
    let body = text.strip_suffix('}').expect("a JSON object ends in a brace");
    format!("{body},\"sum\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()))
}

/// How every line begins, so that none can be taken for anything else that stands in a file.
pub const BEGINNING: &str = "{\"id\":";
/// What stands before the check sum of a line.
pub const SUM_KEY: &str = ",\"sum\":\"";
/// Bytes of a line's end, `,"sum":"9f31c2aa"}`.
pub const SUM_LEN: usize = SUM_KEY.len() + 8 + 2;

/// Checks the check sum of a line.
pub fn check_sum(line: &str) -> Result<(), BadLine> {
    let at = line.len().checked_sub(SUM_LEN).ok_or(BadLine::NoSum)?;
    let bytes = line.as_bytes();
    let (body, tail) = bytes.split_at(at);
    if !tail.starts_with(SUM_KEY.as_bytes()) || !tail.ends_with(b"\"}") {
        return Err(BadLine::NoSum);
    }
    let sum = format!("{:08x}", crc32fast::hash(body));
    if sum.as_bytes() == &tail[SUM_KEY.len()..SUM_KEY.len() + 8] { Ok(()) } else { Err(BadLine::WrongSum) }
}

/// How deep the JSON in `text` nests, without reading it.
pub fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
