import { DEMO_PEOPLE, type DemoPerson } from '@planledger/auth';

/** Of every demo person; the server listens on this machine only. */
export const DEMO_PASSWORD = 'demo';
export const REALM = 'planledger';
/** The one client: people in a browser, and scripts by name and password. */
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

/** Asks nobody for a name or an address, and lets the attribute be. */
const PROFILE = { attributes: [{ name: 'username' }, { name: 'email' }], unmanagedAttributePolicy: 'ADMIN_EDIT' };

/** What Keycloak imports: the demo people, with the subjects and rights they have without an identity provider. */
export const demoRealm = () => ({
  realm: REALM,
  enabled: true,
  // The password is no secret; hashing it well for fifty people would only delay the start.
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
  clients: [
    {
      clientId: CLIENT,
      publicClient: true,
      directAccessGrantsEnabled: true,
      redirectUris: ['http://127.0.0.1:*'],
      webOrigins: ['+'],
      // typ at+jwt: no other token of this realm passes for an access token.
      attributes: { 'access.token.header.type.rfc9068': 'true', 'pkce.code.challenge.method': 'S256' },
      protocolMappers: [
        mapper('planledger', 'oidc-usermodel-attribute-mapper', {
          'user.attribute': 'planledger',
          'claim.name': 'planledger',
          'jsonType.label': 'JSON',
        }),
        mapper('audience', 'oidc-audience-mapper', { 'included.custom.audience': 'planledger' }),
      ],
    },
  ],
  components: {
    'org.keycloak.userprofile.UserProfileProvider': [
      { providerId: 'declarative-user-profile', config: { 'kc.user.profile.config': [JSON.stringify(PROFILE)] } },
    ],
  },
  users: DEMO_PEOPLE.map(userOf),
});
