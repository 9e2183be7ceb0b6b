import { fastify } from 'fastify';

/** Child of the benchmark: a bare Fastify that parses the same JSON and answers a receipt of the same size. */
const app = fastify();
const receipt = {
  plan: 'kaifeng-145-demo',
  commandId: 'load-00000000',
  recordedAt: '2025-10-31T01:00:00.000Z',
  entries: [{ stream: 'project/p0123456789ab', version: 1, position: 1, leafHash: 'a'.repeat(64) }],
};
app.post('/api/plans/:plan/projects/:id/progress', (_request, reply) => reply.status(201).send(receipt));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url, token: 'none' });
process.on('message', (message) => {
  if (message === 'stop') void app.close().then(() => process.exit(0));
});
// A parent that died leaves no server behind.
process.on('disconnect', () => process.exit(1));
