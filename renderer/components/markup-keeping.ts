// Keeps what was drawn on a photo: as a marked copy of it, or, where that failed, here until the photo is looked at again.
import type { AttachmentRow } from '../../contract/attachments.ts';
import { api, uploadFile } from '../desk/client.ts';
import { rememberAction } from '../desk/notify.ts';
import { markedCopy } from './markup-copy.ts';
import type { Mark } from './markup-shapes.ts';
import type { PhotoOwner } from './photo-add.ts';

const unsaved = new Map<string, readonly Mark[]>();

/** Marks of a photo that could not be kept. */
export const unsavedMarks = (photoId: string): Mark[] => [...(unsaved.get(photoId) ?? [])];

/** Forgets them. */
export const dropMarks = (photoId: string): void => {
  unsaved.delete(photoId);
};

const underWay = new Set<Promise<unknown>>();
const drawing = new Set<() => Promise<boolean>>();

/** Says how marks that are being drawn are kept before a print; `keep` gives false where that failed. @returns what ends it */
export function drawsMarks(keep: () => Promise<boolean>): () => void {
  drawing.add(keep);
  return () => drawing.delete(keep);
}

/** Keeps what is being drawn, and waits for what was drawn before; false where some of it could not be kept. */
export async function marksKept(): Promise<boolean> {
  const kept = await Promise.all([...drawing].map((keep) => keep()));
  const before = await Promise.allSettled(underWay);
  return kept.every(Boolean) && before.every((one) => one.status === 'fulfilled');
}

/** Adds the marked copy beside its photo; the picture is drawn before anything is waited for. @returns its id */
export async function keepMarks(...given: Parameters<typeof addCopy>): Promise<string> {
  const adding = addCopy(...given);
  underWay.add(adding);
  try {
    return await adding;
  } finally {
    underWay.delete(adding);
  }
}

async function addCopy(
  photo: AttachmentRow,
  owner: PhotoOwner,
  image: HTMLImageElement,
  marks: readonly Mark[],
): Promise<string> {
  unsaved.set(photo.id, marks);
  const name = `${photo.name.replace(/\.\w+$/, '').replace(/（标注）$/, '')}（标注）.jpg`;
  const upload = await uploadFile(await markedCopy(image, marks), name);
  const saved = await api.attachments.add({
    ownerEntity: owner.entity,
    ownerId: owner.id,
    uploadId: upload.id,
    name,
    kind: photo.kind as 'photo',
    caption: photo.caption,
    originalId: photo.id,
  });
  unsaved.delete(photo.id);
  rememberAction(saved.actionId);
  return saved.id;
}
