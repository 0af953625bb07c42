// Pages of PDF files, drawn and read here and nowhere else: by pdf.js with a canvas that is there on the platforms of the product.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PageError } from './errors.ts';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
type Pdf = Awaited<ReturnType<Pdfjs['getDocument']>['promise']>;

/** A page as pixels: RGBA, row by row. */
export interface PagePixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** How many pages the file has. */
  readonly pages: number;
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  data(): Uint8Array;
}

let pdfjs: Pdfjs | null = null;

/** pdf.js takes a canvas, and what belongs to it, from the same package; loaded when the first page is wanted. */
async function library(): Promise<Pdfjs> {
  if (pdfjs) return pdfjs;
  const canvas = await import('@napi-rs/canvas').catch(() => null);
  if (!canvas) throw new PageError('PAGE_NO_RUNTIME');
  Object.assign(globalThis, { DOMMatrix: canvas.DOMMatrix, Path2D: canvas.Path2D, ImageData: canvas.ImageData });
  pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return pdfjs;
}

const FOLDER = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const within = (name: string): string => `${join(FOLDER, name)}/`;

/** Nothing of a file is run: no scripts, no links, no fonts from elsewhere. */
async function withPdf<T>(bytes: Uint8Array, work: (pdf: Pdf, api: Pdfjs) => Promise<T>): Promise<T> {
  const api = await library();
  const task = api.getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: true,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: api.VerbosityLevel.ERRORS,
    cMapUrl: within('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: within('standard_fonts'),
    wasmUrl: within('wasm'),
  });
  try {
    return await work(await task.promise, api);
  } catch (error) {
    if (error instanceof PageError) throw error;
    const { name } = error as Error;
    throw new PageError(name === 'PasswordException' ? 'PAGE_PASSWORD' : 'PAGE_DAMAGED', error);
  } finally {
    await task.destroy();
  }
}

async function pageOf(pdf: Pdf, number: number) {
  if (number < 1 || number > pdf.numPages) throw new PageError('PAGE_MISSING');
  return await pdf.getPage(number);
}

/** Draws a page so that its longer edge has `edge` pixels. @throws PageError */
export async function drawPdfPage(bytes: Uint8Array, number: number, edge: number): Promise<PagePixels> {
  return await withPdf(bytes, async (pdf) => {
    const page = await pageOf(pdf, number);
    const plain = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: edge / Math.max(plain.width, plain.height) });
    const factory = pdf.canvasFactory as {
      create(width: number, height: number): { canvas: Canvas; context: never };
    };
    const { canvas, context } = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({ canvas: null, canvasContext: context, viewport, background: '#ffffff' }).promise;
    const { width, height } = canvas;
    return { data: Uint8Array.from(canvas.data()), width, height, pages: pdf.numPages };
  });
}

/** A piece of text of a page, from the upper left corner. */
export interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The text of a page, piece by piece, where it stands as shares of the page; none where the page is a picture. @throws PageError */
export async function textOfPdfPage(bytes: Uint8Array, number: number): Promise<TextPiece[]> {
  return await withPdf(bytes, async (pdf, { Util }) => {
    const page = await pageOf(pdf, number);
    const viewport = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    return items.flatMap((item): TextPiece[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , x, y] = Util.transform(viewport.transform, item.transform) as number[];
      const [width, height] = [item.width / viewport.width, item.height / viewport.height];
      return [{ text: item.str, x: (x ?? 0) / viewport.width, y: (y ?? 0) / viewport.height - height, width, height }];
    });
  });
}
