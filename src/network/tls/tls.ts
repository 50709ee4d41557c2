// TLS connections whose secrets are known → consumers that decrypt them, one for each direction.
import { StreamRoom } from '../stream/stream-room.ts';
import type { OpenStream } from '../tcp/tcp-consumer.ts';
import { TlsConnection } from './tls-connection.ts';
import type { TlsSecrets } from './tls-secrets.ts';
import { TlsStream, type TlsStreamOptions } from './tls-stream.ts';

export interface TlsOptions extends Omit<TlsStreamOptions, 'room'> {
  readonly secrets: TlsSecrets;
  /** Octets held for records that are not whole, of all connections. */
  readonly heldInAll?: number;
}

/** Opens nothing for as long as no secrets are known at all. */
export function tlsStreams({ secrets, heldInAll = HELD_IN_ALL, ...rest }: TlsOptions): OpenStream {
  const options: TlsStreamOptions = { ...rest, room: new StreamRoom(heldInAll) };
  return (direction) => {
    const { conversation } = direction;
    if (conversation.tls === null) {
      if (secrets.isEmpty) return null;
      conversation.tls = new TlsConnection(secrets);
    }
    return new TlsStream(direction, conversation.tls, options);
  };
}

const HELD_IN_ALL = 64 << 20;
