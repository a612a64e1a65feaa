//! What a terminal says of itself.

/// What a terminal says of itself, asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Its ground is this, as `0xRRGGBB`.
    Ground(u32),
    /// A private mode: its number, and its state as the terminal codes it.
    Mode(u16, u16),
    /// The column its cursor stands in, from 1.
    Column(u16),
    /// Whether it keeps a colour of 24 bits as it was told.
    TrueColour(bool),
    /// What it is: the last answer of all.
    Device,
}

/// The colour that is set and asked for, to see whether it comes back whole.
pub const PROBED: (u8, u8, u8) = (1, 2, 3);

/// What a string of the terminal answers.
pub(super) fn answer_in(what: u8, text: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(text).ok()?;
    match what {
        b']' => colour(text.strip_prefix("11;")?).map(Answer::Ground),
        b'P' => {
            let told = text.strip_prefix("1$r")?.trim_end_matches('m');
            let (r, g, b) = PROBED;
            let is_kept = [':', ';'].into_iter().any(|sign| {
                let end = format!("{sign}{r}{sign}{g}{sign}{b}");
                told.contains("48") && told.ends_with(&end)
            });
            Some(Answer::TrueColour(is_kept))
        }
        _ => None,
    }
}

/// A colour as X tells it: `rgb:15/17/1c`, with one to four digits each, or `#15171c`.
fn colour(text: &str) -> Option<u32> {
    let channels: Vec<&str> = match text.strip_prefix('#') {
        Some(digits) if digits.is_ascii() && digits.len() % 3 == 0 && !digits.is_empty() => {
            let each = digits.len() / 3;
            vec![&digits[..each], &digits[each..2 * each], &digits[2 * each..]]
        }
        _ => text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?.split('/').take(3).collect(),
    };
    let [r, g, b] = channels[..] else { return None };
    let channel = |digits: &str| {
        let most =
            16u32.checked_pow(digits.len().try_into().ok()?).filter(|_| (1..=4).contains(&digits.len()))? - 1;
        Some(u32::from_str_radix(digits, 16).ok()? * 255 / most)
    };
    Some(channel(r)? << 16 | channel(g)? << 8 | channel(b)?)
}
