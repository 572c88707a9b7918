//! What a check is shown: a scenario with everything in it read once.

pub(super) mod issued;
pub(super) mod published;
pub(super) mod requested;
pub(super) mod scene;
pub(super) mod seen_credentials;
