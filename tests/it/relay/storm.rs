//! A storm: what one says all hear, and what was kept is there again.

use squall::model::Heads;
use squall::relay::Settings;
use squall::store::{Place, open};
use squall::wire::close::Close;
use squall::wire::frame::{ClientFrame, Control, RelayFrame, Role, Told};
use squall::wire::limit::ROOM_IDLE_MS;

use super::client::{create, dial, hello, join, over, relay};
use crate::scratch::Scratch;

#[tokio::test(start_paused = true)]
async fn what_one_says_all_hear_and_the_author_hears_that_it_is_kept() {
    let relay = relay().await;
    let (mut ana, mut bo) = (join(&relay, "Ana", "edit").await, join(&relay, "Bo", "view").await);
    let id = ana.says("주문됨").await;
    assert_eq!(bo.lines().await, ["주문됨"]);
    ana.kept(id).await;
    assert_eq!(join(&relay, "Cho", "view").await.hears_again().await, ["주문됨"]);
}

impl super::client::Client {
    /// What it is sent where it says once more that it has nothing.
    async fn hears_again(&mut self) -> Vec<String> {
        self.send(&ClientFrame::Heads(Heads::default())).await;
        self.lines().await
    }
}

#[tokio::test]
async fn whoever_comes_by_a_link_while_it_is_renewed_does_not_stay() {
    let folder = Scratch::new();
    let relay = over(open(Place::Folder(folder.join("rooms"))).unwrap(), Settings::default());
    drop(create(&relay, "shop").await.unwrap());
    let mut ana = join(&relay, "Ana", "facilitate").await;
    let mut late = Vec::new();
    for nth in 0..16 {
        late.push((dial(&relay, "shop").await, ClientFrame::Hello(hello(&nth.to_string(), "edit"))));
    }
    // The relay is on its way to the disk when they come.
    ana.send(&ClientFrame::Control(Control::Renew(Role::Edit))).await;
    for (eve, said) in &mut late {
        eve.send(said).await;
    }
    for (mut eve, _) in late {
        let why = loop {
            if let Err(why) = eve.hear().await {
                break why;
            }
        };
        assert_eq!(why, Close::Token);
    }
}

#[tokio::test]
async fn a_relay_that_stops_says_so_and_comes_back_with_all_it_called_kept() {
    let folder = Scratch::new();
    let place = || open(Place::Folder(folder.join("rooms"))).unwrap();
    let relay = over(place(), Settings::default());
    drop(create(&relay, "shop").await.unwrap());
    let mut ana = join(&relay, "Ana", "edit").await;
    let id = ana.says("주문됨").await;
    ana.kept(id).await;
    relay.stop().await;
    let goodbye = loop {
        if let Err(close) = ana.hear().await {
            break close;
        }
    };
    assert_eq!(goodbye, Close::GoingDown);
    drop(relay);
    let relay = over(place(), Settings::default());
    let mut bo = dial(&relay, "shop").await;
    bo.send(&ClientFrame::Hello(hello("Bo", "edit"))).await;
    loop {
        if let RelayFrame::Heads(heads) = bo.hear().await.unwrap() {
            assert!(heads.contains(id));
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_facilitators_said_of_people_holds_when_the_relay_comes_back() {
    let journal = open(Place::Memory).unwrap();
    let relay = over(journal.clone(), Settings::default());
    drop(create(&relay, "shop").await.unwrap());
    let mut boss = join(&relay, "Boss", "facilitate").await;
    let mut members = Vec::new();
    for name in ["Bo", "Cho", "Eve"] {
        members.push(join(&relay, name, "edit").await);
    }
    let welcome = async |relay: &_, name: &str| {
        let mut come = dial(relay, "shop").await;
        come.send(&ClientFrame::Hello(hello(name, "edit"))).await;
        come.welcomed().await
    };
    let numbers = welcome(&relay, "Ivy").await.unwrap().people;
    let n = |name: &str| numbers.iter().find(|it| it.person.name == name).unwrap().n;
    boss.send(&ClientFrame::Control(Control::Role { of: n("Bo"), role: Role::View })).await;
    boss.send(&ClientFrame::Control(Control::Kick(n("Eve")))).await;
    boss.send(&ClientFrame::Control(Control::LockLinks(true))).await;
    while !matches!(members[1].hear().await.unwrap(), RelayFrame::Control(Told::LockLinks(true))) {}
    relay.stop().await;
    drop(relay);

    let relay = over(journal, Settings::default());
    assert_eq!(welcome(&relay, "Bo").await.unwrap().role, Role::View);
    assert_eq!(welcome(&relay, "Cho").await.unwrap().role, Role::Edit);
    for name in ["Eve", "Stranger"] {
        assert_eq!(welcome(&relay, name).await.unwrap_err(), Close::NotAllowed, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_at_rest_goes_from_memory_and_comes_back_for_whoever_comes() {
    let relay = relay().await;
    let mut ana = join(&relay, "Ana", "edit").await;
    let id = ana.says("주문됨").await;
    ana.kept(id).await;
    drop(ana);
    let rooms = || super::doors::metric(&relay, "squall_rooms");
    assert_eq!(rooms().await, 1);
    tokio::time::sleep(std::time::Duration::from_millis(2 * ROOM_IDLE_MS)).await;
    assert_eq!(rooms().await, 0);
    assert_eq!(join(&relay, "Bo", "edit").await.hears_again().await, ["주문됨"]);
}
