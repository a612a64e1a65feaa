//! A socket that lets little in until it is known who is at its other end.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};

use crate::wire::limit::GREETING_BYTES_MAX;

/// A socket of which so many bytes are read and no more, until it is [widened](Narrow::widen).
#[derive(Debug)]
pub(super) struct Narrow<S> {
    socket: S,
    /// Bytes that may still come; nothing where all may.
    left: Option<usize>,
}

/// What reading ends with where more came than may.
pub(super) const TOO_MUCH: io::ErrorKind = io::ErrorKind::FileTooLarge;

impl<S: AsyncRead + AsyncWrite + Unpin> Narrow<S> {
    pub(super) fn new(socket: S) -> Narrow<S> {
        Narrow { socket, left: Some(GREETING_BYTES_MAX) }
    }

    /// It is known who is there.
    pub(super) fn widen(&mut self) {
        self.left = None;
    }

    /// Passes over what still comes, to its end: a machine that is not read from forgets what it was told last.
    pub(super) async fn run_off(&mut self) {
        let mut passed = [0; 1_024];
        while self.socket.read(&mut passed).await.is_ok_and(|count| count > 0) {}
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Narrow<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(left) = self.left else { return Pin::new(&mut self.socket).poll_read(context, into) };
        if left == 0 {
            return Poll::Ready(Err(TOO_MUCH.into()));
        }
        let mut some = into.take(left);
        ready!(Pin::new(&mut self.socket).poll_read(context, &mut some))?;
        let came = some.filled().to_vec();
        self.left = Some(left - came.len());
        into.put_slice(&came);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Narrow<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}
