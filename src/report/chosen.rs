//! Which of the reasons for not running are the user's own choice. `--require-complete` asks for
//! what was meant to be run, so these do not count for it; a missing offer source or an impact
//! that was not allowed do.

use super::result::NOT_AIMED_AT;
use crate::checks::EXCLUDED;
use crate::transcript::TARGET_IS_PRODUCTION;

/// Whether a check was kept from being run by `--include`, `--exclude` or the target. The bundled
/// scenarios aim at every check: where none is left that does, it was taken out.
pub(super) fn is_chosen(why: &str) -> bool {
    [EXCLUDED, NOT_AIMED_AT, TARGET_IS_PRODUCTION].contains(&why)
}
