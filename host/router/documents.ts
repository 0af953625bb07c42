// Papers of a record.
import { paperFile } from '../../services/papers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function documentProcedures(os: Implementer['documents'], { desk, downloads }: HostContext) {
  return {
    make: os.make.handler(async ({ input }) => {
      const { bytes, fileName } = await paperFile(desk.context, input.paper, input.id, {
        fonts: input.fontScheme,
        ...(input.contacts && { contacts: input.contacts }),
      });
      return downloads.offer(fileName, bytes);
    }),
  };
}
