// The one way from the window to the back end: calls, uploads, downloads, and what to say when something failed.
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/index.ts';
import {
  issueSentence,
  UPLOAD_LIMIT,
  UPLOAD_TOO_BIG,
  type FieldProblem,
  type FileLink,
} from '../../contract/shared.ts';

/** A failure that already has its sentence for the user. */
export class SaidError extends Error {
  /** The sentence, shown as it stands. */
  readonly sentence: string;
  constructor(sentence: string) {
    super(sentence);
    this.sentence = sentence;
  }
}

let written = 0;

/** How much was written in the workspace, as the newest answer said. */
export const writtenSoFar = (): number => written;

/** Only what the network refuses is an unreachable back end; a fault of the program is none. @throws SaidError */
async function reach(request: Request, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(request, init);
    written = Number(response.headers.get('x-steward-written') ?? written);
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new SaidError('连不上后台，这一步没有保存。请稍候重试；仍不行时关闭程序再打开。');
  }
}

const link = new RPCLink({
  url: new URL('rpc', window.location.href).href,
  fetch: (request, init) => reach(request, { ...init, credentials: 'include' }),
});

/** Every procedure of the contract as a function. */
export const api: ContractRouterClient<Contract> = createORPCClient(link);

/** Said where something has to be stored before the next thing is done. */
export const UNSAVED = '还有改动没有保存，请等保存后再办。';

function dataOf(error: unknown): Record<string, unknown> | null {
  if (error instanceof ORPCError && typeof error.data === 'object' && error.data !== null)
    return error.data as Record<string, unknown>;
  return null;
}

/** What went wrong and what to do, in the user's words. */
export function sentenceOf(error: unknown): string {
  if (error instanceof SaidError) return error.sentence;
  const data = dataOf(error);
  if (typeof data?.['sentence'] === 'string') return data['sentence'];
  const refused = issueSentence(data?.['issues']);
  if (refused) return refused;
  if (!(error instanceof ORPCError)) return '程序自身出错，这一步没有完成。请重试；仍不行时把刚才做的事告诉支持人员。';
  const number = data?.['id'] ?? data?.['errorId'] ?? error.code;
  return `没有完成，原因不明（编号 ${String(number)}）。请重试；仍不行时把编号告诉支持人员。`;
}

/** Whether what was asked for is not there (any more). */
export function isGone(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'NOT_FOUND';
}

/** Problems of single fields that a refused write came back with. */
export function problemsOf(error: unknown): FieldProblem[] {
  const problems = dataOf(error)?.['problems'];
  return Array.isArray(problems) ? (problems as FieldProblem[]) : [];
}

/** What is missing when an action was refused. */
export function missingOf(error: unknown): { code: string; sentence: string }[] {
  const missing = dataOf(error)?.['missing'];
  return Array.isArray(missing) ? (missing as { code: string; sentence: string }[]) : [];
}

/** Hands a file to the back end, where it waits under its id until it is used. @throws SaidError */
export async function uploadFile(file: File | Blob, name: string): Promise<{ id: string; size: number }> {
  if (file.size > UPLOAD_LIMIT) throw new SaidError(`“${name}”${UPLOAD_TOO_BIG}`);
  let response: Response;
  try {
    response = await fetch(`files/upload?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: file,
      credentials: 'include',
      headers: { 'content-type': 'application/octet-stream' },
    });
  } catch {
    throw new SaidError(`“${name}”没有传到后台。文件可能正被别的程序使用或已移走，请关闭后重试。`);
  }
  const body = (await response.json().catch(() => null)) as { id?: string; size?: number; sentence?: string } | null;
  if (response.ok && body?.id) return { id: body.id, size: body.size ?? file.size };
  throw new SaidError(body?.sentence ?? `“${name}”没有传到后台（编号 HTTP ${response.status}）。请重试。`);
}

/** Saves a file that the back end has made. */
export function downloadLink(file: FileLink): void {
  const anchor = document.createElement('a');
  anchor.href = file.url;
  anchor.download = file.fileName;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}
