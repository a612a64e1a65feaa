//! Pages as XML: unpacked where they are packed, and never larger than squall reads.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use roxmltree::{Document, ParsingOptions};

use crate::format::json::quoted;
use crate::model::limit::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_ROWS_MAX};
use crate::words::Said;

/// Elements of XML for one cell.
const ELEMENTS_A_CELL: usize = 6;
/// Attributes one element may have.
const ATTRIBUTES_MAX: usize = 200;

fn unreadable(why: &str) -> Said {
    Said::new("sketch-unreadable").with("format", "draw.io").with("why", quoted(why))
}

fn too_many() -> Said {
    Said::new("import-too-many").with("max", IMPORT_ROWS_MAX)
}

/// The document in a text. Entities of its own are refused, and so is what would take long to read.
pub(super) fn document(text: &str) -> Result<Document<'_>, Said> {
    bounded(text)?;
    let nodes_limit = u32::try_from(IMPORT_ROWS_MAX * ELEMENTS_A_CELL).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: false, nodes_limit, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|why| match why {
        roxmltree::Error::NodesLimitReached => too_many(),
        why => unreadable(&why.to_string()),
    })
}

/// Looks at tags only: how deep they nest, and how many attributes each has.
fn bounded(text: &str) -> Result<(), Said> {
    let (mut depth, mut attributes, mut quote, mut in_tag) = (0_usize, 0, None, false);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (in_tag, quote, *byte) {
            (false, _, b'<') => {
                (in_tag, attributes) = (true, 0);
                match bytes.get(at + 1) {
                    Some(b'/') => depth = depth.saturating_sub(1),
                    Some(b'?' | b'!') => {}
                    _ => depth += 1,
                }
            }
            (true, Some(open), byte) if byte == open => quote = None,
            (true, None, b'"' | b'\'') => quote = Some(*byte),
            (true, None, b'=') => attributes += 1,
            (true, None, b'>') => {
                in_tag = false;
                if bytes[at - 1] == b'/' {
                    depth = depth.saturating_sub(1);
                }
            }
            _ => {}
        }
        if depth > IMPORT_DEPTH_MAX {
            return Err(Said::new("import-too-deep").with("max", IMPORT_DEPTH_MAX));
        }
        if attributes > ATTRIBUTES_MAX {
            return Err(too_many());
        }
    }
    Ok(())
}

/// A packed page: base64 of deflated, percent-encoded XML. `room` is how many bytes it may have at most.
pub(super) fn unpacked(packed: &str, room: &mut u64) -> Result<String, Said> {
    let packed: String = packed.split_whitespace().collect();
    let deflated = STANDARD.decode(packed).map_err(|why| unreadable(&why.to_string()))?;
    let mut encoded = Vec::new();
    let mut inflated = DeflateDecoder::new(deflated.as_slice()).take(*room + 1);
    inflated.read_to_end(&mut encoded).map_err(|why| unreadable(&why.to_string()))?;
    let size = encoded.len() as u64;
    *room = room
        .checked_sub(size)
        .ok_or_else(|| Said::new("import-too-large").with("max", IMPORT_BYTES_MAX >> 20))?;
    let text = String::from_utf8(percent_decoded(&encoded));
    text.map_err(|why| unreadable(&why.to_string()))
}

fn percent_decoded(encoded: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(byte) = encoded.get(at) {
        let digits = encoded.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    plain
}
