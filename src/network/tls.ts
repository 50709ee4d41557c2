// TLS streams whose secrets are known → consumers of what is said in them: SIP (RFC 3261 §26.2.1), or something that is not read.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { OutcomeLedger } from './outcome.ts';
import type { OpenStream, StreamConsumer, TcpDirection } from './tcp-consumer.ts';
import { mayBeSip } from './tcp-start-line.ts';
import { TlsConnection } from './tls-connection.ts';
import type { TlsSecrets } from './tls-secrets.ts';
import { TlsStream, type TlsStreamOptions } from './tls-stream.ts';

export class TlsStreams {
  private readonly secrets: TlsSecrets;
  private readonly options: TlsStreamOptions;

  constructor(
    secrets: TlsSecrets,
    openStream: OpenStream,
    options: { readonly ledger: OutcomeLedger; readonly onDiagnostic: DiagnosticSink },
  ) {
    this.secrets = secrets;
    this.options = {
      ...options,
      openContent: (direction, first) => (mayBeSip(first, 0, first.length) ? openStream(direction) : null),
    };
  }

  /** Null where no secrets are known at all. */
  open(direction: TcpDirection): StreamConsumer | null {
    const { conversation } = direction;
    if (conversation.tls === null) {
      if (this.secrets.isEmpty) return null;
      conversation.tls = new TlsConnection(this.secrets);
    }
    return new TlsStream(direction, conversation.tls, this.options);
  }
}
