//! Statements: what stands on a line, and between braces after it.

use super::token::{Comment, Token, Tokens, tokens};
use crate::model::limit::{IMPORT_DEPTH_MAX, IMPORT_ROWS_MAX};
use crate::words::Said;

/// Words that begin a statement wherever they stand.
const BEGINS: [&str; 14] = [
    "Aggregate",
    "Application",
    "BoundedContext",
    "Command",
    "CommandEvent",
    "ContextMap",
    "Domain",
    "DomainEvent",
    "Entity",
    "Flow",
    "Module",
    "Service",
    "Subdomain",
    "ValueObject",
];
/// Words and signs that go on with the statement of the line before.
const GOES_ON: [&str; 16] = [
    ",",
    "->",
    "<-",
    "<->",
    "=",
    ":",
    "{",
    "]",
    ")",
    "delegates",
    "emits",
    "extends",
    "implements",
    "realizes",
    "refines",
    "triggers",
];
/// Words and signs that a statement does not end with.
const UNFINISHED: [&str; 13] =
    [",", "->", "<-", "<->", "=", ":", "[", "(", "abstract", "by", "event", "to", "persistent"];

/// A statement.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) head: Vec<Token>,
    pub(super) body: Vec<Block>,
    /// The comment right above it.
    pub(super) comment: Option<Comment>,
    /// The text in quotes right above it.
    pub(super) text: Option<String>,
}

impl Block {
    /// The word that tells what it is.
    pub(super) fn sort(&self) -> &str {
        let is_modifier = |word: &&str| matches!(*word, "abstract" | "persistent");
        self.words().find(|word| !is_modifier(word)).unwrap_or("")
    }

    /// The name behind that word.
    pub(super) fn name(&self) -> &str {
        let sort = self.sort();
        self.words().skip_while(|word| *word != sort).nth(1).unwrap_or("")
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.head.iter().filter_map(Token::word)
    }

    /// The names between commas behind a word: `implements A, B`.
    pub(super) fn names_after(&self, word: &str) -> Vec<&str> {
        let mut names = Vec::new();
        let mut rest = self.head.iter().skip_while(|token| !token.is(word)).skip(1).peekable();
        while let Some(token) = rest.next() {
            names.extend(token.word());
            if rest.next_if(|token| token.is(",")).is_none() {
                break;
            }
        }
        names
    }

    /// What stands behind the word and the sign `=` that is optional: `type = FEATURE`.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.head.iter().skip(1).filter(|token| !matches!(token, Token::Sign(_))).map(Token::text)
    }

    /// It and what it holds as one text, as in `Date timestamp`.
    pub(super) fn spelled(&self) -> String {
        self.head.iter().map(Token::text).collect::<Vec<_>>().join(" ")
    }
}

/// Reads a file as statements; what never ends, or ends what never began, is told with its line.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Said> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, count: 0 };
    let blocks = parser.blocks(0)?;
    match parser.tokens.spots.get(parser.at) {
        Some(spot) => Err(Said::new("import-cml-unopened").with("line", spot.line)),
        None => Ok(blocks),
    }
}

struct Parser {
    tokens: Tokens,
    at: usize,
    count: usize,
}

impl Parser {
    fn peek_is(&self, text: &str) -> bool {
        self.tokens.spots.get(self.at).is_some_and(|spot| spot.token.is(text))
    }

    /// The statements up to a closing brace, or the end.
    fn blocks(&mut self, depth: usize) -> Result<Vec<Block>, Said> {
        if depth > IMPORT_DEPTH_MAX {
            return Err(Said::new("import-too-deep").with("max", IMPORT_DEPTH_MAX));
        }
        let mut blocks = Vec::new();
        let mut text: Option<String> = None;
        while self.at < self.tokens.spots.len() && !self.peek_is("}") {
            if self.peek_is(";") {
                self.at += 1;
                continue;
            }
            let mut block = self.head();
            if self.peek_is("{") {
                let open = self.tokens.spots[self.at].line;
                self.at += 1;
                block.body = self.blocks(depth + 1)?;
                if !self.peek_is("}") {
                    return Err(Said::new("import-cml-unclosed").with("line", open));
                }
                self.at += 1;
            }
            match &block.head[..] {
                [Token::Text(said)] if block.body.is_empty() => text = Some(said.clone()),
                [] => {}
                _ => {
                    block.text = text.take();
                    self.count += 1;
                    blocks.push(block);
                }
            }
            if self.count > IMPORT_ROWS_MAX {
                return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
            }
        }
        Ok(blocks)
    }

    /// A statement without what stands between its braces.
    fn head(&mut self) -> Block {
        let mut block = Block::default();
        while let Some(spot) = self.tokens.spots.get(self.at) {
            let ends = block.head.last().is_some_and(|last| {
                let goes_on = GOES_ON.iter().any(|it| spot.token.is(it));
                let is_unfinished = UNFINISHED.iter().any(|it| last.is(it));
                let begins = BEGINS.iter().any(|it| spot.token.is(it));
                (spot.is_first && !goes_on || begins) && !is_unfinished
            });
            if ends || ["{", "}", ";"].iter().any(|it| spot.token.is(it)) {
                break;
            }
            if block.head.is_empty() {
                block.line = spot.line;
                block.comment =
                    spot.line.checked_sub(1).and_then(|it| self.tokens.comments.get(&it).cloned());
            }
            block.head.push(spot.token.clone());
            self.at += 1;
        }
        block
    }
}
