//! The words of a label that is HTML.

/// The tags after or before which a new line begins.
const BREAKS: &[&str] =
    &["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"];
/// Letters of the longest entity.
const ENTITY_MAX: usize = 10;

/// A label without its tags: what begins a block begins a line, entities are letters; no empty lines.
pub(in crate::format) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (said, length) = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        text.push_str(said.as_str());
        rest = &rest[length..];
    }
    text.push_str(rest);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a tag stands for, and its length. A `<` that begins no tag is itself.
fn tag(rest: &str) -> (String, usize) {
    let name = rest[1..].trim_start_matches('/');
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    match rest.find('>').filter(|_| is_tag) {
        None => ("<".to_owned(), 1),
        Some(end) => {
            let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
            let is_break = BREAKS.contains(&name.to_lowercase().as_str());
            (if is_break { "\n" } else { "" }.to_owned(), end + 1)
        }
    }
}

/// What an entity stands for, and its length. A `&` that begins none is itself.
fn entity(rest: &str) -> (String, usize) {
    let end = rest.bytes().take(ENTITY_MAX).position(|byte| byte == b';');
    let letter = end.and_then(|end| match &rest[1..end] {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        other => {
            let digits = other.strip_prefix('#')?;
            let hex = digits.strip_prefix(['x', 'X']);
            let number = hex.map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(number).filter(|it| !it.is_control() || *it == '\n')
        }
    });
    match letter.zip(end) {
        Some((letter, end)) => (letter.to_string(), end + 1),
        None => ("&".to_owned(), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_its_words() {
        let table = [
            ("<p>Place</p><p>Order</p>", "Place\nOrder"),
            ("Verify email sent&nbsp;", "Verify email sent"),
            ("a&lt;b&gt;c &amp;amp; &#44032;&#xAC01; &bogus; & <3", "a<b>c &amp; 가각 &bogus; & <3"),
            ("<div style=\"x\"><br></div>주문<BR/>됨", "주문\n됨"),
            ("<b>open", "open"),
            ("<b", "<b"),
        ];
        for (html, words) in table {
            assert_eq!(plain(html), words, "{html}");
        }
    }
}
