//! What travels: the conversation between a client and a relay about one wall, without a socket, a clock or chance.
//!
//! Each message is a text frame: one JSON object whose only key is the frame's name, `{"hello":{…}}`. The frames stand
//! in [`frame`], with a [JSON Schema](schemas); how much of everything is too much, in [`limit`]; why a connection ends
//! or a line is not taken, in [`close`].
//!
//! ```text
//! client                                         relay
//! hello {v, token, person, client}           ->
//!                                            <-  welcome {v, you, role, board, people}
//!                                            <-  presence […]   where everybody is
//!                                            <-  heads {…}      what is durable there
//! voice {author, from}, heads {…}            ->
//!                                            <-  entries […]    what is missing here, by ascending time
//!                                            <-  live {}
//! entries […]   what is missing there        ->
//!                                            <-  entries […]    to everybody, at once
//!                                            <-  kept {…}       once they are durable
//!                                            <-  refused {…}    or why not
//! presence {…}                               ->
//!                                            <-  presence […], left n
//! control {…}   facilitators                 ->
//!                                            <-  control {…}
//! ```
//! On a create link `create {board, tokens}` follows `hello` at once; `welcome` tells that the room is there.
//!
//! Heads tell what one *has*, per author as ranges, `{"k3x9v2p4qd":"1-17,19"}`; long ones come as `heads_part` frames
//! before the last, `heads`. Each side sends what the other's heads lack, whoever wrote it, and both repeat theirs
//! every minute where they changed. Lines are taken in at once, in whatever order they come. That is all there is to
//! resuming and to healing.
//!
//! [`peer::Peer`] is a client's end and [`room::Room`] a relay's. Both are told what happens and say what is to be done.

pub mod bucket;
pub mod close;
pub mod frame;
pub mod limit;
pub mod link;
pub mod peer;
pub mod presence;
pub mod room;

use schemars::{Schema, schema_for};

/// The JSON Schemas of what a client says and of what a relay says.
pub fn schemas() -> [Schema; 2] {
    [schema_for!(frame::ClientFrame), schema_for!(frame::RelayFrame)]
}
