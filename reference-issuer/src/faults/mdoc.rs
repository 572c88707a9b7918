//! Faults of the issued mdoc.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::{
    answer::Answer,
    cbor::Cbor,
    clock,
    formats::mdoc::{Digested, Draft, X5CHAIN, tdate},
    random,
    station::Station,
};

const fn row(
    name: &'static str,
    stage: Stage,
    says: &'static str,
    caught_by: &'static [&'static str],
) -> Fault {
    Fault { name, station: "mdoc", stage, config: "mdoc", says, caught_by }
}

pub(super) const FAULTS: &[Fault] = &[
    row(
        "mdoc-as-document",
        Stage::MdocSigned(|whole| {
            let inner = std::mem::replace(whole, Cbor::Null);
            *whole = Cbor::map([("docType", "a document".into()), ("issuerSigned", inner)]);
        }),
        "The credential is a Document around IssuerSigned",
        &["mdoc/is-an-issuer-signed"],
    ),
    row(
        "mdoc-padded",
        Stage::Signed(|text| format!("{}==", text.trim_end_matches('='))),
        "The credential is base64url with padding",
        &["mdoc/is-an-issuer-signed", "credential/matches-the-request"],
    ),
    row(
        "issuer-auth-tagged",
        Stage::MdocSigned(|whole| {
            if let Some(auth) = whole.get_mut("issuerAuth") {
                *auth = Cbor::tagged(18, auth.clone());
            }
        }),
        "issuerAuth has tag 18 in front",
        &["mdoc/signature-is-a-cose-sign1"],
    ),
    row(
        "issuer-auth-of-three",
        Stage::MdocSigned(|whole| {
            if let Some(parts) = whole.get_mut("issuerAuth").and_then(Cbor::array_mut) {
                parts.pop();
            }
        }),
        "issuerAuth has no signature in it",
        &["mdoc/signature-is-a-cose-sign1"],
    ),
    row(
        "mdoc-alg-unprotected",
        Stage::MdocSealed(|sealed| {
            if let (Cbor::Map(protected), Cbor::Map(unprotected)) =
                (&mut sealed.protected, &mut sealed.unprotected)
            {
                unprotected.append(protected);
            }
        }),
        "alg stands in the unprotected header",
        &["mdoc/alg-is-protected"],
    ),
    row(
        "x5chain-missing",
        Stage::MdocSealed(|sealed| sealed.unprotected = Cbor::Map(Vec::new())),
        "issuerAuth has no certificates",
        &["mdoc/carries-its-certificates"],
    ),
    row(
        "x5chain-array-of-one",
        Stage::MdocSealed(|sealed| {
            if let Cbor::Map(members) = &mut sealed.unprotected {
                let certificates = members.drain(..).map(|(_, certificate)| certificate).collect();
                members.push((X5CHAIN, Cbor::Array(certificates)));
            }
        }),
        "A single certificate stands in an array",
        &["mdoc/carries-its-certificates"],
    ),
    row(
        "x5chain-with-root",
        Stage::DocumentSigner(|plan| plan.sends_root = true),
        "The root certificate is sent along",
        &["mdoc/leaves-the-root-out"],
    ),
    row(
        "mdoc-signature-broken",
        Stage::MdocSigned(|whole| {
            if let Some(Cbor::Bytes(signature)) = signature(whole)
                && let Some(byte) = signature.get_mut(40)
            {
                *byte ^= 1;
            }
        }),
        "The signature of the mdoc does not verify",
        &["mdoc/signature-verifies"],
    ),
    row(
        "mdoc-signature-in-der",
        Stage::MdocSigned(|whole| {
            if let Some(Cbor::Bytes(signature)) = signature(whole) {
                *signature = der(signature);
            }
        }),
        "The signature of the mdoc is DER",
        &["mdoc/signature-verifies"],
    ),
    row(
        "document-signer-under-a-stranger",
        Stage::DocumentSigner(|plan| plan.under_a_stranger = true),
        "The certificate of the document signer leads to another authority than the trust anchor",
        &["mdoc/key-belongs-to-the-issuer"],
    ),
    row(
        "security-object-bare",
        Stage::MdocSealed(|sealed| sealed.is_embedded = false),
        "The security object is signed without its tag",
        &["mdoc/security-object-is-embedded"],
    ),
    row(
        "digest-algorithm-lower-case",
        Stage::MdocDraft(|draft, _| draft.digest_algorithm = "sha-256".into()),
        "The digest algorithm is named in lower case",
        &["mdoc/names-its-version-and-digest"],
    ),
    row(
        "mdoc-version-differs",
        Stage::MdocDraft(|draft, _| draft.version = "2.0".into()),
        "The security object has a version that there is not",
        &["mdoc/names-its-version-and-digest"],
    ),
    row(
        "device-key-of-another",
        Stage::MdocDraft(|draft, _| {
            if let Some(x) = coordinate(draft) {
                *x = Cbor::Bytes(random::bytes::<32>().to_vec());
            }
        }),
        "The device key is none that the wallet proved",
        &["mdoc/binds-the-device-key"],
    ),
    row(
        "device-key-short",
        Stage::MdocDraft(|draft, _| {
            if let Some(Cbor::Bytes(x)) = coordinate(draft) {
                x.remove(0);
            }
        }),
        "A coordinate of the device key lacks its first byte",
        &["mdoc/binds-the-device-key"],
    ),
    row(
        "doctype-differs",
        Stage::MdocDraft(|draft, _| draft.doc_type = "com.example.another.1".into()),
        "The docType is not the doctype of the configuration",
        &["mdoc/doctype-matches", "credential/matches-the-request"],
    ),
    row(
        "mdoc-dates-with-fractions",
        Stage::MdocDraft(|draft, context| {
            let text = clock::rfc3339(clock::midnight(context.now)).replace('Z', ".000Z");
            date(draft, "signed", Cbor::tagged(0, Cbor::Text(text)));
        }),
        "The date of signing has fractions of seconds",
        &["mdoc/times-are-tdates"],
    ),
    row(
        "mdoc-dates-as-numbers",
        Stage::MdocDraft(|draft, context| {
            let until = clock::midnight(context.now) + 30 * clock::DAY;
            date(draft, "validUntil", Cbor::tagged(1, Cbor::Integer(until as i64)));
        }),
        "The end of validity is a number of seconds",
        &["mdoc/times-are-tdates"],
    ),
    row(
        "mdoc-valid-before-signed",
        Stage::MdocDraft(|draft, context| {
            let yesterday = clock::midnight(context.now).saturating_sub(clock::DAY);
            date(draft, "validFrom", tdate(yesterday));
        }),
        "The mdoc is valid from a day before it was signed",
        &["mdoc/is-valid-now"],
    ),
    row(
        "mdoc-expired",
        Stage::MdocDraft(|draft, context| {
            let today = clock::midnight(context.now);
            for (name, days) in
                [("signed", 4), ("validFrom", 4), ("expectedUpdate", 3), ("validUntil", 2)]
            {
                date(draft, name, tdate(today.saturating_sub(days * clock::DAY)));
            }
        }),
        "The mdoc has expired when it is issued",
        &["mdoc/is-valid-now"],
    ),
    row(
        "mdoc-signed-before-certified",
        Stage::MdocDraft(|draft, _| date(draft, "signed", tdate(1_704_067_200))),
        "The mdoc says that it was signed before its signer was certified",
        &["mdoc/signer-is-valid-when-signing"],
    ),
    row(
        "mdoc-items-untagged",
        Stage::MdocDraft(|draft, _| {
            // The digest is over what is sent, so that nothing else is wrong.
            for item in &mut draft.items {
                item.is_tagged = false;
                item.digested = Digested::AsSent;
            }
        }),
        "The items are byte strings without their tag",
        &["mdoc/items-are-embedded"],
    ),
    row(
        "mdoc-random-too-short",
        Stage::MdocDraft(|draft, _| {
            for item in &mut draft.items {
                item.random.truncate(8);
            }
        }),
        "The items have eight random bytes each",
        &["mdoc/items-are-complete"],
    ),
    row(
        "mdoc-digest-id-negative",
        Stage::MdocDraft(|draft, _| {
            for item in &mut draft.items {
                item.digest_id = -1 - item.digest_id;
            }
        }),
        "The numbers of digests are negative",
        &["mdoc/items-are-complete"],
    ),
    row(
        "mdoc-value-changed",
        Stage::MdocSealed(|sealed| {
            if let Cbor::Map(spaces) = &mut sealed.name_spaces
                && let Some((_, Cbor::Array(items))) = spaces.first_mut()
                && let Some(Cbor::Tag(_, item)) = items.first_mut()
                && let Cbor::Bytes(bytes) = item.as_mut()
                && let Some(byte) = bytes.last_mut()
            {
                *byte ^= 1;
            }
        }),
        "A value is another than the one that was digested",
        &["mdoc/digests-match"],
    ),
    row(
        "mdoc-digest-of-the-inner-bytes",
        Stage::MdocDraft(|draft, _| {
            for item in &mut draft.items {
                item.digested = Digested::Inner;
            }
        }),
        "The digests are over the items without their tag",
        &["mdoc/digests-match"],
    ),
    row(
        "mdoc-item-without-digest",
        Stage::MdocDraft(|draft, _| {
            if let Some(item) = draft.items.last_mut() {
                item.digested = Digested::Nothing;
            }
        }),
        "An item has no digest in the security object",
        &["mdoc/items-have-digests"],
    ),
    row(
        "mdoc-element-twice",
        Stage::MdocDraft(|draft, _| {
            if let [first, .., last] = draft.items.as_mut_slice() {
                last.identifier.clone_from(&first.identifier);
                last.value = first.value.clone();
            }
        }),
        "An element occurs twice in its namespace",
        &["mdoc/elements-occur-once"],
    ),
    row(
        "mdoc-random-constant",
        Stage::MdocDraft(|draft, _| {
            let random = random::bytes::<32>();
            for item in &mut draft.items {
                item.random = random.to_vec();
            }
        }),
        "All items of an mdoc have the same random bytes",
        &["mdoc/randoms-are-fresh"],
    ),
    row(
        "mdoc-dates-as-texts",
        Stage::MdocDraft(|draft, _| {
            for item in &mut draft.items {
                if let Cbor::Tag(1004, text) = &item.value {
                    item.value = text.as_ref().clone();
                }
            }
        }),
        "Dates of birth and issue are plain texts",
        &["mdoc/elements-have-their-types"],
    ),
    row(
        "mdoc-mandatory-element-missing",
        Stage::MdocDraft(|draft, _| {
            draft.items.retain(|item| item.identifier != "issuing_authority");
        }),
        "A mandatory element is not there",
        &["mdoc/elements-have-their-types"],
    ),
    row(
        "document-signer-of-another-country",
        Stage::DocumentSigner(|plan| plan.country = "FR"),
        "The document signer is certified for another country",
        &["mdoc/country-is-that-of-the-certificate", "mdoc/authority-fits-the-profile"],
    ),
    row(
        "mdoc-alg-unannounced",
        Stage::Wire(&[Station::IssuerMetadata], |answer| announce(answer, &json!([-36]))),
        "mdocs are signed with an algorithm that the metadata do not list",
        &["mdoc/alg-is-announced"],
    ),
    row(
        "mdoc-alg-announced-by-name",
        Stage::Wire(&[Station::IssuerMetadata], |answer| announce(answer, &json!(["ES256"]))),
        "The metadata list the algorithm of mdocs by its name",
        &[
            "mdoc/alg-is-announced",
            "issuer-metadata/signing-algorithms-are-typed",
            "issuer-metadata/speaks-the-final-version",
        ],
    ),
    row(
        "document-signer-unmarked",
        Stage::DocumentSigner(|plan| plan.is_marked = false),
        "The certificate of the document signer has no extended key usage",
        &["mdoc/signer-is-marked-for-mdocs"],
    ),
    row(
        "document-signer-out-of-reach",
        Stage::DocumentSigner(|plan| plan.is_reachable = false),
        "The certificate of the document signer names no revocation list and no way to its authority",
        &["mdoc/signer-certificate-fits-the-profile"],
    ),
    row(
        "authority-of-any-depth",
        Stage::DocumentSigner(|plan| plan.path_length = None),
        "The issuing authority may certify further authorities",
        &["mdoc/authority-fits-the-profile"],
    ),
    row(
        "mdoc-trailing-bytes",
        Stage::Signed(|text| {
            let mut bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
            bytes.push(0xf6);
            URL_SAFE_NO_PAD.encode(bytes)
        }),
        "A byte follows the end of the mdoc",
        &["mdoc/cbor-is-sound"],
    ),
    row(
        "mdoc-update-in-the-past",
        Stage::MdocDraft(|draft, context| {
            let yesterday = clock::midnight(context.now).saturating_sub(clock::DAY);
            date(draft, "expectedUpdate", tdate(yesterday));
        }),
        "The announced update lies before the signature",
        &["mdoc/update-lies-within-validity"],
    ),
    row(
        "key-authorizations-empty",
        Stage::MdocDraft(|draft, _| {
            let authorizations = draft.device_key_info.get_mut("keyAuthorizations");
            if let Some(authorizations) = authorizations {
                *authorizations = Cbor::Map(Vec::new());
            }
        }),
        "Key authorizations authorise nothing",
        &["mdoc/key-authorizations-fit"],
    ),
];

/// Lists these algorithms in every configuration.
fn announce(answer: &mut Answer, algorithms: &Value) {
    let configurations = answer
        .object()
        .and_then(|metadata| metadata.get_mut("credential_configurations_supported"))
        .and_then(Value::as_object_mut);
    for (_, configuration) in configurations.into_iter().flatten() {
        configuration["credential_signing_alg_values_supported"] = algorithms.clone();
    }
}

/// The signature in a finished mdoc.
fn signature(whole: &mut Cbor) -> Option<&mut Cbor> {
    whole.get_mut("issuerAuth")?.array_mut()?.last_mut()
}

/// The first coordinate of the device key.
fn coordinate(draft: &mut Draft) -> Option<&mut Cbor> {
    let Cbor::Map(key) = draft.device_key_info.get_mut("deviceKey")? else { return None };
    key.iter_mut().find(|(label, _)| *label == Cbor::Integer(-2)).map(|(_, value)| value)
}

fn date(draft: &mut Draft, name: &str, value: Cbor) {
    if let Some(own) = draft.validity_info.get_mut(name) {
        *own = value;
    }
}

/// r and s as a sequence of integers in DER.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |half: &[u8]| {
        let significant: Vec<u8> = half.iter().copied().skip_while(|byte| *byte == 0).collect();
        let sign = significant.first().is_none_or(|byte| *byte >= 0x80);
        let mut number = if sign { vec![0] } else { Vec::new() };
        number.extend(significant);
        let mut integer = vec![0x02, number.len() as u8];
        integer.extend(number);
        integer
    };
    let (r, s) = signature.split_at(signature.len() / 2);
    let content = [integer(r), integer(s)].concat();
    let mut der = vec![0x30, content.len() as u8];
    der.extend(content);
    der
}
