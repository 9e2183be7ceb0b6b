import { decodeStanding, encodeStanding, type Standing } from '@planledger/contracts';
import type { FeedRecord } from '@planledger/feed';

/**
 * A standing on its way, whose bytes are made when somebody asks for them. A broker does; a reader in the same process
 * takes the message, and encoding was a tenth of what a command costs there.
 */
export class StandingRecord implements FeedRecord {
  private bytes: Uint8Array | undefined;

  constructor(
    readonly key: string,
    readonly standing: Standing,
  ) {}

  /** Its version and position as an entry's: who cannot decode it parks its key there. */
  get headers(): Readonly<Record<string, string>> {
    const { version, position } = this.standing;
    return {
      ce_specversion: '1.0',
      ce_type: 'planledger.v1.Standing',
      ce_version: String(version),
      ce_position: String(position),
    };
  }

  get value(): Uint8Array {
    return (this.bytes ??= encodeStanding(this.standing));
  }
}

/** The standing in a record, however it came. */
export const standingIn = (record: FeedRecord): Standing =>
  record instanceof StandingRecord ? record.standing : decodeStanding(record.value);
