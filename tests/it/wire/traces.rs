//! What once broke a model of the wire, each as a test of its own.

use super::world::World;

#[test]
fn two_peers_and_a_room_exchange_one_deed() {
    let mut world = World::new(1, 2);
    world.heal();
    let line = world.act(0, true);
    world.settle();
    assert!(world.relay.has(line.entry.id));
    assert_eq!(world.clients[1].desk.history.lines(), [line]);
    world.check();
}
