// Metrics and health over HTTP: GET /metrics, GET /health; nothing else is there.
import { createServer, type Server } from 'node:http';
import { reasonOf } from './udp-listener.ts';

export interface HttpPages {
  metrics(): string;
  health(): { readonly ok: boolean; readonly body: object };
}

/** Rejects, saying where, when the address cannot be had. */
export async function serveHttp(host: string, port: number, pages: HttpPages): Promise<Server> {
  const server = createServer({ headersTimeout: 5000, requestTimeout: 5000 }, (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (path === '/metrics') {
      response
        .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
        .end(pages.metrics());
    } else if (path === '/health') {
      const { ok, body } = pages.health();
      response
        .writeHead(ok ? 200 : 503, { 'Content-Type': 'application/json' })
        .end(`${JSON.stringify(body)}\n`);
    } else {
      response.writeHead(404).end();
    }
  });
  server.maxConnections = 100;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`cannot serve metrics on ${host}:${port}: ${reasonOf(error)}`)),
    );
    server.listen(port, host, resolve);
  });
  server.on('error', () => {});
  server.on('clientError', (_, socket) => socket.destroy());
  return server;
}
