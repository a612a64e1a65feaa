//! What runs a relay for good: the unit of systemd.

use std::process::Command;

use crate::source::root;

#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    let unit = root().join("assets/systemd/squall.service");
    let text = std::fs::read_to_string(&unit).expect("it is there");
    assert!(text.contains("ExecStart=/usr/local/bin/squall serve"));
    // The program it starts need not be installed here.
    let home = crate::cli::Home::new("unit");
    let copy = home.path("squall.service");
    std::fs::write(&copy, text.replace("/usr/local/bin/squall", env!("CARGO_BIN_EXE_squall"))).unwrap();
    match Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&copy).output() {
        Ok(answer) => {
            let said = String::from_utf8_lossy(&answer.stderr).into_owned();
            let about: Vec<&str> = said.lines().filter(|line| line.contains("squall.service")).collect();
            assert!(answer.status.success() && about.is_empty(), "{said}");
        }
        Err(_) => println!("left out: there is no systemd-analyze here"),
    }
}
