//! Where a report comes from: enough to make the same run again, years later.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::checks::{Edition, Policy, Profile};
use crate::protocol::dialect::Dialect;
use crate::transcript::{Relaxation, Run};

/// Who ran what against whom, and by which rules.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Commit it was built from.
    pub commit: String,
    /// The specifications, with their revisions. Where the user named a dialect, that stands in the
    /// place of the base.
    pub specifications: Vec<String>,
    /// The dialect that the issuer was judged as, where the user named one.
    pub judged_as: Option<&'static str>,
    /// The profiles that the issuer was held to: the base, and what was added to it.
    pub profiles: Vec<&'static str>,
    /// What of these profiles no check looks at.
    pub not_judged: Vec<&'static str>,
    /// The edition of the checks in force: newer ones only warn.
    pub edition: Edition,
    /// Digest of the policy, to tell whether two reports were made by the same rules.
    pub policy_digest: String,
    /// The Credential Issuer Identifier under test.
    pub credential_issuer: String,
    /// Where fresh offers came from, in words.
    pub offer_source: String,
    /// The `client_id` in use, none when anonymous.
    pub client_id: Option<String>,
    /// Identifier of the run, the trace id in `traceparent`.
    pub run_id: String,
    /// First request, in UTC on our clock.
    pub started_at: Timestamp,
    /// Last answer, in UTC on our clock.
    pub finished_at: Timestamp,
    /// What the user allowed beyond the specification, in words.
    pub relaxations: Vec<String>,
}

impl Provenance {
    /// Where this redacted run comes from.
    pub(super) fn of(run: &Run, policy: &Policy) -> Self {
        let from = &run.provenance;
        let judged_as = policy.dialect.as_deref().and_then(Dialect::find);
        let judged_as = judged_as.map(|dialect| dialect.called);
        let document = |profile: Profile| match (profile, judged_as) {
            (Profile::Vci, Some(called)) => format!("OpenID4VCI as {called}, not as 1.0 Final"),
            _ => profile.document().to_owned(),
        };
        Self {
            version: from.version.clone(),
            commit: from.commit.clone(),
            specifications: policy.profiles.iter().map(document).collect(),
            judged_as,
            profiles: policy.profiles.iter().map(Profile::name).collect(),
            not_judged: policy.profiles.iter().filter_map(Profile::not_judged).collect(),
            edition: policy.edition(),
            policy_digest: policy.digest(),
            credential_issuer: from.credential_issuer.clone(),
            offer_source: from.offer_source.clone(),
            client_id: from.client_id.clone(),
            run_id: from.run_id.clone(),
            started_at: from.started_at,
            finished_at: from.finished_at,
            relaxations: from.relaxations.iter().map(describe).collect(),
        }
    }
}

impl Provenance {
    /// The name of what the issuer was held to before all profiles.
    pub fn base(&self) -> String {
        let revision = self.judged_as.map_or("1.0".to_owned(), |called| format!("as {called}"));
        format!("OpenID4VCI {revision}")
    }

    /// The profiles in a row, the dialect in the place of the base where one was named.
    pub fn profiles_in_words(&self) -> String {
        let mut profiles = self.profiles.clone();
        if let (Some(first), Some(called)) = (profiles.first_mut(), self.judged_as) {
            *first = called;
        }
        profiles.join(" + ")
    }
}

fn describe(relaxation: &Relaxation) -> String {
    match relaxation {
        Relaxation::LoopbackHttp => "plain http was allowed on loopback addresses".to_owned(),
        Relaxation::AllowHttp(host) => format!("plain http was allowed to {host}"),
        Relaxation::Insecure => "server certificates were not verified".to_owned(),
        Relaxation::ExtraRoot(root) => format!("a further TLS trust anchor was allowed: {root}"),
        Relaxation::RetryTransport(times) => format!(
            "requests that spend nothing were sent again up to {times} times after a failure of \
             the connection: a flaky server may look like a steady one"
        ),
    }
}
