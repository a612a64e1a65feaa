//! The clauses, by their numbers.

use super::{Engine, InFolder, all, card, record, records, replayed, room};
use crate::model::Heads;
use crate::store::memory::Memory;
use crate::store::{CHUNK_BYTES_MAX, Record, RoomCard, StoreError, Stored, dump, restore};
use Stored::{Known, New, Taken};

macro_rules! over_every_engine {
    ($($clause:ident)*) => {
        mod memory {
            $(#[tokio::test] async fn $clause() { super::$clause::<std::sync::Arc<super::Memory>>().await })*
        }
        mod embedded {
            $(#[tokio::test] async fn $clause() { super::$clause::<super::InFolder>().await })*
        }
    };
}

over_every_engine! {
    j1_what_was_answered_is_there_when_it_is_opened_anew
    j2_an_append_is_answered_record_by_record_and_only_in_a_room
    j3_the_same_record_again_is_known_and_waits_for_the_one_in_flight
    j4_an_id_belongs_to_the_first_line_that_had_it
    j5_a_line_comes_back_byte_for_byte
    j6_a_replay_gives_what_is_lacking_in_order_and_in_bounded_chunks
    j6_a_replay_is_of_one_room_even_where_another_takes_its_name
    j7_a_tail_gives_what_becomes_durable_after_it_was_taken
    j7_a_tail_that_falls_behind_is_told_and_a_replay_gives_the_rest
    j8_holdings_are_what_is_durable
    j9_rooms_come_and_go_with_their_cards
    j10_after_a_failure_nothing_is_kept_and_what_was_durable_is_read
    j11_the_same_ids_in_two_rooms_are_two_lines
    j12_opened_anew_after_a_failure_it_holds_what_was_durable_and_keeps_again
    a_dumped_room_is_restored_whole_and_a_restore_may_be_begun_again
    a_dump_that_is_cut_or_of_another_wall_is_refused
}

async fn j1_what_was_answered_is_there_when_it_is_opened_anew<E: Engine>() {
    let engine = E::new();
    engine.journal().create(&room("shop"), card("b1")).await.unwrap();
    let lines = records("ana", 2_000);
    for some in lines.chunks(300) {
        assert_eq!(
            engine.journal().append(&room("shop"), some.to_vec()).await.unwrap(),
            vec![New; some.len()]
        );
    }
    let engine = engine.reopened();
    assert_eq!(all(engine.journal(), &room("shop")).await, lines);
    assert_eq!(engine.journal().rooms().await, Ok(vec![(room("shop"), card("b1"))]));
    let last = lines[1_999..].to_vec();
    assert_eq!(engine.journal().append(&room("shop"), last).await, Ok(vec![Known]));
}

async fn j2_an_append_is_answered_record_by_record_and_only_in_a_room<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    let refused = journal.append(&shop, records("ana", 1)).await;
    assert_eq!(refused, Err(StoreError::NoRoom(shop.clone())));
    journal.create(&shop, card("b1")).await.unwrap();
    let mixed = vec![record("ana.1", 1, "a"), record("ana.1", 1, "a"), record("ana.1", 1, "b")];
    assert_eq!(journal.append(&shop, mixed).await, Ok(vec![New, Known, Taken]));
    assert_eq!(journal.append(&shop, Vec::new()).await, Ok(Vec::new()));
    assert_eq!(all(journal, &shop).await, [record("ana.1", 1, "a")]);
}

async fn j3_the_same_record_again_is_known_and_waits_for_the_one_in_flight<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    journal.create(&shop, card("b1")).await.unwrap();
    let mut tail = journal.tail(&shop);
    let answers: Vec<_> = (0..8).map(|_| journal.append(&shop, records("ana", 3))).collect();
    let mut told = Vec::new();
    for answer in answers.into_iter().rev() {
        told.push(answer.await.unwrap());
        assert_eq!(journal.holdings(&shop).await.unwrap().lines, 3, "answered before it was durable");
    }
    assert_eq!(told.pop(), Some(vec![New; 3]));
    assert!(told.iter().all(|stored| *stored == [Known; 3]), "{told:?}");
    assert_eq!(tail.next().await.unwrap().unwrap().len(), 3);
    assert_eq!(all(journal, &shop).await, records("ana", 3));
}

async fn j4_an_id_belongs_to_the_first_line_that_had_it<E: Engine>() {
    let engine = E::new();
    let shop = room("shop");
    engine.journal().create(&shop, card("b1")).await.unwrap();
    let first = engine.journal().append(&shop, vec![record("ana.1", 5, "mine")]);
    let sealed = Record { seal: 1, ..record("ana.1", 5, "mine") };
    let others = [record("ana.1", 5, "forged"), record("ana.1", 4, "mine"), sealed];
    let in_flight = engine.journal().append(&shop, others.to_vec());
    assert_eq!((first.await, in_flight.await), (Ok(vec![New]), Ok(vec![Taken; 3])));
    let engine = engine.reopened();
    assert_eq!(engine.journal().append(&shop, others.to_vec()).await, Ok(vec![Taken; 3]));
    assert_eq!(all(engine.journal(), &shop).await, [record("ana.1", 5, "mine")]);
    assert_eq!(engine.journal().holdings(&shop).await.unwrap().bytes, 4);
}

async fn j5_a_line_comes_back_byte_for_byte<E: Engine>() {
    let engine = E::new();
    let shop = room("shop");
    engine.journal().create(&shop, card("b1")).await.unwrap();
    let longest = "한".repeat(21_845);
    let odd = ["", " ", "{\"id\":1}", "\0\n\r\u{7f}\u{202e}\u{feff}", "주문이 접수되었다", &longest];
    let mut odd: Vec<_> = (1..).zip(odd).map(|(n, line)| record(&format!("bo.{n}"), n, line)).collect();
    odd[3].seal = 1;
    engine.journal().append(&shop, odd.clone()).await.unwrap();
    let engine = engine.reopened();
    assert_eq!(all(engine.journal(), &shop).await, odd);
    let lines = records("ana", 100);
    engine.journal().append(&shop, lines.clone()).await.unwrap();
    engine.journal().create(&room("other"), card("b2")).await.unwrap();
    let wanted = |ns: &[usize]| -> Vec<_> { ns.iter().map(|n| lines[*n].clone()).collect() };
    for ns in [&[3, 4, 5, 60, 61, 99][..], &[99, 0, 50, 50, 1], &[]] {
        let places: Vec<_> = wanted(ns).iter().map(|line| (line.t, line.id)).collect();
        assert_eq!(engine.journal().read(&shop, places.clone()).await, Ok(wanted(ns)));
        assert_eq!(engine.journal().read(&room("other"), places).await, Ok(Vec::new()));
    }
    let (first, last) = (&lines[0], &lines[99]);
    let astray = vec![(first.t, first.id), (first.t + 1, first.id), (9_999, last.id), (last.t, last.id)];
    assert_eq!(engine.journal().read(&shop, astray).await, Ok(wanted(&[0, 99])));
    let nowhere = engine.journal().read(&room("nowhere"), Vec::new()).await;
    assert_eq!(nowhere, Err(StoreError::NoRoom(room("nowhere"))));
}

async fn j6_a_replay_gives_what_is_lacking_in_order_and_in_bounded_chunks<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let (shop, other) = (room("shop"), room("other"));
    journal.create(&shop, card("b1")).await.unwrap();
    journal.create(&other, card("b2")).await.unwrap();
    let long = "x".repeat(10_000);
    // Counters far apart and across blocks, times that cross each other, authors whose names sort against their times.
    let counters = [1_u64, 2, 3, 1_023, 1_024, 1_025, 5_000, 1 << 40, 1 << 53];
    let mut lines = Vec::new();
    for (place, author) in ["zoe", "ana", "m0"].into_iter().enumerate() {
        for (nth, counter) in counters.into_iter().enumerate() {
            let t = [(nth * 7 + place) as u64 % 9, 1 << 52][usize::from(nth == 8)];
            lines.push(record(&format!("{author}.{counter}"), t, &long));
        }
    }
    journal.append(&shop, lines.clone()).await.unwrap();
    journal.append(&other, records("zoe", 50)).await.unwrap();
    lines.sort_by_key(|it| (it.t, it.id));
    assert_eq!(replayed(journal, &shop, Heads::default()).await, Ok((lines.clone(), 260_000)));
    for lacking in [0..0, 26..27, 0..1, 5..9, 13..27] {
        let mut had = Heads::default();
        for (place, line) in lines.iter().enumerate() {
            if !lacking.contains(&place) {
                had.insert(line.id);
            }
        }
        assert_eq!(replayed(journal, &shop, had).await.unwrap().0, lines[lacking]);
    }
    let huge = vec![record("huge.1", 1, &"y".repeat(CHUNK_BYTES_MAX + 1)), record("huge.2", 2, "z")];
    journal.append(&other, huge.clone()).await.unwrap();
    let mut had = Heads::default();
    for it in records("zoe", 50) {
        had.insert(it.id);
    }
    assert_eq!(replayed(journal, &other, had).await, Ok((huge, CHUNK_BYTES_MAX + 1)));
}

async fn j6_a_replay_is_of_one_room_even_where_another_takes_its_name<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    journal.create(&shop, card("b1")).await.unwrap();
    let lines: Vec<_> =
        (1..40).map(|n| record(&format!("ana.{n}"), n, &"x".repeat(CHUNK_BYTES_MAX / 8))).collect();
    journal.append(&shop, lines.clone()).await.unwrap();
    let mut replay = journal.replay(&shop, Heads::default());
    assert_eq!(replay.next().await.unwrap().unwrap().len(), 8);
    journal.append(&shop, vec![record("bo.1", 1, "late"), record("bo.2", 99, "later")]).await.unwrap();
    assert_eq!(replay.next().await.unwrap().unwrap(), lines[8..16]);
    journal.remove(&shop).await.unwrap();
    journal.create(&shop, card("b2")).await.unwrap();
    journal.append(&shop, lines).await.unwrap();
    assert_eq!(replay.next().await, Err(StoreError::NoRoom(shop.clone())));
    let mut of_nothing = journal.replay(&room("nowhere"), Heads::default());
    assert_eq!(of_nothing.next().await, Err(StoreError::NoRoom(room("nowhere"))));
}

async fn j7_a_tail_gives_what_becomes_durable_after_it_was_taken<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    journal.create(&shop, card("b1")).await.unwrap();
    journal.create(&room("other"), card("b2")).await.unwrap();
    journal.append(&shop, records("ana", 2)).await.unwrap();
    let (mut one, mut two) = (journal.tail(&shop), journal.tail(&shop));
    journal.append(&room("other"), records("ana", 9)).await.unwrap();
    journal.append(&shop, records("ana", 4)).await.unwrap();
    journal.append(&shop, records("ana", 4)).await.unwrap();
    journal.append(&shop, records("bo", 1)).await.unwrap();
    for tail in [&mut one, &mut two] {
        assert_eq!(*tail.next().await.unwrap().unwrap(), records("ana", 4)[2..]);
        assert_eq!(*tail.next().await.unwrap().unwrap(), records("bo", 1));
    }
    journal.remove(&shop).await.unwrap();
    assert_eq!(one.next().await, Ok(None));
    drop(engine);
}

async fn j7_a_tail_that_falls_behind_is_told_and_a_replay_gives_the_rest<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    journal.create(&shop, card("b1")).await.unwrap();
    let mut tail = journal.tail(&shop);
    let lines = records("ana", 600);
    let answers: Vec<_> = lines.iter().map(|line| journal.append(&shop, vec![line.clone()])).collect();
    for answer in answers {
        answer.await.unwrap();
    }
    assert_eq!(tail.next().await, Err(StoreError::Behind));
    let next = tail.next().await.unwrap().unwrap();
    assert!(lines.contains(&next[0]) && next[0] != lines[0]);
    assert_eq!(all(journal, &shop).await, lines);
}

async fn j8_holdings_are_what_is_durable<E: Engine>() {
    let engine = E::new();
    let shop = room("shop");
    engine.journal().create(&shop, card("b1")).await.unwrap();
    let empty = engine.journal().holdings(&shop).await.unwrap();
    assert_eq!((empty.lines, empty.bytes, empty.heads), (0, 0, Heads::default()));
    let mut lines = records("ana", 3_000);
    lines.retain(|line| line.id.counter != 1_500);
    lines.extend(records("bo", 2));
    engine.journal().append(&shop, lines.clone()).await.unwrap();
    let engine = engine.reopened();
    let holdings = engine.journal().holdings(&shop).await.unwrap();
    let bytes = lines.iter().map(|line| line.line.len() as u64).sum::<u64>();
    assert_eq!((holdings.lines, holdings.bytes), (3_001, bytes));
    let told = serde_json::to_string(&holdings.heads).unwrap();
    assert_eq!(told, r#"{"ana0000000":"1-1499,1501-3000","bo00000000":"1-2"}"#);
    let nowhere = engine.journal().holdings(&room("nowhere")).await;
    assert_eq!(nowhere, Err(StoreError::NoRoom(room("nowhere"))));
}

async fn j9_rooms_come_and_go_with_their_cards<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let (shop, hotel) = (room("shop"), room("hotel-2"));
    let tokens = [("edit".to_owned(), vec!["9f31".to_owned()]), ("view".to_owned(), Vec::new())];
    let full = RoomCard { board: "b1".into(), tokens: tokens.into(), is_closed: true, ..card("b1") };
    journal.create(&shop, card("b1")).await.unwrap();
    journal.create(&hotel, card("b2")).await.unwrap();
    assert_eq!(journal.create(&shop, card("b3")).await, Err(StoreError::RoomExists(shop.clone())));
    journal.replace_card(&shop, full.clone()).await.unwrap();
    let lost = room("lost");
    assert_eq!(journal.replace_card(&lost, card("b4")).await, Err(StoreError::NoRoom(lost.clone())));
    assert_eq!(journal.remove(&lost).await, Err(StoreError::NoRoom(lost.clone())));
    assert_eq!(journal.card(&lost).await, Ok(None));
    journal.append(&hotel, records("ana", 5_000)).await.unwrap();
    journal.append(&shop, records("ana", 2)).await.unwrap();
    let engine = engine.reopened();
    let journal = engine.journal();
    let both = vec![(hotel.clone(), card("b2")), (shop.clone(), full.clone())];
    assert_eq!(journal.rooms().await, Ok(both));
    journal.remove(&hotel).await.unwrap();
    assert_eq!(journal.rooms().await, Ok(vec![(shop.clone(), full)]));
    let refused = journal.append(&hotel, records("bo", 1)).await;
    assert_eq!(refused, Err(StoreError::NoRoom(hotel.clone())));
    journal.create(&hotel, card("b5")).await.unwrap();
    let engine = engine.reopened();
    assert_eq!(all(engine.journal(), &hotel).await, []);
    assert_eq!(engine.journal().holdings(&hotel).await.unwrap().lines, 0);
    engine.journal().append(&hotel, records("ana", 3)).await.unwrap();
    assert_eq!(all(engine.journal(), &hotel).await, records("ana", 3));
    assert_eq!(all(engine.journal(), &shop).await, records("ana", 2));
}

async fn j10_after_a_failure_nothing_is_kept_and_what_was_durable_is_read<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let shop = room("shop");
    journal.create(&shop, card("b1")).await.unwrap();
    journal.append(&shop, records("ana", 3)).await.unwrap();
    let mut tail = journal.tail(&shop);
    assert_eq!(journal.health(), Ok(()));
    engine.break_disk();
    let failed = journal.append(&shop, records("bo", 3)).await.unwrap_err();
    assert!(matches!(failed, StoreError::Failed(_)), "{failed:?}");
    let why = |result: Result<(), StoreError>| assert_eq!(result, Err(failed.clone()));
    why(journal.append(&shop, records("ana", 3)).await.map(drop));
    why(journal.create(&room("new"), card("b2")).await);
    why(journal.replace_card(&shop, card("b3")).await);
    why(journal.remove(&shop).await);
    why(journal.health());
    assert_eq!(tail.next().await, Ok(None), "nothing of what failed");
    assert_eq!(all(journal, &shop).await, records("ana", 3));
    assert_eq!(journal.holdings(&shop).await.unwrap().lines, 3);
    assert_eq!(journal.rooms().await, Ok(vec![(shop, card("b1"))]));
}

async fn j11_the_same_ids_in_two_rooms_are_two_lines<E: Engine>() {
    let engine = E::new();
    let journal = engine.journal();
    let rooms: Vec<_> = (0..50).map(|n| room(&format!("room-{n}"))).collect();
    for (n, room) in rooms.iter().enumerate() {
        journal.create(room, card(&format!("b{n}"))).await.unwrap();
    }
    let line = |n: usize, nth: u64| record(&format!("ana.{nth}"), nth, &format!("of room {n}"));
    let mut answers = Vec::new();
    for nth in 1..=10 {
        for (n, room) in rooms.iter().enumerate() {
            answers.push(journal.append(room, vec![line(n, nth)]));
        }
    }
    for answer in answers {
        assert_eq!(answer.await, Ok(vec![New]));
    }
    for (n, room) in rooms.iter().enumerate() {
        let lines: Vec<_> = (1..=10).map(|nth| line(n, nth)).collect();
        assert_eq!(all(journal, room).await, lines);
    }
    assert_eq!(journal.pulse().lines, 500);
}

async fn j12_opened_anew_after_a_failure_it_holds_what_was_durable_and_keeps_again<E: Engine>() {
    let engine = E::new();
    let (shop, hotel) = (room("shop"), room("hotel"));
    engine.journal().create(&shop, card("b1")).await.unwrap();
    engine.journal().create(&hotel, card("b2")).await.unwrap();
    engine.journal().append(&shop, records("ana", 6_000)).await.unwrap();
    engine.journal().append(&hotel, records("bo", 10)).await.unwrap();
    engine.break_disk();
    engine.journal().append(&shop, records("bo", 3)).await.unwrap_err();
    let engine = engine.reopened();
    let journal = engine.journal();
    assert_eq!(journal.health(), Ok(()));
    assert_eq!(all(journal, &shop).await, records("ana", 6_000));
    assert_eq!(all(journal, &hotel).await, records("bo", 10));
    assert_eq!(journal.rooms().await, Ok(vec![(hotel.clone(), card("b2")), (shop.clone(), card("b1"))]));
    assert_eq!(journal.append(&shop, records("bo", 3)).await, Ok(vec![New; 3]));
    journal.create(&room("new"), card("b3")).await.unwrap();
    journal.append(&room("new"), records("cy", 1)).await.unwrap();
    assert_eq!(all(engine.reopened().journal(), &room("new")).await, records("cy", 1));
}

async fn a_dumped_room_is_restored_whole_and_a_restore_may_be_begun_again<E: Engine>() {
    let (engine, other) = (E::new(), E::new());
    let shop = room("shop");
    engine.journal().create(&shop, card("b1")).await.unwrap();
    let mut lines = records("ana", 3_000);
    lines[8].seal = 1;
    lines[7].line = "\0".repeat(crate::model::limit::LINE_BYTES_MAX).into();
    engine.journal().append(&shop, lines.clone()).await.unwrap();
    let mut text = Vec::new();
    assert_eq!(dump(engine.journal(), &shop, &mut text).await, Ok(3_000));
    for input in [&text[..text.len() / 2], &text] {
        let restored = restore(other.journal(), &mut &*input).await;
        assert_eq!(restored.is_ok(), input.len() == text.len(), "{restored:?}");
        let rooms = other.journal().rooms().await.unwrap();
        assert_eq!(rooms.len(), usize::from(restored.is_ok()), "a torn one makes no room");
    }
    assert_eq!(all(other.journal(), &shop).await, lines);
    assert_eq!(other.journal().rooms().await, engine.journal().rooms().await);
    let mut again = Vec::new();
    dump(other.journal(), &shop, &mut again).await.unwrap();
    assert_eq!(again, text);
}

async fn a_dump_that_is_cut_or_of_another_wall_is_refused<E: Engine>() {
    let engine = E::new();
    let shop = room("shop");
    engine.journal().create(&shop, card("b1")).await.unwrap();
    let head = |version, board| {
        format!(
            "{{\"squall\":\"room\",\"version\":{version},\"room\":\"shop\",\"card\":{{\"board\":\"{board}\",\"tokens\":{{}},\"closed\":false}}}}\n"
        )
    };
    let huge = head(1, "b1") + "{\"id\":\"" + &"x".repeat(1 << 20);
    let refused = [
        (head(1, "b2") + "{\"end\":0}\n", StoreError::RoomExists(shop.clone())),
        (head(2, "b1") + "{\"end\":0}\n", StoreError::BadDump(1)),
        (head(1, "b1"), StoreError::BadDump(2)),
        (head(1, "b1") + "{\"end\":1}\n", StoreError::BadDump(2)),
        (head(1, "b1") + "{\"id\":\"x.1\",\"t\":1,\"line\":\"\"}\n", StoreError::BadDump(2)),
        (huge, StoreError::BadDump(2)),
        (String::new(), StoreError::BadDump(1)),
    ];
    for (text, why) in refused {
        assert_eq!(restore(engine.journal(), &mut text.as_bytes()).await, Err(why), "{text:.200}");
    }
    assert_eq!(
        dump(engine.journal(), &room("lost"), &mut Vec::new()).await,
        Err(StoreError::NoRoom(room("lost")))
    );
}
