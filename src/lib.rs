//! squall: an EventStorming wall in the terminal.
//!
//! The program is built the way EventStorming teaches people to think: a command asks, the board decides, changes
//! happen, and read sides answer. One command becomes one entry, one entry is one line of JSON, and that line is what
//! the board file holds, what is replayed and what a script reads.
//!
//! # The floors, from the ground up
//!
//! A floor imports lower floors only, and of those only the ones named; a test reads the sources and keeps it so.
//!
//! | floor | knows | imports |
//! |---|---|---|
//! | [`words`] | every sentence people read, in both languages | |
//! | [`model`] | what a wall is made of, what can have happened to it, the line that tells it, the grammar | words (keys) |
//! | [`command`] | what people ask: a command and a board give changes or a rejection; taking a deed back | words (keys), model |
//! | [`history`] | the log: a set of lines folds to one board, in any order; replay and squash | model |
//! | [`query`] | what people ask about: where, in which order, what leads to what, the tale of a deed | words (keys), model |
//! | [`mod@format`] | boards in other people's words | words, model, query |
//! | [`wire`] | what two ends say to each other: frames, a client's end, a relay's end | model, history |
//! | [`store`] | durable journals of rooms: opaque lines, kept before they are called kept | words (keys), model |
//! | [`session`] | one wall and who sits before it: board files, settings, undo | all below |
//! | [`relay`] | the server: many rooms over one journal, and who comes to them | model, wire, store |
//! | [`tui`] | look and touch: a state, what changes it, what it looks like | words, model, command, query, format, session |
//! | [`cli`] | the verbs of the command line | all below |
//!
//! # What always holds
//!
//! 1. There is one way to alter a wall: `decide`, or a line that was read, and then [`history::History::absorb`].
//! 2. There is one way to learn of it: what that gives back. The screen of the person who asked is drawn from it too.
//! 3. A read side can be thrown away and made anew from the board.
//! 4. The same lines, in any order and any number of times, give the same board.
//! 5. Below `session` there is no clock, no chance and no file, but in `store`: time and ids are arguments.
//! 6. Nothing foreign is read without a limit, and nothing is dropped in silence.
//! 7. Equal boards give equal bytes.
//!
//! Deliberately absent: merging wordings letter by letter (two wordings stand side by side until somebody settles), a
//! second format for what travels or is kept, and a global language (one process may speak both).

pub mod cli;
pub mod command;
pub mod format;
pub mod history;
pub mod model;
pub mod query;
pub mod relay;
pub mod session;
pub mod store;
pub mod tui;
pub mod wire;
pub mod words;
