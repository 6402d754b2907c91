"""Bodies that the org takes: what objects are made with, and examples of what calls are for.

Okta's document says less of many bodies than its API asks for, so that those which follow from the document alone are refused.
"""

import base64
import hashlib


def user(org):
    login = f"{org.name('fuzz').replace(' ', '.')}@example.com"
    return {
        "profile": {
            "firstName": "Fay",
            "lastName": "Fuzz",
            "login": login,
            "email": login,
            "mobilePhone": "+15554151337",
        },
        "credentials": {
            "password": {"value": "Quiet-Harbor-77-lamp"},
            "recovery_question": {"question": "Where is the lamp?", "answer": "in the harbor"},
        },
    }


def group(org):
    return {"profile": {"name": org.name("Group"), "description": "Made for a test"}}


def group_rule(org):
    return {
        "type": "group_rule",
        "name": org.name("Rule"),
        "conditions": {"expression": {"type": "urn:okta:expression:1.0", "value": 'user.department=="none"'}},
        "actions": {"assignUserToGroups": {"groupIds": [org.made("/api/v1/groups", group(org))]}},
    }


def app(org, application_type="web", **changes):
    redirects = [] if application_type == "service" else ["http://127.0.0.1:3190/callback"]
    grants = ["client_credentials"] if application_type == "service" else ["authorization_code"]
    method = changes.pop("token_endpoint_auth_method", "client_secret_basic")
    settings = {
        "application_type": application_type,
        "redirect_uris": redirects,
        "grant_types": grants,
        "response_types": ["token"] if application_type == "service" else ["code"],
        **changes,
    }
    return {
        "name": "oidc_client",
        "label": org.name("App"),
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": method}},
        "settings": {"oauthClient": settings},
    }


def service_app(org):
    return app(org, "service")


def grant(org):
    return {"scopeId": "okta.users.read", "issuer": org.url}


def jwk(org):
    # Any odd number of 2048 bits looks like the modulus of a key.
    number = b"\xc0" + hashlib.shake_256(org.name("key").encode()).digest(254) + b"\x01"
    modulus = base64.urlsafe_b64encode(number).decode().rstrip("=")
    return {"kty": "RSA", "e": "AQAB", "n": modulus, "kid": org.name("key"), "use": "sig", "status": "ACTIVE"}


def app_user(org):
    return {"id": org.made("/api/v1/users?activate=true", user(org)), "scope": "USER"}


def access_policy(org):
    return {"type": "ACCESS_POLICY", "name": org.name("Policy")}


def policy(org):
    return {"type": "OKTA_SIGN_ON", "name": org.name("Policy")}


def policy_rule(org):
    return {"type": "SIGN_ON", "name": org.name("Rule"), "actions": {"signon": {"access": "ALLOW"}}}


def mapping(org):
    return {"resourceType": "APP", "resourceId": org.made("/api/v1/apps", app(org))}


def simulation(org):
    person = org.made("/api/v1/users?activate=true", user(org))
    return [{"policyTypes": ["OKTA_SIGN_ON"], "policyContext": {"user": {"id": person}}}]


def authorization_server(org):
    return {"name": org.name("Server"), "description": "Made for a test", "audiences": ["api://fuzz"]}


def server_policy(org):
    return {
        "type": "OAUTH_AUTHORIZATION_POLICY",
        "name": org.name("Policy"),
        "description": "Made for a test",
        "conditions": {"clients": {"include": ["ALL_CLIENTS"]}},
    }


def server_rule(org):
    return {
        "type": "RESOURCE_ACCESS",
        "name": org.name("Rule"),
        "conditions": {
            "people": {"groups": {"include": ["EVERYONE"]}},
            "grantTypes": {"include": ["authorization_code"]},
            "scopes": {"include": ["*"]},
        },
        "actions": {"token": {"accessTokenLifetimeMinutes": 15}},
    }


def claim(org):
    return {
        "name": org.name("claim").replace(" ", "_"),
        "status": "ACTIVE",
        "claimType": "RESOURCE",
        "valueType": "EXPRESSION",
        "value": "user.department",
        "conditions": {"scopes": []},
    }


def scope(org):
    return {"name": org.name("scope").replace(" ", ":"), "consent": "IMPLICIT"}


def trusted_origin(org):
    name = org.name("origin").replace(" ", "-")
    return {"name": name, "origin": f"https://{name}.example", "scopes": [{"type": "CORS"}, {"type": "REDIRECT"}]}


def brand(org):
    return {"name": org.name("Brand")}


def theme(_):
    return {
        "primaryColorHex": "#1662dd",
        "primaryColorContrastHex": "#ffffff",
        "secondaryColorHex": "#ebebed",
        "secondaryColorContrastHex": "#000000",
        "signInPageTouchPointVariant": "OKTA_DEFAULT",
        "endUserDashboardTouchPointVariant": "OKTA_DEFAULT",
        "errorPageTouchPointVariant": "OKTA_DEFAULT",
        "emailTemplateTouchPointVariant": "OKTA_DEFAULT",
    }


def rate_limit(org):
    name = org.name("Token")
    org.post("/dev/api-token", {"name": name})
    made = next(one["id"] for one in org.get("/api/v1/api-tokens") if one["name"] == name)
    return {"principalId": made, "principalType": "SSWS_TOKEN", "defaultPercentage": 75}


def factor(_):
    return {"factorType": "token:software:totp", "provider": "GOOGLE"}


def role(_):
    return {"type": "READ_ONLY_ADMIN"}


def passwords(_):
    return {"oldPassword": {"value": "Quiet-Harbor-77-lamp"}, "newPassword": {"value": "Loud-Harbor-78-lamp"}}


# The body of each call that takes one and asks for more than Okta's document says of it.
BODIES = {
    "createUser": user,
    "updateUser": lambda org: {"profile": {"nickName": "Fuzzy"}},
    "replaceUser": user,
    "addGroup": group,
    "replaceGroup": group,
    "createGroupRule": group_rule,
    "createApplication": app,
    "replaceApplication": app,
    "grantConsentToScope": grant,
    "addJwk": jwk,
    "createOAuth2ClientSecret": lambda org: {},
    "assignUserToApplication": app_user,
    "createPolicy": policy,
    "replacePolicy": policy,
    "createPolicyRule": policy_rule,
    "replacePolicyRule": policy_rule,
    "mapResourceToPolicy": mapping,
    "createPolicySimulation": simulation,
    "createAuthorizationServer": authorization_server,
    "replaceAuthorizationServer": authorization_server,
    "rotateAuthorizationServerKeys": lambda org: {"use": "sig"},
    "createAuthorizationServerPolicy": server_policy,
    "replaceAuthorizationServerPolicy": server_policy,
    "createAuthorizationServerPolicyRule": server_rule,
    "replaceAuthorizationServerPolicyRule": server_rule,
    "createOAuth2Claim": claim,
    "replaceOAuth2Claim": claim,
    "createOAuth2Scope": scope,
    "replaceOAuth2Scope": scope,
    "createTrustedOrigin": trusted_origin,
    "replaceTrustedOrigin": trusted_origin,
    "createBrand": brand,
    "replaceBrand": brand,
    "replaceBrandTheme": theme,
    "createPrincipalRateLimitEntity": rate_limit,
    "enrollFactor": factor,
    "verifyFactor": lambda org: {"answer": "in the harbor"},
    "assignRoleToUser": role,
    "assignRoleToGroup": role,
    "assignRoleToClient": role,
    "changePassword": passwords,
    "changeRecoveryQuestion": lambda org: {
        "password": {"value": "Quiet-Harbor-77-lamp"},
        "recovery_question": {"question": "Which lamp?", "answer": "the quiet one"},
    },
    "forgotPasswordSetNewPassword": lambda org: {
        "password": {"value": "Loud-Harbor-78-lamp"},
        "recovery_question": {"answer": "in the harbor"},
    },
    "upsertApiToken": lambda org: {"name": org.name("Token"), "network": {"connection": "ANYWHERE"}},
    "replaceProfile": lambda org: {"profile": {"firstName": "Fay", "lastName": "Fuzz"}},
}
