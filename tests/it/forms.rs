//! What a report needs to know, set in forms: fields of contexts, arrows, stickies, and a pasted scenario.

use serde_json::{Value, json};
use squall::model::{Id, Level};
use squall::tui::input::Input;
use squall::tui::state::{Listed, Mode};

use crate::sitter::Sitter;

/// A context around an event, chosen.
fn context() -> (Sitter, Id) {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 40));
    sitter.press("o '주문됨 Enter f '주문 Enter");
    let id = *sitter.board().contexts.keys().next().expect("a context is there");
    (sitter, id)
}

fn detail(sitter: &Sitter, id: Id, name: &str) -> Option<Value> {
    sitter.board().details_of(id).and_then(|details| details.get(name)).cloned()
}

/// Goes to a field of the open form.
fn at(sitter: &mut Sitter, label: &str) {
    sitter.press(&format!("'{label} Enter"));
}

#[test]
fn tab_goes_through_a_form_and_each_answer_is_a_deed_of_its_own() {
    let (mut sitter, id) = context();
    sitter.press("w");
    at(&mut sitter, "목적");
    sitter.press("'주문을_받는다 Tab '주문팀 Tab '모놀리스의_order_모듈 Enter");
    assert_eq!(detail(&sitter, id, "purpose"), Some(json!("주문을 받는다")));
    assert_eq!(detail(&sitter, id, "team"), Some(json!("주문팀")));
    assert_eq!(detail(&sitter, id, "owns_today"), Some(json!("모놀리스의 order 모듈")));
    assert!(matches!(&sitter.state().mode, Mode::List(list) if list.what == Listed::Fields(Some(id))));
    assert!(sitter.screen().contains("●  현재위치"), "{}", sitter.screen());
    sitter.press("Esc u u");
    assert_eq!((detail(&sitter, id, "team"), detail(&sitter, id, "owns_today")), (None, None));
    assert_eq!(detail(&sitter, id, "purpose"), Some(json!("주문을 받는다")));
}

#[test]
fn a_field_of_few_words_is_chosen_from_a_list_and_cleared_there() {
    let (mut sitter, id) = context();
    sitter.press("w");
    at(&mut sitter, "분류");
    assert!(sitter.screen().contains("○  핵심"), "{}", sitter.screen());
    sitter.press("Down Enter");
    assert_eq!(detail(&sitter, id, "class"), Some(json!("supporting")));
    sitter.press("Enter Enter");
    assert_eq!(detail(&sitter, id, "class"), None, "{}", sitter.screen());
    sitter.press("Esc w");
    at(&mut sitter, "사업모델");
    sitter.press("Enter Down Down Enter");
    assert_eq!(detail(&sitter, id, "business_model"), Some(json!(["revenue", "compliance"])));
    sitter.press("Enter");
    assert_eq!(detail(&sitter, id, "business_model"), Some(json!(["revenue"])));
    sitter.press("Esc");
    assert!(matches!(&sitter.state().mode, Mode::List(list) if list.what == Listed::Fields(Some(id))));
    assert_eq!(sitter.press("Esc").state().mode, Mode::Wall);
}

#[test]
fn arrows_and_hotspots_have_forms_too() {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 40));
    sitter.press("o '주문됨 Enter > '주문되면_알린다 Enter g a w");
    at(&mut sitter, "패턴");
    sitter.press("Enter Down Enter Esc");
    at(&mut sitter, "이유");
    sitter.press("'바로_알아야_한다 Enter Esc");
    let arrow = *sitter.board().arrows.keys().next().expect("an arrow is there");
    assert_eq!(detail(&sitter, arrow, "pattern"), Some(json!(["OHS", "PL"])));
    assert_eq!(detail(&sitter, arrow, "why"), Some(json!("바로 알아야 한다")));
    sitter.press("g g ! '왜_늦나? Enter w");
    at(&mut sitter, "담당");
    sitter.press("'민수 Tab '물어본다 Enter");
    let hotspot = sitter.state().main.or(sitter.board().notes.keys().last().copied()).expect("a hotspot");
    assert_eq!(detail(&sitter, hotspot, "owner"), Some(json!("민수")));
    assert_eq!(detail(&sitter, hotspot, "next"), Some(json!("물어본다")));
}

#[test]
fn what_a_field_does_not_take_is_refused_and_the_form_stays() {
    let (mut sitter, id) = context();
    sitter.press("w");
    at(&mut sitter, "복잡도");
    sitter.press("'아주 Enter");
    assert_eq!(detail(&sitter, id, "complexity"), None);
    assert!(sitter.state().told.as_ref().is_some_and(|told| told.bad));
    assert!(matches!(sitter.state().mode, Mode::List(_)));
}

#[test]
fn a_pasted_scenario_is_a_requirement_a_line_and_one_deed() {
    let mut sitter = Sitter::new(Some(Level::Design), (120, 40));
    let texts = |sitter: &Sitter| {
        sitter.board().requirements.values().map(|it| it.text().to_owned()).collect::<Vec<_>>()
    };
    let scenario = "1. 손님이 주문한다\r\n\r\n- 결제되면 배송한다\n3일 안에 도착한다\n";
    let wanted = ["손님이 주문한다", "결제되면 배송한다", "3일 안에 도착한다"];
    sitter.press("g r").input(Input::Paste(scenario.to_owned()));
    assert_eq!(texts(&sitter), wanted);
    sitter.press("u");
    assert_eq!(texts(&sitter), [""; 0]);
    sitter.press("n").input(Input::Paste(scenario.to_owned()));
    assert_eq!(texts(&sitter), wanted);
    assert_eq!(sitter.state().mode, Mode::Side);
}
