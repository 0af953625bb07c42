// A back end that misbehaves on request, behind the real link to its parent: for tests of the supervision.
import { createServer } from 'node:http';
import { runForParent, type ParentChannel } from '../../../host/desktop-link.ts';

const channel: ParentChannel = {
  post: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', listener),
  onDisconnect: (listener) => void process.on('disconnect', listener),
};

runForParent(
  channel,
  async ({ listen, secret, keyWrapper }) => {
    if (process.env.FAKE === 'fails') throw new Error('这个工作区正被另一个程序打开');
    if (listen.kind !== 'pipe') throw new Error('expected a pipe');
    const server = createServer(async (request, response) => {
      if (request.headers['x-steward-secret'] !== secret) return response.writeHead(403).end();
      if (request.url === '/crash') process.exit(3);
      if (request.url === '/wrap' && keyWrapper) {
        const wrapped = await keyWrapper.wrap(Buffer.from('key'));
        const plain = await keyWrapper.unwrap(wrapped);
        return response.end(JSON.stringify([Buffer.from(wrapped).toString(), Buffer.from(plain).toString()]));
      }
      return response.end(String(process.pid));
    });
    await new Promise<void>((resolve) => server.listen(listen.path, resolve));
    return {
      address: listen.path,
      close: () => (process.env.FAKE === 'never-closes' ? new Promise(() => undefined) : Promise.resolve()),
    };
  },
  'unused',
  (code) => process.exit(code),
);
