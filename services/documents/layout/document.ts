// Puts parts together into a Word document and writes it.
import { Document, Packer, type IPropertiesOptions } from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import { endedPart } from './gap.ts';
import { section, type DocumentPart } from './page.ts';
import { documentStyles } from './styles.ts';
import { cleanText } from './text.ts';
import type { Theme } from './theme.ts';

type Estimator = NonNullable<IPropertiesOptions['pageNumbers']>;

/** The pages of the contents; the numbers of our headings are words, so that numbered lists need not be looked for. */
const pageNumbers: Estimator = (body, context) => estimatePageNumbers(body, context);

/**
 * The bytes of a document. Fonts are named, never embedded; the page number runs through all parts.
 * @param about title for the document's properties, the organisation that made it, whether its contents want their
 *   pages, and whether an office program asks on opening to count them anew
 */
export async function packDocument(
  theme: Theme,
  about: { title: string; orgName: string; contents?: boolean; update?: boolean },
  parts: readonly DocumentPart[],
): Promise<Uint8Array> {
  const document = new Document({
    title: cleanText(about.title),
    creator: cleanText(about.orgName),
    lastModifiedBy: cleanText(about.orgName),
    styles: documentStyles(theme),
    evenAndOddHeaderAndFooters: true,
    ...(about.update && { features: { updateFields: true } }),
    ...(about.contents && { pageNumbers }),
    sections: parts.map((part) => section(theme, { ...part, children: endedPart(part.children) })),
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
