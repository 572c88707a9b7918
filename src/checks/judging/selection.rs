//! Which checks are judged: the caller may include and exclude by glob.

use crate::checks::{Check, Policy};

/// Why a check is not judged though it could be.
pub const EXCLUDED: &str = "left out by --include or --exclude";

/// Whether a policy wants this check judged.
pub(in crate::checks) fn selects(policy: &Policy, check: &Check) -> bool {
    let any = |globs: &[String]| globs.iter().any(|glob| check.is_covered_by(glob));
    (policy.include.is_empty() || any(&policy.include)) && !any(&policy.exclude)
}

/// Whether a glob covers a name: `*` stands for any characters, everything else for itself.
pub fn matches(glob: &str, name: &str) -> bool {
    let mut parts = glob.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Applies, Finding, Judge, Level};

    const TEMPLATE: Check = Check {
        id: "",
        aliases: &[],
        since: "2026.1",
        title: "",
        level: Level::Must,
        raised_by: &[],
        applies: |_| Applies::Yes,
        spec: &[],
        obligation: "",
        doc: "",
        judge: Judge::Transcript(|_| Finding::Holds),
    };

    #[test]
    fn a_star_stands_for_anything() {
        assert!(matches("dpop/*", "dpop/refuses-wrong-htm"));
        assert!(matches("*/refuses-*-htm", "dpop/refuses-wrong-htm"));
        assert!(matches("dpop/refuses-wrong-htm", "dpop/refuses-wrong-htm"));
        assert!(!matches("dpop", "dpop/refuses-wrong-htm"));
        assert!(!matches("dpop/*-htu", "dpop/refuses-wrong-htm"));
    }

    #[test]
    fn exclusion_outranks_inclusion() {
        let policy = Policy {
            include: vec!["dpop/*".into()],
            exclude: vec!["*/refuses-*".into()],
            ..Policy::default()
        };
        let selected = |id| selects(&policy, &Check { id, ..TEMPLATE });
        assert!(selected("dpop/binds-the-token"));
        assert!(!selected("dpop/refuses-wrong-htm"));
        assert!(!selected("nonce/is-uncacheable"));
    }

    #[test]
    fn a_check_is_selected_by_its_former_names_too() {
        let renamed = Check { id: "nonce/is-new", aliases: &["nonce/was-old"], ..TEMPLATE };
        let including = |glob: &str| Policy { include: vec![glob.into()], ..Policy::default() };
        assert!(selects(&including("nonce/was-*"), &renamed));
        assert!(!selects(&including("nonce/never-*"), &renamed));
        let excluding = Policy { exclude: vec!["nonce/was-old".into()], ..Policy::default() };
        assert!(!selects(&excluding, &renamed));
        assert!(renamed.is_called("nonce/was-old") && !renamed.is_called("nonce/was"));
    }
}
