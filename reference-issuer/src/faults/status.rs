//! Faults of the status that credentials refer to, and of the status list.

use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::http::header;
use flate2::{Compression, write::DeflateEncoder, write::GzEncoder};
use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::{
    cbor::Cbor,
    clock,
    formats::sd_jwt::Claims,
    refusal::{Refusal, Scheme},
    station::Station,
    status_list::StatusListToken,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "status-index-as-text",
        station: "status",
        stage: Stage::Claims(|claims, _| {
            let text = index(claims).map(|index| index.to_string());
            refer(claims, "idx", json!(text));
        }),
        config: "status",
        says: "The index of a credential's status is a string",
        caught_by: &["status/reference-is-well-formed"],
    },
    Fault {
        name: "status-as-a-word",
        station: "status",
        stage: Stage::Claims(|claims, _| {
            claims.clear.insert("status".to_owned(), json!("active"));
        }),
        config: "status",
        says: "The status of a credential is a word of the issuer's own",
        caught_by: &["status/reference-is-well-formed"],
    },
    Fault {
        name: "status-by-another-mechanism",
        station: "status",
        stage: Stage::Claims(|claims, _| {
            claims.clear.insert("status".to_owned(), json!({"identifier_list": {"id": "1"}}));
        }),
        config: "status",
        says: "The status of a credential is told by another mechanism than a status list",
        caught_by: &["status/mechanism-is-a-status-list"],
    },
    Fault {
        name: "status-of-an-mdoc-by-no-known-mechanism",
        station: "status",
        stage: Stage::MdocDraft(|draft, _| {
            draft.status = Some(Cbor::map([("register", "https://register.example".into())]));
        }),
        config: "status",
        says: "The status of an mdoc is told by a mechanism of the issuer's own",
        caught_by: &["status/mdoc-mechanism-is-known"],
    },
    Fault {
        name: "status-revokes-the-credential-before",
        station: "status",
        stage: Stage::Claims(|_, context| {
            if let Some(list) = &context.issuer.status_list {
                list.revoke_earlier(context.offer_id);
            }
        }),
        config: "status",
        says: "A further credential revokes those before",
        caught_by: &["status/earlier-credentials-stay-valid", "status/fresh-credential-is-valid"],
    },
    Fault {
        name: "status-list-without-x5c",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.header.remove("x5c");
        }),
        config: "status",
        says: "The status list does not carry its certificate",
        caught_by: &["status/key-can-be-trusted", "status/key-is-in-x5c"],
    },
    Fault {
        name: "status-entry-shared-in-a-batch",
        station: "status",
        stage: Stage::Claims(|claims, context| {
            refer(claims, "idx", json!(spread(context.mark)));
        }),
        config: "status",
        says: "The credentials of one batch share one entry",
        caught_by: &[
            "status/entries-are-not-shared",
            "unlinkability/identifiers-differ-within-a-batch",
        ],
    },
    Fault {
        name: "status-entry-shared-by-all",
        station: "status",
        stage: Stage::Claims(|claims, context| {
            refer(claims, "idx", json!(spread("") + 1_000 * context.position * context.position));
        }),
        config: "status",
        says: "Each response begins with the same entry again",
        caught_by: &["status/entries-are-not-shared"],
    },
    Fault {
        name: "status-indices-in-a-row",
        station: "status",
        stage: Stage::Claims(|claims, _| {
            refer(claims, "idx", json!(ISSUED.fetch_add(1, Ordering::Relaxed)));
        }),
        config: "status",
        says: "Entries are counted",
        caught_by: &["status/indices-are-not-sequential"],
    },
    Fault {
        name: "status-list-for-each-credential",
        station: "status",
        stage: Stage::Claims(|claims, context| {
            let uri = &context.issuer.layout.status_list;
            let own = format!("{uri}?holder={}{}", context.mark, context.position);
            refer(claims, "uri", json!(own));
        }),
        config: "status",
        says: "Each credential refers to the list by an address of its own",
        caught_by: &["status/list-is-not-a-holders-own", "status/sub-is-the-uri"],
    },
    Fault {
        name: "status-index-beyond-the-end",
        station: "status",
        stage: Stage::Claims(|claims, _| {
            let beyond = index(claims).map(|index| index + (1 << 17));
            refer(claims, "idx", json!(beyond));
        }),
        config: "status",
        says: "The index of a credential lies beyond the end of the list",
        caught_by: &["status/index-is-in-range"],
    },
    Fault {
        name: "status-list-behind-a-token",
        station: "status",
        stage: Stage::Request(&[Station::StatusList], |_| {
            Some(Refusal::unauthenticated(&[Scheme::Bearer]))
        }),
        config: "status",
        says: "The status list is only given to clients with a token",
        caught_by: &["status/list-can-be-fetched"],
    },
    Fault {
        name: "status-list-as-plain-jwt",
        station: "status",
        stage: Stage::Wire(&[Station::StatusList], |answer| answer.retype("application/jwt")),
        config: "status",
        says: "The status list is served as application/jwt",
        caught_by: &["status/list-has-its-media-type"],
    },
    Fault {
        name: "status-list-not-for-browsers",
        station: "status",
        stage: Stage::Wire(&[Station::StatusList], |answer| {
            answer.headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        }),
        config: "status",
        says: "The status list cannot be read from a browser",
        caught_by: &["status/can-be-read-by-browsers"],
    },
    Fault {
        name: "status-list-wrapped-in-json",
        station: "status",
        stage: Stage::Wire(&[Station::StatusList], |answer| {
            answer.replace_by_text(json!({"token": "see elsewhere"}).to_string());
        }),
        config: "status",
        says: "The status list is no JWT but some JSON",
        caught_by: &["status/list-is-a-jwt"],
    },
    Fault {
        name: "status-list-typ-jwt",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.header.insert("typ".to_owned(), json!("JWT"));
        }),
        config: "status",
        says: "The status list has the typ JWT",
        caught_by: &["status/typ-is-statuslist-jwt"],
    },
    Fault {
        name: "status-list-sub-differs",
        station: "status",
        stage: Stage::StatusList(|token| {
            let sub = token.claims.get("sub").and_then(Value::as_str).unwrap_or_default();
            let other = format!("{sub}/");
            token.claims.insert("sub".to_owned(), json!(other));
        }),
        config: "status",
        says: "The sub of the status list has a slash more than the uri of the credentials",
        caught_by: &["status/sub-is-the-uri"],
    },
    Fault {
        name: "status-list-without-iat",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.claims.remove("iat");
        }),
        config: "status",
        says: "The status list does not say when it was made",
        caught_by: &["status/states-when-it-was-made"],
    },
    Fault {
        name: "status-list-expired",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.claims.insert("exp".to_owned(), json!(clock::now() - 60));
        }),
        config: "status",
        says: "The status list expired a minute ago",
        caught_by: &["status/list-is-not-expired"],
    },
    Fault {
        name: "status-list-ttl-zero",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.claims.insert("ttl".to_owned(), json!(0));
        }),
        config: "status",
        says: "The ttl of the status list is 0",
        caught_by: &["status/ttl-is-positive"],
    },
    Fault {
        name: "status-list-without-ttl",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.claims.remove("ttl");
        }),
        config: "status",
        says: "The status list does not say how long it may be kept",
        caught_by: &["status/states-a-lifetime"],
    },
    Fault {
        name: "status-list-of-three-bits",
        station: "status",
        stage: Stage::StatusList(|token| token.bits = 3),
        config: "status",
        says: "The status list claims three bits for each credential",
        caught_by: &["status/bits-are-legal"],
    },
    Fault {
        name: "status-list-bare-deflate",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.compress = |octets| {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(octets).ok()?;
                encoder.finish().ok()
            };
        }),
        config: "status",
        says: "The status list is compressed without the frame of ZLIB",
        caught_by: &["status/list-is-zlib"],
    },
    Fault {
        name: "status-list-gzip",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.compress = |octets| {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(octets).ok()?;
                encoder.finish().ok()
            };
        }),
        config: "status",
        says: "The status list is compressed in the frame of gzip",
        caught_by: &["status/list-is-zlib"],
    },
    Fault {
        name: "status-list-of-eight-octets",
        station: "status",
        stage: Stage::StatusList(|token| token.octets.truncate(8)),
        config: "status",
        says: "The status list ends after 32 entries",
        caught_by: &["status/list-is-large-enough", "status/index-is-in-range"],
    },
    Fault {
        name: "status-list-all-invalid",
        station: "status",
        stage: Stage::StatusList(|token| token.octets.fill(0b0101_0101)),
        config: "status",
        says: "Everything is revoked at birth",
        caught_by: &[
            "status/fresh-credential-is-valid",
            "status/suspension-is-visible",
            "status/earlier-credentials-stay-valid",
        ],
    },
    Fault {
        name: "status-revocation-never-shows",
        station: "status",
        stage: Stage::StatusList(|token| token.octets.fill(0)),
        config: "status",
        says: "The list shows no revocation, nor any suspension",
        caught_by: &["status/revocation-is-visible", "status/suspension-is-visible"],
    },
    Fault {
        name: "status-suspended-as-revoked",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.octets.iter_mut().for_each(|octet| *octet = *octet >> 1 & 0x55 | *octet & 0x55);
        }),
        config: "status",
        says: "A suspended credential is revoked in the list",
        caught_by: &["status/suspension-is-visible"],
    },
    Fault {
        name: "status-bits-from-the-top",
        station: "status",
        stage: Stage::StatusList(|token| {
            token.octets.iter_mut().for_each(|octet| *octet = octet.reverse_bits());
        }),
        config: "status",
        says: "The first entry of an octet sits in its highest bits",
        caught_by: &[
            "status/revocation-is-visible",
            "status/suspension-is-visible",
            "status/entries-fill-from-the-lowest-bit",
        ],
    },
    Fault {
        name: "status-list-signature-broken",
        station: "status",
        stage: Stage::StatusList(|token| token.alters_after_signing = true),
        config: "status",
        says: "The signature of the status list does not verify",
        caught_by: &["status/signature-verifies"],
    },
    Fault {
        name: "status-list-key-unknown",
        station: "status",
        stage: Stage::StatusList(unknown_key),
        config: "status",
        says: "The status list carries a chain that ends before it begins",
        caught_by: &["status/key-can-be-trusted", "status/key-is-in-x5c"],
    },
];

/// Credentials so far.
static ISSUED: AtomicUsize = AtomicUsize::new(0);

/// The chain holds nothing that could be read as a certificate.
fn unknown_key(token: &mut StatusListToken) {
    token.header.insert("x5c".to_owned(), json!([]));
}

/// A member of the credential's `status_list`, replaced.
fn refer(claims: &mut Claims, name: &str, value: Value) {
    if let Some(status) = claims.clear.get_mut("status") {
        status["status_list"][name] = value;
    }
}

fn index(claims: &Claims) -> Option<u64> {
    claims.clear.get("status")?.get("status_list")?.get("idx")?.as_u64()
}

/// An index in the first half of the list that depends on a text alone.
fn spread(text: &str) -> usize {
    let mix = |hash: usize, octet: u8| hash.wrapping_mul(31).wrapping_add(usize::from(octet));
    text.bytes().fold(7, mix) % (1 << 16)
}
