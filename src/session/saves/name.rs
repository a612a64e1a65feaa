//! Board names and the file names they become.

use unicode_normalization::UnicodeNormalization;

/// How a save file ends.
pub const ENDING: &str = ".storm";
/// Bytes of a slug, so that slug, time and ending fit the 255 bytes every file system has.
const SLUG_BYTES_MAX: usize = 120;
/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether a board is named by a path: it has a `/` or ends in `.storm`.
pub fn is_path(name: &str) -> bool {
    name.contains(['/', std::path::MAIN_SEPARATOR]) || name.ends_with(ENDING)
}

/// The file name, without its ending, of a board; nothing where the name has no letter and no digit.
///
/// Letters and digits of every script stay, in lower case; all else becomes a dash. A long name is cut and told apart
/// from its like by a check sum.
pub fn slug(name: &str) -> Option<String> {
    let mut slug = String::new();
    for c in name.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if !slug.contains(char::is_alphanumeric) {
        return None;
    }
    if is_device(slug) {
        return Some(format!("board-{slug}"));
    }
    if slug.len() <= SLUG_BYTES_MAX {
        return Some(slug.to_owned());
    }
    let mut end = SLUG_BYTES_MAX - 9;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    Some(format!("{}-{:08x}", &slug[..end], crc32fast::hash(slug.as_bytes())))
}

fn is_device(slug: &str) -> bool {
    let numbered = |port: &str| {
        slug.strip_prefix(port)
            .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
    };
    DEVICES.contains(&slug) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_becomes_a_path() {
        let check =
            |name: &str, expected: Option<&str>| assert_eq!(slug(name).as_deref(), expected, "{name:?}");
        check("Shop", Some("shop"));
        check("온라인 쇼핑몰", Some("온라인-쇼핑몰"));
        check("../../etc/passwd", Some("etc-passwd"));
        check("a\0b", Some("a-b"));
        check(".hidden.", Some("hidden"));
        check("v1.2", Some("v1-2"));
        check("CON", Some("board-con"));
        check("com1", Some("board-com1"));
        check("common", Some("common"));
        check("שלום\u{202e}cod", Some("שלום-cod"));
        check("..", None);
        check("___", None);
        check("🎉", None);
        check("", None);
        check("e\u{301}te\u{301}", Some("été"));
    }

    #[test]
    fn a_long_name_is_cut_and_stays_apart_from_its_like() {
        let long = |end: &str| slug(&format!("{}{end}", "긴이름".repeat(100))).unwrap();
        assert!(long("a").len() <= SLUG_BYTES_MAX);
        assert_ne!(long("a"), long("b"));
        assert_eq!(slug(&long("a")).unwrap(), long("a"));
    }

    #[test]
    fn a_slug_is_its_own_slug() {
        for name in ["İstanbul", "ΣΊΣΥΦΟΣ", "nul", "a_b", "-x-", "ß", "ǅ"] {
            let once = slug(name).unwrap();
            assert_eq!(slug(&once).unwrap(), once);
        }
    }
}
