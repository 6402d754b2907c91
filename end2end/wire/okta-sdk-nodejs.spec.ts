import okta from '@okta/okta-sdk-nodejs';
import { expect, test } from '@playwright/test';
import * as addresses from '../support/addresses.ts';
import { apiToken } from '../support/api-token.ts';
import { managed } from '../support/managed.ts';
import { Program } from '../support/program.ts';

// One org for all of them, so one worker.
test.describe.configure({ mode: 'default' });

let program: Program | undefined;
let client: okta.Client;

test.beforeAll(async () => {
  program = await Program.start(managed('managed', addresses.managed));
  client = new okta.Client({ orgUrl: addresses.managed.org, token: await apiToken(addresses.managed.org) });
});

test.afterAll(() => program?.kill());

/** All of a list, page by page. */
async function all<T>(list: Promise<okta.Collection<T>>): Promise<T[]> {
  const items: T[] = [];
  await (await list).each((item) => {
    if (item) items.push(item);
  });
  return items;
}

/** What the SDK throws for an answer of this status. */
const refused = (status: number) => expect.objectContaining({ status });

const person = (name: string) => {
  const login = `${name.toLowerCase()}@sdk.example`;
  return { firstName: name, lastName: 'Sdk', login, email: login };
};

test('users are made, read, changed, found and deleted', async () => {
  const { userApi } = client;
  const made = await userApi.createUser({
    body: { profile: person('Ursula'), credentials: { password: { value: 'Quiet-Harbor-77-lamp' } } },
    activate: true,
  });
  const userId = made.id ?? '';
  expect(made).toMatchObject({ status: 'ACTIVE', profile: { firstName: 'Ursula' } });
  expect((await userApi.getUser({ userId: 'ursula@sdk.example' })).id).toBe(userId);

  const changed = await userApi.updateUser({ userId, user: { profile: { nickName: 'Uschi' } } });
  expect(changed.profile).toMatchObject({ firstName: 'Ursula', nickName: 'Uschi' });
  const replaced = await userApi.replaceUser({ userId, user: { profile: person('Ursula') } });
  expect(replaced.profile?.nickName ?? null).toBeNull();

  const found = await all(userApi.listUsers({ search: 'profile.login eq "ursula@sdk.example"' }));
  expect(found.map(({ id }) => id)).toEqual([userId]);

  await userApi.suspendUser({ userId });
  expect((await userApi.getUser({ userId })).status).toBe('SUSPENDED');
  await userApi.unsuspendUser({ userId });
  await userApi.deactivateUser({ userId });
  expect((await userApi.getUser({ userId })).status).toBe('DEPROVISIONED');
  await userApi.deleteUser({ userId });
  await expect(userApi.getUser({ userId })).rejects.toEqual(refused(404));
});

test('a list goes on page by page until it has been read', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `Page${index}`);
  for (const name of names) await client.userApi.createUser({ body: { profile: person(name) }, activate: false });
  const found = await all(client.userApi.listUsers({ search: 'profile.firstName sw "Page"', limit: 3 }));
  expect(found.map(({ profile }) => profile?.firstName ?? '').sort()).toEqual(names);
});

test('groups and their members', async () => {
  const { groupApi, userApi } = client;
  const group = await groupApi.createGroup({ group: { profile: { name: 'Sdk group', description: 'Made by the SDK' } } });
  const groupId = group.id ?? '';
  expect(group).toMatchObject({ type: 'OKTA_GROUP', profile: { name: 'Sdk group' } });
  const { id: userId = '' } = await userApi.createUser({ body: { profile: person('Gustav') }, activate: false });

  await groupApi.assignUserToGroup({ groupId, userId });
  expect((await all(groupApi.listGroupUsers({ groupId }))).map(({ id }) => id)).toEqual([userId]);
  await groupApi.unassignUserFromGroup({ groupId, userId });
  expect(await all(groupApi.listGroupUsers({ groupId }))).toEqual([]);

  await groupApi.replaceGroup({ groupId, group: { profile: { name: 'Sdk group 2' } } });
  expect((await all(groupApi.listGroups({ q: 'Sdk group' }))).map(({ profile }) => profile?.name)).toEqual(['Sdk group 2']);
  await expect(groupApi.createGroup({ group: { profile: { name: 'Sdk group 2' } } })).rejects.toEqual(refused(400));
  await groupApi.deleteGroup({ groupId });
  await expect(groupApi.getGroup({ groupId })).rejects.toEqual(refused(404));
});

test('apps, their assignments and their policies', async () => {
  const { applicationApi, groupApi, policyApi } = client;
  const made = (await applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label: 'Sdk app',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          redirect_uris: ['http://127.0.0.1:3190/callback'],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      },
    } as okta.OpenIdConnectApplication,
  })) as okta.OpenIdConnectApplication;
  const appId = made.id ?? '';
  expect(made).toMatchObject({ status: 'ACTIVE', label: 'Sdk app' });
  expect(made.credentials?.oauthClient).toMatchObject({ client_id: appId });

  const [everyone] = await all(groupApi.listGroups({ q: 'Everyone' }));
  const groupId = everyone?.id ?? '';
  await applicationApi.assignGroupToApplication({ appId, groupId });
  expect((await all(applicationApi.listApplicationGroupAssignments({ appId }))).map(({ id }) => id)).toEqual([groupId]);

  const policies = await all(policyApi.listPolicies({ type: 'ACCESS_POLICY' }));
  const policyId = policies.find(({ name }) => name === 'Password only')?.id ?? '';
  await applicationApi.assignApplicationPolicy({ appId, policyId });
  const mapped = await all(policyApi.listPolicyApps({ policyId }));
  expect(mapped.map(({ id }) => id)).toContain(appId);

  await expect(applicationApi.deleteApplication({ appId })).rejects.toEqual(refused(403));
  await applicationApi.deactivateApplication({ appId });
  await applicationApi.deleteApplication({ appId });
  await expect(applicationApi.getApplication({ appId })).rejects.toEqual(refused(404));
});

test('policies and their rules', async () => {
  const { policyApi } = client;
  const made = await policyApi.createPolicy({
    policy: { type: 'ACCESS_POLICY', name: 'Sdk policy', status: 'ACTIVE' } as okta.AccessPolicy,
  });
  const policyId = made.id ?? '';
  const rules = await all(policyApi.listPolicyRules({ policyId }));
  expect(rules.map(({ name }) => name)).toEqual(['Catch-all Rule']);
  const rule = (await policyApi.createPolicyRule({
    policyId,
    policyRule: {
      type: 'ACCESS_POLICY',
      name: 'Sdk rule',
      actions: {
        appSignOn: {
          access: 'ALLOW',
          verificationMethod: { type: 'ASSURANCE', factorMode: '1FA', constraints: [], reauthenticateIn: 'PT2H' },
        },
      },
    } as okta.AccessPolicyRule,
  })) as okta.AccessPolicyRule;
  const ruleId = rule.id ?? '';
  await policyApi.replacePolicyRule({ policyId, ruleId, policyRule: { ...rule, name: 'Sdk rule 2' } });
  expect((await policyApi.getPolicyRule({ policyId, ruleId })).name).toBe('Sdk rule 2');
  await policyApi.deletePolicyRule({ policyId, ruleId });
  await policyApi.deactivatePolicy({ policyId });
  expect((await policyApi.getPolicy({ policyId })).status).toBe('INACTIVE');
  await policyApi.deletePolicy({ policyId });
  await expect(policyApi.getPolicy({ policyId })).rejects.toEqual(refused(404));
});

test('authenticators', async () => {
  const { authenticatorApi } = client;
  const authenticators = await all(authenticatorApi.listAuthenticators());
  const email = authenticators.find(({ key }) => key === 'okta_email');
  const authenticatorId = email?.id ?? '';
  const settings = { allowedFor: 'any', tokenLifetimeInMinutes: 10 };
  const changed = await authenticatorApi.replaceAuthenticator({
    authenticatorId,
    authenticator: { key: 'okta_email', name: 'Email', type: 'email', settings } as okta.AuthenticatorBase,
  });
  expect(changed).toMatchObject({ status: 'ACTIVE', settings });
  const methods = await all(authenticatorApi.listAuthenticatorMethods({ authenticatorId }));
  expect(methods.map(({ type }) => type)).toEqual(['email']);
});

test('authorization servers with scopes, claims, policies and rules', async () => {
  const { authorizationServerApi } = client;
  const made = await authorizationServerApi.createAuthorizationServer({
    authorizationServer: { name: 'Sdk server', description: 'Made by the SDK', audiences: ['api://sdk'] },
  });
  const authServerId = made.id ?? '';
  expect(made.issuer).toBe(`${addresses.managed.org}/oauth2/${authServerId}`);
  const policy = await authorizationServerApi.createAuthorizationServerPolicy({
    authServerId,
    policy: {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'Sdk policy',
      description: 'For all clients',
      priority: 1,
      conditions: { clients: { include: ['ALL_CLIENTS'] } },
    },
  });
  const policyId = policy.id ?? '';
  const rule = await authorizationServerApi.createAuthorizationServerPolicyRule({
    authServerId,
    policyId,
    policyRule: {
      type: 'RESOURCE_ACCESS',
      name: 'Sdk rule',
      priority: 1,
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        grantTypes: { include: ['authorization_code'] },
        scopes: { include: ['*'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 30, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10080 } },
    },
  });
  expect(rule).toMatchObject({ name: 'Sdk rule', status: 'ACTIVE' });
  const document = await fetch(`${made.issuer}/.well-known/openid-configuration`);
  expect(await document.json()).toMatchObject({ issuer: made.issuer });
  await authorizationServerApi.deactivateAuthorizationServer({ authServerId });
  await authorizationServerApi.deleteAuthorizationServer({ authServerId });
  await expect(authorizationServerApi.getAuthorizationServer({ authServerId })).rejects.toEqual(refused(404));
});

test('administrator roles', async () => {
  const { roleAssignmentApi, userApi } = client;
  const { id: userId = '' } = await userApi.createUser({ body: { profile: person('Rolf') } });
  const assigned = await roleAssignmentApi.assignRoleToUser({ userId, assignRoleRequest: { type: 'USER_ADMIN' } });
  expect(assigned).toMatchObject({ type: 'USER_ADMIN', label: 'Group Administrator' });
  await expect(
    roleAssignmentApi.assignRoleToUser({ userId, assignRoleRequest: { type: 'USER_ADMIN' } }),
  ).rejects.toEqual(refused(409));
  const roles = await all(roleAssignmentApi.listAssignedRolesForUser({ userId }));
  expect(roles.map(({ type }) => type)).toEqual(['USER_ADMIN']);
  await roleAssignmentApi.unassignRoleFromUser({ userId, roleId: roles[0]?.id ?? '' });
  expect(await all(roleAssignmentApi.listAssignedRolesForUser({ userId }))).toEqual([]);
});

test('the System Log tells what was done, by whom', async () => {
  const { id: userId = '' } = await client.userApi.createUser({ body: { profile: person('Logan') }, activate: false });
  const filter = `eventType eq "user.lifecycle.create" and target.id eq "${userId}"`;
  // Bounded: without an end the list never ends.
  const until = new Date(Date.now() + 60_000);
  const events = await all(client.systemLogApi.listLogEvents({ filter, until: until.toISOString() }));
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ outcome: { result: 'SUCCESS' }, actor: { type: 'User' } });
});
