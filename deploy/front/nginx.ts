import { type Language, NO_PAGES, pagePolicy, surfaceProblem, type SurfaceCode } from '@planledger/host';
import type { OwnedRoute } from './documents.js';

export interface NginxOptions {
  /** Port, or address:port; plain HTTP. */
  readonly listen: string;
  /** Addresses (host:port) of each service, at least one; with a resolver, one. */
  readonly upstreams: Readonly<Record<string, readonly string[]>>;
  /** The one folder that nginx writes to: its pid and, while they come, parts of requests. */
  readonly run: string;
  /**
   * A name server that is asked while nginx runs, for networks where a restarted service gets another address. Without
   * it names are looked up once, at the start.
   */
  readonly resolver?: string | undefined;
  /** The dashboard's pages are in the folder `pages` beside the configuration; left out, there is none. */
  readonly hasPages?: boolean;
  /** The identity provider that the pages ask; left out, any that is asked over TLS. */
  readonly issuer?: string | undefined;
}

/** As serve.ts of libs/host limits a body; NDJSON is limited line by line by who reads it. */
const BODY_BYTES_MAX = 262_144;
/** Containers see all processors of their machine, so `auto` would start one for each. */
const WORKERS = 2;
const CONNECTIONS_MAX = 4_096;
const CONNECT_S_MAX = 2;
/** A replay over a whole history takes a while; events are never farther apart than their heartbeat of 15 s. */
const ANSWER_S_MAX = 120;
/** Shorter than Node's 72 s: a service never closes a connection that a request is just being written to. */
const IDLE_S_MAX = 30;
const IDLE_CONNECTIONS_MAX = 32;
const NEXT_TRY_S_MAX = 10;
const RETRY_AFTER_S = 5;
/** What a stopping nginx gives to live readers before it lets go of them. */
const DRAIN_S_MAX = 10;
/** Long addresses and tokens: no tighter than Node's 16 KiB for all headers together. */
const HEADER_BUFFERS = '4 16k';
/** One process writes, another stands by: two that write take turns, and both lose by it (docs/adr/0014). */
const STANDS_BY = 'intake';

const BARE = "default-src 'none'; frame-ancestors 'none'";
/** Swagger UI styles its elements one by one. */
const PAGE = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
const PROBLEM_TYPE = "default_type 'application/problem+json; charset=utf-8';";

/**
 * The configuration of the front, for `nginx -e stderr -p FOLDER -c nginx.conf`; paths in it are relative to FOLDER.
 * A request goes to the owner of its method and path or to nobody. It is matched as it came: decoded, a %2F inside a
 * parameter would part it. So a fixed part of a path must come as it is written: `/api/%70lans`, which a service by itself
 * finds, is nobody's here.
 */
export function nginxConf(routes: readonly OwnedRoute[], options: NginxOptions): string {
  const { listen, run, resolver } = options;
  const owners = [...new Set(routes.map(({ owner }) => owner))];
  const streamed = routes.filter((route) => route.streamed);
  return `# Made by @planledger/front out of the services' OpenAPI documents: change those, not this.
daemon off;
pid ${run}/nginx.pid;
error_log stderr warn;
worker_processes ${WORKERS};
worker_shutdown_timeout ${DRAIN_S_MAX}s;
pcre_jit on;
events { worker_connections ${CONNECTIONS_MAX}; }
http {
  client_body_temp_path ${run}/client-body;
  proxy_temp_path ${run}/proxy;
  fastcgi_temp_path ${run}/fastcgi;
  uwsgi_temp_path ${run}/uwsgi;
  scgi_temp_path ${run}/scgi;
  log_format line escape=json '{"at":"$time_iso8601","request":"$request_id","method":"$request_method",'
    '"uri":"$request_uri","owner":"$owner","status":$status,"seconds":$request_time}';
  access_log /dev/stdout line;
  server_tokens off;

  # Fixed parts before parameters, as the services' own router takes them.
  map "$request_method $request_uri" $owner {
    default '';
${[...routes].sort(fixedFirst).map(ownerLine).join('\n')}
  }
${resolver ? resolved(owners, options) : owners.map((owner) => upstream(owner, options)).join('\n')}

  # Names of these files change with what is in them.
  map $uri $cached { default no-cache; ~^/assets/ 'public, max-age=31536000, immutable'; }
  types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }
${problemMap('$not_found', 'NOT_FOUND')}
${problemMap('$too_large', 'TOO_LARGE')}
${problemMap('$unavailable', 'SERVICE_UNAVAILABLE')}

  server {
    listen ${listen};
    root .;
    large_client_header_buffers ${HEADER_BUFFERS};
    client_header_timeout 10s;
    client_body_timeout 30s;
    client_max_body_size ${BODY_BYTES_MAX};
    # A whole body fits, so that none is written to disk.
    client_body_buffer_size ${BODY_BYTES_MAX};

    proxy_http_version 1.1;
    proxy_set_header Connection '';
    proxy_set_header Host $http_host;
    proxy_set_header X-Request-Id $request_id;
    # Nothing is kept back or put on disk: events and lines go on as they come.
    proxy_buffering off;
    proxy_max_temp_file_size 0;
    proxy_connect_timeout ${CONNECT_S_MAX}s;
    proxy_send_timeout 30s;
    proxy_read_timeout ${ANSWER_S_MAX}s;
    # Without non_idempotent: a POST that was sent is not sent again, whatever became of it.
    proxy_next_upstream error timeout;
    proxy_next_upstream_tries 2;
    proxy_next_upstream_timeout ${NEXT_TRY_S_MAX}s;

    ${headers(BARE)}
    error_page 413 @too_large;
    error_page 502 504 = @unavailable;

    location / { ${options.hasPages ? pages(options.issuer, '/index.html') : passedOn(resolver)} }
${options.hasPages ? `    location ^~ /assets/ { ${pages(options.issuer, '=404')} }` : ''}
${streamed.map(({ path }) => streamedLocation(path, resolver)).join('\n')}
    location = /health/live { default_type application/json; return 200 '{"status":"live"}'; }
    location = /openapi.json { default_type 'application/json; charset=utf-8'; types { } }
    location = /docs {
      ${headers(PAGE)}
      default_type 'text/html; charset=utf-8';
      types { }
      try_files /docs/index.html =404;
    }
    location ~ ^/docs/[a-z-]+\\.(css|js|html|png)$ {
      ${headers(PAGE)}
      types { text/css css; text/javascript js; text/html html; image/png png; }
    }
    location ~ ${NO_PAGES.source.replaceAll('\\/', '/')} { ${passedOn(resolver)} }
    location @too_large { ${PROBLEM_TYPE} return 413 $too_large; }
    location @unavailable {
      ${PROBLEM_TYPE}
      ${headers(BARE)}
      add_header Retry-After ${RETRY_AFTER_S} always;
      return 503 $unavailable;
    }
  }
}
`;
}

/** An address that is no file and none of the surface is one of the dashboard's own views (libs/host/pages.ts). */
const pages = (issuer: string | undefined, otherwise: string): string => `
      root pages;
      gzip_static on;
      gzip_vary on;
      ${headers(pagePolicy(issuer ? new URL(issuer).origin : 'https:'))}
      add_header Cache-Control $cached always;
      try_files $uri ${otherwise};
    `;

const passedOn = (resolver: string | undefined): string =>
  `${PROBLEM_TYPE} if ($owner = '') { return 404 $not_found; } proxy_pass http://${resolver ? '$address' : '$owner'};`;

const streamedLocation = (path: string, resolver: string | undefined): string => `    location ~ ${pattern(path)}$ {
      client_max_body_size 0;
      proxy_request_buffering off;
      ${passedOn(resolver)}
    }`;

/** A location that adds one header inherits none. */
const headers = (policy: string): string =>
  [
    `add_header Content-Security-Policy "${policy}" always;`,
    'add_header X-Content-Type-Options nosniff always;',
    'add_header X-Frame-Options DENY always;',
    'add_header Referrer-Policy no-referrer always;',
    'add_header X-Request-Id $request_id always;',
  ].join(' ');

/** HEAD is answered wherever GET is. */
const ownerLine = ({ method, path, owner }: OwnedRoute): string =>
  `    "~^${method === 'GET' ? '(GET|HEAD)' : method} ${pattern(path).slice(1)}($|[?#])" ${owner};`;

const PARAMETER = /^\{\w+\}$/;

/** `^/api/plans/[^/?#]+`. Throws at a segment that is neither fixed nor one parameter. */
function pattern(path: string): string {
  const segments = path.split('/').map((segment) => {
    if (PARAMETER.test(segment)) return '[^/?#]+';
    if (!/^[\w-]*$/.test(segment)) throw new Error(`${path}: the front does not know how to match ${segment}`);
    return segment;
  });
  return `^${segments.join('/')}`;
}

/** Of two routes that one request fits, the one with the fixed part where the other has a parameter. */
function fixedFirst(a: OwnedRoute, b: OwnedRoute): number {
  const [one, other] = [a.path.split('/'), b.path.split('/')];
  for (const [index, segment] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    if (segment === against) continue;
    const differs = Number(PARAMETER.test(segment)) - Number(PARAMETER.test(against));
    return differs || (segment < against ? -1 : 1);
  }
  return one.length - other.length;
}

function upstream(owner: string, { upstreams }: NginxOptions): string {
  const servers = (upstreams[owner] ?? []).map(
    (address, index) => `server ${address}${owner === STANDS_BY && index > 0 ? ' backup' : ''};`,
  );
  return `  upstream ${owner} { ${servers.join(' ')} keepalive ${IDLE_CONNECTIONS_MAX}; keepalive_timeout ${IDLE_S_MAX}s; }`;
}

function resolved(owners: readonly string[], { resolver, upstreams }: NginxOptions): string {
  return `  resolver ${resolver} valid=5s ipv6=off;
  resolver_timeout ${CONNECT_S_MAX}s;
  map $owner $address {
${owners.map((owner) => `    ${owner} ${upstreams[owner]?.[0]};`).join('\n')}
  }`;
}

/** Chinese, or English where that is asked for first (languageOf of libs/host). */
const problemMap = (variable: string, code: SurfaceCode): string =>
  `  map $http_accept_language ${variable} {
    "~*^\\s*en\\b" '${problemText(code, 'en')}';
    default '${problemText(code, 'zh')}';
  }`;

function problemText(code: SurfaceCode, language: Language): string {
  const text = JSON.stringify(surfaceProblem(code, language));
  // nginx would read the one as the name of a variable and the others as its own marks.
  if (/[$'\\]/.test(text)) throw new Error(`nginx cannot quote ${text}`);
  return text;
}
