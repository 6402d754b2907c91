"""Objects in place of the parameters of paths, so that calls do what they are for."""

import re
from collections import Counter

import bodies

PARAMETER = re.compile(r"\{(\w+)\}")


def user(org):
    return org.made("/api/v1/users?activate=true", bodies.user(org))


def question(org, person):
    """The question that comes with the user."""
    factors = org.get(f"/api/v1/users/{person}/factors")
    return next(one["id"] for one in factors if one["factorType"] == "question")


def session(org):
    """Of somebody who has just signed in."""
    body = bodies.user(org)
    org.made("/api/v1/users?activate=true", body)
    names = {"username": body["profile"]["login"], "password": body["credentials"]["password"]["value"]}
    token = org.post("/api/v1/authn", names).get("sessionToken")
    return org.made("/api/v1/sessions", {"sessionToken": token}) if token else "none"


def group(org):
    return org.made("/api/v1/groups", bodies.group(org))


def member(org, group_id):
    person = user(org)
    org.call("PUT", f"/api/v1/groups/{group_id}/users/{person}")
    return person


def app_group(org, app_id):
    group_id = group(org)
    org.call("PUT", f"/api/v1/apps/{app_id}/groups/{group_id}", {})
    return group_id


def key(org, app_id):
    """Of two, so that one can go."""
    path = f"/api/v1/apps/{app_id}/credentials/jwks"
    org.post(path, bodies.jwk(org))
    return org.made(path, bodies.jwk(org))


def mapped(org, policy_id):
    return org.made(f"/api/v1/policies/{policy_id}/mappings", bodies.mapping(org))


def rate_limit(org):
    listed = org.get("/api/v1/principal-rate-limits?filter=principalType%20eq%20%22SSWS_TOKEN%22")
    return listed[0]["id"] if listed else org.made("/api/v1/principal-rate-limits", bodies.rate_limit(org))


def api_token(org):
    org.post("/dev/api-token", {"name": "Of no further use"})
    named = [one for one in org.get("/api/v1/api-tokens") if one["name"] == "Of no further use"]
    return named[0]["id"]


def phone(org):
    return next(one["id"] for one in org.get("/api/v1/authenticators") if one["key"] == "phone_number")


def default_server(_):
    """The org has a hundred servers at most, and they are made for calls that change a server itself."""
    return "default"


def limited(kind, *targets):
    """A role that can be limited as the rest of the path says, and is, to these targets beside the one that the path names."""

    def give(parent, org, holder):
        own = f"{parent.format(holder)}/{org.made(parent.format(holder), {'type': kind})}/targets"
        for target in targets:
            org.call("PUT", f"{own}{target(org)}")
        return own.split("/")[-2]

    return give


def group_target(org):
    return f"/groups/{group(org)}"


def app_target(org):
    return f"/catalog/apps/oidc_client/{org.made('/api/v1/apps', bodies.app(org))}"


def below(parent, body):
    """Makes an object below another by posting a body."""
    return lambda org, *ids: org.made(parent.format(*ids), body(org))


APP, SERVER = "/api/v1/apps/{}", "/api/v1/authorizationServers/{}"

# Where roles are given, and how those are made that a path limits.
ROLES = ("/api/v1/users/{}/roles", "/api/v1/groups/{}/roles", "/oauth2/v1/clients/{}/roles")
LIMITED = {
    "/targets/groups": limited("HELP_DESK_ADMIN", group_target),
    "/targets/catalog": limited("APP_ADMIN", app_target),
}


def targets(own):
    """How what a role is limited to is made."""
    groups, apps = f"{own}/{{}}/targets/groups/{{}}", f"{own}/{{}}/targets/catalog/apps/{{}}"
    return {
        groups: lambda org, *_: group(org),
        apps: lambda org, *_: "oidc_client",
        f"{apps}/{{}}": lambda org, *_: org.made("/api/v1/apps", bodies.app(org)),
    }


# How the object of a parameter is made; it is given what the parameters before it are.
MAKERS = {
    **targets(ROLES[0]),
    **targets(ROLES[1]),
    **targets(ROLES[2]),
    "/api/v1/users/{}": user,
    "/api/v1/users/{}/factors/{}": below("/api/v1/users/{}/factors", bodies.factor),
    "/api/v1/users/{}/factors/{}/verify": question,
    "/api/v1/users/{}/roles/{}": below("/api/v1/users/{}/roles", bodies.role),
    "/api/v1/groups/{}": group,
    "/api/v1/groups/{}/users/{}": member,
    "/api/v1/groups/{}/roles/{}": below("/api/v1/groups/{}/roles", bodies.role),
    "/api/v1/groups/rules/{}": below("/api/v1/groups/rules", bodies.group_rule),
    APP: below("/api/v1/apps", bodies.app),
    f"{APP}/users/{{}}": below(f"{APP}/users", bodies.app_user),
    f"{APP}/groups/{{}}": app_group,
    f"{APP}/grants/{{}}": below(f"{APP}/grants", bodies.grant),
    f"{APP}/credentials/secrets/{{}}": below(f"{APP}/credentials/secrets", lambda org: {}),
    f"{APP}/credentials/jwks/{{}}": key,
    f"{APP}/policies/{{}}": lambda org, _: org.made("/api/v1/policies", bodies.access_policy(org)),
    "/api/v1/policies/{}": below("/api/v1/policies", bodies.policy),
    "/api/v1/policies/{}/rules/{}": below("/api/v1/policies/{}/rules", bodies.policy_rule),
    "/api/v1/policies/{}/mappings/{}": mapped,
    SERVER: below("/api/v1/authorizationServers", bodies.authorization_server),
    f"{SERVER}/claims/{{}}": below(f"{SERVER}/claims", bodies.claim),
    f"{SERVER}/scopes/{{}}": below(f"{SERVER}/scopes", bodies.scope),
    f"{SERVER}/policies/{{}}": below(f"{SERVER}/policies", bodies.server_policy),
    f"{SERVER}/policies/{{}}/rules/{{}}": below(f"{SERVER}/policies/{{}}/rules", bodies.server_rule),
    f"{SERVER}/credentials/keys/{{}}": lambda org, server: org.get(
        f"/api/v1/authorizationServers/{server}/credentials/keys"
    )[0]["kid"],
    "/api/v1/trustedOrigins/{}": below("/api/v1/trustedOrigins", bodies.trusted_origin),
    "/api/v1/brands/{}": below("/api/v1/brands", bodies.brand),
    "/api/v1/brands/{}/themes/{}": lambda org, brand: org.first(f"/api/v1/brands/{brand}/themes"),
    "/api/v1/authenticators/{}": phone,
    "/api/v1/authenticators/{}/methods/{}": lambda org, _: "voice",
    "/api/v1/api-tokens/{}": api_token,
    "/api/v1/principal-rate-limits/{}": rate_limit,
    "/api/v1/meta/types/user/{}": lambda org: org.first("/api/v1/meta/types/user"),
    "/api/v1/meta/schemas/user/{}": lambda org: "default",
    "/oauth2/v1/clients/{}": below("/api/v1/apps", bodies.service_app),
    "/oauth2/v1/clients/{}/roles/{}": below("/oauth2/v1/clients/{}/roles", bodies.role),
    "/api/v1/sessions/{}": session,
    "/oauth2/{}": default_server,
}


def access_policy(org):
    return org.made("/api/v1/policies", bodies.access_policy(org))


def invited(org):
    """Somebody who has not begun yet."""
    return org.made("/api/v1/users?activate=true", {"profile": bodies.user(org)["profile"]})


# Another first object than the usual one, by how a path begins that needs it.
SPECIAL = {
    "/api/v1/policies/{}/mappings": access_policy,
    "/api/v1/policies/{}/app": access_policy,
    "/api/v1/policies/{}/clone": access_policy,
    "/api/v1/users/{}/lifecycle/reactivate": invited,
    f"{SERVER}/claims": default_server,
    f"{SERVER}/scopes": default_server,
    f"{SERVER}/policies": default_server,
    f"{SERVER}/credentials": default_server,
    f"{SERVER}/clients": default_server,
}


def deactivated(path):
    """Switches the object off first."""
    return lambda org, *ids: org.post(f"{path.format(*ids)}/lifecycle/deactivate", {})


def with_page(page):
    """Gives the brand such a page of its own."""
    body = {"pageContent": "<html><head></head><body>{{{OktaUtil.getSignInWidgetConfig}}}</body></html>"}
    return lambda org, brand: org.call("PUT", f"/api/v1/brands/{brand}/pages/{page}", body)


def put(path):
    """Limits the role to what is about to be taken from it."""
    return lambda org, *ids: org.call("PUT", path.format(*ids))


# What has to be done to a new object before a call can succeed.
BEFORE = {
    "unassignGroupTargetFromUserAdminRole": put(f"{ROLES[0]}/{{}}/targets/groups/{{}}"),
    "unassignGroupTargetFromGroupAdminRole": put(f"{ROLES[1]}/{{}}/targets/groups/{{}}"),
    "removeGroupTargetRoleFromClient": put(f"{ROLES[2]}/{{}}/targets/groups/{{}}"),
    "unassignAppInstanceTargetFromAdminRoleForUser": put(f"{ROLES[0]}/{{}}/targets/catalog/apps/{{}}/{{}}"),
    "unassignAppInstanceTargetToAppAdminRoleForGroup": put(f"{ROLES[1]}/{{}}/targets/catalog/apps/{{}}/{{}}"),
    "removeAppTargetInstanceRoleForClient": put(f"{ROLES[2]}/{{}}/targets/catalog/apps/{{}}/{{}}"),
    "deleteApplication": deactivated(APP),
    "activateApplication": deactivated(APP),
    "deleteAuthorizationServer": deactivated(SERVER),
    "unsuspendUser": lambda org, person: org.post(f"/api/v1/users/{person}/lifecycle/suspend"),
    "activateUser": deactivated("/api/v1/users/{}"),
    "getCustomizedErrorPage": with_page("error/customized"),
    "deleteCustomizedErrorPage": with_page("error/customized"),
    "getPreviewErrorPage": with_page("error/preview"),
    "deletePreviewErrorPage": with_page("error/preview"),
    "getCustomizedSignInPage": with_page("sign-in/customized"),
    "deleteCustomizedSignInPage": with_page("sign-in/customized"),
    "getPreviewSignInPage": with_page("sign-in/preview"),
    "deletePreviewSignInPage": with_page("sign-in/preview"),
    "deletejwk": deactivated(f"{APP}/credentials/jwks/{{}}"),
    "deleteOAuth2ClientSecret": deactivated(f"{APP}/credentials/secrets/{{}}"),
    "activateOAuth2ClientSecret": deactivated(f"{APP}/credentials/secrets/{{}}"),
}


# How often an operation gets new objects. Orgs have limits.
FRESH = 8


class Objects:
    """What stands in place of parameters: the same for the calls of an operation, until one of them takes it away."""

    def __init__(self, org):
        self.org = org
        self.known = {}
        self.made = Counter()

    def of(self, operation, method, path):
        """The parameters of an operation; none where nothing can be made for them."""
        takes_away = method == "DELETE" or "/lifecycle/" in path
        made = self.made[operation]
        if operation not in self.known or (takes_away and made < FRESH):
            self.known[operation] = self._made(operation, path)
            self.made[operation] += 1
        return self.known[operation]

    def forget(self, operation):
        """The objects are gone; others take their place, but not for ever."""
        if self.made[operation] < FRESH:
            self.known.pop(operation, None)

    def _made(self, operation, path):
        names, template = PARAMETER.findall(path), PARAMETER.sub("{}", path)
        values = []
        for name in names:
            prefix = "{}".join(template.split("{}")[: len(values) + 1]) + "{}"
            special = next((make for start, make in SPECIAL.items() if template.startswith(start)), None)
            is_last = len(values) == len(names) - 1
            maker = special if special and not values else MAKERS.get(template if is_last else "", MAKERS.get(prefix))
            parent, rest = prefix.removesuffix("/{}"), template.removeprefix(prefix)
            give = next((give for start, give in LIMITED.items() if parent in ROLES and rest.startswith(start)), None)
            if give:
                values.append(give(parent, self.org, *values))
                continue
            if maker is None:
                return {}
            values.append(maker(self.org, *values))
        if operation in BEFORE:
            BEFORE[operation](self.org, *values)
        return dict(zip(names, values))
