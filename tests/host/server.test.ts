// The server as the window meets it, the same over a loopback port and a private pipe.
import { isDefinedError, safe } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from 'node:http';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { issueSentence } from '../../contract/shared.ts';
import { testPhoto } from '../support/photos.ts';
import {
  browserSend,
  makeEnterprise,
  makeWorkspace,
  openBackend,
  SECRET,
  type Kind,
  type TestBackend,
} from '../support/backend.ts';

const KINDS: Kind[] = ['loopback', 'pipe'];

describe.each(KINDS)('over %s', (kind) => {
  let t: TestBackend;
  beforeEach(async () => {
    t = await openBackend(kind);
  });
  afterEach(async () => {
    await t.close();
  });

  const upload = async (bytes: Uint8Array): Promise<{ id: string; size: number }> => {
    const response = await t.send('/files/upload', { method: 'POST', body: bytes });
    expect(response.status).toBe(200);
    return (await response.json()) as { id: string; size: number };
  };

  test('a new workspace, an enterprise in it, and its page come over the contract', async () => {
    expect(await t.client.workspace.status()).toMatchObject({ state: 'none', office: null, today: '2026-03-02' });
    await makeWorkspace(t);
    expect(await t.client.workspace.status()).toMatchObject({
      state: 'open',
      folder: t.folder,
      office: { name: '华漕驻点', code: 'HC', organisation: '上海某环保公司' },
      operator: { name: '陈思远' },
      readOnly: null,
    });
    const { id } = await makeEnterprise(t.client);
    const page = await t.client.enterprises.get({ id });
    expect(page).toMatchObject({
      id,
      values: { name: '上海海明科技有限公司', objectKind: 'industrial' },
      deletedAt: null,
    });
    expect(page.values.internalCode).toMatch(/^HC[0-9A-Z]{3}-26-00001$/);
    const { rows } = await t.client.lists.list({ kind: 'enterprise', columns: ['name', 'townId'] });
    expect(rows.map((r) => [r.values.name, r.names.townId])).toEqual([['上海海明科技有限公司', '华漕镇']]);
    expect((await t.client.search.query({ text: 'haiming' })).hits[0]).toMatchObject({ entity: 'enterprise', id });
    expect((await t.client.history.of({ id })).map((c) => [c.kind, c.actor])).toContainEqual(['create', '陈思远']);
  });

  test('the server answers that it lives without any proof, and tells nothing else', async () => {
    const response = await t.bare('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ok: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      workspace: false,
    });
    await makeWorkspace(t);
    expect(await (await t.bare('/health')).json()).toMatchObject({ workspace: true });
    expect((await t.bare('/health/more')).status).toBe(403);
    expect((await t.bare('/health', { method: 'POST' })).status).toBe(403);
  });

  test('everything else is closed without proof', async () => {
    await makeWorkspace(t);
    for (const [path, method] of [
      ['/', 'GET'],
      ['/assets/app.js', 'GET'],
      ['/rpc/workspace/status', 'POST'],
      ['/files/upload', 'POST'],
      ['/files/x', 'GET'],
      ['/media/x', 'GET'],
    ] as const) {
      expect((await t.bare(path, { method })).status, path).toBe(403);
    }
  });

  test('the window comes with a strict content policy, its files with their type, others not at all', async () => {
    const page = await t.send('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await page.text()).toContain('窗口');
    expect((await t.send('/assets/app.js')).headers.get('cache-control')).toContain('immutable');
    const head = await t.send('/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await t.send('/', { method: 'POST' })).status).toBe(404);
  });

  test("no path leads out of the window's folder, and none that is malformed stops the server", async () => {
    writeFileSync(join(t.root, 'window.json'), '{}');
    for (const path of [
      '/..%2fsecret.json',
      '/%2e%2e%2fsecret.json',
      '/..%5csecret.json',
      '/assets/..%2f..%2fsecret.json',
      '/%00.js',
      '/nothing.js',
      '/assets',
      '/%',
      '/%E4%B8',
    ]) {
      expect((await t.send(path)).status, path).toBe(404);
    }
    // These leave the path that the window was given, which is no path of anybody's.
    for (const path of [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/../window.json',
      '/assets/../../secret.json',
      '/..\\secret.json',
    ])
      expect((await t.send(path)).status, path).toBeGreaterThanOrEqual(403);
    for (const path of ['//', '///', '//[']) expect((await t.send(path)).status, path).toBeGreaterThanOrEqual(400);
    expect((await t.bare('/health')).status).toBe(200);
  });

  test('a declared error arrives with its code and its sentence', async () => {
    const closed = await safe(t.client.lists.list({ kind: 'enterprise' }));
    expect(isDefinedError(closed.error)).toBe(true);
    expect(closed.error).toMatchObject({
      code: 'NO_WORKSPACE',
      data: { sentence: expect.stringContaining('工作区') as string },
    });
    await makeWorkspace(t);
    const missing = await safe(t.client.enterprises.get({ id: '01900000-0000-7000-8000-000000000000' }));
    expect(missing.error).toMatchObject({
      code: 'NOT_FOUND',
      data: { sentence: expect.stringContaining('找不到') as string },
    });
    const invalid = await safe(t.client.enterprises.create({ values: { name: '' } }));
    expect(invalid.error).toMatchObject({
      code: 'INVALID',
      data: { problems: expect.arrayContaining([expect.objectContaining({ field: 'name' })]) as unknown },
    });
    const twice = await safe(
      t.client.workspace.create({
        folder: t.folder,
        organisation: '某公司',
        office: '驻点',
        code: 'AB',
        operator: '甲',
      }),
    );
    expect(twice.error).toMatchObject({
      code: 'WORKSPACE',
      data: { code: 'WORKSPACE_EXISTS', sentence: expect.stringContaining('已有工作区') as string },
    });
    // What the contract does not know is refused before any service sees it.
    const wrong = await safe(
      t.client.workspace.create({
        folder: t.folder,
        organisation: '某公司',
        office: '驻点',
        code: 'abc1',
        operator: '甲',
      }),
    );
    expect(wrong.error).toMatchObject({ code: 'BAD_REQUEST' });
    const refusal = async (given: { from: string; to: string; asOf: string }) =>
      (await safe(t.client.statistics.overview(given))).error as {
        data?: { issues?: unknown; sentence?: string };
      } | null;
    expect(
      issueSentence((await refusal({ from: '2026-02-30', to: '2026-03-01', asOf: '2026-03-01' }))?.data?.issues),
    ).toContain('不是日历上的一天');
    expect(
      issueSentence((await refusal({ from: '2026-03-01', to: '2026-02-01', asOf: '2026-03-01' }))?.data?.issues),
    ).toContain('期间的第一天晚于最后一天');
    expect((await refusal({ from: '2026-01-01', to: '2026-02-01', asOf: '2999-01-01' }))?.data?.sentence).toContain(
      '还没有到',
    );
  });

  test('undo works over the contract and is refused with a sentence when later work builds on it', async () => {
    await makeWorkspace(t);
    const { id, actionId } = await makeEnterprise(t.client);
    const renamed = await t.client.enterprises.update({ id, values: { legalRep: '张建华' } });
    expect((await safe(t.client.history.undo({ actionId }))).error).toMatchObject({
      code: 'UNDO_BLOCKED',
      data: { sentence: expect.stringContaining('不能整体撤销') as string },
    });
    await t.client.history.undo({ actionId: renamed.actionId });
    expect((await t.client.enterprises.get({ id })).values.legalRep).toBeNull();
  });

  test('an unknown procedure is 404 and a body that is none is 400', async () => {
    expect(
      (await t.send('/rpc/no/such', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
        .status,
    ).toBe(404);
    expect(
      (
        await t.send('/rpc/workspace/constructor', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
    ).toBe(404);
    expect(
      (
        await t.send('/rpc/enterprises/get', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"json":',
        })
      ).status,
    ).toBe(400);
  });

  test('a photo goes up, becomes an attachment, and comes down whole and as a thumbnail', async () => {
    await makeWorkspace(t);
    const { id } = await makeEnterprise(t.client);
    const photo = await testPhoto(1200, 900);
    const { id: uploadId, size } = await upload(photo);
    expect(size).toBe(photo.length);
    await t.client.attachments.add({
      ownerEntity: 'enterprise',
      ownerId: id,
      uploadId,
      name: '现场 1.jpg',
      kind: 'photo',
    });
    const [row] = await t.client.attachments.list({ ownerId: id });
    expect(row).toMatchObject({
      name: '现场 1.jpg',
      mime: 'image/jpeg',
      width: 1200,
      height: 900,
      isImage: true,
      isHere: true,
    });
    const whole = await t.send(row?.url ?? '');
    expect(whole.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.from(photo))).toBe(true);
    const thumb = await t.send(`${row?.url ?? ''}?size=thumb`);
    expect(thumb.headers.get('content-type')).toMatch(/^image\//);
    expect((await thumb.arrayBuffer()).byteLength).toBeLessThan(photo.length);
    const saved = await t.send(`${row?.url ?? ''}?download`);
    expect(saved.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('现场 1.jpg')}`,
    );
    await saved.arrayBuffer();
    expect((await t.send('/media/01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });

  test('a document that is not a picture is never shown inline, whatever it holds', async () => {
    await makeWorkspace(t);
    const { id } = await makeEnterprise(t.client);
    const { id: uploadId } = await upload(new TextEncoder().encode('<html><script>alert(1)</script>'));
    await t.client.attachments.add({
      ownerEntity: 'enterprise',
      ownerId: id,
      uploadId,
      name: '说明.html',
      kind: 'document',
    });
    const [row] = await t.client.attachments.list({ ownerId: id });
    const response = await t.send(row?.url ?? '');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    await response.arrayBuffer();
  });

  test('a HEIC photo, an empty file and an upload that is gone are refused with what to do', async () => {
    await makeWorkspace(t);
    const { id } = await makeEnterprise(t.client);
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic'),
      Buffer.alloc(4),
      Buffer.from('mif1heic'),
      Buffer.alloc(200),
    ]);
    const add = async (uploadId: string, kind: 'photo' | 'document') =>
      (
        await safe(
          t.client.attachments.add({ ownerEntity: 'enterprise', ownerId: id, uploadId, name: 'IMG_1.HEIC', kind }),
        )
      ).error;
    expect(await add((await upload(heic)).id, 'photo')).toMatchObject({
      code: 'UNREADABLE_FILE',
      data: { code: 'PHOTO_HEIC', sentence: expect.stringContaining('兼容性最佳') as string },
    });
    expect(await add((await upload(new Uint8Array(0))).id, 'document')).toMatchObject({
      code: 'REFUSED',
      data: { sentence: expect.stringContaining('空') as string },
    });
    expect(await add('0'.repeat(64), 'document')).toMatchObject({
      code: 'REFUSED',
      data: { sentence: expect.stringContaining('重新选择') as string },
    });
    expect(await t.client.attachments.list({ ownerId: id })).toEqual([]);
  });

  test('a generated document is offered as a download under its Chinese name', async () => {
    await makeWorkspace(t);
    await makeEnterprise(t.client);
    const link = await t.client.lists.export({ kind: 'enterprise', columns: ['name', 'creditCode'] });
    const response = await t.send(link.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(link.fileName)}`,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(link.size);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await t.send('/files/no-such')).status).toBe(404);
  });

  test('long work reports its states as a stream that ends with the result', async () => {
    await makeWorkspace(t);
    const { jobId } = await t.client.backup.create({ attachments: true });
    const states = [];
    for await (const s of await t.client.jobs.watch({ jobId })) states.push(s);
    expect(states.at(-1)).toMatchObject({
      id: jobId,
      name: '备份',
      state: 'done',
      result: { name: expect.stringMatching(/\.sdbackup$/) as string },
    });
    expect((await t.client.backup.list()).length).toBe(1);
    // Asked again afterwards, the stream gives the end at once; for an unknown job it is empty.
    const late = [];
    for await (const s of await t.client.jobs.watch({ jobId })) late.push(s.state);
    expect(late).toEqual(['done']);
    const none = [];
    for await (const s of await t.client.jobs.watch({ jobId: 'no-such' })) none.push(s);
    expect(none).toEqual([]);
    expect(await t.client.jobs.cancel({ jobId })).toEqual({ cancelled: false });
  });
});

describe.each(KINDS)('limits over %s', (kind) => {
  test('an upload that says it is too large is answered at its first bytes, before the rest is sent', async () => {
    const t = await openBackend(kind);
    try {
      const url = new URL(t.backend.address.startsWith('http') ? t.backend.address : 'http://pipe');
      const at = kind === 'pipe' ? { socketPath: t.backend.address } : { host: url.hostname, port: Number(url.port) };
      const browser = kind === 'pipe' ? null : await browserSend(t.backend.address);
      const answer = await new Promise<number | undefined>((resolve, reject) => {
        const asked = request({
          ...at,
          path: `${browser?.base ?? '/'}files/upload`,
          method: 'POST',
          headers: {
            'content-length': 600 * 1024 * 1024,
            ...(browser ? { cookie: browser.cookie } : { 'x-steward-secret': SECRET }),
          },
        });
        asked.once('error', reject).once('response', (response) => {
          resolve(response.statusCode);
          asked.destroy();
        });
        asked.write(new Uint8Array(1024));
      });
      expect(answer).toBe(413);
    } finally {
      await t.close();
    }
  });

  test('a call that is too large is refused by its size, whether it says so or not, and the next one is answered', async () => {
    const t = await openBackend(kind);
    try {
      const big = await t.send('/rpc/search/query', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Uint8Array(33 * 1024 * 1024).fill(0x20),
      });
      expect(big.status).toBe(413);
      // The sentence that the window shows; without it, it would say that nobody knows why.
      expect(await big.json()).toMatchObject({
        json: { code: 'PAYLOAD_TOO_LARGE', data: { sentence: expect.stringContaining('超过 32 MB') as string } },
      });
      const none = await t.send('/rpc/search/query', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode('{"json":'),
      });
      expect(none.status).toBe(400);
      expect(await none.text()).toContain('格式不对');
      expect(await t.client.workspace.status()).toMatchObject({ state: 'none' });
    } finally {
      await t.close();
    }
  });

  test('an upload above the limit is refused with a sentence that arrives, one of the size of the limit is not', async () => {
    const t = await openBackend(kind, { uploadLimit: 2_000_000 });
    try {
      const big = await t.send('/files/upload', { method: 'POST', body: new Uint8Array(8_000_000) });
      expect(big.status).toBe(413);
      expect(await big.json()).toEqual({ sentence: expect.stringContaining('请压缩或拆分') as string });
      expect((await t.send('/files/upload', { method: 'POST', body: new Uint8Array(2_000_000) })).status).toBe(200);
    } finally {
      await t.close();
    }
  });
});
