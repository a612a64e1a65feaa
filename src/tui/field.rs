//! Text being typed: in a note, in a prompt, in the line.
//!
//! The cursor moves by what people see as one character. Text is kept in NFC, so that jamo from a terminal that hands
//! them over one by one grow together. It knows nothing of where it is shown.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::canvas::fitting;
use crate::model::text::{jamo, wrap};

/// A text and the place in it where the next character goes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Field {
    text: String,
    cursor: usize,
}

impl Field {
    /// A text, the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Field { cursor: text.len(), text }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the cursor is, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Types a character. A vowel after a consonant that stands alone grows into their syllable.
    pub fn insert(&mut self, c: char) {
        let last = self.text[..self.cursor].chars().next_back();
        if let Some((last, syllable)) = last.and_then(|last| Some((last, jamo::compose(last, c)?))) {
            self.replace_before(last.len_utf8(), syllable.encode_utf8(&mut [0; 4]));
            return;
        }
        self.text.insert(self.cursor, c);
        self.cursor += c.len_utf8();
        if !c.is_ascii() {
            let glyph = self.text[..self.cursor].graphemes(true).next_back().unwrap_or_default();
            let composed: String = glyph.nfc().collect();
            self.replace_before(glyph.len(), &composed);
        }
    }

    /// Puts a text in.
    pub fn insert_str(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    /// Puts a text in place of what stands between a place, in bytes, and the cursor.
    pub fn replace_from(&mut self, start: usize, text: &str) {
        self.replace_before(self.cursor - start, text);
    }

    /// Puts another text in place of this one.
    pub fn set(&mut self, text: impl Into<String>) {
        *self = Field::new(text);
    }

    /// Deletes the character before the cursor.
    pub fn backspace(&mut self) {
        let end = self.cursor;
        self.left();
        self.text.replace_range(self.cursor..end, "");
    }

    /// Deletes the character after the cursor.
    pub fn delete(&mut self) {
        let end = self.after(self.cursor);
        self.text.replace_range(self.cursor..end, "");
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) {
        let end = self.cursor;
        self.word_left();
        self.text.replace_range(self.cursor..end, "");
    }

    /// Deletes everything before the cursor.
    pub fn delete_all_before(&mut self) {
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    /// One character to the left.
    pub fn left(&mut self) {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        self.cursor = cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0);
    }

    /// One character to the right.
    pub fn right(&mut self) {
        self.cursor = self.after(self.cursor);
    }

    /// To the start of the word.
    pub fn word_left(&mut self) {
        let before = self.text[..self.cursor].trim_end();
        self.cursor = before.rfind(char::is_whitespace).map_or(0, |at| self.after(at));
    }

    /// To the end of the word.
    pub fn word_right(&mut self) {
        let rest = &self.text[self.cursor..];
        let start = rest.len() - rest.trim_start().len();
        let word = rest[start..].find(char::is_whitespace).unwrap_or(rest.len() - start);
        self.cursor += start + word;
    }

    /// To the beginning.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// To a place in the text, in bytes.
    pub fn go(&mut self, place: usize) {
        self.cursor = (0..=place).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
    }

    /// The row and the column of the cursor where the text is wrapped to so many columns.
    pub fn place(&self, columns: usize) -> (usize, usize) {
        let lines = wrap(&self.text, columns);
        let row = lines.iter().rposition(|line| self.start_of(line) <= self.cursor).unwrap_or(0);
        let start = self.start_of(lines[row]);
        (row, self.text[start..self.cursor.min(start + lines[row].len())].width())
    }

    /// To the row so many further down in a text wrapped to so many columns, as nearly below as can be.
    pub fn row_by(&mut self, rows: isize, columns: usize) {
        let (row, column) = self.place(columns);
        let lines = wrap(&self.text, columns);
        let row = row.saturating_add_signed(rows).min(lines.len() - 1);
        let line = lines[row];
        self.cursor = self.start_of(line) + fitting(line, column as i32).len();
    }

    /// Where a line of the wrapped text starts.
    fn start_of(&self, line: &str) -> usize {
        line.as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn after(&self, place: usize) -> usize {
        let mut cursor = GraphemeCursor::new(place, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn replace_before(&mut self, bytes: usize, with: &str) {
        let start = self.cursor - bytes;
        self.text.replace_range(start..self.cursor, with);
        self.cursor = start + with.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` is the cursor; then what is done, then what is left.
    fn check(before: &str, deed: impl FnOnce(&mut Field), after: &str) {
        let mut field = Field::new(before.replace('|', ""));
        field.go(before.find('|').unwrap());
        deed(&mut field);
        let mut shown = field.text().to_owned();
        shown.insert(field.cursor(), '|');
        assert_eq!(shown, after);
    }

    #[test]
    fn the_cursor_goes_by_what_people_see_as_a_character() {
        check("주문|됨", Field::left, "주|문됨");
        check("주|문", Field::backspace, "|문");
        check("e\u{301}|x", Field::backspace, "|x");
        check("a|👩‍👩‍👧b", Field::delete, "a|b");
        check("|주문", Field::left, "|주문");
        check("|주문", Field::backspace, "|주문");
        check("주문|", Field::right, "주문|");
        check("주문|", Field::delete, "주문|");
    }

    #[test]
    fn words_are_what_spaces_part() {
        check("주문이 접수|됨", Field::word_left, "주문이 |접수됨");
        check("주문이 |접수됨", Field::word_left, "|주문이 접수됨");
        check("주문이| 접수됨 x", Field::word_right, "주문이 접수됨| x");
        check("주문이 접수됨 |x", Field::delete_word, "주문이 |x");
        check("주문이 |접수", Field::delete_all_before, "|접수");
    }

    #[test]
    fn up_and_down_go_by_the_rows_that_are_seen() {
        check("주문이 접수됨|", |field| field.row_by(-1, 8), "주문이| 접수됨");
        check("주문이 접|수됨", |field| field.row_by(-1, 8), "주|문이 접수됨");
        check("주|문이 접수됨", |field| field.row_by(1, 8), "주문이 접|수됨");
        check("주|문", |field| field.row_by(5, 8), "주|문");
        assert_eq!(Field::new("주문이 접").place(8), (1, 2));
        assert_eq!(Field::new("a\n").place(8), (1, 0));
        assert_eq!(Field::default().place(8), (0, 0));
    }

    #[test]
    fn jamo_that_come_one_by_one_grow_together() {
        let typed = |text: &str| {
            let mut field = Field::default();
            text.chars().for_each(|c| field.insert(c));
            field.text().to_owned()
        };
        assert_eq!(typed("\u{110c}\u{116e}\u{1106}\u{116e}\u{11ab}"), "주문");
        assert_eq!(typed("ㅈㅜ문"), "주문");
        assert_eq!(typed("ㅋㅋㅋ"), "ㅋㅋㅋ");
        assert_eq!(typed("e\u{301}"), "é");
    }
}
