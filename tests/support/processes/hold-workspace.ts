// A process that opens a workspace, says so, and keeps it until it is killed: `hold-workspace.ts FOLDER`.
import { openStore, StoreError } from '../../../db/index.ts';

try {
  await openStore(process.argv[2] as string, {
    own: {},
    settle: async () => {
      await Promise.resolve();
    },
  });
  process.stdout.write('open\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(`${error instanceof StoreError ? error.code : String(error)}\n`);
  process.exitCode = 3;
}
