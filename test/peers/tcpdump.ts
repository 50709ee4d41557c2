// tcpdump on the loopback: what goes between addresses of one network, recorded to a file.
import type { ProcessGroup, Running } from './process-group.ts';

export class Tcpdump {
  private readonly running: Running;

  /** Resolves once it records. `network`: `127.8.1.0/24`. */
  static async start(group: ProcessGroup, path: string, network: string): Promise<Tcpdump> {
    const tcpdump = new Tcpdump(group, path, network);
    await tcpdump.running.says('listening on');
    return tcpdump;
  }

  private constructor(group: ProcessGroup, path: string, network: string) {
    // At once: what waits in the kernel when it ends is lost.
    const options = ['-i', 'lo', '--immediate-mode', '-U', '-s', '0', '-w', path];
    this.running = group.start('tcpdump', 'tcpdump', [...options, 'udp', 'and', 'net', network]);
  }

  async end(): Promise<void> {
    this.running.child.kill('SIGINT');
    await this.running.ended;
  }
}
