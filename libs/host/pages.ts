import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

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
  const policy = pagePolicy(issuer);
  await fastify.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.header('cache-control', path.startsWith(join(folder, ASSETS)) ? FOREVER : 'no-cache');
      void reply.header('content-security-policy', policy);
      void reply.header('x-content-type-options', 'nosniff');
      void reply.header('referrer-policy', 'no-referrer');
    },
  });
  fastify.get('/*', (request, reply) => {
    const isPage = !/^\/(api|docs|health|metrics|assets)(\/|$)/.test(request.url);
    return isPage ? reply.sendFile('index.html') : reply.callNotFound();
  });
}

/** Element Plus places its floating parts by style attributes. */
export const pagePolicy = (issuer: string | undefined): string =>
  [
    ...[
      "default-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "frame-ancestors 'none'",
    ],
    `connect-src 'self'${issuer ? ` ${new URL(issuer).origin}` : ''}`,
  ].join('; ');
