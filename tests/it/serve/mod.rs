//! The real program as a relay, and real sockets: how it starts and ends, who it bears with, and what it still has when
//! it was killed.

mod bot;
mod hostile;
mod kill;
mod life;
mod process;
mod share;
mod storming;
mod units;
