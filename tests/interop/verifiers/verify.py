"""Has a third-party library verify what a wallet was given, as verify.mjs does.

    python3 verify.py WITNESS < HANDED
"""

import base64
import datetime
import json
import logging
import os
import re
import sys
import time
import urllib.request

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

# pymdoccbor tells of every element that it looks at.
logging.disable(logging.CRITICAL)

NONCE, AUDIENCE = "of the verifier", "https://verifier.example"


def octets(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def anchors():
    """The authorities that are trusted."""
    found = re.findall(r"-----BEGIN.+?-----END CERTIFICATE-----", os.environ["TRUST_ANCHOR"], re.S)
    return [x509.load_pem_x509_certificate(pem.encode()) for pem in found]


def get(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def sd_jwt(credential, holder, _):
    """sd-jwt of the OpenWallet Foundation: signature, digests, and a key binding JWT by the holder."""
    from jwcrypto.jwk import JWK
    from sd_jwt.holder import SDJWTHolder
    from sd_jwt.verifier import SDJWTVerifier

    def issuer_key(issuer, header):
        if "x5c" in header:
            leaf = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
            if not any(is_under(leaf, anchor) for anchor in anchors()):
                raise ValueError("nobody who is trusted certified the signer")
            return JWK.from_pyca(leaf.public_key())
        metadata = get(f"{issuer}/.well-known/jwt-vc-issuer")
        keys = metadata.get("jwks") or get(metadata["jwks_uri"])
        return next(JWK(**key) for key in keys["keys"] if key["kid"] == header["kid"])

    wallet = SDJWTHolder(credential)
    everything = frame(SDJWTVerifier(credential, issuer_key).get_verified_payload())
    wallet.create_presentation(everything, NONCE, AUDIENCE, JWK.from_pem(holder.encode()), "ES256")
    verifier = SDJWTVerifier(wallet.sd_jwt_presentation, issuer_key, AUDIENCE, NONCE)
    claims = verifier.get_verified_payload()
    # The library leaves validity to its caller.
    if not claims["iat"] <= time.time() < claims["exp"]:
        raise ValueError("it is not valid now")
    return {"format": "dc+sd-jwt", "type": claims["vct"].split("/")[-1], "claims": sorted(claims)}


def frame(value):
    """Discloses everything."""
    if isinstance(value, list):
        return [frame(inner) for inner in value]
    return {name: frame(inner) for name, inner in value.items()} if isinstance(value, dict) else True


def is_under(certificate, authority):
    try:
        certificate.verify_directly_issued_by(authority)
        return True
    except Exception:  # Several kinds, all of them a no.
        return False


def pymdoccbor(credential, holder, configuration):
    """pyMDOC-CBOR of the EUDI wallet: chain to the IACA, COSE signature, digest of each element."""
    import cbor2
    from pymdoccbor.mdoc.verifier import MobileDocument

    document = MobileDocument(configuration["doctype"], cbor2.loads(octets(credential)))
    if not document.verify(trusted_root_certs=anchors()):
        raise ValueError(f"it does not verify: {document.hash_verification}")
    security_object = document.issuersigned.issuer_auth.payload_as_dict
    if security_object["docType"] != configuration["doctype"]:
        raise ValueError(f"it is a {security_object['docType']}")
    device = security_object["deviceKeyInfo"]["deviceKey"]
    proved = load_pem_private_key(holder.encode(), None).public_key().public_numbers()
    if ec.EllipticCurvePublicNumbers(*(int.from_bytes(device[part]) for part in (-2, -3)), ec.SECP256R1()) != proved:
        raise ValueError("it is not bound to the key of the proof")
    validity = security_object["validityInfo"]
    now = datetime.datetime.now(datetime.timezone.utc)
    if not validity["validFrom"] <= now < validity["validUntil"]:
        raise ValueError("it is not valid now")
    return {"format": "mso_mdoc", "type": document.doctype, "claims": document.hash_verification["verified"]}


WITNESSES = {"sd-jwt": sd_jwt, "pymdoccbor": pymdoccbor}

try:
    handed = json.load(sys.stdin)
    pairs = list(zip(handed["credentials"], handed["holders"], strict=True))
    verified = [WITNESSES[sys.argv[1]](credential, holder, handed["configuration"]) for credential, holder in pairs]
    print(json.dumps({"verified": verified}))
except Exception as error:  # Whatever a library has to say against it.
    print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
    sys.exit(1)
