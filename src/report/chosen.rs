//! Which of the reasons for not running are the user's own choice. `--require-complete` asks for
//! what was meant to be run, so these do not count for it; a missing offer source or an impact
//! that was not allowed do. To wait, and to bring a second user or a second issuer along, is
//! something that a user asks for.

use super::result::NOT_AIMED_AT;
use crate::checks::EXCLUDED;
use crate::transcript::{IS_SLOW, NO_SECOND_SUBJECT, NO_SECOND_TENANT, TARGET_IS_PRODUCTION};

/// Whether a scenario or a check was kept from being run by `--include`, `--exclude` or the target,
/// or was not asked for. The bundled scenarios aim at every check: where none is left that does, it
/// was taken out.
pub fn is_chosen(why: &str) -> bool {
    [EXCLUDED, NOT_AIMED_AT, TARGET_IS_PRODUCTION, IS_SLOW, NO_SECOND_SUBJECT, NO_SECOND_TENANT]
        .contains(&why)
}
