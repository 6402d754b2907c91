/** Where the programs under test listen, all on loopback. App and org are different sites, as in production. */
export const app = 'http://127.0.0.1:3100';
export const org = 'http://localhost:7100';

/** An app whose org never answers. */
export const lonelyApp = 'http://127.0.0.1:3101';
export const deadIssuer = 'http://localhost:7101';

/** An app that trusts a foreign OpenID provider. */
export const foreignApp = 'http://127.0.0.1:3102';
export const foreignProvider = 'http://localhost:7102';

/** An app and org that are killed and started again. */
export const mortalApp = 'http://127.0.0.1:3103';
export const mortalOrg = 'http://localhost:7103';

/** An org that is killed while it is managed. */
export const mortalManaged = { app: 'http://127.0.0.1:3139', org: 'http://localhost:7139' } as const;

/** Orgs for Okta's own clients, each with an app that embeds them: the same site as the org, as under one domain. */
export const embedded = {
  sdk: { app: 'http://127.0.0.1:3106', org: 'http://localhost:7106', site: 'http://localhost:3191' },
  widget: { app: 'http://127.0.0.1:3107', org: 'http://localhost:7107', site: 'http://localhost:3192' },
} as const;

/** The site of a single-page app. */
export const singlePageApp = 'http://127.0.0.1:3193';

/** An app that lets people sign in on the org's page, by forms of its own, and by the widget. */
export const threeWays = { app: 'http://127.0.0.1:3145', org: 'http://localhost:7145' } as const;

/** An org with many people. */
export const crowded = { app: 'http://127.0.0.1:3108', org: 'http://localhost:7108' } as const;

/** Orgs that are managed by Okta's SDKs. */
export const managed = { app: 'http://127.0.0.1:3109', org: 'http://localhost:7109' } as const;
export const managedByPython = { app: 'http://127.0.0.1:3110', org: 'http://localhost:7110' } as const;

/** Apps and orgs that are set up as the guide does, one for each project and use case. */
export const setUp: Readonly<Record<string, { readonly app: string; readonly org: string }>> = {
  'chromium mfa': { app: 'http://127.0.0.1:3111', org: 'http://localhost:7111' },
  'chromium password-optional': { app: 'http://127.0.0.1:3112', org: 'http://localhost:7112' },
  'no-javascript mfa': { app: 'http://127.0.0.1:3113', org: 'http://localhost:7113' },
  'no-javascript password-optional': { app: 'http://127.0.0.1:3114', org: 'http://localhost:7114' },
};

/** Apps and orgs of tests that move the org's clock, one for each project. */
export const timeTravel: Readonly<Record<string, { readonly app: string; readonly org: string }>> = {
  chromium: { app: 'http://127.0.0.1:3104', org: 'http://localhost:7104' },
  'no-javascript': { app: 'http://127.0.0.1:3105', org: 'http://localhost:7105' },
};

/** App and org of a worker whose tests have an org of their own. */
export const ofWorker = (parallelIndex: number) => ({
  app: `http://127.0.0.1:${3120 + parallelIndex}`,
  org: `http://localhost:${7120 + parallelIndex}`,
});

/** Orgs that are judged by the modules of the OpenID Foundation's conformance suite, one for each worker. */
export const conformance = (parallelIndex: number) => ({
  app: `http://127.0.0.1:${3130 + parallelIndex}`,
  org: `http://localhost:${7130 + parallelIndex}`,
});

/** Where the foreign clients of the wire specs are sent back to. Nothing listens there. */
export const clientCallback = 'http://127.0.0.1:3190/callback';
export const clientSignedOut = 'http://127.0.0.1:3190/signed-out';
