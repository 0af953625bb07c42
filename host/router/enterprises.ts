// The enterprise file.
import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchDone } from '../../contract/enterprises.ts';
import * as enterprises from '../../services/enterprises/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

/** The zip of a batch, in a folder of its own that goes with the process; it is read when it is fetched. */
async function batch(
  { desk, downloads }: HostContext,
  input: Parameters<typeof enterprises.writeBatch>[1],
  control: Parameters<typeof enterprises.writeBatch>[3],
): Promise<BatchDone> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-papers-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'papers.zip');
  try {
    const { fileName, size, made, left } = await enterprises.writeBatch(desk.context, input, path, control);
    const open = async () => await Promise.resolve(createReadStream(path));
    return { ...downloads.offerStream({ fileName, mime: 'application/zip', size, open }), made, left };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export function enterpriseProcedures(os: Implementer['enterprises'], host: HostContext) {
  const { desk, downloads, jobs } = host;
  return {
    get: os.get.handler(({ input }) => enterprises.getEnterprise(desk.context, input.id)),
    check: os.check.handler(({ input }) => enterprises.checkEnterprise(desk.context, input.id, input.values)),
    create: os.create.handler(({ input }) => enterprises.createEnterprise(desk.context, input.values)),
    update: os.update.handler(({ input }) =>
      enterprises.updateEnterprise(desk.context, input.id, input.values, input.seen, input.visitId),
    ),
    amendMove: os.amendMove.handler(({ input }) => enterprises.amendMove(desk.context, input.id, input.since)),
    remove: os.remove.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, true)),
    restore: os.restore.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, false)),
    timeline: os.timeline.handler(({ input }) => enterprises.timelineOf(desk.context, input.id, input.page)),
    verifySection: os.verifySection.handler(({ input }) =>
      enterprises.verifySection(desk.context, input.id, input.section, input.source, input.changed),
    ),
    dossier: os.dossier.handler(async ({ input }) => {
      const document = await enterprises.dossierFile(desk.context, input.id, input.contacts);
      return downloads.offer(document.fileName, document.bytes);
    }),
    papers: os.papers.handler(({ input }) =>
      jobs.start('批量出具', async (control) => await batch(host, input, control)),
    ),
    tradeHints: os.tradeHints.handler(({ input }) => enterprises.tradeHints(desk.context, input.id)),
    takeTradeHints: os.takeTradeHints.handler(({ input }) =>
      enterprises.takeTradeHints(desk.context, input.id, input.keys),
    ),
    preVisit: os.preVisit.handler(async ({ input }) => {
      const document = await enterprises.preVisitFile(desk.context, input.id, input.contacts);
      return downloads.offer(document.fileName, document.bytes);
    }),
  };
}
