//! Bytes both ways: over the net, or between the processes of one person on one machine where it has such sockets.

#[cfg_attr(not(unix), path = "nowhere.rs")]
mod here;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::wire::limit::MESSAGE_BYTES_MAX;

pub(super) use here::{Ear, Knocker, each, is_answered, knock, place};

/// Bytes read at once: one connection hears little, and a hundred of them should not cost much.
const READ_BYTES: usize = 16 * 1024;
/// Bytes that may wait to be written: what a peer sends ahead, its heads and its entries beside.
const WRITE_BYTES_MAX: usize = 8 * MESSAGE_BYTES_MAX;

/// Bytes both ways, sealed or not.
pub(super) trait Bytes: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Bytes for T {}

/// How much a web socket holds, at either end.
pub(super) fn web_socket() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BYTES_MAX)
        .max_message_size(Some(MESSAGE_BYTES_MAX))
        .max_frame_size(Some(MESSAGE_BYTES_MAX))
}
