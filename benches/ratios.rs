//! What has to stay fast, as ratios measured in one run.

fn main() {}
