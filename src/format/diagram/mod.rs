//! Diagrams written as text: the wall as boxes in boxes and lines between them, which whoever draws them arranges.
//!
//! What is known from how notes stand is drawn as well as what somebody drew, since places are not carried; nor are
//! notes that were set aside, votes, requirements and decisions.

mod boxes;
pub(super) mod d2;
pub(super) mod plantuml;

use boxes::Boxes;
