// An OpenID Connect provider that behaves as ProConnect does for a service: RS256 everywhere, the userinfo as a
// signed token, state and nonce of 32 signs at least, no parameter that is not documented, a secret sent in the
// body. Who signs in is a JSON of claims typed on its page, where a test may also ask for a forged answer:
//   forged: "signature" (the userinfo is changed after signing), "key" (signed by a key of nobody),
//           "plain" (sent unsigned), "sub" (another person than the id_token's), "audience" (meant for another)
// usage: node provider.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI POST_LOGOUT_REDIRECT_URI

import { generateKeyPairSync } from 'node:crypto';
import { parse } from 'node:querystring';

import { SignJWT, exportJWK } from 'jose';
import Provider from 'oidc-provider';

const [port, clientId, clientSecret, redirectUri, afterLogout] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const ALLOWED = new Set([
  'response_type', 'client_id', 'redirect_uri', 'scope', 'claims', 'state', 'nonce', 'prompt', 'idp_hint', 'login_hint',
]);
const SHORTEST = 32;

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const nobodys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const people = new Map();

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [afterLogout],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'RS256',
    userinfo_signed_response_alg: 'RS256',
  }],
  jwks: { keys: [{ ...(await exportJWK(ours.privateKey)), kid: 'ours', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  scopes: ['openid', 'given_name', 'usual_name', 'email', 'siret', 'idp_id'],
  claims: {
    openid: ['sub'],
    given_name: ['given_name'],
    usual_name: ['usual_name'],
    email: ['email', 'email_verified'],
    siret: ['siret'],
    idp_id: ['idp_id'],
    acr: null,
    amr: null,
    auth_time: null,
    iss: null,
  },
  acrValues: ['eidas1', 'eidas2'],
  conformIdTokenClaims: true,
  features: {
    claimsParameter: { enabled: true },
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.type = 'html';
        ctx.body = `<!doctype html><title>Fin de session</title>${form}<button form="op.logoutForm" name="logout" value="yes">Fermer la session</button>`;
      },
    },
  },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub)?.claims, sub }) }),
  interactions: { url: (ctx, interaction) => `/identite/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid given_name usual_name email siret idp_id');
    grant.addOIDCClaims(['acr', 'amr']);
    await grant.save();
    return grant;
  },
  pkce: { required: () => false },
  ttl: { AccessToken: 60, AuthorizationCode: 30, IdToken: 60, Interaction: 300, Session: 43200, Grant: 43200 },
});

// Strict as the documentation says: nothing else in the address, and long enough draws.
provider.use(async (ctx, next) => {
  if (ctx.path === '/auth') {
    const unknown = Object.keys(ctx.query).filter((name) => !ALLOWED.has(name));
    const short = ['state', 'nonce'].filter((name) => String(ctx.query[name] ?? '').length < SHORTEST);
    if (unknown.length || short.length) {
      ctx.status = 400;
      ctx.body = `Y000400: ${[...unknown, ...short].join(', ')}`;
      return;
    }
  }
  await next();
  if (ctx.path === '/me' && ctx.status === 200) ctx.body = await spoiled(ctx);
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/identite/')) return next();
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = '<!doctype html><title>Identité</title><form method="post"><label>Qui <textarea name="who"></textarea></label><button>Continuer</button></form>';
    return undefined;
  }
  const { sub, amr, acr, forged, refuses, ...claims } = JSON.parse(parse(await read(ctx.req)).who);
  people.set(sub, { claims, forged });
  const result = refuses
    ? { error: 'access_denied', error_description: 'User authentication aborted' }
    : { login: { accountId: sub, amr, acr } };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

async function spoiled(ctx) {
  const token = String(ctx.body);
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  const forged = people.get(claims.sub)?.forged;
  const sign = (changes, key) => new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'ours' }).sign(key);
  if (forged === 'signature') {
    const [head, , signature] = token.split('.');
    const body = Buffer.from(JSON.stringify({ ...claims, email: 'quelqu-un-d-autre@exemple.fr' }));
    return `${head}.${body.toString('base64url')}.${signature}`;
  }
  if (forged === 'key') return sign({}, nobodys.privateKey);
  if (forged === 'sub') return sign({ sub: 'another' }, ours.privateKey);
  if (forged === 'audience') return sign({ aud: 'another' }, ours.privateKey);
  if (forged === 'plain') {
    ctx.type = 'application/json';
    return JSON.stringify(claims);
  }
  return token;
}

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

const server = provider.listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
