const APPENDS = 300;

/** emmett's own append on SQLite beside ours, one event an append, where somebody installed it; else says so. */
export async function measureEmmett(): Promise<string[]> {
  const name = '@event-driven-io/emmett-sqlite';
  try {
    const emmett = (await import(name)) as {
      getSQLiteEventStore: (options: object) => { appendToStream(stream: string, events: object[]): Promise<unknown> };
    };
    const store = emmett.getSQLiteEventStore({ fileName: ':memory:', schema: { autoMigration: 'CreateOrUpdate' } });
    const started = performance.now();
    for (let n = 0; n < APPENDS; n += 1) {
      await store.appendToStream(`project-${n % 20}`, [{ type: 'ProgressReported', data: { done: n } }]);
    }
    return [
      `emmett-sqlite, one client, one event an append: ${Math.round(APPENDS / ((performance.now() - started) / 1_000))}/s`,
    ];
  } catch {
    return ['emmett-sqlite is not installed; nothing measured beside it'];
  }
}
