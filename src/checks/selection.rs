//! Which checks are judged: the caller may include and exclude by glob.

use super::Policy;

/// Why a check is not judged though it could be.
pub const EXCLUDED: &str = "left out by --include or --exclude";

/// Whether a policy wants this check judged.
pub(super) fn selects(policy: &Policy, id: &str) -> bool {
    let any = |globs: &[String]| globs.iter().any(|glob| matches(glob, id));
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
        assert!(selects(&policy, "dpop/binds-the-token"));
        assert!(!selects(&policy, "dpop/refuses-wrong-htm"));
        assert!(!selects(&policy, "nonce/is-uncacheable"));
    }
}
