//! The reports of the samples, word for word, in both languages.
//!
//! They are kept in `tests/it/golden`. To renew them, run `cargo test --test it -- golden`: what has changed is left in the
//! target folder, and the message tells how to look at it and what to copy.

use std::fs;
use std::path::Path;

use Form::{Html, Markdown};
use Template::{Bootcamp, Default, Onepage};
use squall::format::report::{Form, Template, write};
use squall::session::Wall;
use squall::session::order::growth;
use squall::session::saves::look;
use squall::words::Lang;

const REPORTS: [(&str, &str, Template, Form); 7] = [
    ("shop", "shop", Default, Markdown),
    ("shop", "shop-onepage", Onepage, Markdown),
    ("shop", "shop-bootcamp", Bootcamp, Markdown),
    ("shop", "shop", Default, Html),
    ("hotel", "hotel", Default, Markdown),
    ("hotel", "hotel-onepage", Onepage, Markdown),
    ("squall", "squall", Default, Markdown),
];

#[test]
fn the_reports_of_the_samples_read_so() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = home.join("tests/it/golden");
    let anew = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    let _nothing_of_yesterday = fs::remove_dir_all(&anew);
    fs::create_dir_all(&anew).expect("the target folder can be written to");
    let mut changed = Vec::new();
    for (sample, name, template, form) in REPORTS {
        let lines =
            look(&home.join(format!("saves/{sample}.storm")), &mut |_, _| ()).expect("a sample can be read");
        let wall = Wall::of(sample, lines.lines);
        let growth = growth(wall.history());
        for lang in Lang::ALL {
            let ending = if form == Html { "html" } else { "md" };
            let file = format!("{name}.{}.{ending}", lang.code());
            let text = write(wall.board(), Some(&growth), template, form, lang);
            if fs::read_to_string(kept.join(&file)).ok().as_deref() != Some(&text) {
                fs::write(anew.join(&file), text).expect("the target folder can be written to");
                changed.push(file);
            }
        }
    }
    let (kept, anew) = (kept.display(), anew.display());
    assert!(
        changed.is_empty(),
        "these reports have changed: {changed:?}\n\
         look at them: git diff --no-index --diff-filter=M {kept} {anew}\n\
         and where they read well: cp {anew}/* {kept}/"
    );
}
