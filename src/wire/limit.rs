//! How much of everything is too much between two ends. Times are milliseconds.

/// The version of the conversation.
pub const VERSION: u32 = 1;
/// The name under which a web socket speaks it.
pub const PROTOCOL: &str = "squall.v1";

/// Bytes of one message.
pub const MESSAGE_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a `hello`, and how long a relay waits for it.
pub const HELLO_BYTES_MAX: usize = 1024;
/// How long a relay waits for a `hello`, and a client for its answer.
pub const HELLO_MS_MAX: u64 = 5_000;
/// Bytes of a frame of entries, unless a single one is longer.
pub const ENTRIES_BYTES_MAX: usize = 256 * 1024;
/// Bytes of a frame of heads.
pub const HEADS_BYTES_MAX: usize = 256 * 1024;
/// Bytes of the heads of one end, in all their frames.
pub const HEADS_BYTES_ALL_MAX: usize = 4 * 1024 * 1024;
/// Bytes of a presence.
pub const PRESENCE_BYTES_MAX: usize = 4 * 1024;

/// Editors and facilitators in a room.
pub const EDITORS_MAX: usize = 64;
/// Viewers in a room.
pub const VIEWERS_MAX: usize = 200;
/// Lines of a room.
pub const ROOM_LINES_MAX: usize = 1_000_000;
/// Bytes of the lines of a room.
pub const ROOM_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Authors of a room.
pub const AUTHORS_MAX: usize = 65_536;
/// Ranges the heads of a room may take, so that gaps cannot make them longer than its lines.
pub const RANGES_MAX: usize = 2 * AUTHORS_MAX;
/// Authors one connection may speak as.
pub const VOICES_MAX: usize = 256;

/// Messages a second of one connection, and how many at once.
pub const MESSAGES_PER_SECOND: u64 = 50;
/// Messages one connection may send at once.
pub const MESSAGES_BURST: u64 = 200;
/// Bytes a second of one connection.
pub const BYTES_PER_SECOND: u64 = 256 * 1024;
/// Bytes one connection may send at once.
pub const BYTES_BURST: u64 = 2 * 1024 * 1024;
/// How often a connection may go over a limit within [`STRIKES_MS`] before it is closed.
pub const STRIKES_MAX: usize = 10;
/// See [`STRIKES_MAX`].
pub const STRIKES_MS: u64 = 60_000;
/// The least time between two presences of one seat.
pub const PRESENCE_MS: u64 = 50;

/// Live messages that may wait for one connection.
pub const QUEUE_MESSAGES_MAX: usize = 512;
/// Bytes of live messages that may wait for one connection.
pub const QUEUE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Bytes of lines that may wait for the journal while it is at others.
pub const APPEND_BYTES_MAX: usize = 8 * 1024 * 1024;
/// When lines may come again for which the journal was too slow.
pub const APPEND_RETRY_MS: u64 = 1_000;
/// How long deeds are gathered into one frame after one was sent.
pub const WINDOW_MS: u64 = 5;
/// How often heads are repeated where they changed.
pub const HEADS_MS: u64 = 60_000;
/// How long an end may be silent before it is asked whether it lives.
pub const PING_MS: u64 = 15_000;
/// How long an end may be silent before it counts as dead.
pub const DEAD_MS: u64 = 40_000;

/// Bytes a client sends ahead of what the relay has called kept.
pub const AHEAD_BYTES_MAX: usize = 1024 * 1024;
/// How long a client may take with a presence that says nothing but what it has.
pub const DIGEST_MS: u64 = 1_000;
/// The longest wait before the second try to connect.
pub const BACKOFF_MS_MIN: u64 = 500;
/// The longest wait between two tries to connect.
pub const BACKOFF_MS_MAX: u64 = 30_000;
/// How long a connection has to be live before the next wait is short again.
pub const STEADY_MS: u64 = 10_000;
