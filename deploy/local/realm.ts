import { DEMO_PEOPLE, type DemoPerson } from '@planledger/auth';

/** Of every demo person; the server listens on this machine only. */
export const DEMO_PASSWORD = 'demo';
export const REALM = 'planledger';
/** People in a browser, and scripts by name and password. */
export const CLIENT = 'planledger-dashboard';

const mapper = (name: string, protocolMapper: string, config: Record<string, string>) => ({
  name,
  protocolMapper,
  protocol: 'openid-connect',
  config: { ...config, 'access.token.claim': 'true' },
});

/**
 * The attribute holds the claim `planledger` whole, as JSON: an attribute that is an empty list would leave no claim, and
 * who may reach no county would be taken for somebody whose token says nothing.
 */
const userOf = ({ id, name, ...claims }: DemoPerson) => ({
  id,
  username: id,
  firstName: name,
  enabled: true,
  attributes: { planledger: [JSON.stringify(claims)] },
  credentials: [{ type: 'password', value: DEMO_PASSWORD }],
});

/** Has an account in the city and no part in the plan: a token of his says nothing that the services ask of one. */
export const STRANGER = 'stranger';
const stranger = {
  ...{ id: STRANGER, username: STRANGER, enabled: true },
  credentials: [{ type: 'password', value: DEMO_PASSWORD }],
};

/** Asks nobody for a name or an address, and lets the attribute be. */
const PROFILE = { attributes: [{ name: 'username' }, { name: 'email' }], unmanagedAttributePolicy: 'ADMIN_EDIT' };

/** Services, when they ask each other: by client credentials, as nobody's account. */
export const SERVICE_CLIENT = 'planledger-services';
const SERVICE_CLAIMS = { unit: 'system', role: 'service', plans: '*', sectors: '*', counties: '*' };

/** typ at+jwt: no other token of this realm passes for an access token. */
const MARKED = { 'access.token.header.type.rfc9068': 'true' };
const AUDIENCE = mapper('audience', 'oidc-audience-mapper', { 'included.custom.audience': 'planledger' });

/**
 * What Keycloak imports: the demo people, with the subjects and rights they have without an identity provider, and the
 * client that services sign in as.
 */
export const demoRealm = (serviceSecret: string) => ({
  realm: REALM,
  enabled: true,
  internationalizationEnabled: true,
  supportedLocales: ['zh-CN'],
  defaultLocale: 'zh-CN',
  // The password is no secret; hashing it well for fifty people would only delay the start.
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
  clients: [
    {
      clientId: CLIENT,
      publicClient: true,
      directAccessGrantsEnabled: true,
      redirectUris: ['http://127.0.0.1:*'],
      // A page of any port of this machine; what '+' takes over from above would be an origin with a star in it.
      webOrigins: ['*'],
      // Signed out, people are sent back to where they may be sent to signed in.
      attributes: { ...MARKED, 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': '+' },
      protocolMappers: [
        mapper('planledger', 'oidc-usermodel-attribute-mapper', {
          'user.attribute': 'planledger',
          'claim.name': 'planledger',
          'jsonType.label': 'JSON',
        }),
        AUDIENCE,
      ],
    },
    {
      clientId: SERVICE_CLIENT,
      secret: serviceSecret,
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
      attributes: MARKED,
      protocolMappers: [
        mapper('planledger', 'oidc-hardcoded-claim-mapper', {
          'claim.name': 'planledger',
          'claim.value': JSON.stringify(SERVICE_CLAIMS),
          'jsonType.label': 'JSON',
        }),
        AUDIENCE,
      ],
    },
  ],
  components: {
    'org.keycloak.userprofile.UserProfileProvider': [
      { providerId: 'declarative-user-profile', config: { 'kc.user.profile.config': [JSON.stringify(PROFILE)] } },
    ],
  },
  users: [...DEMO_PEOPLE.map(userOf), stranger],
});
