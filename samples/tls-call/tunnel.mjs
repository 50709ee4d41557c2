// A TCP connection → a TLS one, whose secrets are written down in the format of SSLKEYLOGFILE. One connection, then it ends.
//   node tunnel.mjs LISTEN-ADDRESS:PORT TLS-ADDRESS:PORT FROM-ADDRESS KEY-LOG
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { connect } from 'node:tls';

const [from, to, localAddress, keyLog] = process.argv.slice(2);
const [listenHost, listenPort] = from.split(':');
const [host, port] = to.split(':');

const server = createServer((plain) => {
  server.close();
  const secure = connect({ host, port: Number(port), localAddress, rejectUnauthorized: false });
  secure.on('keylog', (line) => appendFileSync(keyLog, line));
  plain.pipe(secure).pipe(plain);
});
server.listen(Number(listenPort), listenHost);
