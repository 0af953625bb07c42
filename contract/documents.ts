// Papers that are made of a record from their description alone.
import { z } from 'zod';
import { type as typed } from '@orpc/contract';
import { base, id, type FileLink } from './shared.ts';

export const documents = {
  /** The paper in Word, archived where it is one that is kept. `paper` is its id in the dictionary. */
  make: base
    .input(
      z.object({
        paper: z.string().max(40),
        id,
        contacts: z.enum(['masked', 'shown']).optional(),
        fontScheme: z.enum(['official', 'system']).default('system'),
      }),
    )
    .output(typed<FileLink>()),
};
