// Who may talk to the server: the window that was given the secret, from an address that is ours.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserSend, fetchOver, openBackend, SECRET, type TestBackend } from '../support/backend.ts';

describe('over loopback', () => {
  let t: TestBackend;
  let port: number;
  let cookie: string;
  let base: string;
  beforeEach(async () => {
    t = await openBackend('loopback');
    ({ port, cookie, base } = await browserSend(t.backend.address));
  });
  afterEach(async () => {
    await t.close();
  });
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    await fetchOver({ host: '127.0.0.1', port })(path, { headers });

  test('the token of the address gives a cookie that scripts and other sites can not use, and leaves the address bar', async () => {
    const response = await ask(`/?token=${SECRET}`);
    expect(response.status).toBe(303);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^\/[\w-]{24}\/$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const set = response.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Strict/);
    expect(set).toContain(`; Path=${location}`);
    expect(set).toMatch(new RegExp(`^steward-${port}=`));
    expect(set).not.toContain(SECRET);
    expect((await ask(location, { cookie: set.split(';')[0] ?? '' })).status).toBe(200);
  });

  test.each([
    ['no cookie', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['an empty token', '/?token=', {}],
    ['a token on another path', `/rpc/workspace/status?token=${SECRET}`, {}],
  ])('%s is answered with 403', async (_what, path, headers) => {
    const response = await ask(path, headers);
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('the cookie counts on its path alone, the path with its cookie alone, and the secret is no cookie', async () => {
    for (const path of ['/', '/rpc/workspace/status', `${base.slice(0, -1)}`, `/x${base}`])
      expect((await ask(path, { cookie })).status, path).toBe(403);
    expect((await ask(base)).status).toBe(403);
    for (const name of ['steward', `steward-${port}`])
      expect((await ask(base, { cookie: `${name}=${SECRET}` })).status).toBe(403);
    const other = await openBackend('loopback');
    try {
      const there = await browserSend(other.backend.address);
      expect((await ask(base, { cookie: there.cookie })).status).toBe(403);
      expect((await ask(there.base, { cookie: `${cookie}; ${there.cookie}` })).status).toBe(403);
      expect((await ask(base, { cookie: `${there.cookie}; ${cookie}` })).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  test('what another page asks for is refused even with path and cookie; a page opened on its own is not', async () => {
    const of = (site: string, mode: string, dest: string) => ({
      cookie,
      'sec-fetch-site': site,
      'sec-fetch-mode': mode,
      'sec-fetch-dest': dest,
    });
    for (const site of ['cross-site', 'same-site']) {
      expect((await ask(base, of(site, 'no-cors', 'image'))).status).toBe(403);
      expect((await ask(base, of(site, 'navigate', 'iframe'))).status).toBe(403);
      expect((await ask(base, of(site, 'navigate', 'document'))).status).toBe(200);
    }
    const page = await ask(base, of('none', 'navigate', 'document'));
    expect(page.status).toBe(200);
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  test('whether it lives is told under its own name alone', async () => {
    expect((await ask('/health')).status).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1'])
      expect((await ask('/health', { host })).status, host).toBe(403);
  });

  test('a foreign host name is refused even with the cookie: a name that was made to point here gets nothing', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      expect((await ask(base, { cookie, host })).status, host).toBe(403);
      expect((await ask(`/?token=${SECRET}`, { host })).status, host).toBe(403);
    }
    expect((await ask(base, { cookie, host: `localhost:${port}` })).status).toBe(200);
  });

  test('a foreign origin is refused even with the cookie, our own is not', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`])
      expect((await ask(base, { cookie, origin })).status, origin).toBe(403);
    expect((await ask(base, { cookie, origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  });

  test('the cookie works beside others and only under its own name', async () => {
    expect((await ask(base, { cookie: `theme=dark; ${cookie}; x=1` })).status).toBe(200);
    expect((await ask(base, { cookie: `x${cookie}` })).status).toBe(403);
    expect((await ask(base, { cookie: `${cookie}x` })).status).toBe(403);
  });

  test('it listens on the loopback interface alone', () => {
    expect(new URL(t.backend.address).hostname).toBe('127.0.0.1');
  });
});

test('over the pipe only the secret in the header counts, not a token or a cookie', async () => {
  const t = await openBackend('pipe');
  try {
    const refused = [
      {},
      { 'x-steward-secret': '' },
      { 'x-steward-secret': `${SECRET}x` },
      { cookie: `steward=${SECRET}` },
    ] as Record<string, string>[];
    for (const headers of refused) expect((await t.bare('/', { headers })).status).toBe(403);
    expect((await t.bare(`/?token=${SECRET}`)).status).toBe(403);
    expect((await t.bare('/', { headers: { 'x-steward-secret': SECRET } })).status).toBe(200);
  } finally {
    await t.close();
  }
});
