//! The bot of the README, as it stands there, in the room of a real relay.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use super::process::Served;
use crate::cli::Home;
use crate::source::root;

/// The Python in the README.
fn program() -> String {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let from = readme.find("```python\n").expect("it shows a bot") + "```python\n".len();
    readme[from..].split("```").next().expect("it ends").to_owned()
}

/// A Python that has the library, or none: under CI there has to be one.
fn python() -> Option<String> {
    let python = std::env::var("SQUALL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let asked = Command::new(&python).args(["-c", "import websockets"]).stderr(Stdio::null()).status();
    let is_there = asked.is_ok_and(|status| status.success());
    assert!(is_there || std::env::var_os("CI").is_none(), "{python} has no library `websockets`");
    is_there.then_some(python)
}

#[test]
fn the_bot_of_the_readme_joins_places_a_note_and_hears_others() {
    let program = program();
    assert!(program.lines().filter(|line| !line.is_empty()).count() <= 25, "it is short");
    let Some(python) = python() else {
        return println!("left out: no Python with the library `websockets` here; tests/run brings one");
    };
    let served = Served::start(&Home::new("bot-relay"), &[]);
    let home = Home::new("bot");
    home.squall(&["new", "shop"], "");
    let shared = home.squall(&["share", "shop", "--relay", "-"], &served.link().to_string());
    let edit = shared.out.lines().next().and_then(|row| row.split_whitespace().nth(1)).expect("a link");
    let script = home.path("bot.py");
    std::fs::File::create(&script).unwrap().write_all(program.as_bytes()).unwrap();
    let mut bot = Command::new(python);
    bot.arg("-u").arg(&script).args([edit, "Order placed"]).stdout(Stdio::piped());
    let mut bot = bot.spawn().expect("it starts");
    let mut heard = BufReader::new(bot.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    // It hears its own note too.
    assert!(heard.any(|line| line.contains("Order placed")));
    let exported = home.squall(&["export", "shop", "--to", "json"], "").out;
    assert!(exported.contains("Order placed"), "{exported}");
    assert_eq!(home.squall(&["do", "shop", "place", "event", "주문 결제됨"], "").code, 0);
    assert!(heard.any(|line| line.contains("주문 결제됨")));
    bot.kill().unwrap();
    bot.wait().unwrap();
    let remarks = home.squall(&["log", "shop"], "");
    assert!(remarks.err.is_empty() && remarks.out.contains("Bot"), "{remarks:?}");
}
