//! What the figures were measured on: without it they say little.

use std::fs;
use std::thread;

/// One line: processor, cores, what else was going on.
pub fn describe() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split(": ").nth(1)).unwrap_or("an unknown processor");
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: f64 =
        load.split_whitespace().next().and_then(|load| load.parse().ok()).unwrap_or_default();
    let busy =
        if load > 0.5 { ": others are at work, and the figures are worse for it" } else { "" };
    format!("{cores} cores of {model}, load {load} before the start{busy}\n")
}
