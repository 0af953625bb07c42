// A process that commits one action after another and says after each that it is done: `write-until-killed.ts FOLDER AREA [rows]`.
// With `rows` it instead begins one action of endless rows and says how many it has written so far.
import { openStore } from '../../../db/index.ts';
import { enterprise } from '../../../domain/enterprises/entities.ts';
import { DERIVATIONS } from '../../../services/derived/index.ts';

const [, , folder, townId, mode] = process.argv as string[];
const store = await openStore(folder as string, DERIVATIONS);
const row = (n: number) => ({ name: `企业${n}`, internalCode: String(n), siteNo: '001', townId }) as never;

if (mode === 'rows') {
  await store.withAction({ name: '不会完成', actor: '甲', source: 'form' }, async (tx) => {
    for (let n = 0; ; n += 1) {
      await tx.insert(enterprise, row(n));
      if (n % 500 === 499) process.stdout.write(`${n + 1}\n`);
      await tx.breathe();
    }
  });
} else {
  for (let n = 0; ; n += 1) {
    await store.withAction(
      { name: `第${n}`, actor: '甲', source: 'form' },
      async (tx) => await tx.insert(enterprise, row(n)),
    );
    process.stdout.write(`${n}\n`);
  }
}
