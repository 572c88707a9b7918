//! Whether the issuer calls itself what we call it, to the letter: wallets compare strings
//! (OpenID4VCI 12.2.1), so a slash at the end is another issuer.

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::protocol::IssuerMetadata;

/// Compares `credential_issuer` with the identifier given.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let given = patient.identifier.clone().unwrap_or_default();
        let metadata = patient.knowledge().issuer;
        let metadata = metadata.as_ref().map(IssuerMetadata::new);
        let named = metadata.and_then(|metadata| metadata.credential_issuer());
        vec![match named {
            Some(named) => compared(&given, named),
            None => Finding::fault("the metadata has no credential_issuer")
                .so("vcispec explain issuer-metadata/names-the-same-issuer"),
        }]
    })
}

fn compared(given: &str, named: &str) -> Finding {
    if given == named {
        return Finding::well("the metadata says the same, to the letter");
    }
    let difference = if given.trim_end_matches('/') == named.trim_end_matches('/') {
        ": the slash at the end counts"
    } else if given.eq_ignore_ascii_case(named) {
        ": the case of letters counts"
    } else {
        ""
    };
    Finding::fault(format!("the metadata is of {named}, not {given}{difference}"))
        .so(format!("--issuer {named}\nor mend credential_issuer in the metadata"))
}

#[cfg(test)]
mod tests {
    use super::super::finding::Mark;
    use super::*;

    #[test]
    fn an_identifier_is_compared_to_the_letter() {
        assert_eq!(compared("https://h", "https://h").mark, Mark::Well);
        assert!(compared("https://h", "https://h/").says.ends_with("the slash at the end counts"));
        assert!(compared("https://h", "https://H").says.ends_with("the case of letters counts"));
        assert_eq!(compared("https://h", "http://h").mark, Mark::Fault);
    }
}
