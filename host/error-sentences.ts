// One Chinese sentence for every error that can reach a person.
import { v4 } from 'uuid';
import { ZodError } from 'zod';
import { issueSentence } from '../contract/shared.ts';
import { StoreError, translateSqliteError } from '../db/index.ts';
import { ServiceError } from '../services/errors.ts';
import { fileSentence } from '../services/file-sentences.ts';
import { storeSentence } from '../services/workspace/index.ts';
import { log } from './log.ts';

/** The sentence for an error; unexpected ones are logged with a number. */
export function sentenceFor(thrown: unknown): string {
  const error = translateSqliteError(thrown);
  if (error instanceof ServiceError) return error.data.sentence;
  if (error instanceof StoreError) return storeSentence(error);
  const said = error instanceof ZodError ? issueSentence(error.issues) : null;
  if (said) return said;
  const file = fileSentence(error);
  if (file) {
    log('trouble of the file system', error);
    return file;
  }
  const number = v4().slice(0, 8);
  log(`unexpected error ${number}`, error);
  return `没有完成，原因不明（编号 ${number}）。请重试；仍不行时把编号告诉支持人员`;
}
