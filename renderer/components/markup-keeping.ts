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

/** Adds the marked copy beside its photo; the picture is drawn before anything is waited for. @returns its id */
export async function keepMarks(
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
