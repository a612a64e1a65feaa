//! Every test that looks at squall from outside, as one binary: a binary per file would link everything again.
#![cfg(test)] // so that clippy knows: a test may unwrap

mod answers; // whatever stands on a wall, each way to ask of it gives a true answer
mod arrange; // many things at once: chosen, moved, copied, laid out
mod badinput; // bad input of every sort before the real program
mod cli; // the real program: what is typed, what comes back, with which exit code
mod company; // the others on the screen: who is there, where, and what the net says
mod contracts; // contracts of the samples, and of walls whose wordings mean harm
mod damage; // damaged board files before the real program
mod exact; // what a screen costs in bytes and allocations
mod exported; // the wall written from the screen in another format
mod findings; // what lint finds, on the notes and in the panel
mod floors; // imports go down, to the floors and crates named for each
mod foreign; // damaged files of other tools: a reading or one sentence, never a panic
mod forms; // what a report needs to know, set in forms
mod golden; // the reports of the samples, word for word
mod handout; // a report made from the screen
mod history; // the log: traces that broke a model of it, its laws, and undo
mod hostile; // walls that were never meant to be told of are told truly all the same
mod imports; // files over a limit are refused with a sentence
mod incoming; // files of other tools put on the wall from the screen
mod keys; // what keys do to a wall
mod kill; // the program killed while it writes keeps what it called saved
mod licences; // what squall is built from may be given away with it
mod lint; // what lint says of labelled wordings and whole boards
mod looks; // everything on the screen can be read, in every theme and on terminals with wide lines
mod msaez; // MSAEz boards come in whole: kinds, contexts, names, places, arrows, and who decides what
mod names; // what is named on a wall can be read at every zoom, and the wall under it too
mod newcomer; // a newcomer goes from the picker through the tour to a process of their own, on film
mod outage; // what stops when a context or a system is down, drawn on the wall
mod overview; // the context map in place of the wall
mod paths; // reading sources: which paths they name
mod portrait; // the program as a wall is what the program is
mod proposals; // proposed contexts over the wall: gone through, drawn, left
mod pty; // the real program in a real terminal
mod relay; // the real relay, spoken to over pipes
mod report; // reports of the samples, and of walls whose wordings mean harm
mod samples; // the samples are rich enough to learn from, and read without a remark
mod saves; // board files take damage, other hands and full disks
mod schema; // what squall writes is what its JSON Schemas say
mod scratch; // a folder of one test
mod screens; // what the screen looks like, as text
mod sealed; // clocks, colours and key bindings stand where they belong
mod serve; // the real program as a relay, spoken to over sockets
mod side; // the panel beside the wall, and the wall as it was
mod sitter; // a person at a screen without a terminal
mod source; // reading sources: words, marks and literals
mod steps; // the report for courses: the wall as it was at each step
mod store; // a journal whose process is killed or runs out of disk keeps what it called kept
mod suggest; // proposed contexts against those people drew
mod tale; // the story of the wall, told on the screen
mod template; // reports by a template of one's own
mod tracks; // the arrows of the samples can be followed, from wherever one looks
mod upkeep; // logs merged, squashed and repaired
mod uplink; // walls and a relay over real sockets: together, alone, refused, cloned
mod wall; // what is done on a wall is there when it is opened again
mod wire; // what travels: both ends in a net that loses, doubles and cuts
mod words; // both locales tell the same, and nothing is told elsewhere
