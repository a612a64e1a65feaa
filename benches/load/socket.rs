//! A web socket that costs little: who loads a server on the same machine is not to be what is measured.

use std::io::{self, ErrorKind};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Bytes that are read at once.
const READ_BYTES: usize = 64 * 1024;
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
/// An empty pong under an empty mask.
const PONG: [u8; 6] = [0x8a, 0x80, 0, 0, 0, 0];

/// One end of a web socket.
pub(crate) struct Socket {
    stream: TcpStream,
    inbox: Vec<u8>,
    /// Bytes of the inbox that were taken.
    taken: usize,
}

/// What came.
pub(crate) enum Came<'a> {
    Text(&'a [u8]),
    /// The other end closes, with this code.
    Close(u16),
}

impl Socket {
    pub(crate) async fn connect(port: u16, path: &str) -> io::Result<Socket> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut socket = Socket { stream, inbox: Vec::new(), taken: 0 };
        let asked = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        socket.stream.write_all(asked.as_bytes()).await?;
        loop {
            if let Some(end) = socket.inbox.windows(4).position(|four| four == b"\r\n\r\n") {
                let is_open = socket.inbox.starts_with(b"HTTP/1.1 101");
                socket.taken = end + 4;
                return if is_open { Ok(socket) } else { Err(ErrorKind::ConnectionRefused.into()) };
            }
            if !socket.fill().await? {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Sends a text message.
    pub(crate) async fn send(&mut self, text: &str) -> io::Result<()> {
        let mut frame = Vec::with_capacity(text.len() + 14);
        frame.push(TEXT);
        match text.len() {
            short @ 0..=125 => frame.push(0x80 | short as u8),
            middle @ 126..=0xffff => {
                frame.push(0x80 | 126);
                frame.extend((middle as u16).to_be_bytes());
            }
            long => {
                frame.push(0x80 | 127);
                frame.extend((long as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).await
    }

    /// Reads some of what comes; whether there can be more. Given up half-way, nothing is lost.
    pub(crate) async fn fill(&mut self) -> io::Result<bool> {
        self.inbox.reserve(READ_BYTES);
        match self.stream.read_buf(&mut self.inbox).await {
            Ok(count) => Ok(count > 0),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The next message of what was read, if a whole one is there.
    pub(crate) fn take(&mut self) -> Option<Came<'_>> {
        loop {
            let Some((first, body)) = frame(&self.inbox[self.taken..]) else {
                drop(self.inbox.drain(..std::mem::take(&mut self.taken)));
                return None;
            };
            let from = self.taken + body.start;
            self.taken += body.end;
            match first {
                TEXT => return Some(Came::Text(&self.inbox[from..self.taken])),
                CLOSE => {
                    let code =
                        self.inbox[from..self.taken].first_chunk().map_or(0, |it| u16::from_be_bytes(*it));
                    return Some(Came::Close(code));
                }
                // Where it cannot leave at once, the next one will.
                PING => drop(self.stream.try_write(&PONG)),
                _ => {}
            }
        }
    }
}

/// The first byte of a whole frame, and where its body is.
fn frame(bytes: &[u8]) -> Option<(u8, std::ops::Range<usize>)> {
    let (first, short) = (*bytes.first()?, *bytes.get(1)?);
    let (head, length) = match short {
        126 => (4, usize::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?)).ok()?),
        short => (2, usize::from(short)),
    };
    (bytes.len() >= head + length).then_some((first, head..head + length))
}
