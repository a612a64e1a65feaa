//! What squall is built from may be given away with it: every crate has a permissive licence (MPL-2.0 too, which asks
//! for its own files only), comes from crates.io, and none brings a cryptography that needs a system library.

use std::process::Command;

use serde_json::Value;

use crate::source::root;

const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Where cryptography is needed it is rustls with ring.
const UNWANTED: &[&str] = &["openssl", "native-tls", "aws-lc"];

/// Whether a licence expression can be kept by keeping allowed licences only.
fn allows(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> bool {
    let mut allowed = both(rest);
    while take(rest, "OR") {
        allowed |= both(rest);
    }
    allowed
}

fn both(rest: &mut &[&str]) -> bool {
    let mut allowed = one(rest);
    while take(rest, "AND") {
        allowed &= one(rest);
    }
    allowed
}

fn one(rest: &mut &[&str]) -> bool {
    if take(rest, "(") {
        return either(rest) & take(rest, ")");
    }
    let Some((name, below)) = rest.split_first() else { return false };
    *rest = below;
    let mut name = (*name).to_owned();
    if take(rest, "WITH") {
        name.extend([" WITH ", rest.first().copied().unwrap_or_default()]);
        *rest = rest.get(1..).unwrap_or_default();
    }
    ALLOWED.contains(&name.as_str())
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    let found = rest.first() == Some(&word);
    if found {
        *rest = &rest[1..];
    }
    found
}

/// Every crate that Cargo.lock names, whatever the platform and the features.
fn crates() -> Vec<Value> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("cargo metadata lists packages").clone()
}

#[test]
fn every_crate_may_be_given_away() {
    let crates = crates();
    assert!(crates.len() > 50, "only {} crates were found", crates.len());
    let mut found = Vec::new();
    for it in &crates {
        let text = |key: &str| it[key].as_str().unwrap_or("none").to_owned();
        let name = text("name");
        if !allows(&text("license")) {
            found.push(format!("{name}: its licence is {}", text("license")));
        }
        if name != "squall" && text("source") != CRATES_IO {
            found.push(format!("{name}: it comes from {}", text("source")));
        }
        let is_probe = name == "openssl-probe"; // it only knows where a system keeps its authorities
        if !is_probe && UNWANTED.iter().any(|unwanted| name.starts_with(unwanted)) {
            found.push(format!("{name}: rustls with ring is the cryptography here"));
        }
    }
    assert!(found.is_empty(), "crates that may not come along:\n{}", found.join("\n"));
}

#[test]
fn licence_expressions_are_weighed_and_not_guessed() {
    let kept = [
        "MIT",
        "GPL-3.0 OR MIT",
        "Apache-2.0/MIT",
        "(GPL-2.0 OR MIT) AND Zlib",
        "Apache-2.0 WITH LLVM-exception",
    ];
    kept.iter().for_each(|expression| assert!(allows(expression), "{expression}"));
    let refused = ["", "none", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT MIT", "MIT WITH Strings-attached"];
    refused.iter().for_each(|expression| assert!(!allows(expression), "{expression}"));
}
