//! A page of limited size: what no longer fits is left out by whole blocks, and counted.

/// Kept free for the end, in bytes.
const FOR_THE_END: usize = 24_000;

/// The text as it grows.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    room: usize,
    left_out: usize,
}

impl Sheet {
    /// A sheet for this many bytes.
    pub(super) fn new(room: usize) -> Self {
        Self { text: String::new(), room: room.saturating_sub(FOR_THE_END), left_out: 0 }
    }

    /// Adds a block after an empty line. From the first that does not fit, all are left out: a cut
    /// with holes before it would mislead.
    pub(super) fn put(&mut self, block: &str) {
        if block.is_empty() {
            return;
        }
        if self.left_out > 0 || self.text.len() + block.len() > self.room {
            self.left_out += 1;
            return;
        }
        self.append(block);
    }

    /// The text, with the block that must not be missing, and a remark where something is.
    pub(super) fn finish(mut self, last: &str) -> String {
        if self.left_out > 0 {
            let blocks = if self.left_out == 1 { "block" } else { "blocks" };
            let remark = format!(
                "> **Cut here:** {} further {blocks} would not fit. The JSON and HTML reports hold \
                 all of it.\n",
                self.left_out
            );
            self.append(&remark);
        }
        self.append(last);
        self.text
    }

    fn append(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
    }
}
