"""Manages an org with Okta's Python SDK, unmodified: okta_sdk.py ORG_URL, with the API token in OKTA_CLIENT_TOKEN.

Prints a line for each part that went as it should, and ends with an error at the first that did not.
"""

import asyncio
import sys

from okta.client import Client
from okta.models import (
    AddGroupRequest,
    AuthorizationServer,
    CreateUserRequest,
    OktaSignOnPolicy,
    OktaSignOnPolicyRule,
    OpenIdConnectApplication,
    StandardRoleAssignmentSchema,
    AssignRoleToUserRequest,
    UpdateUserRequest,
)


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


async def done(call):
    """The result of a call that must succeed."""
    *result, error = await call
    if error:
        raise AssertionError(str(error))
    return result[0] if result else None


async def refused(call, status):
    """A call that must be refused with a status."""
    *_, error = await call
    expect(error is not None, f"expected {status}")
    found = getattr(error, "status", None) or getattr(error, "status_code", None)
    expect(found == status, f"expected {status}, not {error}")


def profile(name):
    login = f"{name.lower()}@python.example"
    return {"firstName": name, "lastName": "Python", "login": login, "email": login}


async def users(client):
    body = {"profile": profile("Ursula"), "credentials": {"password": {"value": "Quiet-Harbor-77-lamp"}}}
    user = await done(client.create_user(CreateUserRequest.from_dict(body)))
    expect(user.status == "ACTIVE", user.status)
    expect((await done(client.get_user("ursula@python.example"))).id == user.id, "found by login")
    change = UpdateUserRequest.from_dict({"profile": {"nickName": "Uschi"}})
    changed = await done(client.update_user(user.id, change))
    expect(changed.profile.nick_name == "Uschi", "changed in part")
    found = await done(client.list_users(search='profile.login eq "ursula@python.example"'))
    expect([one.id for one in found] == [user.id], "found by search")
    await done(client.deactivate_user(user.id))
    await done(client.delete_user(user.id))
    await refused(client.get_user(user.id), 404)


async def groups(client):
    request = AddGroupRequest.from_dict({"profile": {"name": "Python group", "description": "Made by the SDK"}})
    group = await done(client.add_group(request))
    user = await done(client.create_user(CreateUserRequest.from_dict({"profile": profile("Gustav")}), activate=False))
    await done(client.assign_user_to_group(group.id, user.id))
    members = await done(client.list_group_users(group.id))
    expect([one.id for one in members] == [user.id], "the member")
    found = await done(client.list_groups(q="Python"))
    expect([one.id for one in found] == [group.id], "found by name")
    await refused(client.add_group(request), 400)
    await done(client.delete_group(group.id))


async def apps(client):
    body = {
        "name": "oidc_client",
        "label": "Python app",
        "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {
            "oauthClient": {
                "application_type": "web",
                "redirect_uris": ["http://127.0.0.1:3190/callback"],
                "response_types": ["code"],
                "grant_types": ["authorization_code"],
            }
        },
    }
    app = await done(client.create_application(OpenIdConnectApplication.from_dict(body)))
    expect(app.credentials.oauth_client.client_id == app.id, "the client id is the id")
    listed = await done(client.list_applications(q="Python"))
    expect([one.id for one in listed] == [app.id], "found by label")
    await done(client.deactivate_application(app.id))
    await done(client.delete_application(app.id))


async def policies(client):
    # Not of type ACCESS_POLICY: this SDK cannot read the `_embedded` that Okta gives those.
    everyone = (await done(client.list_groups(q="Everyone")))[0]
    conditions = {"people": {"groups": {"include": [everyone.id]}}}
    body = {"type": "OKTA_SIGN_ON", "name": "Python policy", "conditions": conditions}
    policy = await done(client.create_policy(OktaSignOnPolicy.from_dict(body)))
    names = [one.name for one in await done(client.list_policies(type="OKTA_SIGN_ON"))]
    expect(names == ["Python policy", "Default Policy"], names)
    rule_body = {
        "type": "SIGN_ON",
        "name": "Python rule",
        "actions": {"signon": {"access": "ALLOW", "requireFactor": False, "primaryFactor": "PASSWORD_IDP"}},
    }
    rule = await done(client.create_policy_rule(policy.id, OktaSignOnPolicyRule.from_dict(rule_body)))
    rules = await done(client.list_policy_rules(policy.id))
    expect([one.name for one in rules] == ["Python rule"], "the rule")
    await done(client.delete_policy_rule(policy.id, rule.id))
    await done(client.delete_policy(policy.id))


async def authenticators(client):
    found = await done(client.list_authenticators())
    expect({"okta_email", "okta_password"} <= {one.key for one in found}, "the authenticators")


async def authorization_servers(client):
    body = {"name": "Python server", "description": "Made by the SDK", "audiences": ["api://python"]}
    server = await done(client.create_authorization_server(AuthorizationServer.from_dict(body)))
    names = [one.name for one in await done(client.list_authorization_servers())]
    expect({"default", "Python server"} <= set(names), names)
    await done(client.deactivate_authorization_server(server.id))
    await done(client.delete_authorization_server(server.id))


async def roles(client):
    user = await done(client.create_user(CreateUserRequest.from_dict({"profile": profile("Rolf")})))
    request = AssignRoleToUserRequest(StandardRoleAssignmentSchema.from_dict({"type": "READ_ONLY_ADMIN"}))
    await done(client.assign_role_to_user(user.id, request))
    assigned = await done(client.list_assigned_roles_for_user(user.id))
    expect(len(assigned) == 1, "one role")


async def system_log(client):
    events = await done(client.list_log_events(filter='eventType eq "user.lifecycle.create"', limit=5))
    expect(len(events) > 0, "events")
    expect(events[0].outcome.result == "SUCCESS", "an outcome")


async def main(org_url):
    async with Client({"orgUrl": org_url}) as client:
        for part in [users, groups, apps, policies, authenticators, authorization_servers, roles, system_log]:
            await part(client)
            print(f"ok {part.__name__}", flush=True)


asyncio.run(main(sys.argv[1]))
