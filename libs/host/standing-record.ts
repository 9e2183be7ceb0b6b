import { decodeStanding, encodeStanding, type Standing } from '@planledger/contracts';
import type { FeedRecord } from '@planledger/feed';

const HEADERS = { ce_specversion: '1.0', ce_type: 'planledger.v1.Standing' };

/**
 * A standing on its way, whose bytes are made when somebody asks for them. A broker does; a reader in the same process
 * takes the message, and encoding was a tenth of what a command costs there.
 */
export class StandingRecord implements FeedRecord {
  readonly headers = HEADERS;
  private bytes: Uint8Array | undefined;

  constructor(
    readonly key: string,
    readonly standing: Standing,
  ) {}

  get value(): Uint8Array {
    return (this.bytes ??= encodeStanding(this.standing));
  }
}

/** The standing in a record, however it came. */
export const standingIn = (record: FeedRecord): Standing =>
  record instanceof StandingRecord ? record.standing : decodeStanding(record.value);
