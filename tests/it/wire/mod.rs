//! Both ends of the wire, their logs and a net between them that loses, doubles, reorders and cuts.

mod client;
mod gale;
mod garble;
mod hall;
mod peer;
mod relay;
mod room;
mod rules;
mod schedule;
mod traces;
mod world;
