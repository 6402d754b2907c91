"""An access token of a person, for the calls that people make about themselves."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import requests

import bodies

VERIFIER = "a-verifier-that-everybody-may-know-for-this-org-ends-soon"
REDIRECT = "http://127.0.0.1:3190/callback"


def access_token(org, scopes):
    """Signs somebody new in to an app that was granted the scopes."""
    app = org.made("/api/v1/apps", bodies.app(org, "native", token_endpoint_auth_method="none"))
    for scope in scopes:
        org.post(f"/api/v1/apps/{app}/grants", {"scopeId": scope, "issuer": org.url})
    policies = org.get("/api/v1/policies?type=ACCESS_POLICY")
    password_only = next(one["id"] for one in policies if one["name"] == "Password only")
    org.call("PUT", f"/api/v1/apps/{app}/policies/{password_only}")
    body = bodies.user(org)
    person = org.made("/api/v1/users?activate=true", body)
    org.post(f"/api/v1/apps/{app}/users", {"id": person, "scope": "USER"})
    names = {"username": body["profile"]["login"], "password": body["credentials"]["password"]["value"]}
    session = org.post("/api/v1/authn", names)["sessionToken"]
    return _redeemed(org, app, _code(org, app, session, scopes))


def _code(org, app, session, scopes):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    query = {
        "client_id": app,
        "response_type": "code",
        "redirect_uri": REDIRECT,
        "scope": " ".join(["openid", *scopes]),
        "state": "state",
        "nonce": "nonce",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "sessionToken": session,
        "prompt": "none",
    }
    answer = requests.get(f"{org.url}/oauth2/v1/authorize", params=query, allow_redirects=False, timeout=20)
    answered = parse_qs(urlsplit(answer.headers.get("location", "")).query)
    if "code" not in answered:
        raise RuntimeError(f"no code: {answer.status_code} {answered}")
    return answered["code"][0]


def _redeemed(org, app, code):
    form = {
        "grant_type": "authorization_code",
        "client_id": app,
        "code": code,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    answer = requests.post(f"{org.url}/oauth2/v1/token", data=form, timeout=20)
    answer.raise_for_status()
    return answer.json()["access_token"]
