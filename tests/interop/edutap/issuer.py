"""An issuer made of openid4vci, the library of eduTAP, with the few decisions that it leaves to a deployment.

    python3 issuer.py        # prints where it is, as one line of JSON

The library takes https alone, so the issuer has an authority of its own and says which. POST /offers on the management
side takes what `vcispec serve` takes: {"credential_configuration_id", "tx_code": {"length"}}.
"""

import datetime
import ipaddress
import json
import secrets
import socket
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc.jwk import ECKey
from openid4vci.adapters.sd_jwt_vc import SdJwtVcAdapter
from openid4vci.authorization import InMemoryAuthorizationServer, TokenError
from openid4vci.crypto.proofs import validate_jwt_proof
from openid4vci.crypto.signer import LocalJwsSigner
from openid4vci.exceptions import CredentialRequestError, NotificationError, OAuthErrorCode
from openid4vci.models.credential import CredentialErrorCode, CredentialResponse
from openid4vci.models.notification import NotificationErrorCode
from openid4vci.models.oauth import TokenRequest
from openid4vci.reference import InMemoryIssuerBackend
from openid4vci.server_fastapi.app import create_router
from pydantic import ValidationError

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
BATCH = 3


def certified():
    """A certificate for this machine, its key, and the authority over it, each in PEM."""

    def name(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def certificate(subject, key, issuer, signer, extension, is_ca):
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        building = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        building = building.not_valid_before(now - day).not_valid_after(now + day)
        building = building.add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        for one in extension:
            building = building.add_extension(one, critical=False)
        return building.sign(signer, hashes.SHA256())

    authority, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate(name("Authority of the third-party issuer"), authority, name("Authority of the third-party issuer"), authority, [], True)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    known_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    signed = certificate(name("third-party issuer"), leaf, root.subject, authority, [here, known_by], False)
    pem = serialization.Encoding.PEM
    key = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signed.public_bytes(pem), key, root.public_bytes(pem)


listening = socket.socket()
listening.bind(("127.0.0.1", 0))
identifier = f"https://127.0.0.1:{listening.getsockname()[1]}"
key = ECKey.generate_key("P-256", {"kid": "of-the-issuer", "use": "sig", "alg": "ES256"})
signer = LocalJwsSigner(key)
server = InMemoryAuthorizationServer(identifier, token_ttl_seconds=300)

PERSON = {"given_name": "Erika", "family_name": "Mustermann", "birthdate": "1984-01-26"}
adapters = {
    "pid": SdJwtVcAdapter("urn:eudi:pid:1", signer, identifier, ["iat", "exp"]),
    "membership": SdJwtVcAdapter("urn:example:membership", signer, identifier, ["iat", "exp"]),
}
metadata = {
    "credential_issuer": identifier,
    "credential_endpoint": f"{identifier}/credential",
    "nonce_endpoint": f"{identifier}/nonce",
    "notification_endpoint": f"{identifier}/notification",
    "batch_credential_issuance": {"batch_size": BATCH},
    "display": [{"name": "Third-party issuer", "locale": "en"}],
    "credential_configurations_supported": {
        name: {
            **adapter.metadata_fragment(),
            "scope": name,
            "cryptographic_binding_methods_supported": ["jwk"],
            "credential_signing_alg_values_supported": [signer.algorithm],
            "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
            "credential_metadata": {
                "display": [{"name": name, "locale": "en"}],
                "claims": [{"path": [claim]} for claim in PERSON],
            },
        }
        for name, adapter in adapters.items()
    },
}


class Unauthorized(Exception):
    """The access token is none of ours."""


async def mint(request, context):
    """One credential for each proof: whose token, which credential, which key, and a nonce that is used up."""
    grant = server.grant_for(context.access_token)
    if grant is None:
        raise Unauthorized
    name = request.credential_configuration_id
    if request.credential_identifier is not None:
        named = {one: name for name, many in grant.credential_identifiers.items() for one in many}
        name = named.get(request.credential_identifier)
        if name is None:
            raise CredentialRequestError(CredentialErrorCode.UNKNOWN_CREDENTIAL_IDENTIFIER, "no such identifier is in the token")
    if name not in grant.credential_configuration_ids:
        raise CredentialRequestError(CredentialErrorCode.CREDENTIAL_REQUEST_DENIED, "that was not offered")
    proofs = (request.proofs or {}).get("jwt")
    if not proofs:
        raise CredentialRequestError(CredentialErrorCode.INVALID_PROOF, "a proof of type jwt is missing")
    if len(proofs) > BATCH:
        raise CredentialRequestError(CredentialErrorCode.INVALID_CREDENTIAL_REQUEST, "too many proofs")
    results = [
        validate_jwt_proof(proof, credential_issuer=identifier, supported_algorithms=["ES256"]) for proof in proofs
    ]
    nonces = [result.claims.get("nonce") for result in results]
    keys = {result.bound_key["x"] for result in results}
    if len(keys) != len(results) or not all(isinstance(nonce, str) for nonce in nonces):
        raise CredentialRequestError(CredentialErrorCode.INVALID_PROOF, "a nonce is missing or no text, or a key is there twice")
    if len(set(nonces)) != 1 or not backend.nonces.consume(nonces[0]):
        raise CredentialRequestError(CredentialErrorCode.INVALID_NONCE, "the nonce is unknown, used or expired")
    now = int(time.time())
    claims = {**PERSON, "iat": now - now % 86400, "exp": now - now % 86400 + 14 * 86400}
    credentials = [{"credential": await adapters[name].issue(claims, holder_key=result.bound_key)} for result in results]
    notification_id = secrets.token_urlsafe(12)
    Backend.issued[notification_id] = context.access_token
    return CredentialResponse.model_validate({"credentials": credentials, "notification_id": notification_id})


class Backend(InMemoryIssuerBackend):
    """The one of the library, which takes every notification, with a memory of what was issued to whom."""

    issued = {}

    async def notify(self, request, context):
        if server.grant_for(context.access_token) is None:
            raise Unauthorized
        if self.issued.get(request.notification_id) != context.access_token:
            raise NotificationError(NotificationErrorCode.INVALID_NOTIFICATION_ID, "no such credential was issued to you")
        await super().notify(request, context)


backend = Backend(metadata, mint)
app = FastAPI(openapi_url=None)
app.include_router(create_router(backend))
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@app.exception_handler(Unauthorized)
async def unauthorized(_request, _error):
    return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})


@app.get("/.well-known/oauth-authorization-server")
async def authorization_server():
    return {
        "issuer": identifier,
        "token_endpoint": f"{identifier}/token",
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


@app.get("/.well-known/jwt-vc-issuer")
async def keys():
    return {"issuer": identifier, "jwks": {"keys": [signer.public_jwk()]}}


@app.post("/token")
async def token(request: Request):
    pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    form = dict(pairs)
    if len(form) != len(pairs):
        return refused(OAuthErrorCode.INVALID_REQUEST, "a parameter is there twice")
    try:
        answer = server.redeem(TokenRequest.model_validate(form))
    except ValidationError:
        return refused(OAuthErrorCode.INVALID_REQUEST, "a parameter is missing or wrong")
    except TokenError as error:
        return refused(error.code, error.description)
    return JSONResponse(answer.to_dict(), headers=NO_STORE)


def refused(code, description):
    return JSONResponse({"error": code.value, "error_description": description}, 400, NO_STORE)


class Management(BaseHTTPRequestHandler):
    """Where offers are minted."""

    def do_POST(self):
        wanted = json.loads(self.rfile.read(int(self.headers["content-length"])))
        ids = wanted.get("credential_configuration_ids") or [wanted["credential_configuration_id"]]
        length = wanted["tx_code"].get("length", 6) if "tx_code" in wanted else None
        code = None if length is None else "".join(secrets.choice("0123456789") for _ in range(length))
        offer, _ = server.offer("somebody", ids, code)
        link = "openid-credential-offer://?credential_offer=" + quote(json.dumps(offer.to_dict()), safe="")
        answer = json.dumps({"credential_offer_uri": link} | ({"tx_code_value": code} if code else {})).encode()
        self.send_response(201)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


certificate, private, authority = certified()
management = ThreadingHTTPServer(("127.0.0.1", 0), Management)
threading.Thread(target=management.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as folder:
    for name, pem in ("certificate", certificate), ("key", private):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(pem)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", ssl_certfile=f"{folder}/certificate", ssl_keyfile=f"{folder}/key"))
    listening.listen(128)
    greeting = {
        "credential_issuer": identifier,
        "management_url": f"http://127.0.0.1:{management.server_port}",
        "ca_certificate": authority.decode(),
    }
    print(json.dumps(greeting), flush=True)
    running.run(sockets=[listening])
