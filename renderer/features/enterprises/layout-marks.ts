// What the layout picture of a file shows: its pictures, the marks on them, and what can be marked.
import { computed, type ComputedRef, type ShallowRef } from 'vue';
import type { AttachmentRow } from '../../../contract/attachments.ts';
import type { RecordName, RecordRow } from '../../../contract/records.ts';
import { metaOf } from '../../../domain/dictionary/field.ts';
import { entityNamed, siblingFields } from '../../../domain/entities.ts';
import { layoutMark } from '../../../domain/production/entities.ts';
import { layoutPictures } from '../../../domain/production/layout.ts';
import { api } from '../../desk/client.ts';
import { useFetched } from '../../desk/fetching.ts';

/** Something of the file that a mark may stand for. */
export interface MarkTarget {
  /** Field of the mark that refers to it. */
  readonly field: string;
  readonly kind: RecordName;
  readonly kindLabel: string;
  readonly id: string;
  /** What the mark is called. */
  readonly label: string;
  /** What stands beside its name in a list. */
  readonly detail: string;
}

/** A point of a picture, as shares of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A mark with what it stands for. */
export interface Mark extends Point {
  readonly id: string;
  readonly pictureId: string;
  readonly target: MarkTarget;
}

const FIELDS = siblingFields(entityNamed(layoutMark.name)).map((field) => ({
  field,
  kind: metaOf(layoutMark.fields[field as keyof typeof layoutMark.fields]).target as RecordName,
}));

const said = (value: unknown): string => (typeof value === 'string' ? value : '');

function targetOf(field: string, kind: RecordName, { id, values }: RecordRow): MarkTarget {
  const { label, title } = entityNamed(kind);
  const name = said(values[title ?? '']);
  const code = said(values['code']);
  const detail = code && code !== name ? name : said(values['name']) === name ? '' : said(values['name']);
  return { field, kind, kindLabel: label, id, label: code || name || label, detail };
}

/** Keeps a share exact and inside of the picture. */
export const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

/** All that the layout of one file shows. */
export interface Layout {
  failure: ShallowRef<string | null>;
  isHere: ComputedRef<boolean>;
  pictures: ComputedRef<AttachmentRow[]>;
  marks: ComputedRef<Mark[]>;
  targets: ComputedRef<MarkTarget[]>;
  again: () => void;
}

/** The layout of an enterprise, fetched again whenever something was written. */
export function useLayout(enterpriseId: () => string): Layout {
  const rowsOf = async (entity: RecordName): Promise<RecordRow[]> =>
    (await api.records.list({ entity, parentId: enterpriseId(), page: { limit: 500 } })).rows;
  const { data, failure, again } = useFetched(async () => {
    const [files, marks, ...lists] = await Promise.all([
      api.attachments.list({ ownerId: enterpriseId() }),
      rowsOf(layoutMark.name),
      ...FIELDS.map(({ kind }) => rowsOf(kind)),
    ]);
    const targets = FIELDS.flatMap(({ field, kind }, n) => (lists[n] ?? []).map((row) => targetOf(field, kind, row)));
    return { files, marks, targets };
  }, enterpriseId);
  const targets = computed(() => data.value?.targets ?? []);
  const marks = computed(() =>
    (data.value?.marks ?? []).flatMap(({ id, values }): Mark[] => {
      const target = targets.value.find((one) => values[one.field] === one.id);
      const [x, y] = [Number(values['x']), Number(values['y'])];
      return target ? [{ id, pictureId: said(values['attachmentId']), x, y, target }] : [];
    }),
  );
  const pictures = computed(() =>
    layoutPictures(
      data.value?.files ?? [],
      marks.value.map((mark) => ({ attachmentId: mark.pictureId })),
    ),
  );
  return { failure, isHere: computed(() => data.value !== null), pictures, marks, targets, again: () => void again() };
}
