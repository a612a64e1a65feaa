use unicode_normalization::UnicodeNormalization;

/// A wording as it is kept: NFC; a tab is a space; whatever breaks a line is a line feed; control characters other than line feed are left out; no spaces at
/// the end of a line, no empty lines around.
pub fn tidied(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain = plain.nfc().map(|c| match c {
        '\t' => ' ',
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    });
    let plain: String = plain.filter(|c| *c == '\n' || !c.is_control()).collect();
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
