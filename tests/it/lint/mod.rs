//! What lint says, on labelled wordings and on whole boards.

mod wordings;
