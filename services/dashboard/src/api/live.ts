import { EventSourceParserStream } from 'eventsource-parser/stream';
import { onScopeDispose, ref, type Ref } from 'vue';
import { token } from '../session/token';

const RETRY_MS = { first: 1_000, most: 30_000 };
/** The surface says that it lives every 15 s; a connection that says nothing for longer is none. */
const SILENT_MS_MAX = 40_000;

/**
 * Reads GET /api/plans/{plan}/live until the screen is left: `heard` gets each event's data, parsed. Goes on after a lost
 * connection (the first event of a connection is the whole headline, so nothing is missed). EventSource cannot send a token.
 */
export function useLive(plan: string, heard: (headline: unknown) => void): { readonly isConnected: Ref<boolean> } {
  const isConnected = ref(false);
  const left = new AbortController();
  onScopeDispose(() => left.abort());
  void listen();

  async function listen(): Promise<void> {
    let wait = RETRY_MS.first;
    while (!left.signal.aborted) {
      try {
        await readOnce(() => (wait = RETRY_MS.first));
      } catch {
        // Whatever ended it, it is begun anew.
      }
      isConnected.value = false;
      if (left.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, RETRY_MS.most);
    }
  }

  async function readOnce(begun: () => void): Promise<void> {
    const connection = new AbortController();
    const end = (): void => connection.abort();
    left.signal.addEventListener('abort', end);
    let silence = setTimeout(end, SILENT_MS_MAX);
    try {
      const response = await fetch(`/api/plans/${plan}/live`, {
        headers: { authorization: `Bearer ${token() ?? ''}`, accept: 'text/event-stream' },
        signal: connection.signal,
      });
      if (!response.ok || !response.body) return;
      const lively = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          clearTimeout(silence);
          silence = setTimeout(end, SILENT_MS_MAX);
          controller.enqueue(chunk);
        },
      });
      const events = response.body
        .pipeThrough(lively)
        .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
        .pipeThrough(new EventSourceParserStream())
        .getReader();
      for (let next = await events.read(); !next.done; next = await events.read()) {
        isConnected.value = true;
        begun();
        if (next.value.event === 'completion') heard(JSON.parse(next.value.data));
      }
    } finally {
      clearTimeout(silence);
      left.signal.removeEventListener('abort', end);
    }
  }
  return { isConnected };
}
