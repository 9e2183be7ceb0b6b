import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** Addresses that are the surface's, whether it has them or not. */
export const NO_PAGES = /^\/(api|docs|health|metrics|assets)(\/|$)/;

/** Names of these files change with what is in them. */
const ASSETS = 'assets';
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the dashboard's built pages out of `folder` at `/`. An address that is no file and none of the surface is one of
 * the dashboard's own views, so it gets the page, which finds the view. `issuer`: the identity provider that the page may ask.
 */
export async function servePages(fastify: Fastify, folder: string, issuer: string | undefined): Promise<void> {
  // Fetched where pages are served and nowhere else: services without pages do not hold it.
  const { default: fastifyStatic } = await import('@fastify/static');
  const policy = pagePolicy(issuer && new URL(issuer).origin);
  await fastify.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    // The build leaves .br and .gz beside what is worth it.
    preCompressed: true,
    setHeaders(reply, path) {
      void reply.header('cache-control', path.startsWith(join(folder, ASSETS)) ? FOREVER : 'no-cache');
      void reply.header('content-security-policy', policy);
      void reply.header('x-content-type-options', 'nosniff');
      void reply.header('referrer-policy', 'no-referrer');
    },
  });
  fastify.get('/*', (request, reply) => {
    return NO_PAGES.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html');
  });
}

/**
 * What the pages may fetch: their own, and, to sign people in, from `origin` (CSP source: https://host, or https: for any).
 * Element Plus places its floating parts by style attributes.
 */
export const pagePolicy = (origin: string | undefined): string =>
  [
    ...[
      "default-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "frame-ancestors 'none'",
    ],
    `connect-src 'self'${origin ? ` ${origin}` : ''}`,
  ].join('; ');
