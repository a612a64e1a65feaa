//! How much of everything is too much between two ends, and what is answered then.
//!
//! Times are milliseconds. What a line, a wording or a name may hold stands in [`model::limit`](crate::model::limit);
//! the codes, in [`close`](super::close). Where no source is named the number is a choice: far above what honest people
//! need, far below what hurts.

/// So many in a time, and so many at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// How many.
    pub count: u64,
    /// In how many milliseconds.
    pub ms: u64,
    /// How many at once, after a rest.
    pub burst: u64,
}

/// The version of the conversation. Another in a `hello`: close 4426.
pub const VERSION: u32 = 1;
/// The name under which a web socket speaks it.
pub const PROTOCOL: &str = "squall.v1";

// Who comes to a relay.

/// Bytes of the head of an HTTP request: 431.
pub const HEAD_BYTES_MAX: usize = 8 * 1024;
/// How long a request may take to come, a handshake of TLS included: the connection ends.
pub const HANDSHAKE_MS_MAX: u64 = 5_000;
/// Bytes of a `hello`, and of a `create`: close 4401.
pub const HELLO_BYTES_MAX: usize = 1024;
/// Bytes that are read of a connection before its token is known to let it in, a `hello` and a `create` with what
/// frames them: close 4401.
pub const GREETING_BYTES_MAX: usize = 4 * HELLO_BYTES_MAX;
/// How long a relay waits for a `hello`: close 4401, `close-silent`, and the client comes again.
pub const HELLO_MS_MAX: u64 = 5_000;
/// Connections of a relay: 503.
pub const CONNECTIONS_MAX: usize = 2_000;
/// Connections from one address: 429.
pub const CONNECTIONS_OF_ADDRESS_MAX: usize = 64;
/// New connections from one address: 429.
pub const CONNECTS_OF_ADDRESS: Rate = Rate { count: 20, ms: 1_000, burst: 60 };
/// Tokens from one address that let nobody in: close 4429. At this rate 128 bits are not found by guessing.
pub const WRONG_TOKENS_OF_ADDRESS: Rate = Rate { count: 10, ms: 60_000, burst: 10 };
/// Rooms made from one address where anybody may make them: close 4429.
pub const CREATES_OF_ADDRESS: Rate = Rate { count: 20, ms: 3_600_000, burst: 20 };

// Rooms.

/// Rooms of a relay: close 4413.
pub const ROOMS_MAX: usize = 10_000;
/// How long a room at rest stays in memory.
pub const ROOM_IDLE_MS: u64 = 600_000;
/// Editors and facilitators in a room: close 4413; who would be made the next one: refused 4413.
pub const EDITORS_MAX: usize = 64;
/// Viewers in a room: close 4413.
pub const VIEWERS_MAX: usize = 200;
/// Lines of a room: refused 4413. A three-hour workshop makes a few thousand.
pub const ROOM_LINES_MAX: usize = 1_000_000;
/// Bytes of the lines of a room: refused 4413.
pub const ROOM_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Authors of a room: refused 4413. Their heads take about 1.1 MB.
pub const AUTHORS_MAX: usize = 65_536;
/// Ranges the heads of a room may take, so that gaps cannot make them longer than its lines: refused 4413.
pub const RANGES_MAX: usize = 2 * AUTHORS_MAX;
/// Authors one connection may speak as: refused 4413.
pub const VOICES_MAX: usize = 256;
/// Things a facilitator may have asked of a room that has not told yet that they are so; more are told not to be done.
pub const ASKED_MAX: usize = 32;
/// Seats a room remembers for what facilitators decided of them; later ones are held to their links.
pub const SEATS_MAX: usize = 1_024;

// What one connection says.

/// Bytes of one message: close 1009.
pub const MESSAGE_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a frame of entries, unless a single one is longer. Nobody sends more.
pub const ENTRIES_BYTES_MAX: usize = 256 * 1024;
/// Bytes of a frame of heads. Nobody sends more.
pub const HEADS_BYTES_MAX: usize = 256 * 1024;
/// Bytes of the heads of one end, in all their frames: close 4400.
pub const HEADS_BYTES_ALL_MAX: usize = 4 * 1024 * 1024;
/// Bytes of a presence: refused 4422.
pub const PRESENCE_BYTES_MAX: usize = 4 * 1024;
/// Messages: refused 4429, which is "later"; a presence is passed over.
pub const MESSAGES: Rate = Rate { count: 50, ms: 1_000, burst: 200 };
/// Bytes of messages: as [`MESSAGES`].
pub const BYTES: Rate = Rate { count: 256 * 1024, ms: 1_000, burst: 2 * 1024 * 1024 };
/// How often within [`STRIKES_MS`] a connection may go over a rate, or send what is too large: close 4429.
pub const STRIKES_MAX: usize = 10;
/// See [`STRIKES_MAX`].
pub const STRIKES_MS: u64 = 60_000;
/// The least time between two presences of one seat, at the sender as at the relay: the latest goes out.
pub const PRESENCE_MS: u64 = 50;

// What waits.

/// Live messages that may wait for one connection: close 4408, and it catches up again.
pub const QUEUE_MESSAGES_MAX: usize = 512;
/// Bytes of live messages that may wait for one connection: close 4408.
pub const QUEUE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Frames of lines a member lacks that are read for it or wait for its connection: one is read while others leave.
pub const CATCH_UP_FRAMES_MAX: usize = 3;
/// Bytes of lines that may wait for the journal while it is at others: refused 4429.
pub const APPEND_BYTES_MAX: usize = 8 * 1024 * 1024;
/// When lines may come again for which the journal was too slow.
pub const APPEND_RETRY_MS: u64 = 1_000;
/// Bytes a client sends ahead of what the relay has called kept. The rest waits.
pub const AHEAD_BYTES_MAX: usize = 1024 * 1024;
/// Lines a room looks at in one go to find what somebody lacks, a millisecond or so: others come between.
pub const LOOKED_AT_MAX: usize = 16_384;

// When.

/// How long deeds are gathered into one frame after one was sent: it halves what a delivery costs (measured).
pub const WINDOW_MS: u64 = 5;
/// How often heads are repeated where they changed.
pub const HEADS_MS: u64 = 60_000;
/// How long an end may be silent before it is asked whether it lives.
pub const PING_MS: u64 = 15_000;
/// How long an end may be silent before it counts as dead: close 4408. A relay that loads a large room is silent, too.
pub const DEAD_MS: u64 = 40_000;
/// How long a client may take with a presence that says nothing but what it has.
pub const DIGEST_MS: u64 = 1_000;
/// The longest wait before the second try to connect.
pub const BACKOFF_MS_MIN: u64 = 500;
/// The longest wait between two tries to connect.
pub const BACKOFF_MS_MAX: u64 = 30_000;
/// How long a connection has to be live before the next wait is short again.
pub const STEADY_MS: u64 = 10_000;
